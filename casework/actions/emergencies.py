"""Everything that changes what was opened in an emergency: it is opened, ended, spoken of, and judged."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import emergencies, search_keys
from casework.emergency_permissions import check_may_break_glass, check_may_end, check_may_judge, check_may_say
from casework.models import BreakGlass, BreakGlassWord
from luisterloket.people.models import Post, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.wijken.calendar import add_working_days

from .refusals import Missing

Status, Kind = BreakGlass.Status, BreakGlassWord.Kind
# Someone may be known in more than one wijk; whoever types one person never opens more than these.
CASES_AT_MOST = 3


@command
def break_glass(
    *, actor: User, reason: str, categories: Sequence[str], hours: int, sought: str = "", case_id: UUID | None = None
) -> BreakGlass:
    """Open what one may not open otherwise: some categories of one person's case, for some hours, for a reason.

    Of a case that one may know of (`case_id`), or of whom one knows whole: name and day of birth, or the reference of who is
    protected (`sought`). It is written down and told before anything is looked up, and also when nothing is found; whoever is
    kept out of the case finds nothing, as when there is none. Gives what was opened, of several cases the newest.

    Raises `Missing` without a reason, a person, categories or an hour that may be chosen, and `Refused` when one may see all of
    this already. AVG articles 5(1)(c) and (e), 6(1)(d) and 9(2)(c).
    """
    check_may_break_glass(actor)
    if case_id is not None and not emergencies.may_know_of(actor, case_id):
        raise NotAllowed()
    keys = search_keys.parse(sought).in_emergency if case_id is None else []
    if case_id is None and not keys:
        raise Missing(_("Type the whole name and the day of birth, or the whole reference."), code="who", field="sought")
    post = _asked(actor, reason, categories, hours)
    first = _written(actor, post, reason, categories, hours, sought)
    found = emergencies.find(first, case_id=case_id, keys=keys)
    needed = [one for one in found if not emergencies.is_open_anyway(actor, one, categories)][:CASES_AT_MOST]
    if found and not needed:
        raise Refused(_("You may see this without an emergency: find this person by name, and join the case."), code="ordinary")
    if not needed:
        first.ended_at = first.since
        first.save(update_fields=["ended_at"])
        _told(actor, first, "emergency.tried")
        return first
    others = [_written(actor, post, reason, categories, hours, "") for _one in needed[1:]]
    for emergency, one in zip([first, *others], needed, strict=True):
        emergency.case_id, emergency.unit_id, emergency.sought = one.case_id, one.unit_id, ""
        emergency.save(update_fields=["case_id", "unit_id", "sought"])
        _told(actor, emergency, "emergency.opened")
        with connection.cursor() as cursor:
            cursor.execute("SELECT touch_case(%s)", [one.case_id])
    return first


@command
def end_emergency(*, actor: User, emergency: BreakGlass) -> BreakGlass:
    """It is not needed any more, or the privacy officer stops it."""
    check_may_end(actor, emergency)
    emergency = BreakGlass.locked(emergency.pk)
    if not emergency.is_open:
        raise Refused(_("This is over already."), code="over")
    emergency.ended_at, emergency.ended_by = timezone.now(), actor
    emergency.save(update_fields=["ended_at", "ended_by"])
    record(actor, "emergency.ended", emergency)
    return emergency


@command
def say_of_emergency(*, actor: User, emergency: BreakGlass, text: str) -> BreakGlassWord:
    """The account of who opened it, or the word of the coordinator or the owner. As long as nothing was decided."""
    check_may_say(actor, emergency)
    emergency = BreakGlass.locked(emergency.pk)
    if emergency.is_decided:
        raise Refused(_("This was decided already."), code="decided")
    if not text.strip():
        raise Missing(_("Write down what you know of it."), code="no_text", field="text")
    kind = Kind.ACCOUNT if emergency.who_id == actor.pk else Kind.WORD
    word = _word(actor, emergency, kind, text)
    record(actor, "emergency.spoken", emergency, kind=str(kind))
    emit("emergency.spoken", emergency)
    return word


@command
def judge_emergency(*, actor: User, emergency: BreakGlass, outcome: str, text: str) -> BreakGlass:
    """Rightful, not rightful, or more is needed first. With what was found and what is done."""
    check_may_judge(actor, emergency)
    emergency = BreakGlass.locked(emergency.pk)
    if outcome not in Status.values or outcome == Status.TO_REVIEW:
        raise Missing(_("Choose what you decide."), code="outcome", field="outcome")
    if not text.strip():
        raise Missing(_("Write down why, and what is done."), code="no_text", field="text")
    emergency.move_to(outcome)
    if emergency.is_decided:
        emergency.reviewed_by, emergency.reviewed_at = actor, timezone.now()
        # Whom one tried to find was kept for who judges it, and is about nobody's case: it goes now.
        emergency.sought = ""
    emergency.save(update_fields=["status", "reviewed_by", "reviewed_at", "sought"])
    _word(actor, emergency, Kind.OUTCOME, text, status=emergency.status)
    record(actor, f"emergency.{emergency.status}", emergency)
    emit("emergency.judged", emergency)
    return emergency


def _asked(actor: User, reason: str, categories: Sequence[str], hours: int) -> Post:
    """What was asked can be had, in one of this person's posts; raises `Missing` when it cannot."""
    if not reason.strip():
        raise Missing(_("Write down what happens, and why it cannot wait."), code="no_reason", field="reason")
    if not categories:
        raise Missing(_("Choose what you must know."), code="nothing", field="categories")
    if hours not in emergencies.hours_to_choose():
        most = settings.BREAK_GLASS_MAX_HOURS
        raise Missing(_("Choose for how long: at most %(hours)s hours.") % {"hours": most}, code="hours", field="hours")
    post = emergencies.post_that_may(actor, categories)
    if post is None:
        raise Missing(_("The convenant does not let you open this, also not in an emergency."), code="cells", field="categories")
    return post


def _written(actor: User, post: Post, reason: str, categories: Sequence[str], hours: int, sought: str) -> BreakGlass:
    now = timezone.now()
    return BreakGlass(
        unit_id=post.unit_id, who=actor, role=post.role.code, who_unit_id=post.unit_id,
        reason=reason.strip(), sought=sought.strip(), categories=sorted(set(categories)),
        since=now, until=now + timedelta(hours=hours),
        review_by=add_working_days(timezone.localdate(now), settings.BREAK_GLASS_REVIEW_DAYS),
    ).put()  # fmt: skip


def _told(actor: Any, emergency: BreakGlass, verb: str) -> None:
    record(actor, verb, emergency, categories=emergency.categories)
    emit(verb, emergency)


def _word(actor: User, emergency: BreakGlass, kind: str, text: str, *, status: str = "") -> BreakGlassWord:
    return BreakGlassWord(
        emergency=emergency,
        unit_id=emergency.unit_id,
        case_id=emergency.case_id,
        kind=kind,
        status=status,
        text=text.strip(),
        by=actor,
    ).put()
