"""What a desk asks of whoever sends it a request, and what was answered."""

from datetime import date
from typing import Any, Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Case
from luisterloket.convenant.models import DataCategory
from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .desks import Desk
from .requests import SpecialistRequest


class DeskQuestionQuerySet(models.QuerySet):
    def asked_now(self) -> Self:
        return self.filter(retired_at=None)


class DeskQuestion(UUIDModel):
    """An intake question of a desk. Its words never change: other words are a new row with the same `code`, and the old one
    retires, so that an answer keeps the question as it was.
    """

    class Kind(models.TextChoices):
        WORDS = "words", gettext_lazy("In words")
        YES_NO = "yes_no", gettext_lazy("Yes or no")
        CHOICE = "choice", gettext_lazy("One of a few answers")
        DATE = "date", gettext_lazy("A day")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="questions")
    # The same for every version of one question: what was being typed stays with it.
    code = models.UUIDField(default=uuid4, editable=False)
    text = models.CharField(max_length=200)
    hint = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    choices = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    required = models.BooleanField(default=False)
    # What the answer tells of. It is only asked where the convenant gives the desk this; without one it tells of nobody.
    category = models.ForeignKey(DataCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = DeskQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "added_at"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=models.Q(retired_at=None), name="one_version_is_asked"),
            models.CheckConstraint(name="a_choice_has_choices", condition=~models.Q(kind="choice") | models.Q(choices__len__gte=2)),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"ask_{self.code.hex}"

    def in_words(self, answer: str) -> str:
        """An answer as one reads it."""
        if self.kind == self.Kind.YES_NO:
            return {"yes": _("Yes"), "no": _("No")}.get(answer, "")
        if self.kind == self.Kind.DATE:
            return _as_day(answer)
        return answer


def _as_day(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        # What is still being typed.
        return text


class IntakeAnswer(UUIDModel):
    """What the asker answered. The desk reads it as it reads the question: the wall compares with the state of the request."""

    request = models.ForeignKey(SpecialistRequest, on_delete=models.PROTECT, related_name="asked")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(DeskQuestion, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = EncryptedTextField(subject="request_id")
    # Read over by the loket and said otherwise, or taken out: from then on only the loket reads it.
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["question__order", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "question"], condition=models.Q(replaced_at=None), name="one_answer_to_an_intake_question"
            )
        ]

    @property
    def in_words(self) -> Any:
        return self.question.in_words(self.text)
