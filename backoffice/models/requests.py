"""The requests routed to desks: what was asked, what went along, what was said about it."""

from typing import Any, Self

from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from backoffice import transitions
from backoffice.transitions import Clock
from casework.models import Case
from luisterloket.convenant.models import Purpose
from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .desks import Desk, Kind, Urgency
from .terms import Term


class RequestQuerySet(models.QuerySet):
    """Which requests someone sees. A desk sees what guardian granted its unit: `open_request` while the request runs, and
    after closing `keep_answer`, with which it keeps the question, its own answer and the ground, but nothing that went along.
    """

    def visible_to(self, user: User) -> Self:
        """Requests of cases this person works on, and those their desk was granted. Default: nothing. One query."""
        if not user.is_active:
            return self.none()
        return self.filter(self._of_cases(user) | self._of_desks(user))

    def asked_from(self, user: User) -> Self:
        """Those of the cases that this person may open and may route requests from."""
        return self.filter(self._of_cases(user)) if user.is_active else self.none()

    def at_desks_of(self, user: User) -> Self:
        """Those that were granted to this person's desk; closed ones too, withdrawn ones not."""
        return self.filter(self._of_desks(user)) if user.is_active else self.none()

    def visible_or_withdrawn(self, user: User) -> Self:
        """Also those taken back from this person's desk: only to give back what they were typing in it."""
        withdrawn = Q(status=SpecialistRequest.Status.WITHDRAWN, desk_unit_id__in=user.units_with(Permission.ANSWER))
        return self.filter(self._of_cases(user) | self._of_desks(user) | withdrawn) if user.is_active else self.none()

    def open(self) -> Self:
        return self.filter(status__in=SpecialistRequest.OPEN)

    def to_check(self) -> Self:
        """Told, and not yet asked whether it worked."""
        return self.filter(status=SpecialistRequest.Status.CLOSED, clock=Clock.OUTCOME)

    def stalled(self) -> Self:
        return self.filter(stalled_at__isnull=False)

    @staticmethod
    def _of_cases(user: User) -> Q:
        # A buddy opens the case in the few categories of their part; a request may hold more.
        if not user.has(Permission.ROUTE):
            return Q(pk__in=[])
        return Q(case_id__in=Case.objects.visible_to(user).values("pk"))

    @staticmethod
    def _of_desks(user: User) -> Q:
        desks = user.units_with(Permission.ANSWER)
        granted = RequestGroupPermission.objects.filter(
            content_object=OuterRef("pk"), permission__codename__in=["open_request", "keep_answer"], group__unit__in=desks
        )
        # As a value, since an EXISTS becomes a join: the planner takes a grant for a rare thing, and sorts the queue for one page.
        has_one = IsNull(Subquery(granted.values("pk")[:1]), False)
        return Q(has_one, desk_unit_id__in=desks) if desks else Q(pk__in=[])


# All that a desk is ever told of it: no reason, no name, nothing of what was asked.
GROUND_ENDED = _("The ground for this request has ended")


# In a queue what is acute comes first, and the requests whose clock stands still come after all others.
QUEUE_RANK = models.Case(
    models.When(status="asked_back", then=models.Value(2)),
    models.When(urgency="today", then=models.Value(0)),
    default=models.Value(1),
    output_field=models.IntegerField(),
)


