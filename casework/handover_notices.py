"""Who hears of cases that go to somebody else: that something waits, and nothing of whom it is about."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import Kind, kind, notify
from luisterloket.platform.outbox import on

from .models import Handover, HandoverReminder
from .notices import CASES

COMES = kind("handover.comes", CASES, gettext_noop("A colleague hands a case over to you."))
GIVEN_BACK = kind("handover.given_back", CASES, gettext_noop("A case that you handed over was given back. Choose somebody else."))
TAKEN = kind("handover.done", CASES, gettext_noop("A case of yours was taken over."))
REMINDED = {
    HandoverReminder.Kind.OWNER: kind("contract.ends", CASES, gettext_noop("A contract ends. You have cases to hand over.")),
    HandoverReminder.Kind.LATE: kind("contract.late", CASES, gettext_noop("A contract ends. There are handovers that are late.")),
    HandoverReminder.Kind.OVER: kind(
        "contract.over", CASES, gettext_noop("A contract has ended, and cases are left. Choose today who gets them.")
    ),
}


@on("handover.planned")
@on("handover.introduced")
def comes(event: OutboxEvent) -> None:
    """To who receives it, as it is when this is told."""
    _tell(event, "to_user_id", COMES)


@on("handover.given_back")
def given_back(event: OutboxEvent) -> None:
    _tell(event, "from_user_id", GIVEN_BACK)


@on("handover.done")
def taken(event: OutboxEvent) -> None:
    """To the old owner, who may not be able to open it any more."""
    people = Handover.objects.filter(pk=event.thing_id).values_list("from_user_id", flat=True)
    notify(event, people, TAKEN, reverse("casework:handovers"))


@on("contract.reminder")
def reminder(event: OutboxEvent) -> None:
    """Once for each moment: the row is what says that it was told."""
    found = HandoverReminder.objects.filter(pk=event.thing_id)
    for user_id, moment, ending_id in found.values_list("user_id", "kind", "ending_id"):
        own = moment == HandoverReminder.Kind.OWNER
        path = reverse("casework:handovers") if own else reverse("casework:contract", args=[ending_id])
        notify(event, [user_id], REMINDED[HandoverReminder.Kind(moment)], path)


def _tell(event: OutboxEvent, who: str, of: Kind) -> None:
    # Only named columns: a job may read no other.
    for user_id, case_id in list(Handover.objects.filter(pk=event.thing_id).values_list(who, "case_id")):
        notify(event, [user_id], of, reverse("casework:case-handover", args=[case_id]))
