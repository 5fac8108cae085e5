"""Everything that changes a request: sent, opened, taken up, asked back, replied to, answered, told, or taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from backoffice import permissions, sharing, terms
from backoffice.models import Clock, Desk, Message, RequestItem, SpecialistRequest, Stall
from casework.actions import put_informing, refuse_when_ended, touch
from casework.consents import hold_ground
from casework.models import Case, Informing
from luisterloket.convenant.disclosure import Ground, Item, Scope, authorised, log_look
from luisterloket.convenant.previews import is_running
from luisterloket.convenant.review import refuse_when_review_is_overdue
from luisterloket.convenant.sharing import check_may_be_shared
from luisterloket.people.models import Post, Unit
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.drafts import drop_draft
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.registries import corrected, moves_along

Status = SpecialistRequest.Status
# Words in a name that say nothing of anyone.
PARTICLES = {"van", "der", "den", "de", "het", "ten", "ter", "el", "al", "bin", "ben"}


class RefusedAt(Refused):
    """A refusal about one field, shown beside it."""

    def __init__(self, field: str, message: str, code: str):
        super().__init__(message, code=code)
        self.field = field


@command
def route_request(
    *, actor: Any, case: Case, desk: Desk, title: str, question: str, urgency: str, items: list[str], knows: bool = False
) -> SpecialistRequest:
    """Ask a desk, with exactly the chosen items, fixed as they are now.

    `items` are keys of disclosure items; `knows` says that the resident was told, which is kept as informing. Raises `Refused`
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
    _filled_in("title", title, _("Say in a few words what it is about."))
    _filled_in("question", question, _("Write down what you ask of the desk."))
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
        domains=real.domains, usually_needs=real.usually_needs, order=real.order,
    )  # fmt: skip
    for term in real.terms.all():
        term.pk, term.desk = uuid4(), desk
        term.save(force_insert=True)
    return desk


@command
def open_request(*, actor: Any, request: SpecialistRequest) -> SpecialistRequest:
    """Someone at the desk looks at the request: each look is kept, and the sender sees that it was opened."""
    permissions.check_may_answer(actor, request)
    if request.opened_at is None:
        request = SpecialistRequest.locked(request.pk)
        if request.opened_at is None and request.items_are_open:
            request.opened_at = timezone.now()
            request.save(update_fields=["opened_at"])
            record(actor, "request.opened", request)
    post = post_at_desk(actor, request)
    log_look(
        Scope(tuple(request.subjects), request.case_id), to=actor, purpose=request.purpose_id, ground=Ground("request", request.pk),
        post=post, what="request", categories=visible_categories(post, request), version_id=request.convenant_version_id,
    )  # fmt: skip
    return request


@command
def take_up_request(*, actor: Any, request: SpecialistRequest) -> SpecialistRequest:
    """A specialist makes the question theirs; from now on the answer's clock runs, until the moment fixed at sending."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_answer(actor, request)
    _only_from(request, Status.SENT)
    request.move_to(Status.TAKEN_UP)
    request.assigned_to, request.taken_up_at = actor, timezone.now()
    start_clock(request, Clock.ANSWER, request.answer_due_at)
    request.save(update_fields=["status", "assigned_to", "taken_up_at", *CLOCK])
    record(actor, "request.taken_up", request)
    _touch(request)
    return request


@command
def ask_back(*, actor: Any, request: SpecialistRequest, text: str) -> SpecialistRequest:
    """The desk needs to know something first: its own clock stands still, and the asker's starts."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_answer(actor, request)
    _filled_in("text", text, _("Write down what you need to know."))
    desk = _desk(request)
    now = timezone.now()
    left = desk.hours.minutes_between(now, request.due_at) if request.due_at else 0
    request.move_to(Status.ASKED_BACK)
    request.minutes_left = left
    start_clock(request, Clock.REPLY, terms.due(desk, request.urgency, Clock.REPLY, now))
    request.save(update_fields=["status", "minutes_left", *CLOCK])
    _say(actor, request, text, from_desk=True)
    record(actor, "request.asked_back", request)
    emit("request.asked_back", request)
    _touch(request)
    return request


