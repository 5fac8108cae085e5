"""Terms of the law that a desk may have to keep, to copy into its table.

What stands here is no term of any desk: who leads it reads the law, copies the line, and writes down when it was read.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Measure


@dataclass(frozen=True)
class KnownTerm:
    """How long the law gives for something, and where it says so."""

    key: str
    law: str
    article: str
    amount: int
    measure: Measure
    about: Any


KNOWN = (
    KnownTerm("awb-4-13", "Awb", "art. 4:13", 8, Measure.WEEKS, _("A decision on an application, when no other law sets a term")),
    KnownTerm("wmo-2-3-5", "Wmo 2015", "art. 2.3.5", 2, Measure.WEEKS, _("A decision on an application for support at home")),
    KnownTerm("wgs-4a", "Wgs", "art. 4a", 8, Measure.WEEKS, _("A decision about help with debts, after the first conversation")),
    KnownTerm("wgs-4", "Wgs", "art. 4", 4, Measure.WEEKS, _("A first conversation about debts")),
    KnownTerm(
        "wgs-4-threat", "Wgs", "art. 4", 3, Measure.WORKING_DAYS,
        _("A first conversation about debts, when home, energy, water or health insurance is threatened"),
    ),
)  # fmt: skip


def known(key: str) -> KnownTerm | None:
    return next((one for one in KNOWN if one.key == key), None)
