"""Story 1: a mother with two small children has no roof tonight. Each person at their own browser, from the first word to the payment."""

import re
from decimal import Decimal

import pytest

from backoffice.models import SpecialistRequest
from luisterloket.platform.acting import acting

pytestmark = pytest.mark.browser

SECRET = "alleen-voor-de-wijk-4711"
STRENGTH = "Spreekt vier talen"


def submit(page, address):
    """Press the button of the form that goes to this address."""
    page.locator(f"form[action*='{address}'] button[type=submit]").last.click()
    page.wait_for_load_state()


def paid_from(someone, line):
    """What the wijk's page says was paid from a line. The amounts stand in order: budgeted, paid, promised, free."""
    someone.reach("/wijkbegroting/")
    if someone.page.locator(".budget-table").count() == 0:
        someone.page.locator("a.line-link", has_text="Schilderswijk").click()
        someone.page.wait_for_load_state()
        someone.looks_right()
    cell = someone.page.locator(".budget-table tbody tr", has_text=line).locator("td.amount").nth(1)
    return Decimal(re.sub(r"[^\d,-]", "", cell.inner_text()).replace(",", "."))


def go_on(page):
    page.locator(".intake-bar button.button--primary, form#sheet button.button--primary").last.click()
    page.wait_for_load_state()


def test_from_the_first_word_to_an_answer_and_a_paid_maatwerk(person, site, city):
    marit, eline = person("Marit Zwanenveld", phone=True), person("Eline Stokvisch", phone=True)
    page = marit.page
    paid_before = paid_from(eline, "Eerste nood")
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
    # It says what to do today and who is told; she who divides the work hears it at once, and not whom it is about.
    assert "Hakan Erdoğmuş" in page.locator(".alarm").inner_text()
    hakan = person("Hakan Erdoğmuş")
    hakan.looks_right()
    hakan.page.locator(f"main a[href*='/intakes/{intake}/acuut/']").first.click()
    hakan.page.wait_for_load_state()
    hakan.looks_right()
    assert "Marit Zwanenveld" in hakan.page.locator("main").inner_text()
    assert SECRET not in hakan.page.content()
    marit.reach(f"/casework/intakes/{intake}/markeren/")
    form = page.locator("form#mark")
    form.locator("details", has=page.locator("button[value=strength]")).locator("summary").click()
    form.locator("details[open] textarea[name$=text]:visible, details[open] input[name$=text]:visible").last.fill(STRENGTH)
    form.locator("[name$=domain]:visible").last.select_option("participation")
    form.locator("button[name=kind][value=strength]").click()
    page.wait_for_load_state()
    marit.looks_right()
    assert page.locator("#marked .balance__cell", has_text=STRENGTH).count() == 1
    marit.reach(f"/casework/intakes/{intake}/wie/")
    page.locator("[name=name]").fill("Rachida Amrani")
    page.locator("[name=phone]").fill("06 00 00 01 21")
    for number, (name, born) in enumerate([("Ilyas", "2022"), ("Sofia", "2025")]):
        page.locator(f"[name=member-{number}-name]").fill(name)
        page.locator(f"[name=member-{number}-part]").select_option("child")
        page.locator(f"[name=member-{number}-born]").fill(born)
        page.locator("button[name=go][value=row]").click()
        page.wait_for_load_state()
        marit.looks_right()
    go_on(page)
    marit.reach(f"/casework/intakes/{intake}/afronden/")
    assert "Rachida" in page.locator("main").inner_text()
    page.locator("main form button.button--primary").last.click()
    page.wait_for_url("**/casussen/**")
    marit.looks_right()
    case = re.search(r"/casussen/([0-9a-f-]{36})/", page.url)[1]
    marit.reach(f"/casework/casussen/{case}/samenvatting/")
    read_back = page.locator("main").inner_text()
    for heard in ("Ik wil dat mijn kinderen vannacht veilig slapen.", "Vannacht geen dak", STRENGTH, "Ilyas", "Sofia"):
        assert heard in read_back

    # A version is read back at the table, and agreed; later a colleague sees that.
    page.locator("main form button.button--primary").last.click()
    page.wait_for_url("**/samenvatting/1/")
    marit.looks_right()
    page.locator("[name=agreed_how][value=in_person]").check(force=True)
    page.locator("main form.form button.button--primary").click()
    page.wait_for_load_state()
    marit.looks_right()
    assert page.locator(".note--done", has_text="Marit Zwanenveld").count() == 1

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

    # Joost finds it, and sees what went along and nothing more.
    joost = person("Joost Hemmelder")
    joost.looks_right()
    assert "Rachida" not in joost.page.content()
    joost.page.locator(".queue__link", has_text="Slaapplek voor moeder met twee kinderen").click()
    joost.page.wait_for_load_state()
    joost.looks_right()
    seen = joost.page.locator("main").inner_text()
    assert "Rachida Amrani" in seen
    assert "Vannacht geen dak" in seen
    assert SECRET not in joost.page.content()
    submit(joost.page, "/oppakken/")
    joost.looks_right()

    # He first asks something; Marit finds that on Vandaag and replies.
    asking = joost.page.locator("details", has=joost.page.locator("form[action$='/vraag-terug/']"))
    asking.locator("summary").click()
    asking.locator("[name=text]").fill("Hoe oud zijn de kinderen?")
    submit(joost.page, "/vraag-terug/")
    joost.looks_right()
    assert joost.page.locator("form[action$='/beantwoorden/']").count() == 0
    marit.reach("/vandaag/")
    page.locator("main a[href*='/verzoeken/']").first.click()
    page.wait_for_load_state()
    marit.looks_right()
    assert "Hoe oud zijn de kinderen?" in page.locator("main").inner_text()
    page.locator("form[action$='/reageren/'] [name=text]").fill("Twee en vijf jaar.")
    submit(page, "/reageren/")
    marit.looks_right()

    # With the reply he refuses, with a next step.
    joost.page.reload()
    joost.looks_right()
    assert "Twee en vijf jaar." in joost.page.locator("main").inner_text()
    form = joost.page.locator("form[action$='/beantwoorden/']")
    form.locator("[name=result][value=refused]").check(force=True)
    form.locator("[name=answer]").fill("De crisisopvang is vannacht vol.")
    submit(joost.page, "/beantwoorden/")
    # A refusal without a next step does not leave: the page says so and keeps what was typed.
    joost.looks_right()
    form = joost.page.locator("form[action$='/beantwoorden/']")
    assert form.locator("[name=answer]").input_value() == "De crisisopvang is vannacht vol."
    form.locator("[name=next_step]").fill("Hotel De Halte heeft vannacht een kamer.")
    form.locator("[name=refused_under]").fill("Wmo 2015, artikel 1.2.1")
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
    marit.looks_right()
    with acting(city.marit.acting):
        assert SpecialistRequest.objects.get(case_id=case).status == "closed"
    joost.page.reload()
    joost.looks_right()
    assert "Rachida" not in joost.page.content()

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
    assert paid_from(eline, "Eerste nood") == paid_before + 85
    assert "Rachida" not in eline.page.content()
    daan = person("Daan Terpstra")
    daan.reach("/convenant/inzage/")
    daan.looks_right()
    assert "Joost Hemmelder" in daan.page.locator("main").inner_text()
