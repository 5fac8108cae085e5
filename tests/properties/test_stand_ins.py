"""Whoever is away and whoever stands in, in whatever chain or circle: the database and a slow, obvious walk say the same.

Short in the usual run; `PROOF=full` makes it long.
"""

import os
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice import presence
from backoffice.models import Absence
from luisterloket.people.models import Appointment
from luisterloket.platform.acting import acting
from tests import writes
from tests.backoffice.presence_scene import colleague, day

FULL = os.environ.get("PROOF") == "full"
NAMES = ("aad", "bea", "cor", "dirk")
# The first two lead in this order: the lead of the desk, and someone of the desk.
PEOPLE = 6
who = st.integers(0, PEOPLE - 1)
absences = st.tuples(who, st.one_of(st.none(), who), st.integers(-4, 4), st.one_of(st.none(), st.integers(0, 5)))
leavers = st.sets(who, max_size=2)


def slowly(one, away, there, leads, on):
    """As one would do it by hand, with a pencil."""
    seen = []
    while one is not None and one not in seen:
        seen.append(one)
        mine = [entry for entry in away if entry[0] == one and entry[2] <= on and (entry[3] is None or entry[3] >= on)]
        if not mine:
            if one in there:
                return {one}
            break
        one = mine[0][1]
    gone = {entry[0] for entry in away if entry[2] <= on and (entry[3] is None or entry[3] >= on)}
    return (leads & there) - gone or there - gone


@pytest.mark.django_db
@settings(
    max_examples=150 if FULL else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=st.lists(absences, max_size=8), gone=leavers, later=st.integers(-3, 6))
def test_the_chain_is_what_one_would_find_by_hand(city, drawn, gone, later):
    point = transaction.savepoint()
    try:
        team = [city.ilse, city.joost, *(colleague(city, name) for name in NAMES)]
        unit, today = city.unit("wonen"), day()
        away: list[tuple[int, int | None, date, date | None]] = []
        with writes.allowed(), acting(city.ilse.acting):
            for user, stand_in, since, length in drawn:
                first = today + timedelta(days=since)
                last = None if length is None else first + timedelta(days=length)
                clash = any(
                    one[0] == user and (last is None or one[2] <= last) and (one[3] is None or one[3] >= first) for one in away
                )
                if stand_in == user or clash:
                    continue
                away.append((user, stand_in, first, last))
                by = team[stand_in] if stand_in is not None else None
                Absence(unit=unit, user=team[user], since=first, until=last, stand_in=by, noted_by=team[user]).put()
            for user in gone:
                Appointment.objects.filter(user=team[user], unit=unit).update(until=today - timedelta(days=9))
            at = timezone.now() + timedelta(days=later)
            there = set(range(PEOPLE)) - gone
            for number, user in enumerate(team):
                found = {team.index(one) for one in presence.answering(user.pk, unit.pk, at)}
                assert found == slowly(number, away, there, {0}, today + timedelta(days=later)), (number, away, gone)
            able = {team.index(one) for one in presence.present(unit.pk, at)}
            on = today + timedelta(days=later)
            assert able == {
                one for one in there if not any(a[0] == one and a[2] <= on and (a[3] is None or a[3] >= on) for a in away)
            }
    finally:
        transaction.savepoint_rollback(point)
