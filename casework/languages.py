"""In which languages a summary can be made: the product's own, and those supplied whole."""

from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db.models import Max
from django.utils.translation import gettext as _

from luisterloket.platform.exceptions import Refused
from luisterloket.platform.plain import phrases

from .models import SummaryTemplate
from .wording import OWN, Wording, own_wording


@dataclass(frozen=True)
class Language:
    """One language, and what it still lacks. Own languages are complete by themselves."""

    code: str
    name: str
    version: int = 0
    missing: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def is_own(self) -> bool:
        return self.version == 0


def languages() -> list[Language]:
    """The own languages first, then the newest of each that was supplied. Two queries."""
    newest = dict(SummaryTemplate.objects.values_list("language").annotate(newest=Max("version")))
    have: dict[str, set[str]] = {code: set() for code in newest}
    for code, version, key in SummaryTemplate.objects.values_list("language", "version", "key"):
        if version == newest[code]:
            have[code].add(key)
    own = [Language(code, name_of(code)) for code in OWN]
    supplied = [
        Language(code, name_of(code), newest[code], tuple(text for text in phrases() if text not in have[code])) for code in newest
    ]
    return own + sorted(supplied, key=lambda language: language.name.casefold())


def offered() -> list[tuple[str, str]]:
    """The languages in which a summary can be made now, as choices."""
    return [(language.code, language.name) for language in languages() if language.is_complete]


def wording_in(code: str) -> Wording:
    """The phrases of a language as they are now. Raises `Refused` for one that is not complete."""
    found = next((language for language in languages() if language.code == code and language.is_complete), None)
    if found is None:
        raise Refused(_("In this language the sentences of the summary are not complete. Choose another one."), code="language")
    return wording_of(code, found.version)


def wording_of(code: str, version: int) -> Wording:
    """The phrases with which a version of a summary was composed, so that only the record makes it differ."""
    if version == 0:
        return own_wording(code)
    return Wording(code, version, dict(SummaryTemplate.objects.filter(language=code, version=version).values_list("key", "text")))


def name_of(code: str) -> str:
    """A language by its own name: Türkçe."""
    if code in LANG_INFO and "name_local" in LANG_INFO[code]:
        name = LANG_INFO[code]["name_local"]
        return name[0].upper() + name[1:]
    return code


def direction_of(code: str) -> str:
    """`rtl` for a language that is written from the right."""
    return "rtl" if code.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"
