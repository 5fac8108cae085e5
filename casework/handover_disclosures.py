"""The personal note of a handover: for the two workers and who works on the case, and for no desk."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.disclosure import Item, Scope, source
from luisterloket.platform.registries import handover_facts
from luisterloket.platform.templatetags.ui import when_amid

from .models import Case, CaseSummary, Handover, HandoverCheck, HandoverNote, Meeting, MeldcodeTrack
from .permissions import may_read
from .signs import SAFETY

# Kinds of items that are never offered to a desk.
NOT_FOR_DESKS = frozenset({"handover_note"})
CAREFUL = gettext_lazy("Written by one worker for another. It does not go to a desk.")
Code = HandoverCheck.Code


@source(Handover.CATEGORY)
def notes(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    if scope.case_id is None:
        return
    for note in HandoverNote.objects.filter(case_id=scope.case_id).select_related("by").order_by("-changed_at"):
        details = {"handover": note.handover_id, "text": note.text, "revision": note.revision, "by": note.by.name}
        label = _("Personal note at the handover")
        yield Item(Handover.CATEGORY, "handover_note", scope.subjects[0], note.pk, label, note.text, details, careful=CAREFUL)


@handover_facts.register(order=10)
def what_is_there(user: Any, case: Case) -> dict[str, list[Any]]:
    """Appointments and signs of unsafety; of the latter only to who may read that there are any."""
    meetings = list(Meeting.objects.to_come().filter(case=case).select_related("who"))
    lines = [f"{when_amid(one.starts_at)}, {one.get_kind_display()}, {one.who.name}" for one in meetings]
    facts: dict[str, list[Any]] = {Code.MEETINGS: lines}
    if may_read(user, SAFETY, case.unit_id, case.pk):
        tracks = MeldcodeTrack.objects.filter(case=case).select_related("owner")
        facts[Code.SAFETY] = [_("The steps of the meldcode: %(state)s") % {"state": one.get_status_display()} for one in tracks]
    newest = CaseSummary.objects.filter(case=case).exclude(agreed_on=None).order_by("-number").first()
    if newest is not None:
        facts[Code.TOLD] = [_("The last summary was agreed on %(day)s.") % {"day": when_amid(newest.agreed_on)}]
    return facts
