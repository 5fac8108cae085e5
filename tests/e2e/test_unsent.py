"""No connection, or no server: what is typed stays on this device, unreadable for others, and comes back."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import pytest
from django.conf import settings
from rest_framework.response import Response

from casework.actions import save_sheet
from casework.api import IntakeSheet
from casework.models import Intake
from luisterloket.platform.acting import acting
from tests import browser as real
from tests.casework.heard import an_intake
from tests.city import TestCity
from tests.e2e.conftest import Person

pytestmark = pytest.mark.browser

BEFORE, AFTER = "Zij slaapt sinds zondag bij haar zus", " en daar kan zij niet blijven."
STORED = """async () => {
  const database = await new Promise((done) => {
    const request = indexedDB.open("luisterloket", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("unsent", { keyPath: "id" });
    request.onsuccess = () => done(request.result);
  });
  const rows = await new Promise((done) => {
    const request = database.transaction("unsent").objectStore("unsent").getAll();
    request.onsuccess = () => done(request.result);
  });
  database.close();
  const letters = (buffer) => new TextDecoder("latin1").decode(buffer);
  return rows.map((row) => ({ ...row, iv: letters(row.iv), text: letters(row.text) }));
}"""
AGE = """async (hours) => {
  const database = await new Promise((done) => {
    const request = indexedDB.open("luisterloket", 1);
    request.onsuccess = () => done(request.result);
  });
  await new Promise((done) => {
    const change = database.transaction("unsent", "readwrite");
    const request = change.objectStore("unsent").getAll();
    request.onsuccess = () => request.result.forEach((row) => change.objectStore("unsent").put({ ...row, at: row.at - hours * 3600000 }));
    change.oncomplete = done;
  });
  database.close();
}"""


@pytest.fixture
def intake(city):
    return an_intake(city.marit, city.unit("schilderswijk"), own_words="")


def story(page, intake, site):
    page.goto(f"{site}/casework/intakes/{intake.pk}/verhaal/")
    return page.locator("[name=own_words]")


def state(page, name):
    page.wait_for_selector(f"[data-saved][data-state={name}]")


def kept_on_device(page, count=1, *, since=0):
    """Wait until so many texts are kept, and all that was typed up to `since` is in them."""
    for _ in range(150):
        rows = page.evaluate(STORED)
        if len(rows) == count and all(row["at"] >= since for row in rows):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{len(rows)} texts are kept on this device, and not {count}.")


def saves(page):
    return page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok)


def heard(city, intake):
    with acting(city.marit.acting):
        return Intake.objects.get(pk=intake.pk).own_words


@pytest.fixture
def cut_off(person, site, intake):
    """Marit, in mid-sentence when the connection went."""
    marit = person("Marit Zwanenveld")
    words = story(marit.page, intake, site)
    with saves(marit.page):
        words.fill(BEFORE)
    marit.context.set_offline(True)
    words.press_sequentially(AFTER)
    kept_on_device(marit.page, since=marit.page.evaluate("Date.now()"))
    state(marit.page, "offline")
    return marit


def test_when_the_connection_returns_the_text_is_sent_and_leaves_the_device(cut_off, city, intake):
    page = cut_off.page
    rows = page.evaluate(STORED)
    assert {"id", "person", "place", "at", "iv", "text"} == set(rows[0])
    assert not any(word in str(rows) for word in ("zus", "blijven", str(intake.pk), "own_words", "marit"))
    cut_off.context.set_offline(False)
    state(page, "saved")
    kept_on_device(page, 0)
    assert heard(city, intake) == BEFORE + AFTER


def test_a_page_opened_again_offers_what_was_not_sent(cut_off, city, intake, site):
    cut_off.page.close()
    cut_off.context.set_offline(False)
    page = cut_off.context.new_page()
    words = story(page, intake, site)
    offer = page.locator("[data-unsent-back]")
    offer.wait_for(state="visible")
    assert words.input_value() == BEFORE
    assert real.axe_findings(page) == []
    both = page.locator("[data-unsent-texts]").inner_text()
    assert BEFORE + AFTER in both
    assert both.count(BEFORE) == 2
    with saves(page):
        offer.click()
    assert words.input_value() == BEFORE + AFTER
    kept_on_device(page, 0)
    assert heard(city, intake) == BEFORE + AFTER


def test_of_two_tabs_with_the_same_form_one_offers_it(cut_off, city, intake, site):
    cut_off.page.close()
    cut_off.context.set_offline(False)
    first, second = cut_off.context.new_page(), cut_off.context.new_page()
    story(first, intake, site)
    first.locator("[data-unsent-back]").wait_for(state="visible")
    story(second, intake, site)
    second.wait_for_timeout(1500)
    assert second.locator("[data-unsent-back]").count() == 0
    # Closed without an answer, it is still there for the next.
    first.close()
    second.reload()
    second.locator("[data-unsent-back]").wait_for(state="visible")
    with saves(second):
        second.locator("[data-unsent-back]").click()
    kept_on_device(second, 0)
    assert heard(city, intake) == BEFORE + AFTER


def test_what_an_open_page_may_still_send_is_not_offered_in_another(cut_off, intake, site, monkeypatch):
    monkeypatch.setattr(IntakeSheet, "patch", lambda *_args, **_ids: Response(status=503))
    cut_off.context.set_offline(False)
    other = cut_off.context.new_page()
    story(other, intake, site)
    other.wait_for_timeout(1500)
    kept_on_device(other, 1)
    assert other.locator("[data-unsent-back]").count() == 0


def test_what_was_typed_meanwhile_is_not_overwritten(cut_off, intake, site):
    cut_off.page.close()
    cut_off.context.set_offline(False)
    page = cut_off.context.new_page()
    words = story(page, intake, site)
    page.locator("[data-unsent-back]").wait_for(state="visible")
    words.fill("Zij belt net op.")
    page.locator("[data-unsent-back]").click()
    assert words.input_value() == f"{BEFORE}{AFTER}\n\nZij belt net op."


def test_it_may_be_thrown_away(cut_off, city, intake, site):
    cut_off.page.close()
    cut_off.context.set_offline(False)
    page = cut_off.context.new_page()
    words = story(page, intake, site)
    page.locator("[data-unsent-away]").click()
    kept_on_device(page, 0)
    assert words.input_value() == heard(city, intake) == BEFORE


def test_who_saved_meanwhile_is_not_overwritten(cut_off, city, intake):
    """The text is sent with its revision: both are shown."""
    with acting(city.marit.acting):
        now = Intake.objects.get(pk=intake.pk)
    save_sheet(actor=city.marit, intake=now, revision=now.revision, values={"own_words": "Van een ander scherm"})
    cut_off.context.set_offline(False)
    cut_off.page.locator("[data-conflict]:not([hidden])").wait_for()
    texts = cut_off.page.locator("[data-conflict-texts]").inner_text()
    assert "Van een ander scherm" in texts
    assert BEFORE + AFTER in texts
    assert heard(city, intake) == "Van een ander scherm"


def test_a_form_is_not_sent_into_nothing(cut_off, city, intake):
    page = cut_off.page
    page.locator("form#sheet button.button--primary").last.click()
    page.wait_for_timeout(500)
    assert page.locator("[name=own_words]").input_value() == BEFORE + AFTER
    cut_off.context.set_offline(False)
    page.locator("form#sheet button.button--primary").last.click()
    page.wait_for_url("**/markeren/")
    assert heard(city, intake) == BEFORE + AFTER


def test_another_person_at_this_computer_reads_nothing_and_is_told_nothing(cut_off, intake, site, monkeypatch):
    page = cut_off.page
    monkeypatch.setattr(IntakeSheet, "patch", lambda *_args, **_ids: Response(status=503))
    cut_off.context.set_offline(False)
    page.goto(f"{site}/account/")
    page.locator("main form[action*=uitloggen] button").click()
    # Who leaves is told first; the text stays for the same person.
    page.locator("[data-leaving-stay]").click()
    page.locator("main form[action*=uitloggen] button").click()
    assert real.axe_findings(page) == []
    page.locator("[data-leaving-go]").click()
    page.wait_for_url("**/inloggen/**")
    cut_off.sign_in("Bram Oosterling")
    page.wait_for_load_state()
    assert BEFORE not in page.content()
    found = page.evaluate("async (name) => (await luisterloket.unsent.found(name)).length", _place(intake))
    assert found == page.evaluate("luisterloket.unsent.mine()") == 0
    assert len(page.evaluate(STORED)) == 1
    page.goto(f"{site}/account/")
    page.locator("main form[action*=uitloggen] button").click()
    page.wait_for_url("**/inloggen/**")
    # The same person, later: it is there.
    cut_off.sign_in("Marit Zwanenveld")
    page.wait_for_load_state()
    story(page, intake, site)
    page.locator("[data-unsent-back]").wait_for(state="visible")


def _place(intake):
    return f"/casework/api/intakes/{intake.pk}/sheet /casework/intakes/{intake.pk}/verhaal/ sheet"


def test_after_a_day_it_is_gone(cut_off, site, monkeypatch):
    page = cut_off.page
    monkeypatch.setattr(IntakeSheet, "patch", lambda *_args, **_ids: Response(status=503))
    cut_off.context.set_offline(False)
    page.goto(f"{site}/vandaag/")
    page.evaluate(AGE, 23)
    page.reload()
    kept_on_device(page, 1)
    page.evaluate(AGE, 2)
    page.reload()
    kept_on_device(page, 0)


def test_a_browser_that_cannot_keep_it_says_so(person, site, intake):
    marit = person("Marit Zwanenveld")
    marit.context.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    words = story(marit.page, intake, site)
    marit.context.set_offline(True)
    words.press_sequentially(BEFORE)
    state(marit.page, "offline")
    unable = marit.page.locator("[data-saved]").get_attribute("data-text-unable")
    assert marit.page.locator("[data-saved-text]").inner_text() == unable
    assert marit.page.evaluate(STORED) == []


class Process:
    """The served application as a process of its own, that can be killed."""

    def __init__(self, database):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.site = f"http://127.0.0.1:{self.port}"
        address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))
        # Named, because a test that ran before this one may have loaded the queue, which takes the role of the jobs.
        self.environment = {**os.environ, "DATABASE_URL": address, "DATABASE_ROLE": settings.DATABASE_ROLE}
        self.start()

    def start(self):
        bind = ["--bind", f"127.0.0.1:{self.port}", "--threads", "4", "--log-level", "error"]
        command = [sys.executable, "-m", "gunicorn", "luisterloket.wsgi", *bind]
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment, start_new_session=True)
        for _ in range(60):
            try:
                urlopen(f"{self.site}/healthz", timeout=2)  # noqa: S310
                return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        self.process.kill()
        self.process.wait()
        pytest.fail("The application did not come up.")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def process(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        served = Process(own_database)
        yield served
        served.kill()


def test_a_killed_server_in_mid_intake_loses_no_field(chromium, process):
    city = TestCity()
    intake = an_intake(city.marit, city.unit("schilderswijk"), own_words="", quote="")
    typed = {"own_words": BEFORE, "quote": "Ik wil vannacht een bed.", "asked_question": "Een bed", "question_behind": "Rust"}
    context = chromium.new_context(locale="nl-NL")
    marit = Person(context, process.site)
    marit.sign_in("Marit Zwanenveld")
    page = marit.page
    words = story(page, intake, process.site)
    with saves(page):
        words.fill(BEFORE[:12])
    process.kill()
    for name, text in typed.items():
        page.locator(f"[name={name}]").fill(text)
    kept_on_device(page, since=page.evaluate("Date.now()"))
    state(page, "offline")
    page.close()

    process.start()
    page = context.new_page()
    story(page, intake, process.site)
    with saves(page):
        page.locator("[data-unsent-back]").click()
    page.reload()
    assert {name: page.locator(f"[name={name}]").input_value() for name in typed} == typed
    context.close()
