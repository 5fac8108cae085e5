"""Handovers and ending contracts for these tests, made as people make them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from casework import actions
from casework.handovers import still_open
from casework.models import Case, ContractEnding, Handover, HandoverReminder
from luisterloket.people.models import Unit, User
from luisterloket.platform.acting import acting
from tests import writes


def soon(days: int = 14) -> Any:
    return timezone.localdate() + timedelta(days=days)


def planned(giver: Any, case: Case, to_user: User, to_unit: Unit, **more: Any) -> Handover:
    return actions.plan_handover(
        actor=giver, case=case, to_user=to_user, to_unit=to_unit, **{"why": "leaves", "due_on": soon(), **more}
    )


def introduced(giver: Any, handover: Handover, because: str = "Zij kennen elkaar al") -> Handover:
    return actions.introduce_handover(actor=giver, handover=handover, because=because)


def seen_to(actor: Any, handover: Handover) -> None:
    """Every point of the checklist that is still open."""
    with acting(actor.acting):
        left = [point.code for point in still_open(now_of(handover, actor), actor)]
    for code in left:
        actions.check_handover(actor=actor, handover=handover, code=code)


def now_of(handover: Handover, user: Any) -> Handover:
    with acting(user.acting):
        return Handover.objects.select_related("case__owner").get(pk=handover.pk)


def handed_over(giver: Any, case: Case, to_user: User, to_unit: Unit, **more: Any) -> Handover:
    handover = introduced(giver, planned(giver, case, to_user, to_unit, **more))
    seen_to(giver, handover)
    return actions.accept_handover(actor=User.objects.get(pk=to_user.pk), handover=handover)


def ending(petra: User, unit: Unit, successor: Unit, *, days: int = 90) -> ContractEnding:
    return actions.announce_ending(actor=petra, organisation=unit.organisation, ends_on=soon(days), successors=[(unit, successor)])


def leaves(user: User) -> None:
    """Somebody does not work here any more, from today on."""
    with writes.allowed():
        user.appointments.update(until=timezone.localdate() - timedelta(days=1))


def days_pass(found: ContractEnding, days: int) -> None:
    """The calendar of this contract moves on: no action does this, it only happens by waiting."""
    with writes.allowed(), owner():
        ContractEnding.objects.filter(pk=found.pk).update(
            begins_on=ContractEnding.objects.get(pk=found.pk).begins_on - timedelta(days=days),
            ends_on=ContractEnding.objects.get(pk=found.pk).ends_on - timedelta(days=days),
        )
        for one in Handover.objects.filter(part_of=found):
            Handover.objects.filter(pk=one.pk).update(due_on=one.due_on - timedelta(days=days))


@contextmanager
def owner() -> Iterator[None]:
    """As who owns the database, whom no wall holds."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            yield
        finally:
            cursor.execute("SET ROLE luisterloket_app")


def reminded(found: ContractEnding) -> list[tuple[str, str, str]]:
    return sorted(HandoverReminder.objects.filter(ending=found).values_list("user__name", "kind", "moment"))
