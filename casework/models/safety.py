"""Who is protected, who alone may then open the case, and who is kept out of one."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Unit, User
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .residents import Resident


class CaseGuard(UUIDModel):
    """At the door of a case: who alone may open it, or who may not.

    A case without anyone named is open to whoever has a part in it. Ids and codes only: the database's wall reads this table.
    """

    class Kind(models.TextChoices):
        NAMED = "named", _("may open the case")
        EXCLUDED = "excluded", _("is kept out")

    class Reason(models.TextChoices):
        """Why someone is kept out."""

        KIN = "kin", _("Is family of the resident")
        NEIGHBOUR = "neighbour", _("Is a neighbour or friend of the resident")
        ASKED = "asked", _("The resident asks for it")
        OTHER = "other", _("Another reason")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="guards")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="at_the_door_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id} {self.case_id}"


class Protection(UUIDModel):
    """A resident who needs more than the usual care with what is known of them. In force until it is lifted."""

    class Reason(models.TextChoices):
        COLLEAGUE = "colleague", _("Works here, or is family of who works here")
        WELL_KNOWN = "well_known", _("Is well known in the wijk")
        SECRET_ADDRESS = "secret_address", _("Has a secret address")
        SAFETY = "safety", _("Is not safe when others know")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="protections")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="protections")
    reason = models.CharField(max_length=15, choices=Reason)
    explanation = EncryptedTextField()
    since = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident"], condition=Q(lifted_at=None), name="protected_once_at_a_time"),
            models.CheckConstraint(
                name="lifted_by_someone_at_a_moment",
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"protection {self.pk}"
