"""How soon a resident must hear what becomes of a request about their data. Set by law, and nowhere else in the code."""

from datetime import date

from luisterloket.wijken.calendar import StatutoryTerm

ANSWER = StatutoryTerm(law="AVG", article="art. 12 lid 3", months=1, checked_on=date(2026, 11, 26))
# Once, when the request is hard or there are many; the resident hears why within the first month.
EXTENSION = StatutoryTerm(law="AVG", article="art. 12 lid 3", months=2, checked_on=date(2026, 11, 26))
# What each kind of request stands on.
ARTICLE = {
    "copy": "AVG art. 15",
    "portability": "AVG art. 20",
    "correction": "AVG art. 16",
    "erasure": "AVG art. 17",
    "restriction": "AVG art. 18",
    "objection": "AVG art. 21",
}
# How many days before the last one the handler is told that it comes near: a working rule, no term of the law.
NEAR_DAYS = 7


def due(received_on: date, *, extended: bool = False) -> date:
    """The last day on which the resident must have heard."""
    return EXTENSION.ends(received_on, after=ANSWER.months) if extended else ANSWER.ends(received_on)
