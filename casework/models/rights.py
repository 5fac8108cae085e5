"""What a resident asks about their own data (AVG articles 15 to 22), from the desk until they were told what was decided."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .residents import Resident


class RightsRequestQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Not told yet, and not taken back."""
        return self.exclude(status__in=[RightsRequest.Status.TOLD, RightsRequest.Status.WITHDRAWN])

    def in_hand(self) -> Self:
        """Those under which a handler may look: from the moment they take it in hand until the resident was told."""
        return self.filter(status__in=RightsRequest.OPENS)


class RightsRequest(UUIDModel, StatefulModel):
    """One request of a resident about their data. It is about the person: every row and case of theirs, whatever the wijk."""

    class Kind(models.TextChoices):
        COPY = "copy", _("A copy of everything about me")
        PORTABILITY = "portability", _("My data in a file, to take along")
        CORRECTION = "correction", _("Put something right")
        ERASURE = "erasure", _("Erase my data")
        RESTRICTION = "restriction", _("Only keep my data for now")
        OBJECTION = "objection", _("I object to the use of my data")

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        IDENTIFIED = "identified", _("Identity checked")
        IN_HAND = "in_hand", _("In hand")
        DECIDED = "decided", _("Decided, not told yet")
        TOLD = "told", _("Told and closed")
        WITHDRAWN = "withdrawn", _("Taken back by the resident")

    TRANSITIONS = {
        # Refused at once only when it cannot be made sure who asks (AVG article 12(6)).
        Status.RECEIVED: {Status.IDENTIFIED, Status.DECIDED, Status.WITHDRAWN},
        Status.IDENTIFIED: {Status.IN_HAND, Status.WITHDRAWN},
        Status.IN_HAND: {Status.DECIDED, Status.WITHDRAWN},
        Status.DECIDED: {Status.TOLD},
    }
    OPENS = (Status.IN_HAND, Status.DECIDED)

    class How(models.TextChoices):
        DESK = "desk", _("In person")
        PHONE = "phone", _("By telephone")
        LETTER = "letter", _("By letter")
        EMAIL = "email", _("By e-mail")

    class Identity(models.TextChoices):
        KNOWN = "known", _("I know them, and they sat opposite me")
        DOCUMENT = "document", _("I saw an identity paper")
        CALLED_BACK = "called_back", _("I called back on the number we had")
        MANDATE = "mandate", _("I saw the paper of who asks for them")

    class Decision(models.TextChoices):
        GRANTED = "granted", _("Granted")
        PARTLY = "partly", _("Granted in part")
        REFUSED = "refused", _("Refused")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Where it was asked; what it is about are all cases of this person.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rights_requests")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    status = models.CharField(max_length=12, choices=Status, default=Status.RECEIVED)
    how = models.CharField(max_length=8, choices=How)
    received_on = models.DateField()
    # What they asked, in their own words.
    text = EncryptedTextField()
    # Who asks it for them, when they do not ask it themself.
    representative = EncryptedTextField()
    # Of an objection: the purpose that it is about; empty for every use by others.
    purpose = models.CharField(max_length=50, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    identity_how = models.CharField(max_length=12, choices=Identity, blank=True)
    identity_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    identity_at = models.DateTimeField(null=True, blank=True)
    # The last day on which the resident must have heard (AVG article 12(3)); computed when it starts and when it is extended.
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    extended_because = EncryptedTextField()
    handler = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    reason = EncryptedTextField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    told_how = models.CharField(max_length=8, choices=How, blank=True)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # What an upheld objection or a restriction holds back may go on again.
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    # Told by the sweep, each once for a term; an extension makes a new one.
    near_flagged_at = models.DateTimeField(null=True, blank=True)
    late_flagged_at = models.DateTimeField(null=True, blank=True)

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="rights_request_in_hand_is_someones",
                condition=~Q(status="in_hand") | Q(handler__isnull=False, identity_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rights_request_decided_by_someone",
                condition=~Q(status__in=["decided", "told"])
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="rights_request_told_by_someone",
                condition=~Q(status="told") | Q(told_by__isnull=False, told_at__isnull=False),
            ),
            *(
                models.CheckConstraint(
                    name=f"rights_request_{act}_has_who_and_when",
                    condition=Q(**{f"{act}_by": None, f"{act}_at": None})
                    | Q(**{f"{act}_by__isnull": False, f"{act}_at__isnull": False}),
                )
                for act in ("identity", "extended", "withdrawn", "lifted")
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_on"], name="rights_requests_open", condition=~Q(status__in=["told", "withdrawn"])),
            models.Index(fields=["handler"], name="rights_requests_in_hand", condition=Q(status__in=["in_hand", "decided"])),
            models.Index(fields=["resident"], name="rights_requests_of_a_person"),
            models.Index(fields=["case", "-recorded_at"], name="rights_requests_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"rights request {self.pk}"

    @property
    def is_granted(self) -> bool:
        return self.decision in {self.Decision.GRANTED, self.Decision.PARTLY}

    @property
    def asks_a_copy(self) -> bool:
        return self.kind in {self.Kind.COPY, self.Kind.PORTABILITY}

    @property
    def holds_back(self) -> bool:
        """Whether an objection or a restriction that was granted still holds something back."""
        return self.kind in {self.Kind.OBJECTION, self.Kind.RESTRICTION} and self.is_granted and self.lifted_at is None


class RightsCorrection(UUIDModel, StatefulModel):
    """One item that the resident says is wrong: put right, or refused with their own statement beside it (AVG article 16)."""

    class Status(models.TextChoices):
        ASKED = "asked", _("To be put right")
        DONE = "done", _("Put right")
        REFUSED = "refused", _("Stays as it is")
        DROPPED = "dropped", _("Not asked any more")

    TRANSITIONS = {Status.ASKED: {Status.DONE, Status.REFUSED, Status.DROPPED}}

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="corrections")
    # The case that the item is in, which need not be where the request was made.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)
    kind = models.CharField(max_length=30)
    thing = models.UUIDField()
    category = models.CharField(max_length=50)
    label = models.CharField(max_length=100)
    # What it said, kept as the law asks: for who handles the request only.
    was = EncryptedTextField()
    must_be = EncryptedTextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    # How many desks and tables that had it were told that it was put right (AVG article 19).
    told = models.PositiveSmallIntegerField(default=0)
    # The resident's own words, which go wherever the item goes when it stays as it is.
    statement = EncryptedTextField()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "thing"], name="corrected_once_in_a_request"),
            models.CheckConstraint(
                name="rights_correction_settled_by_someone",
                condition=Q(status="asked", settled_by=None, settled_at=None)
                | (~Q(status="asked") & Q(settled_by__isnull=False, settled_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["case", "status"], name="corrections_of_a_case")]

    def __str__(self) -> str:
        return f"correction {self.pk}"

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.thing}"


