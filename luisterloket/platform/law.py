"""A term or duty that a law or standard sets, with where it is written and when someone last read that it still says so."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class LegalTerm:
    length: timedelta
    law: str
    article: str
    checked_on: date

    def __str__(self) -> str:
        return f"{self.law} {self.article}"
