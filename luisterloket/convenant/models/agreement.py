"""The data-sharing agreement: its versions, who signed them, and which one decides today.

A convenant is no legal ground itself: each party has its own task and its own ground per purpose and data category (AVG
articles 6 and 9). No ground, no authorisation; no authorisation, nothing to see.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Organisation, User
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

# The version that a preview lets decide, and the day from which it would. Nobody but the preview sets it.
_decides: ContextVar[tuple[UUID, date] | None] = ContextVar("decides", default=None)


class ConvenantVersion(UUIDModel, StatefulModel):
    """One version of the agreement. Signed by all core parties before it decides anything; changed only by a next version."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Offered for signing")
        SIGNED = "signed", _("Signed")
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Replaced")
        ENDED = "ended", _("Ended")

    TRANSITIONS = {
        Status.DRAFT: {Status.OFFERED},
        # Back to a draft makes the signatures void.
        Status.OFFERED: {Status.DRAFT, Status.SIGNED},
        Status.SIGNED: {Status.IN_FORCE, Status.ENDED},
        Status.IN_FORCE: {Status.SUPERSEDED, Status.ENDED},
    }

    name = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    review_on = models.DateField()
    # Why there is a new version, in a few words.
    reason = models.CharField(max_length=500, blank=True)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Counts the changes of a draft: who saves over a change of a colleague is told.
    revision = models.PositiveIntegerField(default=0)
    offered_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="convenant_version_once"),
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status="in_force"),
                name="one_convenant_version_in_force",
                violation_error_message=_("Another version is in force: end that one first."),
            ),
            models.CheckConstraint(
                name="convenant_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The last day must be after the first."),
            ),
            models.CheckConstraint(
                name="convenant_in_force_is_signed",
                condition=Q(status__in=["draft", "offered"]) | Q(signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def review_is_overdue(self) -> bool:
        """Then nothing new is shared (convenant.review)."""
        return self.review_on < timezone.localdate()

    @classmethod
    def in_force(cls) -> Self | None:
        """The version that decides today, if there is one."""
        return cls.objects.filter(of_today()).first()


def of_today(prefix: str = "") -> Q:
    """The condition under which a convenant version decides: in force today, or the one of a preview (`deciding`)."""
    previewed = _decides.get()
    if previewed is not None:
        return Q(**{f"{prefix}pk": previewed[0]})
    today = timezone.localdate()
    return Q(
        **{f"{prefix}status": ConvenantVersion.Status.IN_FORCE, f"{prefix}starts_on__lte": today, f"{prefix}ends_on__gte": today}
    )


def is_party_today(prefix: str = "") -> Q:
    """The condition under which a party takes part: it signed and did not leave; an incidental one also signed for secrecy,
    until its last day. In a preview all are taken to have signed.
    """
    kind = ConvenantParty.Kind
    lasts = Q(**{f"{prefix}kind": kind.CORE}) | Q(**{f"{prefix}ends_on__gte": day_that_counts()})
    if _decides.get() is not None:
        return lasts
    secret = Q(**{f"{prefix}kind": kind.CORE}) | Q(**{f"{prefix}secrecy_signed_on__isnull": False})
    return lasts & secret & Q(**{f"{prefix}left_on": None, f"{prefix}signed_on__isnull": False})


def day_that_counts() -> date:
    """Today, or in a preview of a version that starts later its first day."""
    previewed = _decides.get()
    return previewed[1] if previewed is not None else timezone.localdate()


@contextmanager
def deciding(version: ConvenantVersion) -> Iterator[None]:
    """Inside, `version` decides instead of the one in force, as if all had signed and its first day had come.

    For the preview of a draft with a made-up case, and for nothing else.
    """
    token = _decides.set((version.pk, max(timezone.localdate(), version.starts_on)))
    try:
        yield
    finally:
        _decides.reset(token)


class ConvenantParty(UUIDModel):
    """An organisation in this version: who signed for it and when, and whether it left.

    A core partner signs before the version is in force. An incidental one takes part until a day, and gets nothing before it
    signed, for secrecy too.
    """

    class Kind(models.TextChoices):
        CORE = "core", _("core partner")
        INCIDENTAL = "incidental", _("incidental partner")

    version = models.ForeignKey(ConvenantVersion, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="convenants")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CORE)
    # Its task by law, in words, and whom to ask about privacy there.
    task = models.CharField(max_length=500, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    signed_by = models.CharField(max_length=150, blank=True)
    signed_function = models.CharField(max_length=150, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signature_recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signature_recorded_at = models.DateTimeField(null=True, blank=True)
    secrecy_signed_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="party_once_per_version"),
            models.CheckConstraint(
                name="incidental_party_has_an_end",
                condition=Q(kind="core") | Q(ends_on__isnull=False),
                violation_error_message=_("An incidental partner takes part until a day. Choose that day."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_incidental(self) -> bool:
        return self.kind == self.Kind.INCIDENTAL
