"""Help of a minute at the loket, and each time someone was or could not be reached."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.domains import LifeDomain
from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .intakes import Intake
from .residents import who_acts


class ShortContactQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """One's own. What was linked to a case is read there, through the disclosure, by who is involved."""
        return self.filter(noted_by=user) if user.is_active else self.none()


class ShortContact(UUIDModel):
    """A letter read, a phone call made (capability C59): no name needed. It counts as nothing, so it holds no minutes."""

    class Done(models.TextChoices):
        LETTER = "letter", _("Read a letter")
        PHONE = "phone", _("Made a phone call")
        FORM = "form", _("Filled in a form")
        INFORMATION = "information", _("Gave information")
        OTHER = "other", _("Something else")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="short_contacts")
    noted_at = models.DateTimeField(default=timezone.now)
    domain = models.CharField(max_length=20, choices=LifeDomain, blank=True)
    done = models.CharField(max_length=12, choices=Done)
    text = EncryptedTextField()
    # A nickname, or nothing: whoever only has a letter read need not say who they are.
    who = EncryptedTextField()
    # What came of it: a conversation, and the case of that; or the case of someone who turned out to be known.
    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, null=True, related_name="short_contact")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="short_contacts")

    objects = ShortContactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["noted_by", "-noted_at", "-id"], name="short_contacts_of_someone")]

    def __str__(self) -> str:
        return f"short contact {self.pk}"


class ContactMoment(UUIDModel):
    """One time that someone of a case was spoken with, or could not be reached (capability C19).

    Kinds and parts of the day are those of the DDAS model for early signals, so that they can be handed over as they are;
    `LOKET` is ours. Its "administratief" is left out: it tells of an office and not of a person.
    """

    class Kind(models.TextChoices):
        PHONE = "phone", _("Telephone")
        MESSAGE = "message", _("Text message or app")
        EMAIL = "email", _("E-mail")
        LETTER = "letter", _("Letter")
        HOME_VISIT = "home_visit", _("Home visit")
        CARD = "card", _("Card through the door")
        LOKET = "loket", _("At the loket")
        OTHER = "other", _("Another way")

    class PartOfDay(models.TextChoices):
        """Before 12, until 18, and after."""

        MORNING = "morning", _("Morning")
        AFTERNOON = "afternoon", _("Afternoon")
        EVENING = "evening", _("Evening")

    class Result(models.TextChoices):
        REACHED = "reached", _("Reached")
        CALL_BACK = "call_back", _("Agreed to call back")
        MESSAGE_LEFT = "message_left", _("Left a message")
        NOT_REACHED = "not_reached", _("Not reached")

    IN_VAIN = frozenset({Result.MESSAGE_LEFT, Result.NOT_REACHED})

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contact_moments")
    spoke = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    part_of_day = models.CharField(max_length=10, choices=PartOfDay)
    kind = models.CharField(max_length=10, choices=Kind)
    result = models.CharField(max_length=12, choices=Result)
    text = EncryptedTextField()
    noted_at = models.DateTimeField(default=timezone.now)

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        indexes = [models.Index(fields=["case", "-on", "-noted_at"], name="contact_moments_of_a_case")]

    def __str__(self) -> str:
        return f"contact moment {self.pk}"

    @classmethod
    def part_of(cls, hour: int) -> "ContactMoment.PartOfDay":
        """The part of the day that an hour lies in."""
        return cls.PartOfDay.MORNING if hour < 12 else cls.PartOfDay.AFTERNOON if hour < 18 else cls.PartOfDay.EVENING

    @property
    def in_vain(self) -> bool:
        return self.result in self.IN_VAIN
