"""Story 5: a Polish mother, evicted, from another wijk. From who she is to a paper at home that betrays nobody, by two people."""

import re
from datetime import date, timedelta

import pytest

from casework.models import CaseSummary
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case

pytestmark = [pytest.mark.browser, pytest.mark.proof]
WORDS = "Verhuurder zette ons buiten. De papieren kloppen niet, zegt hij. Wij komen uit Vreewijk."
SHELTER = "Bij nicht Ola, Hoefkade 12"


def press(someone, form="main form", name="button.button--primary"):
    someone.page.locator(f"{form} {name}").last.click()
    someone.page.wait_for_load_state()
    someone.looks_right()


def find(someone, text):
    someone.reach("/casework/inwoners/")
    someone.page.locator("main [name=q]").fill(text)
    someone.page.locator("main [name=q]").press("Enter")
    someone.page.locator("#results :is(table, ul, .empty)").first.wait_for()
    someone.looks_right()
    return someone.page.locator("main").inner_text()


def mark(someone, intake, kind, **values):
    someone.page.goto(f"{someone.site}/casework/intakes/{intake}/markeren/")
    form = someone.page.locator("form#mark")
    while (summary := form.locator("details:not([open]) > summary").first).count():
        summary.click()
    for name, value in values.items():
        field = form.locator(f"[name={kind}-{name}]")
        if name == "severity":
            form.locator(f"[name={kind}-severity][value='{value}']").check(force=True)
        elif name == "domain":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator(f"button[name=kind][value={kind}]").click()
    someone.page.wait_for_load_state()
    someone.looks_right()


