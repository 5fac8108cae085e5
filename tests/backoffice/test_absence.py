"""Who is away gets nothing, who stands in does, and a chain or circle of stand-ins never loses a request."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from backoffice import actions, presence
from backoffice.models import Absence, SpecialistRequest, Stall
from luisterloket.people.roles import ROLES
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry, OutboxEvent
from luisterloket.platform.upkeep import clear_old
from tests.backoffice import scene
from tests.backoffice.presence_scene import away, colleague, day

pytestmark = pytest.mark.django_db


def answers_for(city, user, unit="wonen"):
    with acting(city.ilse.acting):
        return [one.name for one in presence.answering(user.pk, city.unit(unit).pk)]


def test_who_is_away_is_not_assignable_and_cannot_take_up(city):
    request = scene.sent(city)
    away(city, city.joost)
    with acting(city.ilse.acting):
        assert [one.pk for one in presence.assignable(scene.desk(city))] == [city.ilse.pk]
    with pytest.raises(Refused, match="absent|afwezig"):
        actions.take_up_request(actor=city.joost, request=request)
    assert scene.now_of(request, city.ilse).assigned_to_id is None


def test_an_absence_counts_from_its_first_until_and_including_its_last_day(city):
    joost = city.joost
    away(city, joost, since=3, until=5)
    now = timezone.now()
    with acting(city.ilse.acting):
        there = [
            presence.assignable(scene.desk(city), now + timedelta(days=number)).filter(pk=joost.pk).exists()
            for number in (2, 3, 5, 6)
        ]
    assert there == [True, False, False, True]


def test_a_chain_goes_on_to_who_is_there(city):
    kees, roos = colleague(city, "kees"), colleague(city, "roos")
    away(city, city.joost, kees)
    assert answers_for(city, city.joost) == ["Kees"]
    away(city, kees, roos)
    assert answers_for(city, city.joost) == ["Roos"]
    assert answers_for(city, roos) == ["Roos"]


def test_a_circle_ends_with_who_leads_and_without_a_lead_with_the_desk(city):
    kees, roos = colleague(city, "kees"), colleague(city, "roos")
    away(city, city.joost, kees)
    away(city, kees, city.joost)
    assert answers_for(city, city.joost) == [city.ilse.name]
    away(city, city.ilse)
    assert answers_for(city, city.joost) == [roos.name]
    away(city, roos)
    assert answers_for(city, city.joost) == []


def test_nobody_is_reached_through_who_has_left(city):
    kees = colleague(city, "kees")
    away(city, city.joost, kees)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_user SET is_active = false WHERE id = %s", [kees.pk])
    assert answers_for(city, city.joost) == [city.ilse.name]


def test_oneself_and_who_leads_note_it_and_nobody_else(city):
    kees = colleague(city, "kees")
    away(city, city.joost, by=city.ilse)
    for other in (kees, city.marit, city.wim, city.anouk, city.olga):
        with pytest.raises(NotAllowed):
            away(city, city.ilse, by=other)
    away(city, city.marit, city.bram, unit="schilderswijk", by=city.hakan)
    with pytest.raises(NotAllowed):
        away(city, city.bram, unit="schilderswijk", by=city.fatna)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"since": 3, "until": 1}, "until"),
        ({"since": -9, "until": -2}, "until"),
        ({"since": 5, "until": 9}, "since"),
        ({"since": -3, "until": None}, "since"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field(city, details, field):
    away(city, city.joost, since=4, until=6)
    with pytest.raises(Refused) as refusal:
        away(city, city.joost, **details)
    assert refusal.value.field == field


def test_a_stand_in_is_of_the_same_desk_and_another(city):
    for stranger in (city.anouk, city.marit, city.joost):
        with pytest.raises(Refused) as refusal:
            away(city, city.joost, stranger)
        assert refusal.value.field == "stand_in"
    with pytest.raises(Refused) as refusal:
        away(city, city.anouk, by=city.ilse)
    assert refusal.value.field == "user"


def test_what_one_had_goes_to_the_stand_in_in_one_press_and_stays_there(city):
    kees = colleague(city, "kees")
    mine, back = scene.taken_up(city), scene.asked_back(city)
    waiting, done = scene.sent(city), scene.answered(city)
    absence = away(city, city.joost, kees)
    actions.pass_on_requests(actor=city.ilse, absence=absence)
    now = {one.pk: scene.now_of(one, city.ilse).assigned_to_id for one in (mine, back, waiting, done)}
    assert now == {mine.pk: kees.pk, back.pk: kees.pk, waiting.pk: None, done.pk: city.joost.pk}
    with acting(city.ilse.acting):
        entry = HistoryEntry.objects.get(verb="request.passed_on", thing_id=mine.pk)
        assert entry.details == {"user": str(kees.pk), "before": str(city.joost.pk)}
    with scene.as_jobs():
        assert OutboxEvent.objects.filter(event="request.passed_on").count() == 2
    actions.end_absence(actor=city.joost, absence=absence)
    assert scene.now_of(mine, city.ilse).assigned_to_id == kees.pk
    taken = actions.take_up_request(actor=city.joost, request=waiting)
    assert taken.assigned_to_id == city.joost.pk


def test_what_stalled_goes_along(city):
    from backoffice.sweep import sweep

    kees, request = colleague(city, "kees"), scene.taken_up(city)
    scene.run_out(request, city.joost)
    with scene.as_jobs():
        sweep()
    absence = away(city, city.joost, kees)
    actions.pass_on_requests(actor=city.joost, absence=absence)
    with acting(city.ilse.acting):
        assert Stall.objects.get(request=request).owner_id == kees.pk


def test_the_same_key_passes_on_once(city):
    kees, request = colleague(city, "kees"), scene.taken_up(city)
    absence, key = away(city, city.joost, kees), "6a0b8f6e-3f2b-4a39-9e61-5a1c8a1d7b10"
    for _time in range(2):
        actions.pass_on_requests(actor=city.ilse, absence=absence, command_key=key)
    with acting(city.ilse.acting):
        assert HistoryEntry.objects.filter(verb="request.passed_on", thing_id=request.pk).count() == 1


def test_nothing_is_passed_on_to_nobody_nor_beforehand_nor_by_another(city):
    scene.taken_up(city)
    kees = colleague(city, "kees")
    later = away(city, city.joost, kees, since=3)
    with pytest.raises(Refused, match="begonnen|begun"):
        actions.pass_on_requests(actor=city.ilse, absence=later)
    actions.end_absence(actor=city.ilse, absence=later)
    now = away(city, city.joost)
    with pytest.raises(Refused):
        actions.pass_on_requests(actor=city.ilse, absence=now)
    for other in (kees, city.wim):
        with pytest.raises((NotAllowed, Absence.DoesNotExist)):
            actions.pass_on_requests(actor=other, absence=now)


def test_back_is_back_and_what_is_over_is_not_changed(city):
    absence = away(city, city.joost, since=-3, until=None)
    ended = actions.end_absence(actor=city.joost, absence=absence)
    assert ended.until == day(-1)
    assert answers_for(city, city.joost) == [city.joost.name]
    with pytest.raises(Refused):
        actions.change_absence(actor=city.joost, absence=ended, until=day(9), stand_in=None)


def test_the_database_shows_an_absence_to_the_unit_only_and_to_jobs(city):
    away(city, city.joost)
    for user, number in ((city.ilse, 1), (city.joost, 1), (city.marit, 0), (city.anouk, 0), (city.olga, 0)):
        with acting(user.acting):
            assert Absence.objects.count() == number, user
    joost, wonen = city.joost, city.unit("wonen")
    with scene.as_jobs():
        assert Absence.objects.count() == 1
        assert presence.stand_in_of(joost.pk, wonen.pk) is None
        assert [one.email for one in presence.answering(joost.pk, wonen.pk)] == ["ilse@oefenstad.example"]


def test_the_database_knows_the_same_roles(city):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'works_at'")
        [(source,)] = cursor.fetchall()
    assert [code for code in ROLES if f"'{code}'" in source] == [code for code in ROLES if code in presence.WORKS]


def test_the_loket_still_reads_its_request_after_it_was_passed_on(city, sign_in):
    kees, request = colleague(city, "kees"), scene.taken_up(city)
    actions.pass_on_requests(actor=city.ilse, absence=away(city, city.joost, kees))
    with acting(city.marit.acting):
        assert SpecialistRequest.objects.visible_to(city.marit).filter(pk=request.pk).exists()
    assert sign_in(city.marit).get(request.get_absolute_url()).status_code == 200


def test_what_is_long_over_is_not_kept(city):
    over, lasting, off = (
        away(city, city.joost),
        away(city, city.ilse, until=None),
        away(city, colleague(city, "kees"), since=3, until=9),
    )
    with scene.writes.allowed(), acting(city.ilse.acting):
        Absence.objects.filter(pk__in=[over.pk, lasting.pk]).update(since=day(-200))
        Absence.objects.filter(pk=over.pk).update(until=day(-91))
        Absence.objects.filter(pk=off.pk).update(withdrawn_at=timezone.now() - timedelta(days=91))
    with scene.as_jobs():
        clear_old()
        clear_old()
    with acting(city.ilse.acting):
        assert [one.pk for one in Absence.objects.all()] == [lasting.pk]