@command
def reply_to_desk(*, actor: Any, request: SpecialistRequest, text: str) -> SpecialistRequest:
    """The loket answers the question back; the desk's clock goes on with what it had left."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_act_for_case(actor, request)
    _filled_in("text", text, _("Write down your answer to the desk."))
    _only_from(request, Status.ASKED_BACK)
    check_may_be_shared(request.subjects, request.purpose_id)
    request.move_to(Status.TAKEN_UP)
    start_clock(request, Clock.ANSWER, _desk(request).hours.after_minutes(timezone.now(), request.minutes_left or 0))
    request.minutes_left = None
    request.save(update_fields=["status", "minutes_left", *CLOCK])
    _say(actor, request, text, from_desk=False)
    record(actor, "request.replied", request)
    emit("request.replied", request)
    _touch(request)
    return request


@command
def answer_request(*, actor: Any, request: SpecialistRequest, result: str, answer: str, next_step: str = "") -> SpecialistRequest:
    """The desk answers. A refusal never leaves without its reason and a next step for the resident."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_answer(actor, request)
    if result == SpecialistRequest.Result.REFUSED:
        _filled_in("answer", answer, _("Write down why it is not possible, in plain language."))
        _filled_in("next_step", next_step, _("Write down what the resident can do now."))
    _filled_in("answer", answer, _("Write down your answer."))
    request.move_to(Status.ANSWERED)
    request.result, request.answer, request.next_step = result, answer.strip(), next_step.strip()
    request.answered_by, request.answered_at = actor, timezone.now()
    start_clock(request, Clock.TELL, terms.due(_desk(request), request.urgency, Clock.TELL, request.answered_at))
    request.full_clean(exclude=_relations(request))
    request.save(update_fields=["status", "result", "answer", "next_step", "answered_by", "answered_at", *CLOCK])
    record(actor, "request.answered", request, result=result)
    emit("request.answered", request)
    _touch(request)
    drop_draft(actor=actor, form=f"answer:{request.pk}")
    return request


@command
def tell_resident(
    *, actor: Any, request: SpecialistRequest, told_how: str, outcome: str, outcome_note: str = ""
) -> SpecialistRequest:
    """Told, how, and whether it helps: one line that closes the request, and closes what went along for the desk."""
    request = SpecialistRequest.locked(request.pk)
    permissions.check_may_act_for_case(actor, request)
    request.move_to(Status.CLOSED)
    request.told_how, request.outcome, request.outcome_note = told_how, outcome, outcome_note.strip()
    request.closed_at = timezone.now()
    start_clock(request, "", None)
    request.full_clean(exclude=_relations(request))
    request.save(update_fields=["status", "told_how", "outcome", "outcome_note", "closed_at", *CLOCK])
    close_for_desk(request)
    assign_perm("backoffice.keep_answer", request.desk_unit.group, request)
    record(actor, "request.told", request, how=told_how, outcome=outcome)
    _touch(request)
    return request


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


def post_at_desk(actor: Any, request: SpecialistRequest) -> Post | None:
    """The post in which someone answers for this desk."""
    posts = (post for post in actor.posts if post.unit_id == request.desk_unit_id)
    return next((post for post in posts if Permission.ANSWER in post.role.permissions), None)


def visible_categories(post: Post | None, request: SpecialistRequest) -> list[str]:
    """The categories that went along and that this post may still see under the convenant of today."""
    if post is None or not request.items_are_open:
        return []
    allowed = authorised([post], request.purpose_id, request.case_id)
    return sorted({item.category for item in sharing.open_items(request, allowed, request.purpose_id)})


