"""What desks keep of a resident, for a copy of everything."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.signs import SAFETY
from luisterloket.platform.registries import CopyLine, CopySection, copies

from .intake import answers_of
from .models import Message, RequestItem, SpecialistRequest


@copies.register(order=40)
def requests(user: Any, cases: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """Each request that was about them, with its answer, what was written about it, and what of them went along to whom."""
    found = SpecialistRequest.objects.filter(case__in=cases, subjects__overlap=list(rows)).select_related("desk_unit__organisation")
    lines, shared = [], []
    for one in found.order_by("sent_at"):
        desk = f"{one.desk_unit.name}, {one.desk_unit.organisation.name}"
        details = {
            "desk": desk,
            "question": one.question,
            "status": one.get_status_display(),
            "result": one.get_result_display() if one.result else "",
            "answer": one.answer,
            "next_step": one.next_step,
            "outcome": one.get_outcome_display() if one.outcome else "",
            "outcome_note": one.outcome_note,
            "asked": [f"{given.question.text} {given.in_words}" for given in answers_of(one)],
            "messages": [message.text for message in Message.objects.filter(request=one)],
        }
        lines.append(CopyLine(str(one.pk), one.title, one.sent_at, _("Request to %(desk)s") % {"desk": desk}, details))
        shared += [
            CopyLine(str(item.pk), item.text, one.sent_at, item.label, {"with": desk, "ground": item.legal_ground})
            for item in RequestItem.objects.filter(request=one, subject_id__in=rows)
            # Of safety the copy itself tells what the handler decided, and no other part of it.
            if SAFETY not in {item.category, *item.also}
        ]
    return [
        CopySection("requests", gettext_lazy("What was asked of others for you"), lines),
        CopySection("shared_with_desks", gettext_lazy("What was shared with others"), shared),
    ]
