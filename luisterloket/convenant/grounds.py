"""What makes a ground complete: a law, its article, a basis of AVG article 6, and for special data the exception."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luisterloket.platform.exceptions import Refused

from .known import NEED_EXCEPTION
from .models import AvgBasis, ConvenantParty, DataCategory, Law

# Party and category: within one purpose the place of one ground.
Place = tuple[UUID, str]


@dataclass(frozen=True)
class Said:
    """A ground as it was typed; `law` is the id of one in the register."""

    law: str = ""
    article: str = ""
    avg_basis: str = ""
    exception: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.law or self.article or self.exception)


class ProblemsRefused(Refused):
    """Cells without a complete ground: a sentence for each, and where."""

    def __init__(self, sentences: list[str], places: list[Place]):
        super().__init__(" ".join(sentences), code="no_ground")
        self.sentences, self.places = sentences, places


def problem_of(said: Said | None, category: DataCategory, laws: Mapping[str, Law]) -> str:
    """What is missing of the ground for this category; an empty text when it is complete."""
    if said is None or said.is_empty:
        return _("there is no ground, and without a ground there is nothing to see.")
    if said.law not in laws:
        return _("choose the law.")
    if not said.article.strip():
        return _("write the article of the law.")
    if said.avg_basis not in AvgBasis.values:
        return _("choose the basis of AVG article 6.")
    if category.sensitivity in NEED_EXCEPTION and not said.exception.strip():
        return _("these are special or criminal data. Write the exception that allows them (AVG article 9 or 10, UAVG).")
    if len(said.article) > 100 or len(said.exception) > 60:
        return _("an article has at most 100 characters, an exception at most 60.")
    return ""


def wrong_at(party: ConvenantParty, category: DataCategory, problem: Any) -> str:
    return _("%(category)s, %(party)s: %(problem)s") % {
        "category": category.name,
        "party": party.organisation.name,
        "problem": problem,
    }
