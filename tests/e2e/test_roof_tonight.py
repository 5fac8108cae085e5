"""Story 1: a mother with two small children has no roof tonight. Each person at their own browser, from the first word to the payment."""

import re

import pytest

from backoffice.models import SpecialistRequest
from luisterloket.platform.acting import acting

pytestmark = pytest.mark.browser

SECRET = "alleen-voor-de-wijk-4711"


def submit(page, address):
    """Press the button of the form that goes to this address."""
    page.locator(f"form[action*='{address}'] button[type=submit]").last.click()
    page.wait_for_load_state()


def go_on(page):
    page.locator(".intake-bar button.button--primary, form#sheet button.button--primary").last.click()
    page.wait_for_load_state()


def test_from_the_first_word_to_an_answer_and_a_paid_maatwerk(person, site, city):
    marit = person("Marit Zwanenveld", phone=True)
    page = marit.page
    marit.looks_right()

    # She listens, on a phone at the kitchen table.
    page.locator("form[action$='/intakes/nieuw/'] button").first.click()
    page.wait_for_load_state()
    marit.looks_right()
    page.locator("[name=own_words]").fill("Mijn ex zette ons op straat. Ik heb nergens te slapen met de kinderen.")
    page.locator("[name=quote]").fill("Ik wil dat mijn kinderen vannacht veilig slapen.")
    go_on(page)

    # What she heard is marked: an acute concern, one that is nobody else's business, and a strength.
    intake = re.search(r"/intakes/([0-9a-f-]{36})/", page.url)[1]
    for domain, severity, text in [("housing", "1", "Vannacht geen dak"), ("finances", "2", SECRET)]:
        page.goto(f"{site}/casework/intakes/{intake}/markeren/")
        form = page.locator("form#mark")
        form.locator("[name$=domain]").first.select_option(domain)
        form.locator(f"[name$=severity][value='{severity}']").check(force=True)
        form.locator("textarea[name$=text]").first.fill(text)
        form.locator("button[name=kind][value=concern]").click()
        page.wait_for_load_state()
        marit.looks_right()
    assert page.locator(".alarm").count() == 1
    page.goto(f"{site}/casework/intakes/{intake}/wie/")
    page.locator("[name=name]").fill("Rachida Amrani")
    page.locator("[name=phone]").fill("06 00 00 01 21")
    go_on(page)
    marit.reach(f"/casework/intakes/{intake}/afronden/")
    assert "Rachida" in page.locator("main").inner_text()
    page.locator("main form button.button--primary").last.click()
    page.wait_for_url("**/casussen/**")
    marit.looks_right()
    case = re.search(r"/casussen/([0-9a-f-]{36})/", page.url)[1]
    marit.reach(f"/casework/casussen/{case}/samenvatting/")

    # She asks the housing desk, and sees beforehand exactly what goes along.
    marit.reach(f"/backoffice/casussen/{case}/verzoek/")
    page.locator("label", has_text="Desk Wonen en opvang").first.click()
    page.locator("main form button.button--primary").last.click()
    page.wait_for_load_state()
    marit.looks_right()
    assert SECRET not in page.locator("main").inner_text()
    page.locator("[name=title]").fill("Slaapplek voor moeder met twee kinderen")
    page.locator("[name=question]").fill("Kan zij vannacht in de crisisopvang?")
    page.locator("[name=urgency][value=today]").check(force=True)
    page.locator("[name=knows]").check(force=True)
    page.locator("main form button.button--primary").last.click()
    page.wait_for_load_state()
    marit.looks_right()

    # Joost finds it, sees what went along and nothing more, and refuses with a next step.
    joost = person("Joost Hemmelder")
    joost.looks_right()
    joost.page.locator(".queue__link").first.click()
    joost.page.wait_for_load_state()
    joost.looks_right()
    seen = joost.page.locator("main").inner_text()
    assert "Rachida Amrani" in seen
    assert "Vannacht geen dak" in seen
    assert SECRET not in joost.page.content()
    submit(joost.page, "/oppakken/")
    form = joost.page.locator("form[action$='/beantwoorden/']")
    form.locator("[name=result][value=refused]").check(force=True)
    form.locator("[name=answer]").fill("De crisisopvang is vannacht vol.")
    submit(joost.page, "/beantwoorden/")
    # A refusal without a next step does not leave: the page says so and keeps what was typed.
    joost.looks_right()
    form = joost.page.locator("form[action$='/beantwoorden/']")
    assert form.locator("[name=answer]").input_value() == "De crisisopvang is vannacht vol."
    form.locator("[name=next_step]").fill("Hotel De Halte heeft vannacht een kamer.")
    submit(joost.page, "/beantwoorden/")
    joost.looks_right()

    # The answer is on Vandaag; Marit tells it.
    marit.reach("/vandaag/")
    page.locator("main a[href*='/verzoeken/']").first.click()
    page.wait_for_load_state()
    marit.looks_right()
    assert "Hotel De Halte" in page.locator("main").inner_text()
    form = page.locator("form[action$='/vertellen/']")
    form.locator("[name=told_how][value=in_person]").check(force=True)
    form.locator("[name=outcome][value=helps]").check(force=True)
    submit(page, "/vertellen/")
    with acting(city.marit.acting):
        assert SpecialistRequest.objects.get(case_id=case).status == "closed"
    joost.page.reload()
    assert "Rachida" not in joost.page.locator("main").inner_text()

    # The same hour: a night in a hotel from the wijk's own line, with a colleague's signature.
    marit.reach(f"/wijkbegroting/casussen/{case}/maatwerk/")
    page.locator("label", has_text="Eerste nood").first.click()
    page.locator("[name=amount]").fill("85,00")
    page.locator("[name=purpose]").fill("Een nacht hotel voor een gezin")
    page.locator("[name=why_not_regular]").fill("De opvang is vol")
    page.locator("[name=expected_return]").fill("Niemand slaapt op straat")
    page.locator("[name=payee_kind][value=supplier]").check(force=True)
    page.locator("[name=method][value=shop]").check(force=True)
    page.locator("main form button.button--primary").last.click()
    page.wait_for_url("**/maatwerk/**")
    marit.looks_right()
    grant = page.url.removeprefix(site)

    bram = person("Bram Oosterling")
    bram.reach(grant)
    bram.page.locator("button[form=act-meetekenen]").click()
    bram.page.wait_for_load_state()
    bram.looks_right()
    ravi = person("Ravi Jagesar")
    ravi.looks_right()
    ravi.reach(f"{grant}betalen/")
    ravi.page.locator("[name=reference]").fill("BON-2026-001")
    ravi.page.locator("main form button.button--primary").last.click()
    ravi.page.wait_for_load_state()
    ravi.looks_right()

    # The wijkwethouder sees the money and no name; the privacy officer sees who looked.
    eline = person("Eline Stokvisch", phone=True)
    eline.looks_right()
    assert "85" in eline.page.locator("main").inner_text()
    assert "Rachida" not in eline.page.content()
    daan = person("Daan Terpstra")
    daan.looks_right()
    assert "Joost Hemmelder" in daan.page.locator("main").inner_text()
