"""Informing and consent on paper: what is done with the data, what is asked, how to take it back, and a place to sign."""

from dataclasses import dataclass

from luisterloket.people.models import User
from luisterloket.platform.registries import GivenOut

from .consent_page import ConsentPage, Part
from .withholding import is_kept_from_paper


@dataclass(frozen=True)
class ConsentSheet:
    page: ConsentPage
    # Something of the case is kept from someone at home: then it is not told on paper what went where.
    kept: bool

    @property
    def shared(self) -> list[GivenOut]:
        return [] if self.kept else self.page.shared

    @property
    def asked(self) -> list[Part]:
        return [part for part in self.page.parts if part.lines]


def consent_paper(page: ConsentPage, user: User) -> ConsentSheet:
    """The sheet for one resident. What went out may betray someone, so it is left out where anything is kept back."""
    return ConsentSheet(page, is_kept_from_paper(page.case, user))
