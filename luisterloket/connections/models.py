"""Systems that work through the API, their tokens, and the addresses to which they are told that something happened."""

from typing import Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import UUIDModel


class ConnectionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """All for who keeps the accounts; those of one's own desk for who makes its tokens. Default: nothing."""
        if not user.is_active:
            return self.none()
        if user.has(Permission.MANAGE_ACCOUNTS):
            return self
        return self.filter(unit_id__in=units_kept_by(user))


def units_kept_by(user: User) -> set[UUID]:
    """Where someone makes the tokens: who leads a desk, and in an office, which nobody leads, who hands residents in."""
    return {
        post.unit_id
        for post in user.posts
        if Permission.DIVIDE_DESK in post.role.permissions
        or (post.unit_kind == Unit.Kind.OFFICE and Permission.HAND_IN in post.role.permissions)
    }


class Connection(UUIDModel):
    """A system of a partner that works at one unit. Its account is appointed there like that of a person, so that what it may
    see and do, and what is kept of it, is decided in the same places.
    """

    name = models.CharField(max_length=100)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="connection")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="connections")
    # Who is written to when it does not work.
    contact = models.EmailField()
    # The most that a token of it can be good for.
    scopes = ArrayField(models.CharField(max_length=50))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="connection_is_ended_by_someone",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(ended_at=None), name="connection_once_at_a_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class TokenQuerySet(models.QuerySet):
    def usable(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), connection__ended_at=None)


class ApiToken(UUIDModel):
    """What a system shows to be let in, until a moment. Of the secret only the hash is here."""

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="tokens")
    secret_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    scopes = ArrayField(models.CharField(max_length=50))
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "pk"]
        constraints = [
            models.CheckConstraint(name="token_has_time", condition=Q(expires_at__gt=F("issued_at"))),
            models.CheckConstraint(
                name="token_is_revoked_by_someone",
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class Webhook(UUIDModel):
    """An address of a system that is told when something happens at its unit: that it did, and a reference, and no more."""

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="webhooks")
    address = models.URLField(max_length=300)
    events = ArrayField(models.CharField(max_length=60))
    # The secret that signs is derived from it and from the installation's own key, and so is nowhere kept.
    round = models.PositiveIntegerField(default=1)
    # So long what was signed with the secret of before is signed with that one too.
    both_until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Since when nothing arrives; empty as long as it works.
    failing_since = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    switched_off_at = models.DateTimeField(null=True, blank=True)

    class Off(models.TextChoices):
        BY_HAND = "by_hand", _("Switched off")
        FAILED = "failed", _("Switched off, because nothing arrived any more")
        ENDED = "ended", _("Switched off with the connection")

    switched_off_why = models.CharField(max_length=10, choices=Off, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="webhook_is_off_for_a_reason",
                condition=Q(switched_off_at=None, switched_off_why="")
                | (Q(switched_off_at__isnull=False) & ~Q(switched_off_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Delivery(UUIDModel):
    """One thing to tell to one address, until it was taken. Ids and a kind only."""

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    # Of the message in the outbox: the same for every address, and for every time that it is told.
    event_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    at = models.DateTimeField()
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The answer of the last time: a status of HTTP, or 0 when there was none.
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event_id"], name="told_once_to_an_address"),
            models.CheckConstraint(name="delivered_or_given_up", condition=Q(delivered_at=None) | Q(given_up_at=None)),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="deliveries_waiting", condition=Q(delivered_at=None, given_up_at=None)),
            models.Index(fields=["webhook", "-at"], name="deliveries_of_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
