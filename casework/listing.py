"""Each day: a contract that ends begins, its cases come on the list, and who has something to do there is told once.

It runs as the jobs role, which sees ids, units and days. Every statement finds its work in the database, so a run that was
missed, or one too many, changes nothing.
"""

from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.acting import Job
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.writing import writing

from .actions.contract_endings import close
from .models import ContractEnding, Handover, HandoverReminder, months_before
from .models.handovers import OPEN

JOB = Job("contracts that end")
# A case is handed over two weeks before the last day, so that what is late can still be mended.
DAYS_TO_SPARE = 14
Kind = HandoverReminder.Kind

# New cases join by the same statement, and so does one that was ended and wakes. A case that is being handed over already
# comes along when that is over.
LIST = """
WITH new AS (
  INSERT INTO casework_handover (id, case_id, unit_id, from_unit_id, to_unit_id, from_user_id, status, why, asked_at, part_of_id,
    due_on, stays, no_meeting_because, given_back_because, gave_part, gave_name)
  SELECT gen_random_uuid(), c.id, c.unit_id, c.unit_id, x.successor_id, c.owner_id, 'planned', 'contract', %(now)s, x.ending_id,
    greatest(%(today)s, e.ends_on - %(spare)s), false, '', '', false, false
  FROM casework_contractending e JOIN casework_endingunit x ON x.ending_id = e.id JOIN casework_case c ON c.unit_id = x.unit_id
  WHERE e.status = 'under_way' AND c.status <> 'ended'
    AND NOT EXISTS (SELECT FROM casework_handover h WHERE h.case_id = c.id AND h.status IN ('planned', 'introduced'))
  ON CONFLICT DO NOTHING
  RETURNING id, case_id, unit_id
)
INSERT INTO platform_historyentry (id, at, actor_kind, verb, thing_label, thing_id, unit_id, case_id, details)
SELECT gen_random_uuid(), %(now)s, 'job', 'handover.listed', 'casework.handover', id, unit_id, case_id, '{}'::jsonb FROM new
"""


def every_day() -> int:
    """How many people were told something new."""
    today = timezone.localdate()
    with writing("casework.listing"), transaction.atomic():
        for ending in ContractEnding.objects.filter(status=ContractEnding.Status.ANNOUNCED, begins_on__lte=today):
            ContractEnding.objects.filter(pk=ending.pk).update(status=ContractEnding.Status.UNDER_WAY)
            record(JOB, "contract.begun", ending)
        with connection.cursor() as cursor:
            cursor.execute(LIST, {"now": timezone.now(), "today": today, "spare": DAYS_TO_SPARE})
    told = 0
    for ending in ContractEnding.objects.filter(status=ContractEnding.Status.UNDER_WAY):
        with writing("casework.listing"), transaction.atomic():
            if ending.ends_on < today:
                close(JOB, ending)
            told += _remind(ending, today)
    return told


def moment_of(ending: ContractEnding, today: date) -> str:
    """Which moment of reminding this is: each month once, and each week once in the last month."""
    last_month = months_before(ending.ends_on, 1)
    if today >= last_month:
        return f"week-{(ending.ends_on - today).days // 7}"
    months = sum(1 for months in range(1, 12) if months_before(ending.ends_on, months) > today)
    return f"month-{months}"


def _remind(ending: ContractEnding, today: date) -> int:
    open_ones = Handover.objects.filter(part_of=ending, status__in=OPEN)
    if today > ending.ends_on:
        if not _is_left(ending):
            return 0
        day = f"day-{(today - ending.ends_on).days}"
        return sum(_tell(ending, pk, Kind.OVER, day) for pk in _who_answers(ending))
    # Named columns only: a job may read no other.
    owners = set(open_ones.values_list("case__owner_id", flat=True))
    here = User.objects.filter(pk__in=owners, is_active=True).values_list("pk", flat=True)
    told = sum(_tell(ending, pk, Kind.OWNER, moment_of(ending, today)) for pk in here)
    late = set(open_ones.filter(due_on__lt=today).values_list("from_unit_id", "to_unit_id"))
    week = f"week-{(today - ending.begins_on).days // 7}"
    return told + sum(
        _tell(ending, pk, Kind.LATE, week) for pk in _holding(Permission.DIVIDE_WORK, {unit for pair in late for unit in pair})
    )


def _is_left(ending: ContractEnding) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(still_there + without_owner + unfinished + signs) FROM ending_left(%s)", [ending.pk])
        return bool(cursor.fetchone()[0])


def _who_answers(ending: ContractEnding) -> set:
    """The coordinators of both sides, the wijkwethouder, and who keeps the convenant."""
    pairs = list(ending.units.values_list("unit_id", "successor_id"))
    found = _holding(Permission.DIVIDE_WORK, {unit for pair in pairs for unit in pair})
    found |= _holding(Permission.DECIDE_ABOVE_MANDATE, {unit for unit, _successor in pairs})
    return found | {ending.announced_by_id}


def _holding(permission: Permission, units: set) -> set:
    return {pk for unit in units for pk in User.objects.holding(permission, unit_id=unit).values_list("pk", flat=True)}


def _tell(ending: ContractEnding, user_id: UUID, kind: str, moment: str) -> int:
    """1 when this is the first time at this moment."""
    found, is_new = HandoverReminder.objects.get_or_create(ending=ending, user_id=user_id, kind=kind, moment=moment)
    if is_new:
        emit("contract.reminder", found)
    return int(is_new)
