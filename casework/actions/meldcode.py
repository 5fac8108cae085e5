"""Everything that changes the steps of the meldcode. Nothing blocks: a step can be done in any order, or left out with a reason.

All of it is for who may write about safety in this case (`check_may_handle_safety`); who may not gets `NotAllowed`. What is not
possible in the state in which the steps are raises `Refused`.
"""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Case, Involvement, MeldcodeStep, MeldcodeTrack, StepName, next_step
from casework.signs import SAFETY
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .refusals import Missing, not_to_come

Status = MeldcodeTrack.Status
TEXTS = ("found", "why_not", "with_whom", "help")


@command
def open_meldcode(*, actor: User, case: Case) -> MeldcodeTrack:
    """Begin the steps without a mark, for a sign that came another way. Steps that are not finished yet are gone on with."""
    permissions.check_may_add(actor, case, SAFETY)
    case = Case.locked(case.pk)
    track = MeldcodeTrack.objects.unfinished().filter(case=case).first()
    if track is None:
        track = MeldcodeTrack(unit_id=case.unit_id, case=case, owner=actor, noted_by=actor)
        _begin(actor, track)
        track.put()
        _tell(actor, "meldcode.begun", track)
    return track


@command
def begin_meldcode(*, actor: User, track: MeldcodeTrack) -> MeldcodeTrack:
    """Begin the steps that were noted when a sign was marked: in the case, or in the conversation in which it was heard.

    Raises `Refused` when they ended meanwhile: taking them up again asks for a reason.
    """
    track = _held(actor, track)
    _check_unfinished(track)
    if track.status != Status.OPEN:
        _begin(actor, track)
        track.save()
        _tell(actor, "meldcode.begun", track)
    return track


@command
def decline_meldcode(*, actor: User, track: MeldcodeTrack, why: str) -> MeldcodeTrack:
    """The steps need not begin. Raises `Missing` without a reason."""
    track = _held(actor, track)
    if not why.strip():
        raise Missing(_("Write why the steps are not needed."), code="no_reason", field="why")
    _end(actor, track, Status.DECLINED)
    track.why = why.strip()
    track.save()
    _tell(actor, "meldcode.declined", track)
    return track


@command
def write_meldcode_step(
    *, actor: User, track: MeldcodeTrack, number: int, revision: int, due_on: date | None, **values: Any
) -> MeldcodeStep:
    """What was done in one of the steps, or why it was not; and by when the next one. Writing in a step begins the steps.

    Raises `Missing` for a step that says nothing, a decision without its reason and a wait without a day; `Refused` when a
    colleague wrote in this step meanwhile.
    """
    track = _held(actor, track)
    if track.case is None:
        raise Refused(_("Finish the conversation first: the steps are written in the case."), code="no_case")
    if track.status != Status.OPEN:
        _check_unfinished(track)
        _begin(actor, track)
    step = MeldcodeStep.objects.filter(track=track, number=number).first() or MeldcodeStep(
        unit_id=track.unit_id, case=track.case, track=track, number=number
    )
    if step.revision != revision:
        raise Refused(
            _("A colleague wrote in this step meanwhile. Theirs stands above the form, yours in it. Put them together and save."),
            code="changed",
        )
    _fill(step, values)
    step.by, step.revision = actor, step.revision + 1
    step.put() if step._state.adding else step.save()
    track.due_on = _next_day(track, due_on)
    track.save()
    _tell(actor, "meldcode.step_written", track, step=number)
    return step


@command
def plan_meldcode(*, actor: User, track: MeldcodeTrack, owner: User, due_on: date) -> MeldcodeTrack:
    """Who does the next step, and by when. Raises `Missing` for an owner who does not work on this case."""
    track = _held(actor, track)
    _check_unfinished(track)
    if not may_own(track, owner):
        raise Missing(_("Choose a colleague who works on this case."), code="elsewhere", field="owner")
    track.owner, track.due_on = owner, _not_past(due_on)
    track.save()
    _tell(actor, "meldcode.planned", track, owner=str(owner.pk))
    return track


@command
def close_meldcode(*, actor: User, track: MeldcodeTrack) -> MeldcodeTrack:
    """Both decisions were taken and carried out. Steps that were never written are no obstacle; the decisions are.

    Raises `Refused` as long as one of the two is not taken, or a report that was decided on is not made.
    """
    track = _held(actor, track)
    decided = MeldcodeStep.objects.filter(track=track, number=StepName.DECIDE).first()
    if decided is None or decided.reports is None or decided.helps is None:
        raise Refused(_("Take both decisions first: whether a report is needed, and whether help is possible."), code="undecided")
    if decided.waits_for_report:
        raise Refused(_("You decided to report. Write on which day that was done."), code="not_reported")
    _end(actor, track, Status.CLOSED)
    track.save()
    _tell(actor, "meldcode.closed", track, reports=decided.reports, helps=decided.helps)
    return track


