"""A resident asks at the desk what is kept of her, and gets it: at the screens of who does it."""

import pytest

from casework.models import RightsRequest
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case

pytestmark = pytest.mark.browser


def press(page, words):
    page.locator(f"main form[action*='{words}'] .button--primary, main form[action*='{words}'] button").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("phone", [True, pytest.param(False, marks=pytest.mark.proof)])
def test_she_asks_it_is_read_along_and_given(person, city, phone):
    case = a_case(city.marit, city.unit("schilderswijk"), household=1)
    marit = person("Marit Zwanenveld", phone=phone)
    marit.reach(f"/casework/casussen/{case.pk}/rechten/")
    marit.page.locator("[name=kind][value=copy]").check()
    marit.page.locator("[name=text]").fill("Ik wil alles zien wat jullie van mij hebben")
    marit.page.locator("[name=identity_how]").select_option("known")
    marit.page.locator("main form .button--primary").click()
    marit.looks_right()

    with acting(city.marit.acting):
        request = RightsRequest.objects.get(case=case)
    one = f"/casework/rechten/{request.pk}/"
    lotte = person("Lotte Hagendoorn", phone=phone)
    lotte.reach("/casework/rechten/")
    lotte.reach(one)
    press(lotte.page, "/behandelen/")
    lotte.looks_right()
    lotte.reach(f"{one}kopie/")
    assert "Vannacht geen plek" in lotte.page.locator("main").inner_text()
    lotte.page.locator("[name=reader]").select_option(label="Hakan Erdoğmuş")
    press(lotte.page, "/kopie/vragen/")
    lotte.looks_right()

    hakan = person("Hakan Erdoğmuş", phone=phone)
    hakan.reach("/vandaag/")
    hakan.page.locator(f"main a[href='{one}kopie/']").first.click()
    hakan.looks_right()
    hakan.page.locator("[name=found][value=right]").check()
    press(hakan.page, "/kopie/gelezen/")
    hakan.looks_right()

    lotte.reach(f"{one}kopie/")
    assert lotte.page.request.get(lotte.page.url + "json/").headers["content-type"].startswith("application/json")
    lotte.page.locator("[name=how][value=desk]").check()
    press(lotte.page, "/kopie/gegeven/")
    lotte.page.locator("main [name=decision][value=granted]").click()
    lotte.page.wait_for_load_state()
    lotte.looks_right()
    lotte.reach(f"{one}brief/")
    lotte.reach(one)
    lotte.page.locator("[name=told_how][value=desk]").check()
    press(lotte.page, "/verteld/")
    lotte.looks_right()
    assert "Ik wil alles zien" not in lotte.page.locator("main").inner_text()