# Clocks ----------------------------------------------------------------------------------------------------------

CLOCK = ("clock", "due_at", "stalled_at")


def start_clock(request: SpecialistRequest, clock: str, due_at: datetime | None) -> None:
    """Another clock runs, or none: whatever had stalled is over."""
    request.clock, request.due_at, request.stalled_at = clock, due_at, None
    Stall.objects.filter(request=request, ended_at=None).update(ended_at=timezone.now())


def _only_from(request: SpecialistRequest, status: Any) -> None:
    """The table has two ways to the same status; this one begins only here."""
    if request.status != status:
        raise Refused(
            _("This is now “%(status)s”, so that is no longer possible. Someone may have been before you.")
            % {"status": request.get_status_display()},
            code="state",
        )


# Parts -----------------------------------------------------------------------------------------------------------


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


def _say(actor: Any, request: SpecialistRequest, text: str, *, from_desk: bool) -> None:
    Message(
        request=request, unit_id=request.unit_id, desk_unit_id=request.desk_unit_id, case_id=request.case_id, by=actor,
        from_desk=from_desk, text=text.strip(),
    ).put()  # fmt: skip


def close_for_desk(request: SpecialistRequest) -> None:
    """What went along closes for the desk, in guardian and in the database's own wall."""
    remove_perm("backoffice.open_request", request.desk_unit.group, request)
    RequestItem.objects.filter(request=request).update(open_to_desk=False)
    Message.objects.filter(request=request).update(open_to_desk=False)


def _filled_in(field: str, text: str, message: str) -> None:
    if not text.strip():
        raise RefusedAt(field, message, "empty")


def without_name(title: str, items: Any) -> None:
    """Titles stand in queues, which show no resident: a name does not belong there."""
    names = " ".join(item.text for item in items if item.kind == "name").replace("-", " ").split()
    words = {word.strip(".,:;!?()'’").casefold() for word in title.replace("-", " ").split()}
    if words & {name.casefold() for name in names if name[0].isupper() and len(name) > 2 and name.casefold() not in PARTICLES}:
        raise RefusedAt("title", _("Leave the name out of the title: it stands in the list of the whole desk."), "name_in_title")


def _touch(request: SpecialistRequest) -> None:
    touch(Case(pk=request.case_id))


def _desk(request: SpecialistRequest) -> Desk:
    return Desk.objects.get(unit_id=request.desk_unit_id)


def _relations(request: SpecialistRequest) -> set[str]:
    return {field.name for field in request._meta.concrete_fields if field.is_relation}


@moves_along.register(order=20)
def requests_go_along(actor: Any, case: Case, before: Any, after: Any) -> None:
    """Who replies to the desk and tells the resident what came of it is the new owner of the case; so is the owner of a stall."""
    moved = SpecialistRequest.objects.open().filter(case=case, asked_by=before).update(asked_by=after)
    Stall.objects.filter(case=case, owner=before, owner_kind=Stall.Owner.ASKER, ended_at=None).update(owner=after)
    if moved:
        record(actor, "request.gone_along", case, user=str(after.pk), count=moved)


@corrected.register(order=10)
def tell_desks(actor: Any, case: UUID, kind: str, thing: UUID, was: str) -> int:
    """Each desk that got it learns that it was put right, and not what it is now: it asks the loket. How many were told."""
    went_along = RequestItem.objects.filter(case_id=case, kind=kind).select_related("request")
    # What went along has no id of the thing it was made from: it is known by its words of then.
    requests = {item.request_id: item for item in went_along if item.text == was or item.text.startswith(f"{was} (")}
    for item in requests.values():
        request = item.request
        if request.items_are_open:
            told = _("Something that went along was put right: %(what)s. Ask us what it is now.") % {"what": item.label}
            _say(actor, request, told, from_desk=False)
        record(actor, "request.item_corrected", request)
        emit("request.item_corrected", request)
    return len(requests)