@command
def reopen_meldcode(*, actor: User, track: MeldcodeTrack, why: str) -> MeldcodeTrack:
    """Something is different now: the steps go on, with who takes them up, today. What was written stays.

    Raises `Missing` without a reason, `Refused` while other steps of this case are under way: these go on in those.
    """
    track = _held(actor, track)
    if not why.strip():
        raise Missing(_("Write why you take the steps up again."), code="no_reason", field="why")
    if track.status == Status.TO_BEGIN:
        raise Refused(_("These steps still have to begin."), code="state")
    _only_ones(track)
    _begin(actor, track)
    track.why, track.owner, track.due_on = why.strip(), actor, timezone.localdate()
    track.save()
    _tell(actor, "meldcode.reopened", track)
    return track


def may_own(track: MeldcodeTrack, user: User) -> bool:
    """Someone with a part in the case who may write about safety."""
    parts = Involvement.objects.in_force().filter(case=track.case_id, user=user).exclude(kind=Involvement.Kind.BUDDY)
    return user.is_active and parts.exists() and permissions.may_contribute(user, SAFETY, track.unit_id)


def _held(actor: User, track: MeldcodeTrack) -> MeldcodeTrack:
    track = MeldcodeTrack.locked(track.pk)
    permissions.check_may_handle_safety(actor, track)
    return track


def _begin(actor: User, track: MeldcodeTrack) -> None:
    track.move_to(Status.OPEN)
    track.begun_at, track.begun_by = track.begun_at or timezone.now(), track.begun_by or actor
    track.ended_at = track.ended_by = None


def _end(actor: User, track: MeldcodeTrack, status: str) -> None:
    track.move_to(status)
    track.ended_at, track.ended_by = timezone.now(), actor


def _check_unfinished(track: MeldcodeTrack) -> None:
    if not track.unfinished:
        raise Refused(_("These steps are finished. Take them up again first."), code="state")


def _only_ones(track: MeldcodeTrack) -> None:
    """A new sign may have laid other steps ready meanwhile."""
    if track.case_id:
        Case.objects.select_for_update(no_key=True).get(pk=track.case_id)
        if MeldcodeTrack.objects.unfinished().filter(case=track.case_id).exclude(pk=track.pk).exists():
            raise Refused(_("Other steps are under way in this case. Go on with those."), code="others")


def _fill(step: MeldcodeStep, values: dict[str, Any]) -> None:
    for name in TEXTS:
        setattr(step, name, values.get(name, "").strip())
    step.veilig_thuis = values.get("veilig_thuis", "")
    step.on = values.get("on") or timezone.localdate()
    not_to_come(step.on, field="on")
    if step.number == StepName.DECIDE:
        _decide(step, values)
    elif not (step.is_done or step.veilig_thuis):
        raise Missing(_("Write something, or why this step is not done."), code="nothing", field="found")


def _decide(step: MeldcodeStep, values: dict[str, Any]) -> None:
    step.reports, step.helps = values.get("reports"), values.get("helps")
    step.reported_on = values.get("reported_on") if step.reports else None
    if step.reports is None and step.helps is None:
        raise Missing(_("Take at least one of the two decisions."), code="undecided", field="reports")
    if step.reports is not None and not step.found:
        raise Missing(_("Write why you decide this about reporting."), code="no_reason", field="found")
    if step.helps and not step.help:
        raise Missing(_("Write which help, and who gives it."), code="no_help", field="help")
    if step.reported_on:
        not_to_come(step.reported_on, field="reported_on")


def _next_day(track: MeldcodeTrack, due_on: date | None) -> date:
    """A wait has a day: that of the next step, as long as there is one."""
    if next_step(MeldcodeStep.objects.filter(track=track)) is None:
        return due_on or track.due_on
    if due_on is None:
        raise Missing(_("By when is the next step?"), code="no_date", field="due_on")
    return _not_past(due_on)


def _not_past(day: date) -> date:
    if day < timezone.localdate():
        raise Missing(_("Choose today or a later day."), code="past", field="due_on")
    return day


def _tell(actor: User, verb: str, track: MeldcodeTrack, **details: Any) -> None:
    record(actor, verb, track, **details)
    if track.case_id:
        touch(Case(pk=track.case_id), protects=True)
