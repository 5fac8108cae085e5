"""The conversations an intake is made of, the questions a wijk asks of its own, and what was checked, when it was time."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.states import StatefulModel

from .cases import Case
from .intakes import Intake


class PartOfIntake(UUIDModel):
    """A row of a conversation; from its end it belongs to the case as well."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="%(class)ss")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")

    class Meta:
        abstract = True


class Conversation(PartOfIntake):
    """One sitting: a story is seldom told in one."""

    class Place(models.TextChoices):
        LOKET = "loket", _("at the loket")
        HOME = "home", _("at home")
        STREET = "street", _("on the street or in the wijk")
        PHONE = "phone", _("by telephone")
        ELSEWHERE = "elsewhere", _("elsewhere")

    held_on = models.DateField()
    place = models.CharField(max_length=10, choices=Place)
    # Who was there besides who listened: family, an interpreter, a colleague.
    present = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["held_on", "noted_at"]


class Answer(PartOfIntake):
    """An answer to a question of the wijk's own. It keeps the question as it was asked, whatever the wijk asks later."""

    # The question's code in the way of working, and that version.
    question = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    asked_as = models.CharField(max_length=300)
    # The category of personal data that the answer belongs to.
    category = models.CharField(max_length=50)
    text = EncryptedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["intake", "question"], name="one_answer_to_a_question")]


class Check(PartOfIntake, StatefulModel):
    """Something to verify, such as an identity document. Never page one, never a condition for help; put off as often as needed."""

    class Status(models.TextChoices):
        OPEN = "open", _("Not checked")
        POSTPONED = "postponed", _("Put off")
        DONE = "done", _("Seen")
        NOT_NEEDED = "not_needed", _("Not needed")

    TRANSITIONS = {
        Status.OPEN: {Status.POSTPONED, Status.DONE, Status.NOT_NEEDED},
        Status.POSTPONED: {Status.POSTPONED, Status.DONE, Status.NOT_NEEDED},
        Status.NOT_NEEDED: {Status.OPEN, Status.POSTPONED, Status.DONE},
        Status.DONE: {Status.OPEN},
    }

    class What(models.TextChoices):
        IDENTITY = "identity", _("Who someone is: a passport, an identity card or another paper with a photo")
        ADDRESS = "address", _("Where someone lives or stays")
        HOUSEHOLD = "household", _("Who belong to the household, and who has authority over the children")
        INCOME = "income", _("What comes in: a payslip or a benefit letter")
        DEBTS = "debts", _("What is owed: letters of creditors")
        RESIDENCE = "residence", _("The right to stay in the Netherlands")
        REPRESENTATION = "representation", _("Who decides for someone: a court decision or an authorisation")

    class Moment(models.TextChoices):
        """Why this was the moment: a natural one, or one that something asked for."""

        OFFERED = "offered", _("The resident showed it unasked")
        NATURAL = "natural", _("It came up by itself")
        REQUEST = "request", _("A request to a desk needs it")
        MONEY = "money", _("A payment needs it")
        LAW = "law", _("The law asks it now")

    what = models.CharField(max_length=20, choices=What)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    moment = models.CharField(max_length=10, choices=Moment, blank=True)
    # What was seen, in a few words; never a copy and never a number.
    note = EncryptedTextField()
    postponed_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "what"], name="one_check_of_a_kind"),
            models.CheckConstraint(name="put_off_until_a_day", condition=~Q(status="postponed") | Q(postponed_until__isnull=False)),
            models.CheckConstraint(name="seen_at_a_moment", condition=~Q(status="done") | ~Q(moment="")),
        ]
