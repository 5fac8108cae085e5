"""What desks keep of a resident, for a copy of everything."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import CaseMember
from casework.signs import SAFETY
from luisterloket.people.models import Unit
from luisterloket.people.roles import Permission
from luisterloket.platform.registries import CopyLine, CopySection, copies

from .intake import answers_of
from .models import (
    CollectionPause,
    Contest,
    DeskNote,
    Escalation,
    Message,
    Reception,
    RequestItem,
    SecondOpinion,
    SpecialistRequest,
)


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
            "refused_under": one.refused_under,
            "next_step": one.next_step,
            "object_how": one.object_how,
            "object_until": one.object_until.isoformat() if one.object_until else "",
            "outcome": one.get_outcome_display() if one.outcome else "",
            "outcome_note": one.outcome_note,
            "worked": one.get_worked_display() if one.worked else "",
            "worked_note": one.worked_note,
            "contested": _texts(Contest.objects.filter(request=one), "why", "answer", "next_step"),
            "put_before_the_wijkwethouder": _texts(Escalation.objects.filter(request=one), "dilemma", "words"),
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


def _texts(rows: Iterable[Any], *names: str) -> list[str]:
    return [text for row in rows for name in names if (text := getattr(row, name))]


@copies.register(order=41)
def notes_of_desks(user: Any, cases: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """What colleagues of a desk wrote each other about a request for them. A note is data of the resident too (AVG 15).

    Only for who handles requests of residents, also as second reader: the wijk never reads this (decision 0037).
    """
    if not user.has(Permission.HANDLE_RIGHTS):
        return []
    about = {"case__in": cases, "request__subjects__overlap": list(rows)}
    lines = [
        CopyLine(str(one.pk), one.text, one.at, _note_of(one.desk_unit), {"status": one.request.get_status_display()})
        for one in DeskNote.objects.filter(**about).select_related("desk_unit", "request").order_by("at")
    ]
    for one in SecondOpinion.objects.filter(**about).select_related("desk_unit", "request").order_by("asked_at"):
        lines.append(CopyLine(str(one.pk), one.question, one.asked_at, _note_of(one.desk_unit), {"answer": one.answer}))
    title = gettext_lazy("What colleagues of a desk wrote each other")
    return [CopySection("desk_notes", title, lines, for_handlers=True)] if lines else []


def _note_of(desk_unit: Unit) -> str:
    return _("Note at %(desk)s") % {"desk": desk_unit.name}


@copies.register(order=41)
def handed_in(user: Any, cases: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """What others handed in about whom a case is about, and until when collecting was paused for them."""
    mine = CaseMember.objects.filter(case__in=cases, resident__in=rows, part=CaseMember.Part.MAIN).values("case_id")
    received = Reception.objects.filter(case__in=mine).select_related("hand_in__desk_unit__organisation").order_by("at")
    paused = (
        CollectionPause.objects.filter(case__in=cases, request__subjects__overlap=list(rows))
        .select_related("desk_unit__organisation")
        .order_by("asked_until")
    )
    return [
        CopySection("handed_in", gettext_lazy("What others handed in about you"), [_handed_in(one) for one in received]),
        CopySection("collection_pauses", gettext_lazy("Pauses of collection"), [_paused(one) for one in paused]),
    ]


def _handed_in(one: Reception) -> CopyLine:
    handed = one.hand_in
    sender = f"{handed.desk_unit.name}, {handed.desk_unit.organisation.name}"
    details = {
        "from": sender,
        "kind": handed.get_kind_display(),
        "ground": handed.legal_ground,
        "knows": handed.get_knows_display(),
        "status": handed.get_status_display(),
        "name": handed.name,
        "born": handed.born,
        "phone": handed.phone,
        "email": handed.email,
        "address": handed.address,
        "reference": handed.reference,
    }
    return CopyLine(str(one.pk), one.text, handed.sent_at, _("Handed in by %(sender)s") % {"sender": sender}, details)


def _paused(one: CollectionPause) -> CopyLine:
    desk = f"{one.desk_unit.name}, {one.desk_unit.organisation.name}"
    details = {"desk": desk, "asked_until": one.asked_until, "paused_until": one.paused_until}
    return CopyLine(str(one.pk), "", one.asked_until, _("To wait with collecting: %(desk)s") % {"desk": desk}, details)
