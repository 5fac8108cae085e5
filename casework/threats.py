"""Threats that the law names, wherever they were noted: one thing, with one date, whether it is a mark, a debt or both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luisterloket.wijken.calendar import OpeningHours

from .models import Concern, Debt
from .signs import PLAIN, Threat, in_words

# Article 4 Wet gemeentelijke schuldhulpverlening: the first conversation within three working days.
TALK_WITHIN = 3
HOURS = OpeningHours()


@dataclass(frozen=True)
class OpenThreat:
    """A threat for which the first conversation was not held yet; of no case as long as the conversation is heard."""

    case_id: UUID | None
    threat: str
    due_at: datetime
    # Where it was noted; a mark shows itself on the case page, a debt in its panel.
    marked: bool

    @property
    def name(self) -> str:
        return in_words(self.threat)

    @property
    def plain(self) -> str:
        """Without what the law calls it, for where that stands beside it."""
        return str(PLAIN[Threat(self.threat)])


def first_talk_by(noted: datetime) -> datetime:
    """Until when the municipality must hold the first conversation, counted from when the threat was noted."""
    return HOURS.after_working_days(noted, TALK_WITHIN)


def open_threats(marks: Iterable[Concern], debts: Iterable[tuple[datetime | None, Debt]]) -> list[OpenThreat]:
    """One for each case and kind of threat, with the earliest of its dates; the first due first.

    `marks` are those that threaten still; each of `debts` comes with until when there must be a conversation about it.
    """
    found: dict[tuple[UUID | None, str], OpenThreat] = {}
    noted = [(one.case_id, one.sign, one.talk_by, True) for one in marks]
    noted += [(debt.case_id, debt.threat, due_at, False) for due_at, debt in debts]
    for case_id, threat, due_at, marked in noted:
        if due_at is None:
            continue
        there = found.get((case_id, threat))
        due_at, marked = (min(due_at, there.due_at), marked or there.marked) if there else (due_at, marked)
        found[(case_id, threat)] = OpenThreat(case_id, threat, due_at, marked)
    return sorted(found.values(), key=lambda one: one.due_at)


def marked_terms(case_id: UUID) -> dict[str, datetime]:
    """By kind of threat until when there must be a conversation, of what was marked in this case."""
    marks = Concern.objects.threatening().filter(case=case_id).only("case_id", "sign", "talk_by")
    return {one.threat: one.due_at for one in open_threats(marks, [])}
