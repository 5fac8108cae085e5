"""An arrears signal becomes a first contact, a conversation and a case; the case is followed, sleeps and wakes again."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import FollowUp
from casework.sweep import sweep
from luisterloket.platform.acting import acting
from tests import writes
from tests.backoffice.scene import as_jobs

pytestmark = [pytest.mark.browser, pytest.mark.proof]
SEEN = "Drie maanden huur niet betaald"


def send(someone, form="main form.form"):
    someone.page.locator(f"{form} button[type=submit]").last.click()
    someone.page.wait_for_load_state()
    someone.looks_right()


def test_from_a_signal_to_waakvlam_and_back(person, site, city):
    marit = person("Marit Zwanenveld")
    page = marit.page
    marit.reach("/casework/vroegsignalen/nieuw/")
    page.locator("[name=kind][value=arrears]").check(force=True)
    page.locator("[name=seen]").fill(SEEN)
    page.locator("[name=about]").fill("Mevrouw Kaya")
    send(marit)
    # Without a partner it is refused, and what was typed is still there.
    assert page.locator("[name=seen]").input_value() == SEEN
    page.locator("[name=partner]").select_option("rent")
    send(marit)
    page.locator("[name=result][value=reached]").check(force=True)
    send(marit, "form[action$='/vroegsignalen/" + re.search(r"([0-9a-f-]{36})", page.url)[1] + "/']")
    page.locator("form[action$='/gesprek/'] button").click()
    page.wait_for_load_state()
    intake = re.search(r"/intakes/([0-9a-f-]{36})/", page.url)[1]
    assert SEEN in page.locator("[name=own_words]").input_value()
    page.goto(f"{site}/casework/intakes/{intake}/afronden/")
    page.locator("main form button.button--primary").last.click()
    page.wait_for_url("**/casussen/**")
    marit.looks_right()
    case = re.search(r"/casussen/([0-9a-f-]{36})/", page.url)[1]
    assert "Marit Zwanenveld" in page.locator("#next-contact").inner_text()

    # Weeks go by: the coordinator sees it, and gives it to Bram without opening the case.
    day = timezone.localdate() - timedelta(days=20)
    with writes.allowed(), acting(city.marit.acting):
        FollowUp.objects.to_come().filter(case=case).update(due_on=day, late_on=day)
    with as_jobs():
        assert sweep() == 1
    hakan = person("Hakan Erdoğmuş")
    hakan.reach("/vandaag/")
    hakan.page.locator(f"a[href*='{case}/opvolging/geven/']").first.click()
    hakan.page.wait_for_load_state()
    hakan.looks_right()
    assert SEEN not in hakan.page.content()
    hakan.page.locator("[name=who]").select_option(label="Bram Oosterling")
    hakan.page.locator("[name=due_on]").fill(timezone.localdate().isoformat())
    hakan.page.locator("[name=because]").fill("Marit is ziek")
    send(hakan)

    # Bram spoke with her; it goes well enough for waakvlam, and later it does not.
    bram = person("Bram Oosterling", phone=True)
    bram.reach(f"/casework/casussen/{case}/")
    bram.page.locator("#next-contact form button").click()
    bram.page.wait_for_load_state()
    bram.reach(f"/casework/casussen/{case}/afronden/")
    bram.page.locator("[name=into][value=waakvlam]").check(force=True)
    bram.page.locator("[name=goes][value=better]").check(force=True)
    bram.page.locator("[name=changed]").fill("Er is een regeling voor de huur")
    bram.page.locator("[name=agreed_how]").select_option("phone")
    send(bram)
    assert "Waakvlam" in bram.page.locator("#next-contact").inner_text()
    bram.reach(f"/casework/casussen/{case}/weer-actief/")
    bram.page.locator("[name=text]").fill("Zij belde: de regeling is gestopt")
    send(bram)
    assert "Waakvlam" not in bram.page.locator("#next-contact").inner_text()
