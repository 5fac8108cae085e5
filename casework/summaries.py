"""What the pages of the summary show: the record composed anew, a version beside it, and what differs."""

from dataclasses import dataclass
from uuid import UUID

from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.people.models import User

from . import readability
from .disclosures import scope_with_others
from .languages import direction_of, name_of, wording_of
from .looks import Look, check_may_read
from .models import Case, CaseSummary
from .selectors import what_waits
from .summary import categories_in, summarise, told_of
from .texts import Difference, Summary, difference
from .withholding import kept_in, plain_for, readers_of
from .wording import OWN, Wording


@dataclass(frozen=True)
class Composed:
    """The summary of the record as it is now, with the data categories in it."""

    summary: Summary
    categories: list[str]
    # What the convenant lets this person see at all.
    allowed: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """How hard a text is: as a whole, and which sentences are long."""

    whole: readability.Measure | None
    long: list[readability.Sentence]


@dataclass(frozen=True)
class SummaryPage:
    """A version of the summary for who works on the case; what changed since is only told of the newest."""

    case: Case
    version: CaseSummary
    summary: Summary
    reading: Reading
    versions: list[CaseSummary]
    changed: Difference | None
    language: str
    direction: str
    # Whether the sentences are in another language than those of the product, in which what people said stays as it was said.
    supplied: bool

    @property
    def is_newest(self) -> bool:
        return self.version.pk == self.versions[0].pk

    @property
    def may_change(self) -> bool:
        return self.is_newest and not self.version.is_agreed


def composed_now(case: Case, user: User, wording: Wording, *, reader: UUID | None = None) -> Composed:
    """The summary as the record stands, out of what is disclosed to this person; the look is kept.

    What is kept from `reader`, or without one from anyone at home, is not in it.
    """
    scope = scope_with_others(case, user, for_all=True)
    readers = readers_of(case, reader)
    ground = Ground("involvement", case.pk)
    disclosed = disclose(scope, to=user, purpose="listening", ground=ground, what="summary", readers=readers)
    with wording.spoken():
        asked = plain_for(what_waits(case, user), kept_in(case.pk), readers)
    told = told_of(disclosed, scope.subjects[0], asked=asked, contact=case.owner.name)
    return Composed(summarise(told, wording), categories_in(disclosed), frozenset(disclosed.allowed))


def reading_of(summary: Summary, language: str) -> Reading:
    """Measures our sentences, not the resident's own words in the quote."""
    return reading_in(" ".join(summary.paragraphs), language)


def reading_in(text: str, language: str) -> Reading:
    return Reading(readability.measure(text, language), readability.long_sentences(text, language))


def summary_page(version: CaseSummary, user: User) -> SummaryPage:
    """One version. Raises `NotAllowed` when it holds more than this person may see."""
    case = version.case
    versions = list(CaseSummary.objects.filter(case=case).select_related("made_by", "read_back_by").order_by("-number"))
    changed = None
    if version.pk == versions[0].pk:
        now = composed_now(case, user, wording_of(version.language, version.wording_version), reader=version.reader_id)
        check_may_read(version, now.allowed)
        changed = difference(version.as_composed, now.summary)
        if set(version.categories) - set(now.categories):
            # The version still tells of something that has gone from the record since: that is shown, so it is kept.
            Look(case, user).keep("summary version", version.categories)
    else:
        look_at_version(version, user)
    return SummaryPage(
        case=case,
        version=version,
        summary=version.as_written,
        reading=reading_of(version.as_written, version.language),
        versions=versions,
        changed=changed,
        language=name_of(version.language),
        direction=direction_of(version.language),
        supplied=version.language not in OWN,
    )


def look_at_version(version: CaseSummary, user: User, *, what: str = "summary version") -> frozenset[str]:
    """Someone opens a version itself; gives the categories they may see. Raises `NotAllowed` when that is less than is in it."""
    look = Look(version.case, user)
    check_may_read(version, look.allowed)
    look.keep(what, version.categories)
    return look.allowed


def earlier_words(version: CaseSummary, allowed: frozenset[str]) -> dict[str, str]:
    """By part what someone wrote in the version before for the same reader, where the record says something else now."""
    same = CaseSummary.objects.filter(case=version.case_id, reader=version.reader_id, number__lt=version.number)
    before = same.filter(language=version.language).order_by("-number").first()
    if before is None or not set(before.categories) <= allowed:
        return {}
    return {key: text for key, text in before.wording.items() if key not in version.wording}
