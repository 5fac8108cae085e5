"""Consent withdrawn in mid-request: the desk has it open in one browser, the resident takes their yes back in the other."""

import re

import pytest

from backoffice.models import RequestItem, SpecialistRequest
from luisterloket.platform.acting import acting
from tests.backoffice import consenting, scene
from tests.backoffice.consenting import FAMILY, QUESTION, SECRET, TITLE, in_dutch

pytestmark = pytest.mark.browser
ENDED = "The ground for this request has ended"
TYPED = "Er kan donderdag iemand meekijken."


def gone_from(page):
    text = page.locator("main").inner_text()
    return [word for word in (SECRET, FAMILY, TITLE, QUESTION, "Jayden", "Milan") if word in text]


def test_the_desk_reads_at_its_next_press_only_that_the_ground_ended(person, site, city):
    case = consenting.a_case(city)
    marit, karim = person("Marit Zwanenveld", phone=True), person("Karim Belhadj")
    page, desk_page = marit.page, karim.page

    # While she writes to the desk, it stands there that this waits for a yes. She asks it, and nothing she typed is lost.
    desk = scene.desk(city, "jeugd")
    marit.reach(f"/backoffice/casussen/{case.pk}/verzoek/?desk={desk.pk}")
    assert SECRET not in page.locator("main").inner_text()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=question]").fill(QUESTION)
    page.locator("button[name=ask_consent]").click()
    page.wait_for_url("**/toestemming/**")
    marit.looks_right()
    page.locator("button[name=state][value=given]").first.click()
    page.wait_for_load_state()
    marit.looks_right()
    page.locator("a.back").click()
    page.wait_for_url("**/verzoek/**")
    marit.looks_right()
    assert page.locator("[name=question]").input_value() == QUESTION
    for box in page.locator("[name=items]").all():
        text = box.locator("xpath=ancestor::label").inner_text()
        box.set_checked(SECRET in text, force=True)
    page.locator("#send").click()
    page.wait_for_url(re.compile(r"/verzoeken/[0-9a-f-]{36}/"))
    marit.looks_right()
    with acting(city.marit.acting):
        request = SpecialistRequest.objects.get(case=case)

    # The desk takes it up, reads it, and is typing its answer.
    karim.reach(request.get_absolute_url())
    desk_page.locator("form[action$='/oppakken/'] button").click()
    desk_page.wait_for_load_state()
    karim.looks_right()
    assert SECRET in desk_page.locator("main").inner_text()
    desk_page.locator("[name=result][value=granted]").check(force=True)
    desk_page.locator("[name=answer]").fill(TYPED)

    # The resident changes their mind.
    marit.reach(f"/casework/casussen/{case.pk}/toestemming/")
    page.locator("button[name=state][value=withdrawn]").first.click()
    page.wait_for_load_state()
    marit.looks_right()

    # What the desk sees next is that sentence, and its own words.
    desk_page.locator("form[action$='/beantwoorden/'] button[type=submit]").click()
    desk_page.wait_for_load_state()
    karim.looks_right()
    assert desk_page.locator("h1").inner_text() == in_dutch(ENDED)
    assert TYPED in desk_page.locator("main").inner_text()
    assert gone_from(desk_page) == []
    for path in (request.get_absolute_url(), f"{desk.get_absolute_url()}?filter=closed"):
        karim.reach(path)
        assert in_dutch(ENDED) in desk_page.locator("main").inner_text()
        assert gone_from(desk_page) == []
    with acting(city.karim.acting):
        assert not RequestItem.objects.filter(request=request).exists()

    # Who asked reads what happened, and what can be done now.
    marit.reach("/")
    page.locator(f"main a[href*='{request.get_absolute_url()}']").first.click()
    page.wait_for_load_state()
    marit.looks_right()
    assert page.locator("main a", has_text=in_dutch("Ask again without it")).count() == 1
    page.locator("form[action$='/gezien/'] button").click()
    page.wait_for_load_state()
    marit.looks_right()
