"""How good a question was, said by the desk to whoever asked it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .requests import SpecialistRequest


class QuestionReviewQuerySet(models.QuerySet):
    """Read by whoever asked, by who said it, and by who leads the desk; by nobody else, also not in the case."""

    def visible_to(self, user: User) -> Self:
        """Those to this person, by this person, or of a desk they lead. Default: nothing."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(to=user) | Q(by=user) | Q(desk_unit_id__in=user.units_with(Permission.DIVIDE_DESK)))


class QuestionReview(UUIDModel):
    """What the desk says of the question, to learn from. It is about the question: nothing counts it per person."""

    class Quality(models.TextChoices):
        CLEAR = "clear", _("Clear: we could begin at once")
        INCOMPLETE = "incomplete", _("Something was missing that we always need")
        ELSEWHERE = "elsewhere", _("Another desk was a better place")

    request = models.OneToOneField(SpecialistRequest, on_delete=models.PROTECT, related_name="question_review")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    quality = models.CharField(max_length=10, choices=Quality)
    words = EncryptedTextField(subject="request_id")

    objects = QuestionReviewQuerySet.as_manager()
