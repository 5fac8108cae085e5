"""Who hears of accounts, of the yearly review, and of messages that do not go out. As jobs, which see ids only."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from luisterloket.platform import delivery
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import Kind, group, kind, notify
from luisterloket.platform.outbox import on

from .models import AccessReview, Appointment, Proposal, User, UserQuerySet
from .permissions import LEADS
from .roles import ROLES, Permission

ACCOUNT = group("account", gettext_lazy("Your own account"), concerns=lambda user: True, duty=True)
ACCESS = group(
    "access",
    gettext_lazy("Access of colleagues"),
    concerns=lambda user: any(user.has(one) for one in (*LEADS, Permission.MANAGE_ACCOUNTS, Permission.SUPERVISE_ACCESS)),
)
UPKEEP = group("upkeep", gettext_lazy("How the system runs"), concerns=lambda user: user.has(Permission.MANAGE_ACCOUNTS))
PROPOSED = kind(
    "appointment.proposed", ACCESS, gettext_noop("A role was proposed that nobody gives alone. Look whether you agree.")
)
FACTOR = kind(
    "account.second_factor_reset",
    ACCOUNT,
    gettext_noop("Your second factor was taken away. Did you not ask for that? Call your account administrator at once."),
    urgent=True,
)
REVIEW = kind("review.opened", ACCESS, gettext_noop("Look whether those who work with you still need their access."))
NEAR = kind("review.near", ACCESS, gettext_noop("The review of access of your team or desk is nearly due."))
LATE = kind("review.late", ACCESS, gettext_noop("A yearly review of access was not done in time."))
WAITS_LONG = kind("deliveries.late", UPKEEP, gettext_noop("Messages have waited too long to go out. Look what is wrong."))
JOB = kind("job.flagged", UPKEEP, gettext_noop("A background job of Luisterloket does not run as it should. Look which one."))


@on("appointment.proposed")
def proposed(event: OutboxEvent) -> None:
    """To who may agree: not to who proposed, nor to whom it is about."""
    for user_id, by_id in Proposal.objects.filter(pk=event.thing_id).values_list("user_id", "proposed_by_id"):
        people = with_permission(Permission.MANAGE_ACCOUNTS, Permission.SUPERVISE_ACCESS).exclude(pk__in=[user_id, by_id])
        notify(event, people.values_list("pk", flat=True), PROPOSED, reverse("proposals"))


@on("account.second_factor_reset")
def second_factor_reset(event: OutboxEvent) -> None:
    notify(event, [event.thing_id], FACTOR, reverse("account"))


@on(delivery.LATE)
def deliveries_late(event: OutboxEvent) -> None:
    """To who keeps the accounts: they reach whoever runs the servers."""
    notify(event, with_permission(Permission.MANAGE_ACCOUNTS).values_list("pk", flat=True), WAITS_LONG, reverse("deliveries"))


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
    notify(event, people.values_list("pk", flat=True), LATE, reverse("review", args=[event.thing_id]))


@on("job.flagged")
def job_flagged(event: OutboxEvent) -> None:
    """To the account administrators."""
    people = with_permission(Permission.MANAGE_ACCOUNTS)
    notify(event, people.values_list("pk", flat=True), JOB, reverse("jobs"))


def with_permission(*permissions: Permission) -> UserQuerySet:
    """Those who hold one of these permissions anywhere, by today's appointments. For a job: no more than this."""
    roles = [role.code for role in ROLES.values() if role.permissions & set(permissions)]
    there = Appointment.objects.in_force().filter(role__in=roles).values("user_id")
    return User.objects.only("pk", "email", "is_active").filter(pk__in=there, is_active=True)


def _to_who_reviews(event: OutboxEvent, of: Kind) -> None:
    """To who leads the unit, and where nobody does (an office) to the account administrators."""
    for unit_id in AccessReview.objects.filter(pk=event.thing_id).values_list("unit_id", flat=True):
        leads = [pk for one in LEADS for pk in User.objects.holding(one, unit_id=unit_id).values_list("pk", flat=True)]
        admins = with_permission(Permission.MANAGE_ACCOUNTS).values_list("pk", flat=True)
        notify(event, leads or admins, of, reverse("review", args=[event.thing_id]))
