"""Finding a resident at the keyboard, while typing."""

import pytest

from casework import actions
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case

pytestmark = pytest.mark.browser


def test_a_resident_is_found_while_typing_without_the_mouse(site, city, person):
    a_case(city.marit, city.unit("schilderswijk"), name="Rachida Amrani")
    marit = person("Marit Zwanenveld")
    marit.reach("/casework/inwoners/")
    page = marit.page
    page.keyboard.press("/")
    page.keyboard.type("rashida")
    page.locator("#count", has_text="1").wait_for(state="attached")
    marit.looks_right()
    assert "rashida" not in page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Rachida Amrani").wait_for()
    marit.looks_right()


def test_the_key_can_be_switched_off(site, city, person):
    marit = person("Marit Zwanenveld")
    marit.reach("/account/")
    marit.page.locator("[data-shortcut]").uncheck()
    marit.reach("/casework/inwoners/")
    marit.page.keyboard.press("/")
    assert marit.page.evaluate("document.activeElement.tagName") == "BODY"


def test_who_sits_here_is_recognised_while_the_sheet_is_typed(site, city, person):
    case = a_case(city.bram, city.unit("schilderswijk"), name="Rachida Amrani", born="1997-03-14")
    marit = person("Marit Zwanenveld")
    with acting(city.marit.acting):
        intake = actions.start_intake(actor=city.marit, unit=city.unit("schilderswijk"))
    marit.reach(f"/casework/intakes/{intake.pk}/wie/")
    marit.page.locator("#id_name").fill("Rashida Amrani")
    marit.page.locator("button[name=connect]").click()
    marit.page.locator("#id_own_words").fill("Nu is de kachel ook stuk.")
    marit.looks_right()
    marit.page.locator("button[name=reason][value=opposite]").click()
    marit.page.get_by_role("heading", name="Rachida Amrani").wait_for()
    assert marit.page.url.endswith(case.get_absolute_url())
    marit.looks_right()
