"""What the loket asks of a desk, and takes back."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from backoffice import intake, ladders, permissions, sharing, terms
from backoffice.models import Clock, Desk, Kind, RequestItem, SpecialistRequest
from backoffice.sending import draft_name
from backoffice.transitions import TABLE
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

from .at_loket import keep_only_answer
from .collecting import ask_pause
from .intake import put_answers
from .parts import RefusedAt, begin, check_filled_in, close_for_desk, finish

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
    kind: str = Kind.ADVICE,
    answers: Mapping[str, str] | None = None,
    asked_version: int | None = None,
    pause_until: date | None = None,
    follows: SpecialistRequest | None = None,
) -> SpecialistRequest:
    """Ask a desk, with exactly the chosen items, fixed as they are now.

    `items` are keys of disclosure items; `knows` says that the resident was told, which is kept as informing. `answers` are those
    to the desk's own questions, by their code, as they were in `asked_version`. `pause_until` asks a desk that collects to wait
    until that day. `follows` is the request that this one goes on from: when its desk said that the question belongs elsewhere,
    this closes it. For who works on the case.

    Raises `Refused` for an item that the convenant does not let this desk see or that a resident closes, when no convenant is in
    force for it or its review is overdue, for a kind of request that the desk does not take, and for a title with the resident's
    name.
    """
    permissions.check_may_route(actor, case)
    may_be_asked_of(case)
    request = ask_desk(
        actor,
        case,
        desk,
        title=title,
        question=question,
        urgency=urgency,
        items=items,
        knows=knows,
        kind=kind,
        answers=answers,
        asked_version=asked_version,
        pause_until=pause_until,
        follows=follows,
    )
    touch(case)
    drop_draft(actor=actor, form=draft_name(case, follows))
    return request


def may_be_asked_of(case: Case) -> None:
    """Raises `Refused` when nothing of this case can be asked of any desk now."""
    # Before any row: a yes that is taken back at this moment comes before or after all of this.
    hold_ground(case.pk)
    refuse_when_ended(case)
    refuse_when_review_is_overdue()


def ask_desk(
    actor: Any, case: Case, desk: Desk, *, title: str, question: str, urgency: str, items: list[str], knows: bool,
    kind: str = Kind.ADVICE, answers: Mapping[str, str] | None = None, asked_version: int | None = None,
    pause_until: date | None = None, follows: SpecialistRequest | None = None,
) -> SpecialistRequest:  # fmt: skip
    """One question to one desk, with a decision of its own on what goes along."""
    what = sharing.shareable(actor, case, desk)
    if not what.allowed:
        raise Refused(
            _("No agreement is in force under which this desk may see anything. Nothing can be sent now."), code="no_convenant"
        )
    check_filled_in("route", {"title": title, "question": question})
    without_name(title, what.items.values())
    if kind not in desk.kinds:
        raise RefusedAt("kind", _("This desk does not take this kind of request. Choose another kind, or another desk."), "kind")
    chosen = _chosen(items, what)
    asked = intake.checked(desk, case, what.subjects[0], what.allowed, answers, asked_version)
    check_may_be_shared([*what.subjects[:1], *(item.subject_id for item in chosen)], desk.purpose_id)
    now = timezone.now()
    row = TABLE["route"]
    picked_up_by = terms.due(desk, kind, urgency, row.clock, now).at
    request = SpecialistRequest(
        unit_id=case.unit_id, desk_unit_id=desk.unit_id, case=case, asked_by=actor, urgency=urgency, kind=kind, title=title.strip(),
        question=question.strip(), purpose_id=desk.purpose_id, sent_at=now,
        convenant_version_id=next(iter(what.allowed.values())).version_id,
        subjects=list(dict.fromkeys(item.subject_id for item in chosen)) or list(what.subjects[:1]),
        clock=row.clock, due_at=picked_up_by, pick_up_due_at=picked_up_by, follows=_earlier(case, follows),
    )  # fmt: skip
    terms.fix(request, terms.due(desk, kind, urgency, Clock.ANSWER, now))
    ladders.plan(request, desk)
    request.put()
    put_answers(request, asked, actor)
    for order, item in enumerate(chosen):
        _put_along(request, item, what.allowed[item.category].legal_ground, order)
    assign_perm("backoffice.open_request", desk.unit.group, request)
    ask_pause(actor, request, desk, pause_until)
    record(
        actor, row.verb, request, desk=str(desk.pk), desk_name=str(desk), urgency=urgency, kind=kind, items=len(chosen),
        categories=sorted({item.category for item in chosen}), knows=bool(knows),
    )  # fmt: skip
    if knows:
        put_informing(actor, case, what.subjects[0], desk.purpose_id, Informing.How.SPOKEN)
    emit(row.event, request)
    if follows is not None and follows.result == SpecialistRequest.Result.FORWARDED:
        go_on_elsewhere(actor, follows, request)
    return request


def _earlier(case: Case, follows: SpecialistRequest | None) -> SpecialistRequest | None:
    """Only a request of the same case that was answered is gone on from."""
    if follows is not None and (follows.case_id != case.pk or not follows.answered_at):
        raise Refused(_("The request that you go on from is not there any more. Send this one on its own."), code="follows")
    return follows


def go_on_elsewhere(actor: Any, earlier: SpecialistRequest, new: SpecialistRequest) -> None:
    """The loket asked another desk, as this one proposed: with that the earlier request has ended, once."""
    if SpecialistRequest.locked(earlier.pk).status != Status.ANSWERED:
        return
    earlier = begin(actor, earlier, "go_on")
    earlier.closed_at = timezone.now()
    finish(actor, earlier, "go_on", changed=("closed_at",), to=str(new.pk))
    keep_only_answer(earlier)


@command
def make_up_desk(*, actor: Any, real: Desk, unit: Unit) -> Desk:
    """A desk that is as a real one and stands apart from it, in a unit that was made up as well. Only inside a preview."""
    if not is_running():
        raise NotAllowed()
    desk = Desk.objects.create(
        unit=unit, purpose_id=real.purpose_id, description=real.description, week=real.week, closed_days=real.closed_days,
        kinds=real.kinds,
        domains=real.domains, usually_needs=real.usually_needs, pauses_collection=real.pauses_collection, order=real.order,
    )  # fmt: skip
    for term in real.terms.all():
        term.pk, term.desk = uuid4(), desk
        term.save(force_insert=True)
    return desk


@command
def withdraw_request(*, actor: Any, request: SpecialistRequest, reason: str) -> SpecialistRequest:
    """The loket takes the question back; from this moment the desk sees nothing of it any more."""
    request = begin(actor, request, "withdraw", reason=reason)
    if reason not in SpecialistRequest.Withdrawal.values:
        raise RefusedAt("reason", _("Choose why you take it back."), "no_reason")
    request.closed_at = timezone.now()
    close_for_desk(request)
    finish(actor, request, "withdraw", changed=("closed_at",), protects=True, reason=reason)
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
    if names_someone(title, items):
        raise RefusedAt("title", _("Leave the name out of the title: it stands in the list of the whole desk."), "name_in_title")


def names_someone(text: str, items: Any) -> bool:
    """Whether a text holds a part of a name among these items."""
    names = " ".join(item.text for item in items if item.kind == "name").replace("-", " ").split()
    words = {word.strip(".,:;!?()'’").casefold() for word in text.replace("-", " ").split()}
    named = {name.casefold() for name in names if name[0].isupper() and len(name) > 2 and name.casefold() not in PARTICLES}
    return bool(words & named)
