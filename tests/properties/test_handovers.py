"""In whatever order cases are planned, introduced, given back, accepted, called off, ended and woken, colleagues leave and a contract ends: each
has one owner who exists, and a contract is settled only when every case has one who can act at the successor, or was ended.

Short in the usual run; `PROOF=full` makes it long. A failure prints the steps that lead to it.
"""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import actions
from casework.models import Case, FollowUp, Handover, Involvement
from luisterloket.people.models import Appointment, User
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.handing import ending, introduced, leaves, owner, planned, seen_to, soon
from tests.casework.heard import a_case

FULL = os.environ.get("PROOF") == "full"
CASES = 3
PEOPLE = ["noor", "sef", "imke", "ruben"]
which, who = st.integers(0, CASES - 1), st.sampled_from(PEOPLE)
steps = st.one_of(
    st.tuples(st.just("plan"), which, who, who),
    st.tuples(st.just("give"), which, who, who),
    st.tuples(st.sampled_from(["introduce", "accept", "call_off", "give_back"]), which, who),
    st.tuples(st.just("all_the_way"), which, who),
    st.tuples(st.sampled_from(["leaves", "returns", "end", "wake"]), which, who),
    st.tuples(st.sampled_from(["list", "settle"]), which, who),
)


@pytest.mark.django_db
@settings(
    max_examples=60 if FULL else 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(todo=st.lists(steps, min_size=4, max_size=25 if FULL else 10))
def test_no_case_is_ever_without_an_owner(city, todo):
    point = transaction.savepoint()
    try:
        _walk(city, todo)
    finally:
        transaction.savepoint_rollback(point)


def _walk(city, todo):
    old, new = city.unit("vreewijk"), city.unit("goedebuur")
    cases = [a_case(city.noor if number else city.sef, old, name=f"Naam {number}") for number in range(CASES)]
    found = ending(city.petra, old, new, days=100)
    for step, number, name, *rest in todo:
        try:
            with transaction.atomic():
                _do(city, found, step, cases[number], name, *rest)
        except (Refused, NotAllowed):
            pass
        found.refresh_from_db()
        _holds(found, cases, old, new)


def _do(city, found, step, case, name, other=""):
    user = getattr(city, name)
    with owner():
        case = Case.objects.select_related("unit").get(pk=case.pk)
        handover = Handover.objects.open().filter(case=case).select_related("to_unit", "to_user").first()
    if step in ("leaves", "returns"):
        if step == "leaves":
            return leaves(user)
        with writes.allowed():
            user.appointments.update(until=None)
        return None
    if step == "list":
        with as_jobs():
            from casework.tasks import list_contracts_that_end

            return list_contracts_that_end()
    if step == "end":
        return actions.end_case(actor=user, case=case, goes="better", changed="Het gaat")
    if step == "wake":
        return actions.wake_case(actor=user, case=case, text="Zij belde")
    if step == "settle":
        return actions.settle_ending(actor=city.petra, ending=found)
    if step == "plan":
        to_user = getattr(city, other)
        unit = city.unit("goedebuur" if other in ("imke", "ruben") else "vreewijk")
        return planned(user, case, to_user, unit, stays=name < other)
    if handover is None:
        return None
    if step == "give":
        return actions.give_handover(actor=user, handover=handover, to_user=getattr(city, other), due_on=soon(3))
    if step == "introduce":
        return introduced(user, handover)
    if step == "call_off":
        return actions.call_off_handover(actor=user, handover=handover)
    if step == "give_back":
        return actions.give_back_handover(actor=user, handover=handover, because="Het past niet")
    if step == "all_the_way":
        if handover.to_user is None:
            handover = actions.give_handover(actor=city.sef, handover=handover, to_user=user, due_on=soon(3))
        receiver = User.objects.get(pk=handover.to_user_id)
        introduced(city.sef, handover)
        seen_to(User.objects.get(pk=receiver.pk), handover)
        return actions.accept_handover(actor=User.objects.get(pk=receiver.pk), handover=handover)
    return actions.accept_handover(actor=user, handover=handover)


def _holds(found, cases, old, new):
    today = timezone.localdate()
    with owner():
        for case in Case.objects.filter(pk__in=[case.pk for case in cases]).select_related("owner"):
            [part] = Involvement.objects.in_force().filter(case=case, kind="owner")
            assert part.user_id == case.owner_id
            assert case.owner.is_active
            assert part.unit_id == case.unit_id
            assert Handover.objects.open().filter(case=case).count() <= 1
            # Whoever ends, wakes or carries it: one that was not ended has its next contact, of somebody.
            assert FollowUp.objects.to_come().filter(case=case).count() == (0 if case.status == "ended" else 1)
        if found.status == "settled":
            # At the moment it was settled each had one who works there; afterwards people may leave again.
            assert found.ended_at is not None
            assert not Case.objects.filter(unit=old, pk__in=[case.pk for case in cases]).exists()
        can = Appointment.objects.filter(unit=new, role__in=["wijkwerker", "coordinator"], since__lte=today)
        able = {one.user_id for one in can if one.until is None or one.until >= today}
        # An ended case goes along by itself, as long as there is somebody to go to.
        there = Case.objects.filter(pk__in=[case.pk for case in cases])
        left = [case for case in there if case.unit_id == old.pk and (case.status != "ended" or not able)]
        left += [
            one.case for one in Handover.objects.filter(part_of=found, status="done").select_related("case")
            if one.case.owner_id not in able and one.case.status != "ended"
        ]  # fmt: skip
    if left and found.status != "settled":
        with pytest.raises(Refused), transaction.atomic():
            actions.settle_ending(actor=User.objects.get(pk=found.announced_by_id), ending=found)
    assert found.ends_on - timedelta(days=1) > today
