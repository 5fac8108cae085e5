"""Story 2, as far as it reaches: driving lessons, above what two colleagues may decide; and a request that nobody takes up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from backoffice.models import SpecialistRequest, Stall
from backoffice.tasks import flag_stalled_requests
from luisterloket.platform.acting import acting
from tests import writes
from tests.casework.heard import a_case

pytestmark = pytest.mark.browser


def ask(page, amount):
    page.locator("label", has_text="Kansen op werk").first.click()
    page.locator("[name=amount]").fill(amount)
    page.locator("[name=purpose]").fill("Rijlessen, want zonder rijbewijs loopt haar contract af")
    page.locator("[name=why_not_regular]").fill("Bijzondere bijstand betaalt geen rijlessen")
    page.locator("[name=expected_return]").fill("Zij houdt haar baan")
    page.locator("[name=payee_kind][value=supplier]").check(force=True)
    page.locator("[name=method][value=shop]").check(force=True)
    page.locator("main form button.button--primary").last.click()
    page.wait_for_load_state()


def test_above_the_mandate_the_wijkwethouder_decides_and_never_sees_the_name(person, site, city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    marit, hakan, eline = person("Marit Zwanenveld"), person("Hakan Erdoğmuş"), person("Eline Stokvisch", phone=True)
    marit.reach(f"/wijkbegroting/casussen/{case.pk}/maatwerk/")
    for wrong in ("-5", "1e9", "NaN"):
        ask(marit.page, wrong)
        marit.looks_right()
        assert marit.page.locator("[name=amount]").input_value() == wrong
        assert marit.page.locator("[name=expected_return]").input_value() == "Zij houdt haar baan"
    ask(marit.page, "1.000,50")
    marit.looks_right()
    grant = marit.page.url.removeprefix(site)
    hakan.reach(grant)
    hakan.page.locator("button[form=act-meetekenen]").click()
    hakan.page.wait_for_load_state()
    hakan.looks_right()
    eline.reach(grant)
    assert "1.000,50" in eline.page.locator("main").inner_text()
    with acting(city.marit.acting):
        name = case.residents.first().name
    assert name not in eline.page.content()
    eline.page.locator("button[form=act-akkoord]").click()
    eline.page.wait_for_load_state()
    eline.looks_right()
    ravi = person("Ravi Jagesar")
    ravi.looks_right()
    assert "1.000,50" in ravi.page.locator("main").inner_text()


def test_a_request_that_nobody_takes_up_is_flagged_once_and_seen_on_both_sides(person, site, city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    marit, ilse = person("Marit Zwanenveld"), person("Ilse Brinkhof")
    page = marit.page
    marit.reach(f"/backoffice/casussen/{case.pk}/verzoek/")
    page.locator("label", has_text="Desk Wonen en opvang").first.click()
    page.locator("main form button.button--primary").last.click()
    page.wait_for_load_state()
    marit.looks_right()
    page.locator("[name=title]").fill("Huurcontract loopt af")
    page.locator("[name=question]").fill("Is er een woning?")
    page.locator("main form button.button--primary").last.click()
    page.wait_for_load_state()
    marit.looks_right()
    with acting(city.marit.acting), writes.allowed():
        SpecialistRequest.objects.filter(case=case).update(due_at=timezone.now() - timedelta(hours=1))
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE luisterloket_jobs")
        flag_stalled_requests()
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE luisterloket_app")
    with acting(city.marit.acting):
        assert Stall.objects.filter(case=case).count() == 1
    marit.reach("/vandaag/")
    assert page.locator("main").inner_text().count("Huurcontract loopt af") == 1
    ilse.page.goto(site)
    ilse.looks_right()
    waiting = ilse.page.locator(".queue__link", has_text="Huurcontract loopt af")
    assert waiting.count() == 1
    # Beside whose it is, a stalled request says which clock ran out and whose turn it is.
    assert waiting.locator(".queue__sub").count() == 2
