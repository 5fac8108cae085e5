"""A case, whom it is about, and who plays a part in it."""

from typing import Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel
from luisterloket.wijken.models import WayOfWorking

from .over_time import OverTime, ends_after_it_starts
from .residents import Resident, who_acts


def closed_to(user: User) -> RawSQL:
    """The cases that do not exist for this person on any page of the work (`shut_cases`). For `pk__in`.

    Who carries out a request of a resident, or reads a copy along, passes the database's own wall (`closed_cases`) to the protected
    case; that opens the request and the copy to them, and never the case itself.
    """
    # As a set it is worked out once for the whole statement. Who acts goes along as a parameter.
    return RawSQL("SELECT unnest(shut_cases(%s))", [user.pk])  # noqa: S611


def closed_residents(user: User) -> RawSQL:
    """Who does not exist for this person, as the database's wall counts them: protection is of a person. For `pk__in`."""
    return RawSQL("SELECT unnest(closed_residents(%s))", [user.pk])  # noqa: S611


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Cases whose content this person may open: by involvement, or because their wijk works as one team, unless these are
        kept for others or this person is kept out. Default: nothing.
        """
        if not user.is_active or not user.posts:
            return self.none()
        involved = Involvement.objects.in_force().filter(user=user).values("case_id")
        # Two ways in, each found by its own index; one OR over both would read every case of the wijk.
        return self.filter(pk__in=involved.union(self._of_teams(user.units_with(Permission.LISTEN)), all=True)).open_to(user)

    def owned_by(self, user: User) -> Self:
        """Their own cases: what `visible_to` lets an owner open, found without asking who else may."""
        return self.filter(owner=user).open_to(user) if user.is_active else self.none()

    def under_way(self) -> Self:
        """Those that were not ended."""
        return self.exclude(status=Case.Status.ENDED)

    def worked_on_by(self, user: User) -> Self:
        """Those that someone may open and do something about: of their wijk, or, for a worker from elsewhere who was brought in,
        theirs by another part than a buddy's. A move or an exception must not leave the resident without them.
        """
        units = user.units_with(Permission.LISTEN)
        if not units:
            return self.none()
        part = Involvement.objects.in_force().filter(user=user, case=OuterRef("pk")).exclude(kind=Involvement.Kind.BUDDY)
        return self.visible_to(user).filter(Q(unit__in=units) | models.Exists(part))

    def open_to(self, user: User) -> Self:
        """Without those that are kept for named others, or that this person is kept out of (capability C35), or that are erased."""
        return self.filter(erased_at=None).exclude(pk__in=closed_to(user))

    @staticmethod
    def _of_teams(units: tuple[UUID, ...]) -> models.QuerySet:
        """The cases of those units whose wijk works as one team."""
        team = WayOfWorking.objects.filter(wijk__units=OuterRef("pk")).order_by("-version").values("team_is_involved")[:1]
        teams = Unit.objects.filter(pk__in=units).annotate(as_a_team=models.Subquery(team)).filter(as_a_team=True)
        return Case.objects.filter(unit__in=teams.values("pk")).values("pk")

    def known_to(self, user: User) -> Self:
        """Cases of which this person may know that they exist (capability C58): those of their own wijk, and their own."""
        mine = Q(unit__in=user.units_with(Permission.LISTEN)) | Q(pk__in=Case.objects.visible_to(user).values("pk"))
        return self.filter(mine).open_to(user)


class Case(UUIDModel, StatefulModel):
    """One household's situation and all that is done about it. As long as it is not ended it has a next contact (decision 0021)."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        WAAKVLAM = "waakvlam", _("Waakvlam")
        ENDED = "ended", _("Case ended")

    TRANSITIONS = {
        Status.ACTIVE: {Status.WAAKVLAM, Status.ENDED},
        Status.WAAKVLAM: {Status.ACTIVE, Status.ENDED},
        # Who comes back is led in again without telling it all anew.
        Status.ENDED: {Status.ACTIVE},
    }

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="owned_cases")
    residents = models.ManyToManyField(Resident, through="CaseMember", related_name="cases")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    opened_at = models.DateTimeField(default=timezone.now)
    last_activity_at = models.DateTimeField(default=timezone.now)
    # All that could be erased is: what is left is an id and a year, for money and counts (decision 0032).
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()
    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-last_activity_at", "-id"], name="cases_of_a_unit_newest"),
            models.Index(fields=["owner", "-last_activity_at", "-id"], name="cases_of_an_owner_newest"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @classmethod
    def locked(cls, pk: UUID) -> Self:
        """The case as it is now, with its owner, held until the transaction ends: two at once come one after the other."""
        return cls._base_manager.select_for_update(no_key=True, of=("self",)).select_related("owner").get(pk=pk)

    def get_absolute_url(self) -> str:
        return reverse("casework:case", args=[self.pk])


class CaseMember(UUIDModel, OverTime):
    """A resident in the household of a case, now or before."""

    class Part(models.TextChoices):
        MAIN = "main", _("asks for help")
        PARTNER = "partner", _("partner")
        CHILD = "child", _("child")
        OTHER = "other", _("other")
        PARENT = "parent", _("parent")

    class Authority(models.TextChoices):
        """Who decides about a child (gezag)."""

        PARENTS = "parents", _("both parents")
        ONE_PARENT = "one_parent", _("one parent")
        GUARDIAN = "guardian", _("a guardian (voogd)")
        INSTITUTION = "institution", _("an institution")
        UNKNOWN = "unknown", _("not known")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)
    # Only of a child.
    authority = models.CharField(max_length=12, choices=Authority, blank=True)

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        constraints = [
            ends_after_it_starts("member_leaves_after_coming"),
            models.UniqueConstraint(fields=["case", "resident"], name="resident_once_in_a_case"),
            models.UniqueConstraint(fields=["case"], condition=Q(part="main"), name="one_main_resident_in_a_case"),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"


class InvolvementQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(until=None)


class Involvement(UUIDModel):
    """One person's part in one case; it opens the content of the case in the categories of their role."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("owner")
        CO_WORKER = "co_worker", _("co-worker")
        BUDDY = "buddy", _("buddy")
        PARTICIPANT = "participant", _("participant")
        JOINED = "joined", _("joined")

    class Reason(models.TextChoices):
        """Why someone joins, in one tap."""

        OPPOSITE = "opposite", _("Sits opposite me")
        CALLS = "calls", _("Calls now")
        ASKED = "asked", _("The owner asked me")
        OTHER = "other", _("Another reason")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="involvements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    explanation = EncryptedTextField(subject="case_id")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], condition=Q(until=None), name="involved_once_at_a_time"),
            models.UniqueConstraint(fields=["case"], condition=Q(until=None, kind="owner"), name="one_owner_of_a_case"),
        ]
        indexes = [models.Index(fields=["user", "case"], name="involvement_in_force", condition=Q(until=None))]


def cases_elsewhere() -> Func:
    """The cases outside one's own units in which the user of the outer query is involved, or a resident's request opens to them."""
    own_units = Unit.objects.filter(
        appointments__user=OuterRef(OuterRef("pk")), appointments__role__in=["wijkwerker", "coordinator"], appointments__until=None
    )
    involved = Involvement.objects.in_force().filter(user=OuterRef("pk")).exclude(unit__in=own_units.values("pk"))
    ids: ArrayField = ArrayField(models.UUIDField())
    under_right = Func(F("pk"), function="rights_cases", output_field=ids)
    return Func(ArraySubquery(involved.values("case_id")), under_right, function="array_cat", output_field=ids)
