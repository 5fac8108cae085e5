"""What people do about what stands still: keep the rules, put it off, ask about it. Flagging itself is the sweep's."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice import stall_permissions
from backoffice.ladders import patience_of
from backoffice.models import Desk, SpecialistRequest, Stall, StallRule
from backoffice.stall_kinds import Kind, Level, Measure, Patience
from luisterloket.people.models import Unit
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.wijken.calendar import AMSTERDAM

from .parts import RefusedAt

# So much more patience than the city a desk or team may have at most.
MOST_PATIENCE = 2
# Nobody may be so patient that nobody would ever hear of it.
LONGEST = {Measure.OPENING_HOURS: 240, Measure.WORKING_DAYS: 30}
SNOOZE_DAYS = range(1, 61)
HOURS_A_DAY = 8


@command
def keep_stall_rule(*, actor: Any, unit: Unit | None, kind: Kind, patience: Patience) -> StallRule:
    """How patient a desk or team is with its own turn, or without a unit everyone. For clocks that start from now on.

    Raises `Refused` for another unit's kind of turn, for steps that do not come one after the other, and for more than twice the
    patience of the city.
    """
    stall_permissions.check_may_keep_rules(actor, unit)
    _check_is_in_order(patience)
    if unit is not None:
        if kind.at_desk != (unit.kind == Unit.Kind.DESK):
            raise Refused(_("This is not the turn of this team or desk."), code="not_theirs")
        most = _hours(patience_of(kind, None)) * MOST_PATIENCE
        if _hours(patience) > most:
            message = _("That is more than twice as long as the rule of the city. Choose a shorter time.")
            raise RefusedAt("wethouder", message, "too_patient")
    rule = StallRule.objects.select_for_update().filter(unit=unit, kind=kind.code).first()
    before = asdict(rule.patience) if rule else None
    rule = rule or StallRule(unit=unit, kind=kind.code)
    for field, value in asdict(patience).items():
        setattr(rule, field, value)
    rule.save()
    record(actor, "stall_rule.kept", rule, kind=kind.code, before=before, after=asdict(patience))
    return rule


@command
def drop_stall_rule(*, actor: Any, unit: Unit | None, kind: Kind) -> StallRule:
    """Go back to the rule of the city, or of that to the usual one. Raises `Refused` when there is no rule of one's own."""
    stall_permissions.check_may_keep_rules(actor, unit)
    rule = StallRule.objects.select_for_update().filter(unit=unit, kind=kind.code).first()
    if rule is None:
        raise Refused(_("There is no rule of your own to take away."), code="none")
    record(actor, "stall_rule.dropped", rule, kind=kind.code, before=asdict(rule.patience))
    pk = rule.pk
    rule.delete()
    rule.pk = pk
    return rule


@command
def snooze_stall(*, actor: Any, stall: Stall, until: date, reason: str) -> Stall:
    """Put a flag off until a day, with a reason that whoever guards it can read. Meanwhile its ladder stands still.

    For whose turn it is and who leads them, once at each step of the ladder; never any more when the wijkwethouder sees it.
    Raises `Refused` when it is over, was put off already, for a day that is no later one or too far away, and without a reason.
    """
    request = SpecialistRequest.locked(stall.request_id)
    stall = Stall.objects.select_for_update().get(pk=stall.pk)
    stall_permissions.check_may_snooze(actor, stall)
    _check_can_be_put_off(stall)
    if reason not in Stall.Snooze.values:
        raise RefusedAt("reason", _("Choose why it can wait."), "no_reason")
    kind = stall.kind
    most = patience_of(kind, stall.desk_unit_id if kind.at_desk else stall.unit_id).snooze_days
    today = timezone.localdate()
    if not today < until <= today + timedelta(days=most):
        message = ngettext(
            "Choose a day after today, at most %(n)d day away.", "Choose a day after today, at most %(n)d days away.", most
        )
        raise RefusedAt("until", message % {"n": most}, "day")
    now, desk = timezone.now(), Desk.objects.get(unit_id=stall.desk_unit_id)
    wakes = desk.hours.after_minutes(datetime.combine(until, time.min, AMSTERDAM), 0)
    # What was left of each step is left when it wakes.
    request.rungs = [
        moment if moment <= now else desk.hours.after_minutes(wakes, desk.hours.minutes_between(now, moment))
        for moment in request.rungs
    ]
    request.save(update_fields=["rungs"])
    stall.snoozed_until = stall.next_at = wakes
    stall.snooze_reason, stall.snoozed_by, stall.snoozed_level = reason, actor, stall.level
    stall.save(update_fields=["snoozed_until", "next_at", "snooze_reason", "snoozed_by", "snoozed_level"])
    record(actor, "request.stall_snoozed", request, until=until.isoformat(), reason=reason, level=stall.level)
    return stall


@command
def ask_to_act(*, actor: Any, stall_id: UUID, what: str) -> Unit:
    """The wijkwethouder asks who leads the desk and the team to act: one of a few sentences, knowing nothing of the resident.

    The database looks whether it is of their wijk. Gives the team. Raises `Refused` when it is over, or for another sentence.
    """
    stall_permissions.check_may_ask_about(actor)
    if what not in Stall.Asked.values:
        raise RefusedAt("what", _("Choose what you ask."), "no_choice")
    with connection.cursor() as cursor:
        cursor.execute("SELECT ask_about_stall(%s, %s)", [stall_id, what])
        (unit_id,) = cursor.fetchone()
    if unit_id is None:
        raise Refused(_("This goes on again: it does not stand still any more."), code="over")
    return Unit.objects.get(pk=unit_id)


def _check_is_in_order(patience: Patience) -> None:
    most = LONGEST[Measure(patience.measure)]
    if not patience.grace < patience.lead <= patience.coordinator < patience.wethouder:
        raise RefusedAt("wethouder", _("Each next one hears of it later than the one before."), "order")
    if patience.wethouder > most:
        raise RefusedAt("wethouder", _("That is too long: at most %(n)d.") % {"n": most}, "too_long")
    if patience.snooze_days not in SNOOZE_DAYS:
        raise RefusedAt("snooze_days", _("Choose a number of days from 1 to 60."), "snooze")


def _check_can_be_put_off(stall: Stall) -> None:
    if stall.ended_at is not None:
        raise Refused(_("This goes on again: it does not stand still any more."), code="over")
    if stall.level == Level.WETHOUDER:
        raise Refused(_("The wijkwethouder sees this: it cannot be put off any more."), code="too_high")
    if stall.is_asleep or stall.snoozed_level == stall.level:
        raise Refused(_("This was put off already. Do what it waits for, or ask who leads you."), code="already")


def _hours(patience: Patience) -> int:
    return patience.wethouder * (HOURS_A_DAY if patience.measure == Measure.WORKING_DAYS else 1)
