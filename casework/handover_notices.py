"""Mails about cases that go to somebody else: that something waits, and nothing of whom it is about."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from luisterloket.people.models import User
from luisterloket.platform.mails import mail_each
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.outbox import on

from .models import Handover, HandoverReminder

COMES = gettext_noop("A colleague hands a case over to you.")
GIVEN_BACK = gettext_noop("A case that you handed over was given back. Choose somebody else.")
TAKEN = gettext_noop("A case of yours was taken over.")
REMINDED = {
    HandoverReminder.Kind.OWNER: gettext_noop("A contract ends. You have cases to hand over."),
    HandoverReminder.Kind.LATE: gettext_noop("A contract ends. There are handovers that are late."),
    HandoverReminder.Kind.OVER: gettext_noop("A contract has ended, and cases are left. Choose today who gets them."),
}


@on("handover.planned")
@on("handover.introduced")
def comes(event: OutboxEvent) -> None:
    """To who receives it, as it is when the mail goes out."""
    _tell(event, "to_user_id", COMES)


@on("handover.given_back")
def given_back(event: OutboxEvent) -> None:
    _tell(event, "from_user_id", GIVEN_BACK)


@on("handover.done")
def taken(event: OutboxEvent) -> None:
    """To the old owner, who may not be able to open it any more."""
    people = Handover.objects.filter(pk=event.thing_id).values_list("from_user_id", flat=True)
    here = User.objects.filter(pk__in=list(people), is_active=True)
    mail_each(event, here.values_list("pk", "email"), TAKEN, reverse("casework:handovers"))


@on("contract.reminder")
def reminder(event: OutboxEvent) -> None:
    """Once for each moment: the row is what says that it was told."""
    for user_id, kind, ending_id in HandoverReminder.objects.filter(pk=event.thing_id).values_list("user_id", "kind", "ending_id"):
        own = kind == HandoverReminder.Kind.OWNER
        path = reverse("casework:handovers") if own else reverse("casework:contract", args=[ending_id])
        here = User.objects.filter(pk=user_id, is_active=True)
        mail_each(event, here.values_list("pk", "email"), REMINDED[HandoverReminder.Kind(kind)], path)


def _tell(event: OutboxEvent, who: str, line: str) -> None:
    # Only named columns: a job may read no other.
    for user_id, case_id in list(Handover.objects.filter(pk=event.thing_id).values_list(who, "case_id")):
        here = User.objects.filter(pk=user_id, is_active=True)
        mail_each(event, here.values_list("pk", "email"), line, reverse("casework:case-handover", args=[case_id]))
