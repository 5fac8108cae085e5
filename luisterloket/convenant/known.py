"""The kinds of data that the software knows: each has a source behind it. A convenant decides on them and cannot add one."""

from .models import DataCategory

ORDINARY, SPECIAL, CRIMINAL, BSN = DataCategory.Sensitivity.values
# In the order in which they are shown. How sensitive a kind is, is not for a convenant to choose.
CATEGORIES = {
    "known": ORDINARY,
    "identity": ORDINARY,
    "contact": ORDINARY,
    "household": ORDINARY,
    "story": ORDINARY,
    "strengths": ORDINARY,
    "housing": ORDINARY,
    "finances": ORDINARY,
    "work": ORDINARY,
    "daily_life": ORDINARY,
    "family": ORDINARY,
    "network": ORDINARY,
    "participation": ORDINARY,
    "health": SPECIAL,
    "mental_health": SPECIAL,
    "addiction": SPECIAL,
    "justice": CRIMINAL,
    "payment": ORDINARY,
    "safety": SPECIAL,
    "bsn": BSN,
}
# Data of AVG articles 9 and 10, for which a ground also names the exception that allows it.
NEED_EXCEPTION = {SPECIAL, CRIMINAL}
