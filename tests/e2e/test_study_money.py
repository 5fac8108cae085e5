"""Story 4: a letter about study money that is reclaimed. From help of a minute to a case with a money sheet, on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Debt, ShortContact
from luisterloket.platform.acting import acting

pytestmark = [pytest.mark.browser, pytest.mark.proof]
LETTER = "Brief van DUO gelezen: haar dochter moet studiegeld terugbetalen. Ze kan niet meer slapen."


def press(someone, name="button.button--primary"):
    """Press the last button of this look in the main form, and let axe read the page that comes."""
    someone.page.locator(f"main form {name}").last.click()
    someone.page.wait_for_load_state()
    someone.looks_right()


def debt(someone, creditor, kind, **more):
    page = someone.page
    page.locator("[name=creditor]").fill(creditor)
    page.locator("[name=kind]").select_option(kind)
    page.locator(f"[name=sureness][value={more.get('sureness', 'about')}]").check(force=True)
    for name in ("least", "most", "paused_by", "paused_until"):
        if name in more:
            if name == "paused_by":
                page.locator("[name=status]").select_option("paused")
            page.locator(f"[name={name}]").fill(more[name])


def test_a_letter_becomes_a_conversation_a_case_and_a_money_sheet(person, site, city):
    marit = person("Marit Zwanenveld", phone=True)
    page = marit.page

    # A letter is read. Two things are enough, and what is typed is kept on the way.
    page.locator("form[action$='/kort/'] button").first.click()
    page.wait_for_load_state()
    marit.looks_right()
    with page.expect_response(lambda answer: "/concepten/" in answer.url and answer.ok):
        page.locator("[name=text]").fill(LETTER)
    page.reload()
    assert page.locator("[name=text]").input_value() == LETTER
    page.locator("[name=done][value=letter]").check(force=True)
    page.locator("[name=who]").fill("mevrouw met de pannen")
    page.locator("form[data-autosave] button.button--primary").click()
    page.wait_for_load_state()
    marit.looks_right()
    assert page.locator("#noted li", has_text=LETTER).count() == 1
    assert page.locator("[name=text]").input_value() == ""

    # There is more to it: one press, and the words are there already.
    page.locator("#noted form[action$='/gesprek/'] button").first.click()
    page.wait_for_load_state()
    marit.looks_right()
    assert page.locator("[name=own_words]").input_value() == LETTER
    intake = re.search(r"/intakes/([0-9a-f-]{36})/", page.url)[1]
    marit.reach(f"/casework/intakes/{intake}/afronden/")
    page.locator("main form button.button--primary").last.click()
    page.wait_for_url("**/casussen/**")
    marit.looks_right()
    case = re.search(r"/casussen/([0-9a-f-]{36})/", page.url)[1]
    with acting(city.marit.acting):
        assert str(ShortContact.objects.get(intake=intake).case_id) == case

    # She calls, in vain, and notes it in half a minute.
    marit.reach(f"/casework/casussen/{case}/contact/")
    assert LETTER in page.locator("#short").inner_text()
    page.locator("[name=result][value=not_reached]").check(force=True)
    press(marit)

    # At the table: rough amounts, one creditor after another.
    marit.reach(f"/casework/casussen/{case}/geld/inkomen/")
    page.locator("[name=kind]").select_option("benefit")
    page.locator("[name=least]").fill("1.100")
    press(marit)
    marit.reach(f"/casework/casussen/{case}/geld/schuld/")
    assert page.locator("[name=most]").is_hidden()
    until = timezone.localdate() + timedelta(days=5)
    debt(marit, "DUO", "duo", least="9.000", paused_by="Wim, Desk Schuldhulp", paused_until=f"{until:%Y-%m-%d}")
    press(marit, "button[name=again]")
    debt(marit, "Telefoon", "phone", sureness="between", least="600", most="")
    press(marit, "button[name=again]")
    # The highest amount is missing: it says so there, and nothing typed is lost.
    assert page.locator("#id_most_error").count() == 1
    assert page.locator("[name=creditor]").input_value() == "Telefoon"
    page.locator("[name=most]").fill("900")
    press(marit, "button[name=again]")
    debt(marit, "Haar zwager", "family", sureness="unknown")
    assert page.locator("[name=least]").is_hidden()
    press(marit)
    owed = page.locator(".totals__sum").last.inner_text()
    for part in ("8.700", "10.800"):
        assert part in owed
    assert page.locator("#debts li").count() == 3

    # The pause has an owner and a date: in the case and on Vandaag, without a creditor's name.
    marit.reach(f"/casework/casussen/{case}/")
    assert page.locator("#now a[href$='/geld/']").count() == 1
    assert "Telefoon" not in page.locator("#money").inner_text()
    marit.reach("/vandaag/?all")
    assert page.locator(f"main a[href$='/{case}/geld/']").count() >= 1

    # A week later the electricity is about to be cut off: that is acute, until there was a conversation.
    with acting(city.marit.acting):
        duo = Debt.objects.get(case_id=case, kind="duo")
    marit.reach(f"/casework/casussen/{case}/geld/schuld/{duo.pk}/")
    assert page.locator("[name=paused_until]").input_value() == f"{until:%Y-%m-%d}"
    page.locator("[name=threat]").select_option("electricity")
    press(marit)
    assert page.locator(".note--acute").count() == 1
    marit.reach("/vandaag/")
    assert page.locator(f".alarm a[href$='/{case}/geld/']").count() >= 1
    page.locator(".alarm a.button").click()
    page.wait_for_load_state()
    page.locator("form[action$='/gesproken/'] button").click()
    page.wait_for_load_state()
    marit.looks_right()
    assert page.locator(".note--acute").count() == 0
    marit.reach(f"/casework/casussen/{case}/geld/kosten/")
