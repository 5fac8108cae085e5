"""What requests add to the menu, the start page, Vandaag, the case page, the summary and the timeline."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from casework.emergencies import knows_of
from casework.models import Case
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.plain import Plain, phrase
from luisterloket.platform.registries import (
    CasePanel,
    LooseEnd,
    NavigationItem,
    StepLink,
    StepLinks,
    TodayItem,
    case_panels,
    handover_facts,
    landing,
    loose_ends,
    navigation,
    sentence,
    step_links,
    summary_sentences,
    today,
)

from .clocks import clocks, wait
from .models import Clock, Desk, SpecialistRequest, Stall
from .outcomes import in_one_line
from .permissions import check_may_route
from .request_page import desk_of

Status = SpecialistRequest.Status


# Menu and start --------------------------------------------------------------------------------------------------


@navigation.register(order=10)
def queues(user: Any) -> list[NavigationItem]:
    """The queue of each desk one answers for."""
    desks = _desks(user)
    one = len(desks) == 1
    return [
        NavigationItem(_("Queue") if one else desk.unit.name, reverse("backoffice:queue", args=[desk.pk]), "send") for desk in desks
    ]


@navigation.register(order=30)
def requests(user: Any) -> list[NavigationItem]:
    return [NavigationItem(_("Requests"), reverse("backoffice:requests"), "send")] if user.has(Permission.ROUTE) else []


@landing.register(order=30)
def start(user: Any) -> str | None:
    """People of a desk begin at its queue, unless they also listen in a wijk."""
    if user.has(Permission.LISTEN):
        return None
    desks = _desks(user)
    return desks[0].get_absolute_url() if desks else None


def _desks(user: Any) -> list[Desk]:
    units = user.units_with(Permission.ANSWER)
    return list(Desk.objects.filter(unit__in=units).select_related("unit")) if units else []


@loose_ends.register(order=20)
def open_requests(cases: Collection[UUID]) -> list[LooseEnd]:
    """Requests that are not answered, answers that the resident was not told, and those of which one will ask whether it worked."""
    still = SpecialistRequest.objects.open() | SpecialistRequest.objects.to_check()
    found = still.filter(case__in=cases).select_related("desk_unit").order_by("sent_at")
    return [
        LooseEnd("request", one.pk, one.case_id, _told_of(one), one.get_absolute_url())
        for one in found.defer("question", "answer", "next_step")
    ]


def _told_of(one: SpecialistRequest) -> str:
    if one.status == Status.CLOSED:
        return gettext("Whether the answer of %(desk)s worked, to ask later") % {"desk": one.desk_unit.name}
    if one.status in (Status.CONTESTED, Status.ESCALATED):
        return gettext("An answer of %(desk)s that was contested") % {"desk": one.desk_unit.name}
    if one.status == Status.ANSWERED:
        return gettext("An answer of %(desk)s that was not told yet") % {"desk": one.desk_unit.name}
    return gettext("A request to %(desk)s without an answer") % {"desk": one.desk_unit.name}


@knows_of
def asked_of_my_desk(user: Any, case_id: UUID) -> bool:
    """A desk knows of a case by a request that it has open."""
    return SpecialistRequest.objects.at_desks_of(user).open().filter(case_id=case_id).exists()


# Vandaag ---------------------------------------------------------------------------------------------------------


@today.register(order=20)
def my_turn(user: Any) -> list[TodayItem]:
    """For the loket: answers to tell, questions back, and what stalled; one line per case, the worst clock first."""
    if not user.has(Permission.ROUTE):
        return []
    mine = SpecialistRequest.objects.asked_from(user).filter(Q(asked_by=user) | Q(case__owner=user))
    waiting = mine.filter(
        Q(status__in=[Status.ANSWERED, Status.ASKED_BACK]) | Q(stalled_at__isnull=False) | Q(words_closed_at__isnull=False)
    )
    # What was put off stands here again on its day.
    waiting = waiting.exclude(Exists(Stall.objects.open().filter(request=OuterRef("pk"), snoozed_until__gt=timezone.now())))
    found: dict[UUID, TodayItem] = {}
    for request in (
        waiting.open().select_related("desk_unit__desk").defer("question", "answer", "next_step").order_by("due_at", "id")[:200]
    ):
        found.setdefault(request.case_id, _to_do(request))
    return list(found.values())


@today.register(order=19)
def grounds_that_ended(user: Any) -> list[TodayItem]:
    """For the loket: requests that ended because their ground did, until someone has seen it."""
    if not user.has(Permission.ROUTE):
        return []
    mine = SpecialistRequest.objects.asked_from(user).filter(Q(asked_by=user) | Q(case__owner=user))
    ended = mine.filter(status=Status.GROUND_ENDED, ending_seen_at=None).select_related("desk_unit")
    return [
        TodayItem(
            title=gettext("The ground for a request has ended"),
            why=gettext("%(desk)s sees nothing of it any more.") % {"desk": request.desk_unit},
            url=request.get_absolute_url(),
            action=_("See what you can do"),
            tone="waiting",
            state=request.get_status_display(),
            icon="undo",
            case_id=request.case_id,
        )
        for request in ended.defer("title", "question", "answer", "next_step").order_by("-closed_at", "id")[:50]
    ]


def _to_do(request: SpecialistRequest) -> TodayItem:
    desk = desk_of(request)
    waits = wait(request, desk)
    if request.words_closed_at and request.status != Status.ANSWERED:
        title, action, why = (
            gettext("Read your question over"),
            _("Read it over"),
            gettext("A part of the ground ended. %(desk)s waits for: %(title)s"),
        )
    elif request.status == Status.ANSWERED:
        title, action, why = gettext("Tell what the answer is"), _("Tell the resident"), gettext("%(desk)s answered: %(title)s")
    elif request.status == Status.ASKED_BACK:
        title, action, why = (
            gettext("The desk has a question for you"),
            _("Reply"),
            gettext("%(desk)s needs to know something about: %(title)s"),
        )
    else:
        title, action, why = gettext("A request stands still"), _("Look at it"), gettext("%(desk)s has not answered yet: %(title)s")
    return TodayItem(
        title=title,
        why=why % {"desk": desk, "title": request.title},
        url=request.get_absolute_url(),
        action=action,
        due_at=request.due_at,
        tone=waits.tone,
        state=waits.text,
        icon=waits.icon,
        case_id=request.case_id,
    )


@case_panels.register(order=20)
def requests_of_the_case(user: Any, case: Case) -> CasePanel | None:
    """The requests of a case with their clocks, for who may open these."""
    if not user.has(Permission.ROUTE):
        return None
    found = SpecialistRequest.objects.asked_from(user).filter(case=case)
    found = found.select_related("desk_unit__desk", "asked_by", "assigned_to", "taken_up_by", "answered_by").defer(
        "question", "answer", "next_step"
    )
    requests = list(found.order_by("-sent_at")[:20])
    stalls = {stall.request_id: stall for stall in Stall.objects.filter(case=case, ended_at=None).select_related("owner")}
    now, may_route = timezone.now(), may(check_may_route, user, case)
    rows = [
        {
            "request": one,
            "desk": one.desk_unit,
            "clocks": clocks(one, desk_of(one), now),
            "stall": stalls.get(one.pk),
            "open": one.status in SpecialistRequest.OPEN,
            "line": in_one_line(one) if may_route else None,
        }
        for one in requests
    ]
    context = {"rows": rows, "case": case, "may_route": may_route}
    waits = [(one.due_at, _waits_for(one), one.get_absolute_url()) for one in requests if one.clock]
    return CasePanel("backoffice/case_panel.html", context, waits)


def _waits_for(request: SpecialistRequest) -> str:
    texts = {
        Clock.PICK_UP: gettext("%(desk)s takes up: %(title)s"),
        Clock.ANSWER: gettext("%(desk)s answers: %(title)s"),
        Clock.REPLY: gettext("You reply to %(desk)s: %(title)s"),
        Clock.TELL: gettext("You tell what %(desk)s answered: %(title)s"),
        Clock.RECONSIDER: gettext("%(desk)s looks again: %(title)s"),
        Clock.ESCALATE: gettext("The wijkwethouder decides on an answer of %(desk)s: %(title)s"),
        Clock.OUTCOME: gettext("You ask whether the answer of %(desk)s worked: %(title)s"),
    }
    return texts[Clock(request.clock)] % {"desk": request.desk_unit, "title": request.title}


@step_links.register(order=20)
def steps_that_are_requests(user: Any, case: Case) -> StepLinks | None:
    """The requests of a case, for a step of the plan to point at."""
    if not user.has(Permission.ROUTE):
        return None
    found = SpecialistRequest.objects.asked_from(user).filter(case=case).select_related("desk_unit__desk")
    links = [_as_link(one) for one in found.defer("question", "answer", "next_step").order_by("-sent_at")[:50]]
    url = reverse("backoffice:request-new", args=[case.pk]) if may(check_may_route, user, case) else ""
    several = reverse("backoffice:requests-new", args=[case.pk]) if url else ""
    return StepLinks("request", _("Ask a desk"), url, links, _("Ask several desks at once"), several)


def _as_link(request: SpecialistRequest) -> StepLink:
    text = f"{request.desk_unit}: {request.title}"
    if request.status in SpecialistRequest.OPEN:
        waits = wait(request, desk_of(request))
        return StepLink("request", request.pk, text, request.get_absolute_url(), waits.text, waits.tone)
    tone = "done" if request.status == Status.CLOSED else "neutral"
    return StepLink("request", request.pk, text, request.get_absolute_url(), request.get_status_display(), tone)


@handover_facts.register(order=20)
def requests_at_a_handover(user: Any, case: Case) -> dict[str, list[Any]]:
    """What the new worker must know of: every request on which something waits, and whose turn it is."""
    if not user.has(Permission.ROUTE):
        return {}
    mine = SpecialistRequest.objects.asked_from(user)
    found = (mine.open() | mine.to_check()).filter(case=case).select_related("desk_unit").order_by("due_at")
    return {"requests": [_waits_for(one) for one in found.defer("question", "answer", "next_step")]}


# What the resident reads of a request, by where it stands: whose turn it is, and until when.
ASKED_AND_ANSWERED = phrase(gettext_noop("We asked %(desk)s: %(title)s. The answer was: %(answer)s"))
ASKED_AND_TO_TELL = phrase(
    gettext_noop("We asked %(desk)s: %(title)s. There is an answer. %(who)s tells you what it is, at the latest on %(day)s.")
)
ASKED_AND_ASKED_BACK = phrase(
    gettext_noop("We asked %(desk)s: %(title)s. They want to know something more. %(who)s answers that, at the latest on %(day)s.")
)
ASKED_AGAIN = phrase(
    gettext_noop(
        "We asked %(desk)s: %(title)s. We do not leave it at their answer. Someone else there looks at it again, at the latest on"
        " %(day)s."
    )
)
ASKED_THE_WIJKWETHOUDER = phrase(
    gettext_noop(
        "We asked %(desk)s: %(title)s. We put their answer before the wijkwethouder, without your name. The wijkwethouder decides"
        " at the latest on %(day)s."
    )
)
ASKED = phrase(gettext_noop("We asked %(desk)s: %(title)s. They answer at the latest on %(day)s."))


AGAIN = {Status.CONTESTED: ASKED_AGAIN, Status.ESCALATED: ASKED_THE_WIJKWETHOUDER}


@summary_sentences.register(order=30)
def what_was_asked(user: Any, case: Case) -> list[Plain]:
    """For the resident, in plain words: what was asked of whom, what came of it, and until when it may take."""
    found = (
        SpecialistRequest.objects.asked_from(user)
        .filter(case=case)
        .exclude(status__in=[Status.WITHDRAWN, Status.GROUND_ENDED])
        .order_by("sent_at")
    )
    return [_in_plain_words(request) for request in found.select_related("desk_unit", "asked_by").defer("question")]


def _in_plain_words(request: SpecialistRequest) -> Plain:
    told = {"desk": request.desk_unit, "title": request.title.strip().rstrip(".")}
    about = f"request-{request.pk}"
    if request.status == Status.CLOSED:
        return Plain(ASKED_AND_ANSWERED, {**told, "answer": request.answer}, about)
    if request.status == Status.ANSWERED:
        return Plain(ASKED_AND_TO_TELL, {**told, "who": request.asked_by, "day": request.due_at}, about)
    if request.status in AGAIN:
        return Plain(AGAIN[Status(request.status)], {**told, "day": request.due_at}, about)
    if request.status == Status.ASKED_BACK:
        return Plain(ASKED_AND_ASKED_BACK, {**told, "who": request.asked_by, "day": request.due_at}, about)
    return Plain(ASKED, {**told, "day": request.answer_due_at}, about)


# The timeline ----------------------------------------------------------------------------------------------------

sentence("request.gone_along", "send", _("The open requests went along to %(user)s."))
sentence("request.routed", "send", _("%(who)s sent a request to %(desk_name)s."))
sentence("request.opened", "eye", _("%(who)s opened the request at the desk."))
sentence("request.taken_up", "hand", _("%(who)s took up the request."))
sentence("request.assigned", "person", _("%(who)s gave the request into the hands of %(user)s."))
sentence("request.given_back", "undo", _("%(who)s gave the request back to the queue of the desk."))
sentence("request.asked_back", "question", _("%(who)s asked the loket something about the request."))
sentence("request.paused", "pause", _("%(who)s let the clock of the answer stand still."))
sentence("request.resumed", "clock", _("%(who)s let the clock of the answer run again."))
sentence("request.extended", "calendar", _("%(who)s took more time for the answer."))
sentence("request.replied", "chat", _("%(who)s answered the desk’s question."))
sentence("request.answered", "check", _("%(who)s answered the request."))
sentence("request.told", "chat", _("%(who)s told the resident what the answer is."))
sentence("request.gone_on", "send", _("%(who)s went on with another desk, as the desk proposed."))
sentence("request.outcome_checked", "check", _("%(who)s asked whether it worked."))
sentence("request.judged", "chat", _("%(who)s told the asker how the question was."))
sentence("request.contested", "undo", _("%(who)s asked the desk to look at its answer again."))
sentence("request.reconsidered", "check", _("%(who)s looked at the answer again."))
sentence("request.contest_taken_back", "undo", _("%(who)s left it at the answer that was given."))
sentence("request.escalated", "send", _("%(who)s put the answer before the wijkwethouder, without a name."))
sentence("request.withdrawn", "undo", _("%(who)s took the request back; the desk no longer sees anything of it."))
sentence("request.ground_ended", "undo", _("The ground for a request has ended; the desk no longer sees anything of it."))
sentence("request.ground_ended_partly", "undo", _("A part of the ground for a request has ended; the desk no longer sees that."))
sentence("request.reworded", "edit", _("%(who)s read the question to the desk over."))
sentence("request.ending_seen", "eye", _("%(who)s saw that the ground for a request has ended."))
sentence("request.stalled", "warning", _("A request waited too long and was flagged."))
