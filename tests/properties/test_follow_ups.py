"""In whatever order a case is opened, followed, moved, given away, put on waakvlam, ended and woken, and whoever leaves: it has
exactly one next contact as long as it is not ended, and what is late is on the Vandaag of somebody who can act.

Short in the usual run; `PROOF=full` makes it long. A failure prints the steps that lead to it.
"""

import os
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import actions, follow_up_panels
from casework.models import Case, FollowUp
from casework.sweep import sweep
from luisterloket.people.models import Appointment, User
from luisterloket.platform.acting import NOBODY, acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case, an_intake

FULL = os.environ.get("PROOF") == "full"
TEAM = ("marit", "bram", "hakan")
who, which = st.sampled_from(TEAM), st.integers(0, 1)
steps = st.one_of(
    st.tuples(st.just("do"), who, which, st.sampled_from(["reached", "not_reached", "not_now"])),
    st.tuples(st.just("move"), who, which, who),
    st.tuples(st.just("waakvlam"), who, which),
    st.tuples(st.just("end"), who, which),
    st.tuples(st.just("wake"), who, which),
    st.tuples(st.just("talk"), who, which),
    st.tuples(st.just("keep_out"), who, which, who),
    st.tuples(st.just("leave"), who),
    st.tuples(st.just("time"), st.integers(1, 40)),
)


@pytest.mark.django_db
@settings(
    max_examples=80 if FULL else 6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(todo=st.lists(steps, min_size=3, max_size=16 if FULL else 8))
def test_no_next_contact_is_ever_lost(city, todo):
    point = transaction.savepoint()
    try:
        Walk(city).through(todo)
    finally:
        transaction.savepoint_rollback(point)


class Walk:
    """Two cases of one wijk, and its team. `gone` are those who left: the last one stays, else there is no wijk any more."""

    def __init__(self, city):
        self.city, self.gone = city, set()
        self.cases = [a_case(getattr(city, name), city.unit("schilderswijk"), name=f"Naam {name}") for name in ("marit", "bram")]

    def through(self, todo):
        for step in todo:
            try:
                with transaction.atomic():
                    getattr(self, step[0])(*step[1:])
            except (Refused, NotAllowed):
                pass
            self.holds()

    def person(self, name):
        return getattr(self.city, name)

    def next(self, number):
        with writes.allowed(), acting(NOBODY), _as_owner():
            return FollowUp.objects.to_come().filter(case=self.cases[number]).first()

    def do(self, name, number, result):
        follow_up = self.next(number)
        if follow_up is not None:
            actions.do_follow_up(actor=self.person(name), follow_up=follow_up, result=result, next_on=_in(5), text="Gesproken")

    def move(self, name, number, to):
        follow_up = self.next(number)
        if follow_up is not None:
            told = {"version": follow_up.version, "who": self.person(to), "due_on": _in(9), "because": "Zo past het beter"}
            actions.move_follow_up(actor=self.person(name), follow_up=follow_up, **told)

    def waakvlam(self, name, number):
        told = {"goes": "better", "changed": "Zij redt het", "agreed_how": "phone"}
        actions.start_waakvlam(actor=self.person(name), case=self.cases[number], **told)

    def end(self, name, number):
        actions.end_case(actor=self.person(name), case=self.cases[number], goes="better", changed="Klaar")

    def wake(self, name, number):
        actions.wake_case(actor=self.person(name), case=self.cases[number], text="Zij belde")

    def talk(self, name, number):
        intake = an_intake(self.person(name), self.city.unit("schilderswijk"))
        actions.connect_intake(actor=self.person(name), intake=intake, case=self.cases[number], reason="calls")

    def keep_out(self, name, number, whom):
        actions.keep_out(actor=self.person(name), case=self.cases[number], user=self.person(whom), reason="kin")

    def leave(self, name):
        # Of a wijk in which nobody works any more nobody can see anything: that one is not ours to solve.
        if len(self.gone) < len(TEAM) - 1:
            self.gone.add(name)
            with writes.allowed(), acting(NOBODY), _as_owner():
                yesterday = timezone.localdate() - timedelta(days=1)
                Appointment.objects.filter(user=self.person(name)).update(since="2020-01-01", until=yesterday)

    def time(self, days):
        """So many days go by, for what was promised."""
        with writes.allowed(), acting(NOBODY), _as_owner(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE casework_followup SET due_on = due_on - %s, late_on = late_on - %s WHERE done_at IS NULL", [days] * 2
            )

    def holds(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        with as_jobs():
            sweep()
            assert sweep() == 0
        with writes.allowed(), acting(NOBODY), _as_owner():
            statuses = dict(Case.objects.values_list("pk", "status"))
            rows = list(FollowUp.objects.to_come().values_list("case_id", "late_on", "who_id"))
        for case in self.cases:
            assert sum(row[0] == case.pk for row in rows) == (statuses[case.pk] != Case.Status.ENDED)
        # Of a case that all who still work there are kept out of, nobody may know: only a new colleague helps.
        late = {case_id for case_id, late_on, _who in rows if late_on <= timezone.localdate()} & self.open_to_somebody()
        assert late <= self.seen()

    def open_to_somebody(self):
        there = [self.person(name) for name in TEAM if name not in self.gone]
        found = set()
        for user in there:
            with acting(user.acting):
                found |= set(Case.objects.open_to(user).values_list("pk", flat=True))
        return found

    def seen(self):
        """The cases of which somebody who works in the wijk finds the next contact on their Vandaag."""
        found = set()
        for name in TEAM:
            user = User.objects.get(pk=self.person(name).pk)
            with acting(user.acting):
                items = [*follow_up_panels.my_follow_ups(user), *follow_up_panels.late_in_the_wijk(user)]
            found |= {item.case_id for item in items}
        return found


class _as_owner:
    """The owner of the database, who sees every row."""

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")

    def __exit__(self, *_error):
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE luisterloket_app")


def _in(days):
    return timezone.localdate() + timedelta(days=days)
