"""Objecting to a decision (bezwaar): until when, by law. Whoever decides says so in the decision itself (Awb article 3:45)."""

from dataclasses import dataclass
from datetime import date, timedelta

from luisterloket.wijken.calendar import last_day_of_term


@dataclass(frozen=True)
class ObjectionTerm:
    """A term in weeks that starts on the day after the decision was made known, with when someone last read that it still does."""

    law: str
    article: str
    weeks: int
    checked_on: date

    def last_day(self, decided_on: date) -> date:
        """The last day to object, on a weekend or a holiday the first working day after it (Algemene termijnenwet, article 1)."""
        return last_day_of_term(decided_on + timedelta(weeks=self.weeks))

    def __str__(self) -> str:
        return f"{self.law} {self.article}"


OBJECTION = ObjectionTerm("Awb", "6:7, 6:8", weeks=6, checked_on=date(2026, 11, 26))
