"""An exception to a rule (uitzondering): which rule, why the purpose asks otherwise, and who agreed."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.domains import CATEGORY_OF, LifeDomain
from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .residents import who_acts


class ExceptionQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Asked, or in force."""
        return self.filter(status__in=[RuleException.Status.ASKED, RuleException.Status.AGREED])


class RuleException(UUIDModel, StatefulModel):
    """Help outside a rule, for a reason that is on record and that someone else agreed with."""

    class Kind(models.TextChoices):
        OTHER_WIJK = "other_wijk", _("From another wijk")
        AGE = "age", _("Too young or too old for the rule")
        PAPERS = "papers", _("Without the right papers")
        OTHER = "other", _("Another rule")

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Refused")
        ENDED = "ended", _("Ended")

    TRANSITIONS = {Status.ASKED: {Status.AGREED, Status.REFUSED, Status.ENDED}, Status.AGREED: {Status.ENDED}}

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exceptions")
    kind = models.CharField(max_length=12, choices=Kind)
    # What another rule is about: it says who may read of it.
    domain = models.CharField(max_length=20, choices=LifeDomain, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    rule = EncryptedTextField()
    why = EncryptedTextField()
    since = models.DateField()
    # When it is looked at again: there is no exception without that day.
    review_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExceptionQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="another_one_answers_an_exception", condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="an_agreed_exception_was_answered",
                condition=~Q(status__in=["agreed", "refused"]) | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(name="an_exception_is_reviewed_after_it_began", condition=Q(review_on__gte=F("since"))),
        ]
        indexes = [
            models.Index(fields=["unit", "status"], name="exceptions_of_a_unit", condition=Q(status__in=["asked", "agreed"])),
        ]

    def __str__(self) -> str:
        return f"exception {self.pk}"

    @property
    def category(self) -> str:
        return category_of_exception(self.kind, self.domain)


def category_of_exception(kind: Any, domain: Any = "") -> str:
    """The category of personal data that an exception belongs to: what the rule is about says who may read of it."""
    if kind == RuleException.Kind.OTHER_WIJK:
        return "housing"
    if kind == RuleException.Kind.OTHER and domain:
        return CATEGORY_OF[LifeDomain(domain)]
    return "participation"
