"""The screen locks instead of logging out: the page stays, covered; whoever was typing goes on."""

import re

import pytest

from casework.models import Intake
from luisterloket.convenant.demo import PASSPHRASE
from luisterloket.platform.acting import acting
from tests import browser as real
from tests.casework.heard import a_case, an_intake

pytestmark = pytest.mark.browser

SENTENCE = "Zij zegt dat de huur sinds mei niet meer"


@pytest.fixture
def marit(person):
    return person("Marit Zwanenveld")


@pytest.fixture
def intake(city):
    return an_intake(city.marit, city.unit("schilderswijk"), own_words="")


def listen(someone, intake):
    page = someone.page
    page.goto(f"{someone.site}/casework/intakes/{intake.pk}/verhaal/")
    return page.locator("[name=own_words]")


def curtain(page):
    return page.locator("dialog[data-lock]")


def unlock(page, passphrase=PASSPHRASE):
    curtain(page).locator("[name=password]").fill(passphrase)
    curtain(page).locator("[name=password]").press("Enter")


def heard(city, intake):
    with acting(city.marit.acting):
        return Intake.objects.get(pk=intake.pk).own_words


def saved(page):
    page.wait_for_selector("[data-saved][data-state=saved]")


def test_locked_in_mid_sentence_and_unlocked_in_place(marit, city, intake):
    words = listen(marit, intake)
    words.press_sequentially(SENTENCE)
    title = marit.page.title()
    marit.page.keyboard.press("Alt+L")
    curtain(marit.page).wait_for(state="visible")
    # Nothing of the conversation is seen, reached or read aloud, and the server gives nothing away.
    assert not words.is_visible()
    assert marit.page.title() != title
    assert SENTENCE not in marit.page.locator("body").aria_snapshot()
    assert real.axe_findings(marit.page) == []
    marit.page.keyboard.press("Escape")
    marit.page.keyboard.press("Escape")
    assert curtain(marit.page).is_visible()
    unlock(marit.page, "dit is niet de goede")
    curtain(marit.page).locator("[data-lock-error]:not([hidden])").wait_for()
    assert real.axe_findings(marit.page) == []
    unlock(marit.page)
    curtain(marit.page).wait_for(state="hidden")
    # The cursor is where it was.
    marit.page.keyboard.type(" betaald is.")
    assert words.input_value() == f"{SENTENCE} betaald is."
    with marit.page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        pass
    assert heard(city, intake) == f"{SENTENCE} betaald is."


def test_taking_the_curtain_away_opens_nothing(marit, city, intake):
    case = a_case(city.marit, city.unit("schilderswijk"), name="Rachida Amrani")
    listen(marit, intake)
    marit.page.locator("[data-lock-now]").click()
    curtain(marit.page).wait_for(state="visible")
    marit.page.evaluate("document.querySelector('[data-lock]').remove(); delete document.documentElement.dataset.locked")
    for address in (case.get_absolute_url(), "/vandaag/", "/casework/inwoners/"):
        answer = marit.context.request.get(marit.site + address)
        assert answer.status == 423
        assert "Rachida" not in answer.text()
    marit.page.goto(marit.site + case.get_absolute_url())
    assert "Rachida" not in marit.page.content()


def test_the_page_of_a_lock_is_accessible_and_leads_back(marit, city):
    case = a_case(city.marit, city.unit("schilderswijk"), name="Rachida Amrani")
    page = marit.page
    page.goto(marit.site + case.get_absolute_url())
    page.keyboard.press("Alt+L")
    curtain(page).wait_for(state="visible")
    page.reload()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert real.axe_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator("[name=password]").fill(PASSPHRASE)
    page.get_by_role("button", name=re.compile("Unlock|Ontgrendel")).click()
    page.wait_for_load_state()
    assert page.url.endswith(case.get_absolute_url())
    assert "Rachida" in page.content()


def test_two_tabs_lock_and_open_together(marit, intake):
    words = listen(marit, intake)
    second = marit.context.new_page()
    second.goto(f"{marit.site}/vandaag/")
    second.locator("[data-lock-now]").click()
    curtain(marit.page).wait_for(state="visible")
    unlock(marit.page)
    curtain(second).wait_for(state="hidden")
    assert words.is_visible()


def test_it_warns_first_and_someone_who_is_there_says_so(marit, intake, settings):
    page = marit.page
    page.clock.install()
    words = listen(marit, intake)
    words.press_sequentially(SENTENCE)
    saved(page)
    warning = page.locator("[data-lock-warning]")
    for _twice in range(2):
        page.clock.fast_forward((settings.SESSION_IDLE_SECONDS - 30) * 1000)
        warning.wait_for(state="visible")
        assert real.axe_findings(page) == []
        warning.locator("[data-lock-stay]").click()
        warning.wait_for(state="hidden")
    with page.expect_response("**/vergrendelen/"):
        page.clock.fast_forward((settings.SESSION_IDLE_SECONDS + 1) * 1000)
    curtain(page).wait_for(state="visible")
    # Also on the server: the page told it.
    assert marit.context.request.get(f"{marit.site}/vandaag/").status == 423
    unlock(page)
    curtain(page).wait_for(state="hidden")
    assert words.input_value() == SENTENCE


def test_saving_alone_keeps_no_session_open_and_a_locked_server_covers_the_page(marit, city, intake):
    words = listen(marit, intake)
    answer = marit.context.request.get(f"{marit.site}/sessie/", headers={"Accept": "application/json"})
    token = {"X-CSRFToken": answer.json()["csrf"], "Accept": "application/json", "Origin": marit.site}
    # Locked elsewhere, and this page did not hear of it.
    assert marit.context.request.post(f"{marit.site}/vergrendelen/", headers=token).ok
    words.press_sequentially(SENTENCE)
    curtain(marit.page).wait_for(state="visible")
    assert heard(city, intake) == ""
    unlock(marit.page)
    saved(marit.page)
    assert heard(city, intake) == SENTENCE


def test_without_a_script_the_lock_is_a_page_and_the_sheet_comes_back(chromium, site, city):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/inloggen/")
    page.get_by_role("button", name="Marit Zwanenveld").click()
    page.goto(f"{site}/casework/intakes/{intake.pk}/verhaal/")
    page.locator("[name=own_words]").fill(SENTENCE)
    page.locator("[data-lock-now]").click()
    assert SENTENCE not in page.content()
    page.locator("[name=password]").fill(PASSPHRASE)
    page.locator("[name=password]").press("Enter")
    page.locator("main form button[type=submit]").click()
    page.goto(f"{site}/casework/intakes/{intake.pk}/verhaal/")
    assert page.locator("[name=own_words]").input_value() == SENTENCE
    context.close()
