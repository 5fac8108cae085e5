"""A wait that took too long."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from backoffice.transitions import Clock
from casework.models import Case
from luisterloket.people.models import Unit, User
from luisterloket.platform.models import UUIDModel

from .requests import SpecialistRequest


class Stall(UUIDModel):
    """A clock that ran out: flagged once, with a reason, an owner and a next step. Append-only but for its end."""

    class Owner(models.TextChoices):
        DESK = "desk", _("the desk")
        ASSIGNEE = "assignee", _("the specialist")
        ASKER = "asker", _("the asker")
        WIJKWETHOUDER = "wethouder", _("the wijkwethouder")

    class NextStep(models.TextChoices):
        TAKE_UP = "take_up", _("Take it up")
        ANSWER = "answer", _("Answer, or ask back")
        REPLY = "reply", _("Answer the desk’s question")
        TELL = "tell", _("Tell the resident")
        RECONSIDER = "reconsider", _("Look at the answer again")
        ESCALATE = "escalate", _("Decide on what was put before you")
        OUTCOME = "outcome", _("Ask whether it worked")

    request = models.ForeignKey(SpecialistRequest, on_delete=models.PROTECT, related_name="stalls")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    clock = models.CharField(max_length=10, choices=Clock)
    due_at = models.DateTimeField()
    flagged_at = models.DateTimeField()
    owner_kind = models.CharField(max_length=10, choices=Owner)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    next_step = models.CharField(max_length=20, choices=NextStep)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "clock", "due_at"], name="a_stall_is_flagged_once")]
