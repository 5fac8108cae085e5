"""What was opened in an emergency (break-glass): by whom, why, which categories, until when, and what came of the review."""

from datetime import timedelta
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Post, Unit, User
from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case, closed_to

# Whatever a municipality chooses as its maximum, the database holds to this.
NEVER_LONGER = timedelta(hours=24)


class BreakGlassQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Those by which something can be read at this moment. The clock ends them, no job is needed."""
        return self.filter(case__isnull=False, ended_at=None, until__gt=Now())

    def to_judge(self) -> Self:
        return self.filter(status__in=BreakGlass.UNDECIDED)

    def reviewed_by(self, user: User) -> Self:
        """Those that this person sees to: the privacy officer all; the coordinator of the wijk and the owner those of their
        cases, as far as these are open to them. Never one's own.
        """
        found = self.exclude(who=user)
        if user.has(Permission.READ_LOG):
            return found
        units = user.units_with(Permission.DIVIDE_WORK)
        if not user.has(Permission.LISTEN):
            return self.none()
        return found.filter(Q(unit__in=units) | Q(case__owner=user), case__isnull=False).exclude(case_id__in=closed_to(user))


class BreakGlass(UUIDModel, StatefulModel):
    """One opening in an emergency. Without a case nothing was found: that was an attempt, and it is reviewed as well.

    What was asked, why, and until when never changes (a trigger holds it): who needs longer breaks the glass again.
    """

    class Status(models.TextChoices):
        """How far the review is."""

        TO_REVIEW = "to_review", _("To be reviewed")
        MORE_NEEDED = "more_needed", _("More is needed")
        RIGHTFUL = "rightful", _("Rightful")
        NOT_RIGHTFUL = "not_rightful", _("Not rightful")

    UNDECIDED = [Status.TO_REVIEW, Status.MORE_NEEDED]
    TRANSITIONS = {
        Status.TO_REVIEW: {Status.MORE_NEEDED, Status.RIGHTFUL, Status.NOT_RIGHTFUL},
        Status.MORE_NEEDED: {Status.RIGHTFUL, Status.NOT_RIGHTFUL},
    }

    # Of the case; of an attempt that found nothing, where the one who tried works.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="emergencies")
    who = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # In what post, as it stood then.
    role = models.CharField(max_length=20, choices=[(role.code, role.name) for role in ROLES.values()])
    who_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    # What was typed to find someone. Kept only of an attempt that found nothing, until it was judged.
    sought = EncryptedTextField()
    categories = ArrayField(models.SlugField())
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.TO_REVIEW)
    review_by = models.DateField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    # When it was said that the review is late; once.
    flagged_at = models.DateTimeField(null=True, blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_emergency_ends",
                condition=Q(until__gt=F("since")) & Q(until__lte=F("since") + NEVER_LONGER),
            ),
            models.CheckConstraint(name="an_emergency_asks_something", condition=~Q(categories=[])),
            models.CheckConstraint(
                name="another_one_reviews_an_emergency", condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("who"))
            ),
            models.CheckConstraint(
                name="a_judged_emergency_was_judged_by_someone",
                condition=Q(status__in=["to_review", "more_needed"]) | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["who", "until"], name="emergencies_not_ended", condition=Q(ended_at=None)),
            models.Index(fields=["review_by"], name="emergencies_to_review", condition=Q(status__in=["to_review", "more_needed"])),
        ]

    def __str__(self) -> str:
        return f"emergency {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.case_id is not None and self.ended_at is None and timezone.now() < self.until

    @property
    def found_nothing(self) -> bool:
        return self.case_id is None

    @property
    def is_decided(self) -> bool:
        return self.status not in self.UNDECIDED

    def post_of(self, user: Any) -> Post | None:
        """The post in which it was opened, as long as this person still holds it."""
        return next((post for post in user.posts if (post.unit_id, post.role.code) == (self.who_unit_id, self.role)), None)


class BreakGlassWord(UUIDModel):
    """What someone says to it afterwards: who opened it, who sees to the case, and the privacy officer. Only added."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("who opened it")
        WORD = "word", _("who sees to the case")
        OUTCOME = "outcome", _("the privacy officer")

    emergency = models.ForeignKey(BreakGlass, on_delete=models.PROTECT, related_name="words")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    # What the privacy officer decided with these words.
    status = models.CharField(max_length=12, choices=BreakGlass.Status, blank=True)
    text = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"word {self.pk}"


def emergencies_now() -> ArraySubquery:
    """What the user of the outer query has open at this moment."""
    mine = BreakGlass.objects.open().filter(who=OuterRef("pk")).order_by("until")
    return ArraySubquery(mine.values(emergency=JSONObject(id="id", until="until")))
