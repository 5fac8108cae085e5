"""An appointment that one person cannot make alone: proposed by one, answered by another."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import ROLES
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .accounts import Organisation, Unit, User


class Proposal(UUIDModel, StatefulModel):
    """To let someone read logs or rights, or hand out rights. It is no appointment until another agreed."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Refused")

    TRANSITIONS = {Status.PROPOSED: {Status.AGREED, Status.REFUSED}}

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.code, role.name) for role in ROLES.values()])
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    on_behalf_of = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="another_one_answers_a_proposal", condition=Q(answered_by=None) | ~Q(answered_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="nobody_proposes_or_agrees_for_themself",
                condition=~Q(user=F("proposed_by")) & (Q(answered_by=None) | ~Q(answered_by=F("user"))),
            ),
            models.CheckConstraint(
                name="a_proposal_is_answered_by_someone",
                condition=Q(status="proposed", answered_by=None, answered_at=None)
                | (~Q(status="proposed") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(name="proposal_ends_after_it_starts", condition=Q(until=None) | Q(until__gte=F("since"))),
            models.UniqueConstraint(
                fields=["user", "unit", "role"], condition=Q(status="proposed"), name="proposed_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
