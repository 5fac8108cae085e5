"""Who is helped, and the words by which they are found."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Unit, User
from luisterloket.platform import acting
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel


def who_acts(instance: Any, **_kwargs: Any) -> Any:
    """For the history of a row: the person who acts, also outside a request."""
    user_id = acting.current().user_id
    return User(pk=user_id) if user_id else None


class Resident(UUIDModel):
    """A person helped. May be known by a nickname only."""

    class Channel(models.TextChoices):
        """How someone would like to be reached."""

        PHONE = "phone", _("by phone")
        MESSAGE = "message", _("by text message")
        EMAIL = "email", _("by e-mail")
        LETTER = "letter", _("by letter")
        IN_PERSON = "in_person", _("in person")
        THROUGH = "through", _("through someone else")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    known_as = EncryptedTextField()
    # ISO date, or only a year: rough is what one often has.
    born = EncryptedTextField()
    phone = EncryptedTextField()
    address = EncryptedTextField()
    email = EncryptedTextField()
    language = models.CharField(max_length=50, blank=True)
    # The same person, kept under another row: a link, so that nothing moves and it can be undone (decision 0010).
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The language to interpret from; empty when no interpreter is needed.
    interpreter = models.CharField(max_length=50, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    through = EncryptedTextField()
    best_moments = EncryptedTextField()
    # Hard rules: breaking one can put someone in danger, so they stand beside the number wherever it is shown.
    never_call = models.BooleanField(default=False)
    never_message = models.BooleanField(default=False)
    never_write = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    history = HistoricalRecords(get_user=who_acts)

    class Meta:
        indexes = [models.Index(fields=["unit", "-created_at"], name="residents_of_a_unit")]

    def __str__(self) -> str:
        return f"resident {self.pk}"


class SearchKey(models.Model):
    """A key by which a resident is found, looked up by equality or prefix. Readable are only words of a name (decision 0010)."""

    class Kind(models.TextChoices):
        WORD = "word", _("a word of the name")
        SOUND = "sound", _("how a word of the name sounds")
        NAME = "name", _("the whole name")
        BORN = "born", _("the day of birth")
        YEAR = "year", _("the year of birth")
        PHONE = "phone", _("a telephone number")
        POSTCODE = "postcode", _("the postcode")
        IDENTITY = "identity", _("the whole name and the day of birth")
        BSN = "bsn", _("the identity number")
        REFERENCE = "ref", _("the reference of who is protected")
        HIDDEN = "hidden", _("the whole name and the day of birth of who is protected, for an emergency only")

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="search_keys")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.WORD)
    # In byte order, so that a prefix is a range: row-level security lets only such comparisons use the index.
    key = models.CharField(max_length=64, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resident", "kind", "key"], name="search_key_once")]
        indexes = [
            models.Index(fields=["unit", "kind", "key"], name="search_key_of_unit"),
            models.Index(fields=["key"], name="search_key_of_identity", condition=models.Q(kind="identity")),
            models.Index(fields=["key"], name="search_key_of_protected", condition=models.Q(kind__in=["hidden", "ref"])),
        ]

    def __str__(self) -> str:
        return f"key of {self.resident_id}"
