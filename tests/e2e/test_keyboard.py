"""By keyboard alone: after each answer of a page the focus is where one goes on."""

import pytest

from backoffice.models import Desk
from tests.casework.heard import a_case

pytestmark = pytest.mark.browser
FOCUS = "() => { const one = document.activeElement; return one.dataset.errorSummary !== undefined ? 'errors' : one.id; }"


def test_a_refused_form_brings_one_to_what_is_wrong_also_after_a_jump_in_the_page(person, site, city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    page = person("Marit Zwanenveld").page
    page.goto(f"{site}/wijkbegroting/casussen/{case.pk}/maatwerk/")
    page.locator(".skip-link").first.press("Enter")
    assert page.url.endswith("#content")
    for _twice in range(2):
        page.locator("[name=purpose]").focus()
        page.locator("main form button.button--primary").last.press("Enter")
        page.wait_for_load_state()
        assert page.evaluate(FOCUS) == "errors"
        page.locator("[data-error-summary] a").first.press("Enter")
        assert page.evaluate(FOCUS) not in ("", "errors")


def test_looking_first_brings_one_to_what_the_desk_would_see(person, site, city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    desk = Desk.objects.get(unit=city.unit("wonen"))
    page = person("Marit Zwanenveld").page
    page.goto(f"{site}/backoffice/casussen/{case.pk}/verzoek/?desk={desk.pk}")
    page.locator("#look-first").press("Enter")
    page.wait_for_load_state()
    assert page.evaluate(FOCUS) == "letter"