def test_someone_from_another_wijk_is_helped_and_her_paper_betrays_nobody(person, site, city):
    # In Vreewijk somebody of this name and birth is known already; nothing more of that is told here.
    a_case(city.noor, city.unit("vreewijk"), name="Agnieszka Wilk", born="1990-05-02", own_words="Geheim van Vreewijk 4711")
    marit, bram = person("Marit Zwanenveld", phone=True), person("Bram Oosterling")
    page = marit.page
    found = find(marit, "Agnieszka Wilk 2-5-1990")
    assert "andere wijk" in found
    assert "4711" not in page.content()
    assert page.locator("a[href^='mailto:']").count() >= 1

    # She sits here, so she is helped here. The story first, in her own words.
    page.goto(f"{site}/vandaag/")
    page.locator("form[action$='/intakes/nieuw/'] button").first.click()
    page.wait_for_load_state()
    intake = re.search(r"/intakes/([0-9a-f-]{36})/", page.url)[1]
    page.locator("[name=own_words]").fill(WORDS)
    page.locator("[name=quote]").fill("Nie mam dokąd iść.")
    press(marit, "form#sheet")
    mark(marit, intake, "concern", severity="1", domain="housing", text="Vannacht geen dak", since="vanmorgen")
    mark(marit, intake, "strength", text="Zij werkt al twee jaar in de kas")
    mark(marit, intake, "person", name="Ola", relation="nicht", can_do="een paar nachten slapen")
    assert page.locator(".alarm").count() == 1

    # Papers come later: the check is put off, and nothing waits for it.
    marit.reach(f"/casework/intakes/{intake}/gesprekken/")
    page.locator("[name=place]").first.check(force=True)
    page.locator("[name=present]").fill("een tolk Pools")
    press(marit, "main form.panel")
    assert "tolk Pools" in page.locator("main").inner_text()
    marit.reach(f"/casework/intakes/{intake}/wie/")
    for name, value in {"name": "Agnieszka Wilk", "born": "2-5-1990", "phone": "06 00 00 05 55", "language": "Pools"}.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=member-0-name]").fill("Zosia Wilk")
    page.locator("[name=member-0-part]").select_option("child")
    page.locator("[name=member-0-born]").fill("2019")
    press(marit, "form#sheet")
    marit.reach(f"/casework/intakes/{intake}/afronden/")
    page.locator("main form button.button--primary").last.click()
    page.wait_for_url("**/casussen/**")
    marit.looks_right()
    case = re.search(r"/casussen/([0-9a-f-]{36})/", page.url)[1]
    base = f"/casework/casussen/{case}/"

    # She is of another wijk: which rule that is, why not, and who agreed is on record. The help goes on meanwhile.
    marit.reach(base + "uitzonderingen/")
    page.locator("[name=kind][value=other_wijk]").check(force=True)
    page.locator("[name=rule]").fill("Alleen voor wie in de wijk woont")
    page.locator("[name=review_on]").fill(f"{date.today() + timedelta(days=30):%Y-%m-%d}")
    press(marit)
    # Why its purpose asks otherwise is asked, and what was typed stays.
    assert page.locator("[name=rule]").input_value() == "Alleen voor wie in de wijk woont"
    page.locator("[name=why]").fill("Haar kinderen gaan hier naar school")
    press(marit)
    assert page.locator("form[action$='/antwoord/']").count() == 0
    hakan = person("Hakan Erdoğmuş")
    hakan.reach("/vandaag/?all")
    hakan.page.locator(f"main a[href='{base}aansluiten/']").first.click()
    hakan.page.wait_for_load_state()
    hakan.page.locator("button[name=reason][value=asked]").click()
    hakan.page.wait_for_load_state()
    hakan.reach(base + "uitzonderingen/")
    press(hakan, "form[action$='/antwoord/']", "button[value=yes]")
    page.reload()
    assert "Hakan Erdoğmuş" in page.locator("main").inner_text()

    # How to reach her safely, and who speaks for her.
    marit.reach(base + "mensen/")
    page.locator("main .lines a").first.click()
    page.wait_for_load_state()
    who = re.search(r"/mensen/([0-9a-f-]{36})/", page.url)[1]
    marit.reach(f"{base}mensen/{who}/bereiken/")
    page.locator("[name=never_call]").check(force=True)
    page.locator("[name=address]").fill(SHELTER)
    page.locator("[name=interpreter]").fill("Pools")
    press(marit)
    marit.reach(f"{base}mensen/{who}/vertegenwoordigers/erbij/")
    for name, value in {"kind": "speaks", "scope": "both"}.items():
        page.locator(f"[name={name}]").select_option(value)
    page.locator("[name=name]").fill("Ola Wilk")
    press(marit)
    # Why she speaks is asked, and what was typed stays.
    assert page.locator("[data-error-summary]").count() == 1
    assert page.locator("[name=name]").input_value() == "Ola Wilk"
    page.locator("[name=reason]").fill("Spreekt Nederlands")
    page.locator("[name=pass_phrase]").fill("gele laarzen")
    press(marit)
    assert "gele laarzen" not in page.content()

    # The father moves in with her later, and must not read where she is.
    marit.reach(f"{base}mensen/erbij/")
    page.locator("[name=name]").fill("Marek Wilk")
    page.locator("[name=part]").select_option("partner")
    press(marit)
    marit.reach(f"{base}achterhouden/")
    page.locator("label", has_text="Marek Wilk").first.click()
    page.locator("label.check", has_text=SHELTER).click()
    page.locator("label.check", has_text="Ola, nicht").click()
    page.locator("[name=reason]").fill("Zij is bang voor hem")
    press(marit)
    assert page.locator("main").inner_text().count("Niet voor Marek Wilk") == 2

    # The summary leaves it out, and waits for a second reader before it goes on paper.
    marit.reach(base + "samenvatting/")
    press(marit)
    text = page.locator(".prose").inner_text()
    assert "Vannacht geen dak" in text
    assert "Zij werkt al twee jaar in de kas" in text
    assert "Ola" not in text
    assert page.locator("a[href*='/pdf/']").count() == 0
    press(marit, "form[action$='/nalezen/vragen/']", "button")

    # Bram finds her by how her name sounds, sees initials only, and joins.
    found = find(bram, "agnjeska wilk")
    assert "A. W." in found
    assert "Agnieszka" not in bram.page.locator("#results").inner_text()
    bram.page.locator("#results a", has_text=re.compile("Aansluiten|Sluit aan|Meedoen")).first.click()
    bram.page.wait_for_load_state()
    bram.looks_right()
    bram.page.locator("button[name=reason][value=asked]").click()
    bram.page.wait_for_load_state()
    bram.looks_right()
    bram.reach("/vandaag/")
    bram.page.locator("main a[href$='/nalezen/']").first.click()
    bram.page.wait_for_load_state()
    bram.looks_right()
    bram.page.locator("[name=found][value=right]").check(force=True)
    press(bram)

    # Now it goes along, read back through an interpreter and agreed; whoever looked is on record, and Marit hears who joined.
    page.reload()
    with page.expect_download() as paper:
        page.locator("a[href*='/pdf/']").click()
    assert "Wilk" not in paper.value.suggested_filename
    page.locator("[name=agreed_how][value=interpreter]").check(force=True)
    press(marit, "main form.form")
    with acting(city.marit.acting):
        assert CaseSummary.objects.get(case=case).agreed_how == "interpreter"
    marit.reach(base + "inzage/")
    assert "Bram Oosterling" in page.locator("main").inner_text()
    marit.reach("/vandaag/?all")
    assert "Bram Oosterling" in page.locator("main").inner_text()
    assert "Agnieszka" not in bram.page.url
