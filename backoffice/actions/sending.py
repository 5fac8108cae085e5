"""What the loket asks of a desk, and takes back."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from backoffice import permissions, sharing, terms
from backoffice.models import Clock, Desk, RequestItem, SpecialistRequest
from casework.actions import put_informing, refuse_when_ended, touch
from casework.consents import hold_ground
from casework.models import Case, Informing
from luisterloket.convenant.disclosure import Item
from luisterloket.convenant.previews import is_running
from luisterloket.convenant.review import refuse_when_review_is_overdue
from luisterloket.convenant.sharing import check_may_be_shared
from luisterloket.people.models import Unit
from luisterloket.platform.commands import command
from luisterloket.platform.drafts import drop_draft
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .parts import CLOCK, RefusedAt, close_for_desk, filled_in, start_clock
from .pausing import ask_pause

Status = SpecialistRequest.Status


# Words in a name that say nothing of anyone.
PARTICLES = {"van", "der", "den", "de", "het", "ten", "ter", "el", "al", "bin", "ben"}


@command
def route_request(
    *,
    actor: Any,
    case: Case,
    desk: Desk,
    title: str,
    question: str,
    urgency: str,
    items: list[str],
    knows: bool = False,
    pause_until: date | None = None,
) -> SpecialistRequest:
    """Ask a desk, with exactly the chosen items, fixed as they are now.

    `items` are keys of disclosure items; `knows` says that the resident was told, which is kept as informing; `pause_until` asks a
    desk that collects to wait until that day. Raises `Refused`
    for an item that the convenant does not let this desk see or that a resident closes, when no convenant is in force for it or
    its review is overdue, and for a title with the resident's name.
    """
    permissions.check_may_route(actor, case)
    # Before any row: a yes that is taken back at this moment comes before or after all of this.
    hold_ground(case.pk)
    refuse_when_ended(case)
    refuse_when_review_is_overdue()
    what = sharing.shareable(actor, case, desk)
    if not what.allowed:
        raise Refused(
            _("No agreement is in force under which this desk may see anything. Nothing can be sent now."), code="no_convenant"
        )
    filled_in("title", title, _("Say in a few words what it is about."))
    filled_in("question", question, _("Write down what you ask of the desk."))
    without_name(title, what.items.values())
    chosen = _chosen(items, what)
    check_may_be_shared([*what.subjects[:1], *(item.subject_id for item in chosen)], desk.purpose_id)
    now = timezone.now()
    request = SpecialistRequest(
        unit_id=case.unit_id, desk_unit_id=desk.unit_id, case=case, asked_by=actor, urgency=urgency, title=title.strip(),
        question=question.strip(), purpose_id=desk.purpose_id, sent_at=now,
        convenant_version_id=next(iter(what.allowed.values())).version_id,
        subjects=list(dict.fromkeys(item.subject_id for item in chosen)) or list(what.subjects[:1]),
        clock=Clock.PICK_UP, due_at=terms.due(desk, urgency, Clock.PICK_UP, now),
        answer_due_at=terms.due(desk, urgency, Clock.ANSWER, now),
    )  # fmt: skip
    request.put()
    for order, item in enumerate(chosen):
        _put_along(request, item, what.allowed[item.category].legal_ground, order)
    assign_perm("backoffice.open_request", desk.unit.group, request)
    ask_pause(actor, request, desk, pause_until)
    record(
        actor, "request.routed", request, desk=str(desk.pk), desk_name=str(desk), urgency=urgency, items=len(chosen),
        categories=sorted({item.category for item in chosen}), knows=bool(knows),
    )  # fmt: skip
    if knows:
        put_informing(actor, case, what.subjects[0], desk.purpose_id, Informing.How.SPOKEN)
    emit("request.routed", request)
    touch(case)
    drop_draft(actor=actor, form=f"request:{case.pk}")
    return request


@command
def make_up_desk(*, actor: Any, real: Desk, unit: Unit) -> Desk:
    """A desk that is as a real one and stands apart from it, in a unit that was made up as well. Only inside a preview."""
    if not is_running():
        raise NotAllowed()
    desk = Desk.objects.create(
        unit=unit, purpose_id=real.purpose_id, description=real.description, opens=real.opens, closes=real.closes,
        domains=real.domains, usually_needs=real.usually_needs, pauses_collection=real.pauses_collection, order=real.order,
    )  # fmt: skip
    for term in real.terms.all():
        term.pk, term.desk = uuid4(), desk
        term.save(force_insert=True)
    return desk


@command
def withdraw_request(*, actor: Any, request: SpecialistRequest, reason: str) -> SpecialistRequest:
    """The loket takes the question back; from this moment the desk sees nothing of it any more."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_act_for_case(actor, request)
    if reason not in SpecialistRequest.Withdrawal.values:
        raise RefusedAt("reason", _("Choose why you take it back."), "no_reason")
    request.move_to(Status.WITHDRAWN)
    request.closed_at = timezone.now()
    start_clock(request, "", None)
    request.save(update_fields=["status", "closed_at", *CLOCK])
    close_for_desk(request)
    record(actor, "request.withdrawn", request, reason=reason)
    emit("request.withdrawn", request)
    touch(Case(pk=request.case_id), protects=True)
    return request


def _chosen(keys: list[str], what: sharing.Shareable) -> list[Item]:
    """The items behind the keys, in the order of the sources. The form is not believed."""
    outside = set(keys) - set(what.items)
    if outside:
        raise RefusedAt(
            "items",
            _("Something you chose may not go to this desk, or is no longer there. Look again at what goes along."),
            "not_shareable",
        )
    return [item for key, item in what.items.items() if key in set(keys)]


def _put_along(request: SpecialistRequest, item: Item, legal_ground: str, order: int) -> None:
    RequestItem(
        request=request,
        unit_id=request.unit_id,
        desk_unit_id=request.desk_unit_id,
        case_id=request.case_id,
        category=item.category,
        also=sorted(item.also),
        kind=item.kind,
        subject_id=item.subject_id,
        label=str(item.label)[:100],
        text=item.told,
        legal_ground=legal_ground,
        order=order,
    ).put()


def without_name(title: str, items: Any) -> None:
    """Titles stand in queues, which show no resident: a name does not belong there."""
    names = " ".join(item.text for item in items if item.kind == "name").replace("-", " ").split()
    words = {word.strip(".,:;!?()'’").casefold() for word in title.replace("-", " ").split()}
    if words & {name.casefold() for name in names if name[0].isupper() and len(name) > 2 and name.casefold() not in PARTICLES}:
        raise RefusedAt("title", _("Leave the name out of the title: it stands in the list of the whole desk."), "name_in_title")
