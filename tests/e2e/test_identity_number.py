"""An identity number, from the law that allows it to its erasure, at the screens of who does it."""

import pytest

from casework.models import CaseMember
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case
from tests.convenant.numbers import LAW, NUMBER, cell, organisation_of

pytestmark = pytest.mark.browser


def switches(page):
    """Fill in the law for the organisation of the wijk, and send it."""
    for name, text in LAW.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("main form .button--primary").click()


@pytest.mark.parametrize("phone", [True, pytest.param(False, marks=pytest.mark.proof)])
def test_it_is_switched_on_used_and_erased(person, city, phone):
    unit = city.unit("schilderswijk")
    case, organisation = a_case(city.marit, unit), organisation_of(unit)
    cell(organisation, "wijkwerker")
    with acting(city.marit.acting):
        resident = CaseMember.objects.get(case=case, part="main").resident_id
    one = f"/casework/casussen/{case.pk}/mensen/{resident}/"

    petra = person("Petra Wiersinga", phone=phone)
    petra.reach("/convenant/burgerservicenummer/")
    petra.reach(f"/convenant/burgerservicenummer/{organisation.pk}/aan/")
    switches(petra.page)
    petra.looks_right()

    marit = person("Marit Zwanenveld", phone=phone)
    marit.reach(f"{one}gezin/")
    marit.page.locator("[name=identity_number]").fill("999990018")
    marit.page.locator("main form .button--primary").click()
    marit.looks_right()
    assert marit.page.locator("[name=identity_number][aria-invalid=true]").count() == 1
    marit.page.locator("[name=identity_number]").fill("9999 90 019")
    marit.page.locator("main form .button--primary").click()
    marit.looks_right()
    assert "••••••019" in marit.page.locator("main").inner_text()
    marit.page.locator(f"form[action$='{one}nummer/'] button").click()
    marit.looks_right()
    assert NUMBER in marit.page.locator("main").inner_text()
    marit.reach("/casework/inwoners/")
    marit.page.locator("main [name=q]").fill(NUMBER)
    marit.page.locator("main [name=q]").press("Enter")
    marit.page.wait_for_selector("#results :text('Rachida Amrani')")
    assert NUMBER not in marit.page.url

    petra.reach(f"/convenant/burgerservicenummer/{organisation.pk}/uit/")
    petra.page.locator("[name=reason]").fill("De wet is vervallen")
    petra.page.locator("main form .button--primary").click()
    petra.looks_right()
    marit.reach(one)
    assert "019" not in marit.page.locator("main").inner_text()
    marit.reach(f"{one}gezin/")
    assert marit.page.locator("[name=identity_number]").count() == 0
