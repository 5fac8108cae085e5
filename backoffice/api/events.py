"""What systems of desks are told of requests: that something happened, with the id of the request and nothing of what it says."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backoffice.models import HandIn, SpecialistRequest
from luisterloket.connections.events import EventKind, offer

from . import hand_ins
from .views import READS


def _desk(subject: UUID) -> UUID | None:
    return SpecialistRequest.objects.filter(pk=subject).values_list("desk_unit_id", flat=True).first()


for _event, _code, _label in (
    ("request.routed", "verzonden", _("A request came in")),
    ("request.replied", "gereageerd", _("The loket replied to a question")),
    ("request.withdrawn", "ingetrokken", _("A request was taken back")),
    ("request.ground_ended", "grond-vervallen", _("The ground for a request has ended")),
    ("request.ground_ended_partly", "deel-vervallen", _("The ground for a part of a request has ended")),
    ("request.item_corrected", "gecorrigeerd", _("Something that went along was put right")),
    ("request.told", "verteld", _("The resident was told the answer")),
):
    offer(_event, EventKind(f"nl.luisterloket.verzoek.{_code}", _label, "verzoeken", _desk, READS))


def _sender(subject: UUID) -> UUID | None:
    # In no order: a job may read no more than these ids.
    return next(iter(HandIn.objects.filter(pk=subject).order_by().values_list("desk_unit_id", flat=True)), None)


for _event, _code, _label in (
    ("hand_in.accepted", "aangenomen", _("What was handed in was taken on")),
    ("hand_in.sent_back", "teruggestuurd", _("What was handed in came back")),
    ("hand_in.concluded", "afgerond", _("What was handed in was concluded")),
):
    offer(_event, EventKind(f"nl.luisterloket.overdracht.{_code}", _label, "overdrachten", _sender, hand_ins.READS))
