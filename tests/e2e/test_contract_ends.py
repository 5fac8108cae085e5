"""Betrokken leiders: an organisation loses its contract, and its residents meet who comes after it before they are handed over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Handover, Meeting
from luisterloket.platform.acting import acting
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case

pytestmark = [pytest.mark.browser, pytest.mark.proof]
NOTE = "Hij doet alleen open op dinsdag"


def test_from_the_announcement_to_the_last_case(person, site, city):
    from casework.tasks import list_contracts_that_end

    old = city.unit("vreewijk")
    first, second = (a_case(city.noor, old, name=name) for name in ("Leendert Kruidenier", "Milou Verschoor"))
    day = timezone.localdate()

    # The convenant administrator announces it; the list begins by itself.
    petra = person("Petra Wiersinga")
    petra.reach("/casework/contracten/")
    petra.page.locator(".page-header a").click()
    petra.page.get_by_role("link", name="Stichting Wijkkracht Zuid").click()
    petra.looks_right()
    petra.page.locator("[name=ends_on]").fill((day + timedelta(days=90)).isoformat())
    petra.page.locator(f"[name=after_{old.pk}]").select_option(label="De Goede Buur Vreewijk")
    petra.page.locator("main form button.button--primary").click()
    petra.page.wait_for_load_state()
    petra.looks_right()
    contract = petra.page.url.removeprefix(site)
    with as_jobs():
        list_contracts_that_end()

    # The coordinator gives both cases to one colleague of the team that takes over.
    sef = person("Sef Bontenbal", phone=True)
    sef.reach("/vandaag/")
    sef.reach(contract)
    for box in sef.page.locator("[name=handovers]").all():
        box.check()
    sef.page.locator("[name=to_user]").select_option(label="Imke Dijkgraaf")
    sef.page.locator("[name=due_on]").fill((day + timedelta(days=30)).isoformat())
    sef.page.locator("main form button.button--primary").click()
    sef.page.wait_for_load_state()
    sef.looks_right()
    assert sef.page.locator("main").inner_text().count("Imke Dijkgraaf") >= 2

    # The old worker writes the note and arranges that the three of them meet.
    noor = person("Noor Veldkamp")
    noor.reach("/casework/overdrachten/")
    noor.reach(first.get_absolute_url())
    noor.page.locator("#handover a").click()
    noor.page.wait_for_load_state()
    noor.looks_right()
    handover = noor.page.url.removeprefix(site)
    imke = person("Imke Dijkgraaf", phone=True)
    imke.reach(handover)
    assert "Leendert" not in imke.page.locator("main").inner_text()
    noor.page.locator("[aria-labelledby=note-title] [name=text]").fill(NOTE)
    noor.page.locator("[aria-labelledby=note-title] button").click()
    noor.page.wait_for_load_state()
    noor.page.locator("#introduction summary").click()
    noor.page.locator("#introduction [name=on]").fill((day + timedelta(days=2)).isoformat())
    noor.page.locator("#introduction [name=at]").fill("10:30")
    noor.page.locator("#introduction form button").click()
    noor.page.wait_for_load_state()
    noor.looks_right()
    imke.reach(handover)
    assert "Leendert Kruidenier" in imke.page.locator("main").inner_text()
    assert imke.page.locator("[aria-labelledby=note-title] [name=text]").input_value() == NOTE

    # They met; the new worker sees to the list and takes the case over.
    with writes.allowed(), acting(city.noor.acting):
        Meeting.objects.filter(case=first).update(starts_at=timezone.now() - timedelta(hours=3))
    imke.reach(f"{first.get_absolute_url()}afspraken/")
    imke.page.locator("button[name=ended][value=held]").click()
    imke.page.wait_for_load_state()
    imke.reach(handover)
    while (left := imke.page.locator("#checklist form > button")).count():
        left.first.click()
        imke.page.wait_for_load_state()
    imke.page.locator("form[action$='/aannemen/'] button").click()
    imke.page.wait_for_load_state()
    imke.looks_right()
    imke.reach(first.get_absolute_url())
    assert "Imke Dijkgraaf" in imke.page.locator("main").inner_text()
    answer = noor.page.goto(site + first.get_absolute_url())
    assert answer.status == 404
    noor.errors.clear()

    # Not before the last one is settled.
    petra.reach(contract)
    assert petra.page.locator("form[action$='/afsluiten/']").count() == 0
    noor.reach(f"{second.get_absolute_url()}overdracht/")
    noor.page.locator("#introduction summary").click()
    noor.page.locator("#introduction [name=because]").fill("Zij kent Imke al van het kookcafé")
    noor.page.locator("#introduction form button").click()
    noor.page.wait_for_load_state()
    imke.reach(f"{second.get_absolute_url()}overdracht/")
    while (left := imke.page.locator("#checklist form > button")).count():
        left.first.click()
        imke.page.wait_for_load_state()
    imke.page.locator("form[action$='/aannemen/'] button").click()
    imke.page.wait_for_load_state()
    petra.reach(contract)
    petra.page.locator("form[action$='/afsluiten/'] button").click()
    petra.page.wait_for_load_state()
    petra.looks_right()
    with acting(city.imke.acting):
        assert Handover.objects.filter(status="done", ended_by=city.imke).count() == 2
