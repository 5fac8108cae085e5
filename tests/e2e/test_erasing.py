"""A term has passed: two people decide, one line is left out, it can be called back, and a certificate stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.casework.erasing import batches, days_pass, ended_long_ago, erased, proposed
from tests.casework.heard import a_case

pytestmark = [pytest.mark.browser, pytest.mark.proof]


def test_from_the_night_to_the_certificate(person, site, city):
    unit = city.unit("schilderswijk")
    first, second, third = (a_case(city.marit, unit, name=name) for name in ("Oda Lindeman", "Bas Kersten", "Trui Wilgen"))
    for case, years in ((first, 16), (second, 16), (third, 6)):
        ended_long_ago(case, ago=timedelta(days=years * 366))
    proposed()
    (batch,) = batches(city)

    # The coordinator finds it on Vandaag, leaves one line out, and agrees.
    hakan = person(city.hakan.name)
    hakan.reach("/vandaag/")
    hakan.page.locator(f"main a[href='{batch.get_absolute_url()}']").first.click()
    hakan.looks_right()
    hakan.page.locator("main a[href*='/regels/']").first.click()
    hakan.looks_right()
    hakan.page.locator("form[action$='/schrappen/'] [name=because]").fill("Nog nodig voor een klacht")
    hakan.page.locator("form[action$='/schrappen/'] button").click()
    hakan.looks_right()
    hakan.page.locator("form[action$='/akkoord/'] button").click()
    hakan.looks_right()

    # The rights handler holds a case that still has an objection, and agrees to the rest. From here it can be called back.
    lotte = person(city.lotte.name, phone=True)
    lotte.reach("/vandaag/")
    lotte.looks_right()
    lotte.page.locator(f"main a[href='{batch.get_absolute_url()}']").first.click()
    lotte.looks_right()
    lotte.page.locator("main a[href*='/regels/']").first.click()
    lotte.looks_right()
    hold = lotte.page.locator("form[action$='/vasthouden/']")
    hold.locator("[name=reason]").fill("Bezwaar loopt nog")
    hold.locator("[name=review_on]").fill((timezone.localdate() + timedelta(days=60)).isoformat())
    hold.locator("button").click()
    lotte.looks_right()
    lotte.page.locator("form[action$='/akkoord/'] button").click()
    lotte.looks_right()
    lotte.reach("/casework/vasthouden/")

    # The owner sees on the case what is coming.
    marit = person(city.marit.name)
    marit.reach(f"/casework/casussen/{third.pk}/")
    marit.reach(f"/casework/casussen/{third.pk}/vasthouden/")

    days_pass(batch)
    erased()
    daan = person(city.daan.name)
    daan.reach(batch.get_absolute_url())
    told = daan.page.locator("main").inner_text()
    assert city.hakan.name in told
    assert "Lindeman" not in told
