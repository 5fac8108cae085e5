"""The identity number (BSN) of a resident, for the organisation that may use it."""

from django.db import models
from simple_history.models import HistoricalRecords

from luisterloket.people.models import Organisation, Unit
from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.models import UUIDModel

from .cases import Case
from .residents import Resident, who_acts


class IdentityNumber(UUIDModel):
    """The number, in a table of its own: no row of a resident and no copy of one carries it along (decision 16).

    It is there only while it is switched on for `organisation`; the database lets no one read or add it otherwise. Empty when
    it was taken out.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # In which it was written down.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, related_name="identity_number")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = EncryptedTextField()

    history = HistoricalRecords(get_user=who_acts)

    def __str__(self) -> str:
        return f"identity number {self.pk}"
