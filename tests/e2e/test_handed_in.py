"""Story 4: who collects hands a mother in; a worker takes her on, collecting waits, two desks are at work, and the sender hears it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice.models import Desk, SpecialistRequest
from luisterloket.platform.acting import acting

pytestmark = [pytest.mark.browser, pytest.mark.proof]
WORDS = "Wij vorderen studiegeld van haar dochter terug. Zij zegt dat haar spaargeld op is."
STORY = "Het geld voor de huur is op. Ik durf de post niet meer te openen."


def press(someone, button="main form button.button--primary"):
    someone.page.locator(button).last.click()
    someone.page.wait_for_load_state()
    someone.looks_right()


def ask(someone, city, case, key, title, *, pause_until=None):
    """A request with what that desk usually needs."""
    page = someone.page
    with acting(city.marit.acting):
        desk = Desk.objects.get(unit=city.unit(key))
    someone.reach(f"/backoffice/casussen/{case}/verzoek/?desk={desk.pk}")
    page.locator("[name=title]").fill(title)
    page.locator("[name=question]").fill("Zij heeft rust nodig om een plan te maken. Wat kan er?")
    if pause_until:
        page.locator("[name=pause_until]").fill(f"{pause_until:%Y-%m-%d}")
    page.locator("#send").click()
    page.wait_for_url("**/verzoeken/**")
    someone.looks_right()
    return re.search(r"/verzoeken/([0-9a-f-]{36})/", page.url)[1]


def test_a_mother_is_handed_in_and_collecting_waits(person, site, city):
    until = timezone.localdate() + timedelta(days=60)

    # Invordering hands her in. Without a way to reach her it comes back, with all that was typed.
    thijs = person("Thijs Koelewijn")
    thijs.reach("/backoffice/overdrachten/")
    thijs.page.locator("a[href$='/overdrachten/nieuw/']").click()
    thijs.looks_right()
    page = thijs.page
    page.locator("[name=kind][value=collection]").check(force=True)
    page.locator("[name=name]").fill("Gülsen Aydemir")
    page.locator("[name=text]").fill(WORDS)
    page.locator("[name=category][value=finances]").check(force=True)
    page.locator("[name=knows][value=agrees]").check(force=True)
    page.locator("[name=unit]").select_option(label="Luisterloket Schilderswijk")
    page.locator("[name=amount]").fill("1.140")
    page.locator("[name=reference]").fill("INV-1187")
    press(thijs)
    assert page.locator("#id_phone_error").count() == 1
    assert page.locator("[name=text]").input_value() == WORDS
    page.locator("[name=phone]").fill("06 00 00 71 33")
    press(thijs)
    handed_in = page.url

    # The worker finds her on Vandaag and takes her on, on a phone.
    marit = person("Marit Zwanenveld", phone=True)
    marit.reach("/vandaag/?all")
    marit.page.locator("main a[href*='/overgedragen/']").first.click()
    marit.page.wait_for_load_state()
    marit.looks_right()
    received = marit.page.url
    assert WORDS in marit.page.locator("main").inner_text()
    press(marit, "form[action$='/aannemen/'] button.button--primary")
    intake = re.search(r"/intakes/([0-9a-f-]{36})/", marit.page.url)[1]
    marit.page.locator("[name=own_words]").fill(STORY)
    press(marit, ".intake-bar button.button--primary, form#sheet button.button--primary")
    marit.reach(f"/casework/intakes/{intake}/afronden/")
    marit.page.locator("main form button.button--primary").last.click()
    marit.page.wait_for_url("**/casussen/**")
    marit.looks_right()
    case = re.search(r"/casussen/([0-9a-f-]{36})/", marit.page.url)[1]
    assert WORDS in marit.page.locator("#handed-in").inner_text()

    # Two desks at once: who collects is asked to wait, and who helps with debts to look along.
    pause = ask(marit, city, case, "invordering", "Wachten met innen", pause_until=until)
    ask(marit, city, case, "schuldhulp", "Schuld door studiegeld")

    thijs.reach(f"/backoffice/verzoeken/{pause}/")
    press(thijs, "form[action$='/oppakken/'] button")
    page.locator("[name=result][value=granted]").check(force=True)
    page.locator("[name=answer]").fill("Wij wachten.")
    press(thijs, "form[action$='/beantwoorden/'] button.button--primary")
    assert page.locator("#id_answer_paused_until_error").count() == 1
    assert page.locator("[name=answer]").input_value() == "Wij wachten."
    page.locator("[name=paused_until]").fill(f"{until:%Y-%m-%d}")
    press(thijs, "form[action$='/beantwoorden/'] button.button--primary")

    # It stands with her money.
    marit.reach(f"/casework/casussen/{case}/")
    assert "Desk Invordering" in marit.page.locator("#money").inner_text()
    marit.reach(f"/casework/casussen/{case}/geld/")
    assert marit.page.locator(f"main a[href$='/verzoeken/{pause}/']").count() == 1
    with acting(city.marit.acting):
        assert SpecialistRequest.objects.filter(case=case).count() == 2

    # The sender hears two facts, and not a word of what she told.
    marit.page.goto(received)
    marit.page.locator("[name=contact_made]").check(force=True)
    marit.page.locator("[name=plan_made]").check(force=True)
    press(marit, "form[action$='/afronden/'] button.button--primary")
    page.goto(handed_in)
    thijs.looks_right()
    told = page.locator("main").inner_text()
    assert page.locator("main .say--done").count() == 3
    assert STORY not in told
    assert "Marit" not in told
