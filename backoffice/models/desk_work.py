"""What the people of a desk keep among themselves: notes, second opinions, texts to begin from, and how they divide the queue."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models import Case
from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .desks import Desk
from .requests import SpecialistRequest


class OfTheDesk(UUIDModel):
    """Words that only the desk reads. There is no unit of the loket on the row: no wall lets the loket through.

    `open_to_desk` is put out by the database itself as soon as what went along closes.
    """

    request = models.ForeignKey(SpecialistRequest, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    open_to_desk = models.BooleanField(default=True)

    class Meta:
        abstract = True


class DeskNote(OfTheDesk):
    """A note of the desk for itself."""

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = EncryptedTextField(subject="request_id")

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["request", "at"], name="notes_of_a_request")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class SecondOpinion(OfTheDesk):
    """A colleague of the same desk is asked to look along; the request stays with who has it."""

    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    question = EncryptedTextField(subject="request_id")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField(subject="request_id")

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "asked"],
                condition=Q(answered_at=None, open_to_desk=True),
                name="one_open_opinion_each",
            ),
            models.CheckConstraint(name="nobody_asks_their_own_opinion", condition=~Q(asked=models.F("asked_by"))),
        ]
        indexes = [models.Index(fields=["asked"], name="opinions_to_give", condition=Q(answered_at=None, open_to_desk=True))]

    def __str__(self) -> str:
        return f"second opinion {self.pk}"


class AnswerTemplate(UUIDModel):
    """A text to begin an answer from, kept by who leads the desk. It holds words of the desk and nothing of a resident."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    result = models.CharField(max_length=10, choices=SpecialistRequest.Result, blank=True)
    answer = models.TextField(max_length=5000)
    next_step = models.TextField(max_length=5000, blank=True)
    # Raised at each change, so that two who change it at once do not lose each other's words.
    version = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "name"], condition=Q(retired_at=None), name="one_template_of_a_name_per_desk")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def desk_unit_id(self) -> object:
        """In the history it stands with the desk."""
        return self.desk.unit_id


class SavedFilter(UUIDModel):
    """How one person likes to see the queue of a desk, under a name of their own."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    # Codes and ids, as they also stand in the address of the queue.
    criteria = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "desk", "name"], name="one_filter_of_a_name"),
            models.UniqueConstraint(fields=["owner", "desk"], condition=Q(is_default=True), name="one_default_filter"),
        ]

    def __str__(self) -> str:
        return self.name


class QueueDivision(UUIDModel):
    """Several requests of a queue that were divided in one press, with what became of each: done, or why not."""

    class Do(models.TextChoices):
        TAKE = "take"
        GIVE_BACK = "give_back"
        ASSIGN = "assign"

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    do = models.CharField(max_length=10, choices=Do)
    to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # By id of the request: why it was refused, in the words of the rule that did; empty when it was done.
    results = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"division {self.pk}"

    @property
    def done(self) -> list[str]:
        return [pk for pk, why in self.results.items() if not why]

    @property
    def refused(self) -> dict[str, str]:
        return {pk: why for pk, why in self.results.items() if why}
