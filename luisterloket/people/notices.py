"""Mails about accounts and the yearly review: that something waits. Sent by jobs, which see ids and addresses only."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from luisterloket.platform.mails import mail_each
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.outbox import on

from .models import AccessReview, Appointment, Proposal, User, UserQuerySet
from .permissions import LEADS
from .roles import ROLES, Permission

PROPOSED = gettext_noop("A role was proposed that nobody gives alone. Look whether you agree.")
FACTOR = gettext_noop("Your second factor was taken away. Did you not ask for that? Call your account administrator at once.")
REVIEW = gettext_noop("Look whether those who work with you still need their access.")
NEAR = gettext_noop("The review of access of your team or desk is nearly due.")
JOB = gettext_noop("A background job of Luisterloket does not run as it should. Look which one.")
LATE = gettext_noop("A yearly review of access was not done in time.")


@on("appointment.proposed")
def proposed(event: OutboxEvent) -> None:
    """To who may agree: not to who proposed, nor to whom it is about."""
    for user_id, by_id in Proposal.objects.filter(pk=event.thing_id).values_list("user_id", "proposed_by_id"):
        people = with_permission(Permission.MANAGE_ACCOUNTS, Permission.SUPERVISE_ACCESS).exclude(pk__in=[user_id, by_id])
        mail_each(event, people.values_list("pk", "email"), PROPOSED, reverse("proposals"))


@on("account.second_factor_reset")
def second_factor_reset(event: OutboxEvent) -> None:
    people = User.objects.filter(pk=event.thing_id, is_active=True)
    mail_each(event, people.values_list("pk", "email"), FACTOR, reverse("account"))


@on("review.opened")
def review_opened(event: OutboxEvent) -> None:
    _to_who_reviews(event, REVIEW)


@on("review.near")
def review_near(event: OutboxEvent) -> None:
    _to_who_reviews(event, NEAR)


@on("review.late")
def review_late(event: OutboxEvent) -> None:
    """To who supervises; who should have done it sees it on Vandaag."""
    people = with_permission(Permission.SUPERVISE_ACCESS)
    mail_each(event, people.values_list("pk", "email"), LATE, reverse("review", args=[event.thing_id]))


@on("job.flagged")
def job_flagged(event: OutboxEvent) -> None:
    """To the account administrators."""
    people = with_permission(Permission.MANAGE_ACCOUNTS)
    mail_each(event, people.values_list("pk", "email"), JOB, reverse("jobs"))


def with_permission(*permissions: Permission) -> UserQuerySet:
    """Those who hold one of these permissions anywhere, by today's appointments. For a job: no more than addresses."""
    roles = [role.code for role in ROLES.values() if role.permissions & set(permissions)]
    there = Appointment.objects.in_force().filter(role__in=roles).values("user_id")
    return User.objects.only("pk", "email", "is_active").filter(pk__in=there, is_active=True)


def _to_who_reviews(event: OutboxEvent, line: str) -> None:
    """To who leads the unit, and where nobody does (an office) to the account administrators."""
    for unit_id in AccessReview.objects.filter(pk=event.thing_id).values_list("unit_id", flat=True):
        leads = {user.pk: user.email for one in LEADS for user in User.objects.only("pk", "email").holding(one, unit_id=unit_id)}
        admins = with_permission(Permission.MANAGE_ACCOUNTS).values_list("pk", "email")
        mail_each(event, leads.items() or admins, line, reverse("review", args=[event.thing_id]))