class SpecialistRequest(UUIDModel, StatefulModel):
    """A question routed to a desk, with exactly the items that went along, from sending until the resident was told."""

    Status = transitions.Status
    TRANSITIONS = transitions.moves()
    ARROWS = transitions.labels()
    BELOW_DRAWING = transitions.as_markdown()
    OPEN = transitions.OPEN
    AT_DESK = transitions.AT_DESK

    class Result(models.TextChoices):
        GRANTED = "granted", _("Granted")
        PARTLY = "partly", _("Partly")
        ADVICE = "advice", _("Advice")
        REFUSED = "refused", _("Refused")
        # The desk says where the question belongs; the loket decides whether it goes there, and with what.
        FORWARDED = "forwarded", _("Belongs at another desk")

    class Outcome(models.TextChoices):
        HELPS = "helps", _("This helps")
        PARTLY = "partly", _("Helps in part")
        NOT = "not", _("Does not help")
        TOO_EARLY = "too_early", _("Too early to say")

    class Worked(models.TextChoices):
        """What came of it some weeks later. It is about the help, never about who gave it."""

        WORKED = "worked", _("It worked")
        PARTLY = "partly", _("It worked in part")
        NOT = "not", _("It did not work")
        UNKNOWN = "unknown", _("We could not reach the resident")

    class ToldHow(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        PHONE = "phone", _("by telephone")
        LETTER = "letter", _("by letter or e-mail")

    class Withdrawal(models.TextChoices):
        """Why the loket takes a request back, in one tap; kept in the history."""

        SOLVED = "solved", _("It was solved in another way")
        RESIDENT = "resident", _("The resident does not want it")
        OTHER_DESK = "other_desk", _("Another desk fits better")
        MISTAKE = "mistake", _("Sent by mistake")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="requests")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.SENT)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.ADVICE, db_default=Kind.ADVICE)
    # A few words for queues, without a name: the asker writes them.
    title = EncryptedTextField()
    question = EncryptedTextField()
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT)
    convenant_version_id = models.UUIDField()
    # Whom the request is about: ids, for the access log, which must stay right after the items closed.
    subjects = ArrayField(models.UUIDField(), default=list)
    sent_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    taken_up_at = models.DateTimeField(null=True, blank=True)
    # Who did, also when someone else has it in hand by now.
    taken_up_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    # A part of the ground ended: free words may tell of it, so the desk reads none of before until the loket has read them over.
    words_closed_at = models.DateTimeField(null=True, blank=True)
    # Who asked has seen that the ground ended, and what can be done.
    ending_seen_at = models.DateTimeField(null=True, blank=True)
    # The clock that runs now, and when it runs out; computed once, when the clock starts.
    clock = models.CharField(max_length=10, choices=Clock, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    stalled_at = models.DateTimeField(null=True, blank=True)
    # When each named clock runs out. The first two are fixed at sending, that of telling when it was answered.
    pick_up_due_at = models.DateTimeField(null=True, blank=True)
    # When it is flagged, and when that goes up to whom: worked out once, with the clock (ladders.py). The database lets them move
    # along with a due moment that is moved by itself.
    flag_at = models.DateTimeField(null=True, blank=True)
    rungs = ArrayField(models.DateTimeField(), default=list, blank=True)
    answer_due_at = models.DateTimeField()
    tell_due_at = models.DateTimeField(null=True, blank=True)
    # The term that the answer was fixed by; and, of weeks or months, their last day before a weekend or a holiday moved it.
    answer_term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    answer_last_day = models.DateField(null=True, blank=True)
    # Since when the answer's clock stands still, and the opening minutes it had left then.
    stopped_at = models.DateTimeField(null=True, blank=True)
    minutes_left = models.PositiveIntegerField(null=True, blank=True)
    # Until when a ground of the law holds it still (`Pause`); from then on it runs again by itself.
    paused_until = models.DateTimeField(null=True, blank=True)
    # A desk gives itself more time once.
    extended_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result, blank=True)
    answer = EncryptedTextField()
    next_step = EncryptedTextField()
    # The law or rule on which (a part of) it was refused, as the desk names it.
    refused_under = EncryptedTextField()
    # The desk that the answering desk proposes instead.
    proposed_desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The answer is a decision in the sense of the Awb (beschikking): the day of its letter, how one objects, and until when.
    decided_on = models.DateField(null=True, blank=True)
    object_how = EncryptedTextField()
    object_until = models.DateField(null=True, blank=True)
    # The earlier request of the same case that this one goes on from.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    told_how = models.CharField(max_length=10, choices=ToldHow, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_note = EncryptedTextField()
    # Asked some weeks later; until then what was said when it was told is all there is.
    worked = models.CharField(max_length=10, choices=Worked, blank=True)
    worked_note = EncryptedTextField()
    worked_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        permissions = [
            ("open_request", "May open this request"),
            ("keep_answer", "May keep the question and its own answer of this closed request"),
        ]
        constraints = [
            models.CheckConstraint(name="a_running_clock_has_a_moment", condition=Q(clock="") | Q(due_at__isnull=False)),
            models.CheckConstraint(
                name="a_decision_says_until_when_one_objects",
                condition=Q(decided_on=None, object_until=None) | Q(decided_on__isnull=False, object_until__gt=F("decided_on")),
            ),
            models.CheckConstraint(
                name="an_answer_has_a_result_and_an_author",
                condition=~Q(status__in=["answered", "closed", "contested", "escalated"])
                | (~Q(result="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                "desk_unit",
                QUEUE_RANK,
                "due_at",
                "id",
                name="queue_of_a_desk",
                condition=Q(status__in=["sent", "taken_up", "asked_back", "contested"]),
            ),
            models.Index(fields=["flag_at"], name="clocks_that_run", condition=~Q(clock="") & Q(stalled_at=None)),
            models.Index(fields=["case", "-sent_at"], name="requests_of_a_case"),
            models.Index(fields=["asked_by", "status"], name="requests_of_an_asker"),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("backoffice:request", args=[self.pk])

    @property
    def is_paused(self) -> bool:
        """Whether a ground of the law holds the answer's clock still now."""
        return self.paused_until is not None and self.paused_until > timezone.now()

    @property
    def items_are_open(self) -> bool:
        """Whether the desk may still open what went along: until the resident was told, or the loket took it back."""
        return self.status in self.OPEN

    @property
    def words_are_open(self) -> bool:
        """Whether the desk may read the title, the question and what was written back and forth."""
        return self.status not in {self.Status.WITHDRAWN, self.Status.GROUND_ENDED} and self.words_closed_at is None

    @property
    def title_at_desk(self) -> Any:
        """What the desk's lists call it: never words that may tell of what was taken back."""
        if self.status == self.Status.GROUND_ENDED:
            return GROUND_ENDED
        return self.title if self.words_are_open else _("A request that the loket reads over")


class RequestUserPermission(UserObjectPermissionBase):
    """guardian's grant of a request to one person."""

    content_object = models.ForeignKey(SpecialistRequest, on_delete=models.CASCADE)


class RequestGroupPermission(GroupObjectPermissionBase):
    """guardian's grant of a request to a desk, through the group of its unit."""

    content_object = models.ForeignKey(SpecialistRequest, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False

    group: Group


class RequestItem(UUIDModel):
    """One thing that went along, as it was at sending. It closes for the desk when the request does."""

    request = models.ForeignKey(SpecialistRequest, on_delete=models.PROTECT, related_name="items")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=50)
    # What else it tells of, as of a letter: when one of these closes, it closes.
    also = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    label = models.CharField(max_length=100)
    text = EncryptedTextField(subject="subject_id")
    legal_ground = models.CharField(max_length=310)
    order = models.PositiveSmallIntegerField()
    open_to_desk = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]


class Message(UUIDModel):
    """A question back of the desk, or the loket's reply to it."""

    request = models.ForeignKey(SpecialistRequest, on_delete=models.PROTECT, related_name="messages")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    from_desk = models.BooleanField()
    text = EncryptedTextField(subject="request_id")
    open_to_desk = models.BooleanField(default=True)

    class Meta:
        ordering = ["at"]
