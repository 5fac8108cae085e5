"""What the money of the wijk puts on Vandaag and on the case page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luisterloket.platform.acting import acting
from luisterloket.platform.registries import navigation, today
from tests import writes
from tests.wijkbegroting import scene
from wijkbegroting import actions, panels
from wijkbegroting.models import MaatwerkGrant

pytestmark = pytest.mark.django_db


def urls_for(user):
    with acting(user.acting):
        return [item.url for offer in today for item in offer(user)]


def test_a_co_signature_is_asked_of_colleagues_and_not_of_the_asker(city):
    grant = scene.asked(city)
    assert grant.get_absolute_url() in urls_for(city.bram)
    assert grant.get_absolute_url() in urls_for(city.hakan)
    for who in ("marit", "noor", "eline", "ravi", "gerda"):
        assert grant.get_absolute_url() not in urls_for(getattr(city, who))


def test_the_oldest_co_signature_comes_first_and_names_nobody(city):
    first, second = scene.asked(city), scene.asked(city)
    with acting(city.bram.acting):
        items = panels.cosignatures(city.bram)
    assert [item.url for item in items] == [first.get_absolute_url(), second.get_absolute_url()]
    assert all(item.case_id is None and item.due_at for item in items)
    assert not any("Rachida" in str(vars(item)) or "Eten" in str(vars(item)) for item in items)


def test_above_the_mandate_waits_for_the_wijkwethouder_and_approved_for_the_treasurer(city):
    above, approved, line = scene.cosigned(city), scene.approved(city), scene.proposed(city)
    assert set(urls_for(city.eline)) == {above.get_absolute_url(), line.get_absolute_url()}
    assert urls_for(city.ravi) == [approved.get_absolute_url()]
    assert urls_for(city.tamara) == []


def test_a_refusal_is_told_to_the_asker_with_the_case_it_is_of(city):
    grant = scene.refused(city)
    with acting(city.marit.acting):
        (item,) = panels.refusals(city.marit)
    assert (item.url, item.case_id) == (grant.get_absolute_url(), grant.case_id)
    assert grant.get_absolute_url() not in urls_for(city.bram)


def test_money_set_apart_for_more_than_two_weeks_asks_for_an_end(city):
    grant = scene.approved(city)
    assert grant.get_absolute_url() not in urls_for(city.hakan)
    with acting(city.hakan.acting), writes.allowed():
        MaatwerkGrant.objects.filter(pk=grant.pk).update(decided_at=timezone.now() - timedelta(days=15))
    assert grant.get_absolute_url() in urls_for(city.hakan)
    assert grant.get_absolute_url() in urls_for(city.marit)
    actions.release_grant(actor=city.hakan, grant=grant, reason="Niet opgehaald")
    assert grant.get_absolute_url() not in urls_for(city.hakan)


@pytest.mark.parametrize(
    ("who", "count"), [("marit", 1), ("eline", 1), ("ravi", 3), ("gerda", 2), ("joost", 0), ("petra", 0), ("fatna", 0)]
)
def test_the_menu_holds_what_this_person_can_open(city, who, count):
    user = getattr(city, who)
    items = [item for offer in navigation for item in offer(user) if item.url.startswith("/wijkbegroting/")]
    assert len(items) == count


def test_the_case_page_shows_its_money_to_who_may_ask_and_not_to_a_buddy(city):
    from casework.actions import involve

    grant = scene.asked(city)
    involve(actor=city.marit, case=grant.case, user=city.fatna, kind="buddy")
    with acting(city.marit.acting):
        panel = panels.money(city.marit, grant.case)
    assert [one.pk for one, _tone in panel.context["grants"]] == [grant.pk]
    assert panel.context["ask_url"]
    assert len(panel.waits) == 1
    with acting(city.fatna.acting):
        assert panels.money(city.fatna, grant.case) is None
        assert not MaatwerkGrant.objects.visible_to(city.fatna).exists()
