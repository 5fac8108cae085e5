"""The phrases of a summary in one language: the product's own, or those that a municipality supplied.

A supplied language is offered only when it has every phrase; nothing ever falls back to another language unseen.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from luisterloket.platform.plain import Plain

OWN = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Wording:
    """Says phrases in a language. `version` 0 is the product's own; `phrases` are what was supplied."""

    language: str
    version: int = 0
    phrases: Mapping[str, str] = field(default_factory=dict)

    @contextmanager
    def spoken(self) -> Iterator[None]:
        """Within this, dates and amounts are written as in this language too."""
        with translation.override(self.language):
            yield

    def say(self, phrase: str, **details: Any) -> str:
        """Raises `KeyError` for a phrase that this language lacks."""
        with self.spoken():
            text = self.phrases[phrase] if self.version else gettext(phrase)
            return text % {name: self._written(value) for name, value in details.items()} if details else text

    def tell(self, plain: Plain) -> str:
        return self.say(plain.phrase, **plain.details)

    def _written(self, value: Any) -> str:
        """A moment as a day and, where it has one, a time. Never as “tomorrow”: paper is read on another day."""
        if isinstance(value, datetime):
            value = timezone.localtime(value)
            return f"{self._day(value)}, {value:%H.%M}"
        return self._day(value) if isinstance(value, date) else str(value)

    def _day(self, day: date) -> str:
        # The months of a language that Django does not know would come out in Dutch.
        known = self.language in OWN or self.language in LANG_INFO
        return date_format(day, "j F Y", use_l10n=False) if known else f"{day.day}-{day.month}-{day.year}"


def own_wording(language: str = "") -> Wording:
    """The product's own phrases, by default in the language of who looks."""
    return Wording(language or get_language() or settings.LANGUAGE_CODE)
