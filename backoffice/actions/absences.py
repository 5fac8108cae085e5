"""Noting that someone is away and who stands in, and giving what they had in hand to who does."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import desk_permissions as permissions
from backoffice import presence
from backoffice.models import Absence, SpecialistRequest, Stall
from luisterloket.people.models import Unit, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .parts import RefusedAt

# Work that is in someone's hands: given to them or taken up, also while the loket owes a reply.
IN_HANDS = SpecialistRequest.AT_DESK


@command
def note_absence(
    *, actor: Any, unit: Unit, user: User, since: date, until: date | None = None, stand_in: User | None = None
) -> Absence:
    """Someone is away from this desk or team. Oneself notes it, or who leads there; why is not asked.

    Raises `Refused` for who does not work there, for days that overlap with what was noted before, and for a stand-in who is not of
    the same desk or team. The stand-in may be away too: then it goes on to theirs.
    """
    permissions.check_may_note_absence(actor, unit.pk, user)
    # Two notes about one person wait for each other, so that no two overlap.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _works_here(user, unit, since, "user", _("This person does not work here then. Choose a colleague."))
    absence = Absence(unit=unit, user=user, since=since, until=until, stand_in=stand_in, noted_by=actor)
    _fits(absence)
    absence.put()
    record(actor, "absence.noted", absence, user=str(user.pk), **_told(absence))
    return absence


@command
def change_absence(*, actor: Any, absence: Absence, until: date | None, stand_in: User | None) -> Absence:
    """It takes longer or shorter, or someone else stands in. What was given to a stand-in before stays with them."""
    absence = _held(absence)
    permissions.check_may_change_absence(actor, absence)
    _not_over(absence)
    absence.until, absence.stand_in = until, stand_in
    _fits(absence)
    absence.save(update_fields=["until", "stand_in"])
    record(actor, "absence.changed", absence, user=str(absence.user_id), **_told(absence))
    return absence


@command
def end_absence(*, actor: Any, absence: Absence) -> Absence:
    """Back: from today new work comes to this person again. What the stand-in was given stays where it is."""
    absence = _held(absence)
    permissions.check_may_change_absence(actor, absence)
    _not_over(absence)
    today = timezone.localdate()
    if absence.since >= today:
        absence.withdrawn_at = timezone.now()
    else:
        absence.until = today - timedelta(days=1)
    absence.save(update_fields=["withdrawn_at", "until"])
    record(actor, "absence.ended", absence, user=str(absence.user_id))
    return absence


@command
def pass_on_requests(*, actor: Any, absence: Absence) -> Absence:
    """All that this person had taken up at the desk goes, in one press, to who stands in now. The stand-in is told.

    For who leads the desk and for who is away. Raises `Refused` before the absence began and when nobody stands in.
    """
    absence = _held(absence)
    permissions.check_may_pass_on(actor, absence)
    _not_over(absence)
    if absence.since > timezone.localdate():
        raise Refused(_("This absence has not begun yet."), code="not_begun")
    to = presence.stand_in_of(absence.user_id, absence.unit_id)
    if to is None:
        raise Refused(_("Nobody stands in now. Choose a stand-in who is there, or divide the requests one by one."), code="nobody")
    found = SpecialistRequest.objects.filter(desk_unit=absence.unit_id, assigned_to=absence.user_id, status__in=IN_HANDS)
    # In one order, so that two who give work out never wait for each other.
    for pk in found.order_by("pk").values_list("pk", flat=True):
        request = SpecialistRequest.locked(pk)
        if request.assigned_to_id != absence.user_id or request.status not in IN_HANDS:
            continue
        request.assigned_to_id = to
        request.save(update_fields=["assigned_to"])
        Stall.objects.filter(request=request, owner=absence.user_id, ended_at=None).update(owner=to)
        record(actor, "request.passed_on", request, user=str(to), before=str(absence.user_id))
        emit("request.passed_on", request)
    return absence


def _held(absence: Absence) -> Absence:
    return Absence.objects.select_for_update(no_key=True).get(pk=absence.pk)


def _not_over(absence: Absence) -> None:
    if absence.withdrawn_at or (absence.until and absence.until < timezone.localdate()):
        raise Refused(_("This absence is over already."), code="over")


def _fits(absence: Absence) -> None:
    if absence.until and absence.until < absence.since:
        raise RefusedAt("until", _("The last day comes before the first."), "order")
    if absence.until and absence.until < timezone.localdate():
        raise RefusedAt("until", _("This last day has passed. Note only who is away now or later."), "past")
    others = Absence.objects.not_over(absence.since).filter(unit=absence.unit_id, user=absence.user_id).exclude(pk=absence.pk)
    if absence.until:
        others = others.filter(since__lte=absence.until)
    if others.exists():
        message = _("An absence is noted for some of these days already. Change that one, or choose other days.")
        raise RefusedAt("since", message, "overlap")
    if absence.stand_in is None:
        return
    if absence.stand_in.pk == absence.user_id:
        raise RefusedAt("stand_in", _("Choose someone else to stand in."), "oneself")
    day = max(absence.since, timezone.localdate())
    _works_here(absence.stand_in, absence.unit, day, "stand_in", _("Choose someone who works at the same desk or team then."))


def _works_here(user: User, unit: Unit, day: date, field: str, message: str) -> None:
    if not presence.works_on(unit.pk, day).filter(pk=user.pk).exists():
        raise RefusedAt(field, message, "elsewhere")


def _told(absence: Absence) -> dict[str, str]:
    return {
        "since": absence.since.isoformat(),
        "until": absence.until.isoformat() if absence.until else "",
        "stand_in": str(absence.stand_in_id or ""),
    }
