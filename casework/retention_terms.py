"""How long what never became a case is kept, and by when the law wants a request carried out. Read again when the law changes.

The terms of cases and payments are in the convenant (`RetentionTerm`): the parties agree on those.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Term:
    """A number of months, and where it comes from."""

    months: int
    law: str
    article: str
    # When someone last read that the law says so.
    checked_on: date

    @property
    def source(self) -> str:
        return f"{self.law} {self.article}".strip()


# No longer than is needed: of a conversation that nobody finished and of help in a minute nothing is needed after so long.
UNFINISHED_CONVERSATION = Term(12, "AVG", "art. 5 lid 1 onder e", date(2026, 11, 26))
SHORT_CONTACT = Term(12, "AVG", "art. 5 lid 1 onder e", date(2026, 11, 26))
# Erased within three months after a written request, unless another law or interest asks otherwise.
ON_REQUEST = Term(3, "Wmo 2015", "art. 5.3.5", date(2026, 11, 26))