class CopyChoice(UUIDModel):
    """What the handler decided about one item of a copy, where that is not what the rule says: given after all, or kept back."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="choices")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    thing = models.UUIDField()
    give = models.BooleanField()
    reason = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "kind", "thing"], name="one_choice_for_an_item_of_a_copy")]

    def __str__(self) -> str:
        return f"choice {self.pk}"

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.thing}"


class RightsCopy(UUIDModel):
    """A copy that was read by a second person, and given. What it held by kind of data and number, never what it said."""

    class Found(models.TextChoices):
        RIGHT = "right", _("It may be given")
        WRONG = "wrong", _("Something must not be in it")

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="copies")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Tells whether it is the text that was read, and nothing of its content.
    fingerprint = models.CharField(max_length=64)
    # How many things of each category are in it, and how many were kept back for each reason.
    held = models.JSONField(default=dict, blank=True)
    kept_back = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    found = models.CharField(max_length=5, choices=Found, blank=True)
    note = EncryptedTextField()
    given_how = models.CharField(max_length=8, choices=RightsRequest.How, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.CheckConstraint(name="a_copy_is_read_by_another", condition=~Q(reader=models.F("asked_by"))),
            models.CheckConstraint(
                name="a_copy_is_given_after_it_was_read",
                condition=Q(given_at=None, given_by=None) | Q(given_at__isnull=False, given_by__isnull=False, found="right"),
            ),
        ]
        indexes = [models.Index(fields=["reader"], name="copies_to_read", condition=Q(read_at=None))]

    def __str__(self) -> str:
        return f"copy {self.pk}"
