"""What is kept from someone at home: left out of every copy for them, and marked for who works on the case (decision 0018)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Item, Scope, withholding
from luisterloket.platform.plain import Plain

from .groups import kept_of
from .models import Case, CaseMember, CaseSummary, Withheld
from .texts import Summary

AT_HOME = _("Keep this from someone at home")
CAREFUL = _("Kept from someone at home. Let it go along only when this desk cannot do without.")
# The parts of a summary that are not named after one thing, and the kinds of items they are made of.
SAID_OF = {"asked": {"asked_question"}, "behind": {"question_behind"}, "household": {"member"}, "story": {"name"}}
# What the parts of a summary are called by, where that is not the kind of the item.
KIND_OF = {"person": "support_person"}

Kept = Mapping[str, frozenset[UUID]]


def kept_in(case_id: UUID) -> Kept:
    """By key of an item the household members it is kept from, each as the row that is kept of them."""
    found = list(Withheld.objects.in_force().filter(case=case_id).values_list("kind", "thing", "resident_id"))
    rows = kept_of({resident for _kind, _thing, resident in found})
    kept: dict[str, set[UUID]] = defaultdict(set)
    for kind, thing, resident in found:
        kept[f"{kind}:{thing}"].add(rows[resident])
    return {key: frozenset(residents) for key, residents in kept.items()}


def readers_of(case: Case, reader: UUID | None) -> frozenset[UUID]:
    """Who reads a copy: this household member, or everyone who is at home today."""
    at_home = CaseMember.objects.filter(case=case).of_today().values_list("resident_id", flat=True)
    return frozenset(kept_of([reader] if reader else at_home).values())


@withholding
def keep_back(scope: Scope, items: list[Item], readers: frozenset[UUID]) -> list[Item]:
    """Leave out what one of the readers must not read; mark the rest, so that whoever sees it keeps it back too."""
    kept = kept_in(scope.case_id) if scope.case_id else {}
    if not kept:
        return items
    names = _names(items)
    readers = frozenset(kept_of(readers).values())
    given = ((item, kept.get(item.key, frozenset())) for item in items)
    return [_marked(item, residents, names) for item, residents in given if not residents & readers]


def _names(items: Iterable[Item]) -> dict[UUID, str]:
    named = {item.subject_id: item.text for item in items if item.kind == "name"}
    rows = kept_of(named)
    return {rows[subject]: name for subject, name in named.items()}


def _marked(item: Item, residents: frozenset[UUID], names: Mapping[UUID, str]) -> Item:
    if not residents:
        return item
    who = sorted(filter(None, (names.get(one, "") for one in residents)))
    mark = _("Keep this from %(who)s") % {"who": ", ".join(who)} if len(who) == len(residents) else AT_HOME
    return replace(item, beside=(*item.beside, mark), careful=item.careful or CAREFUL)


def plain_for(waits: Iterable[Plain], kept: Kept, readers: Collection[UUID]) -> list[Plain]:
    """The sentences of the higher floors that these readers may read."""
    return [wait for wait in waits if not kept.get(key_of_part(wait.about), frozenset()) & frozenset(readers)]


def key_of_part(name: str) -> str:
    """The key of the item that a part of a summary is about: "request-…" is "request:…"."""
    kind, _dash, thing = name.removeprefix("wait-").partition("-")
    return f"{KIND_OF.get(kind, kind)}:{thing}"


def betrayed_by(version: CaseSummary, kept: Kept) -> bool:
    """Whether a version still says something that is kept, today, from one of those it is for."""
    readers = readers_of(version.case, version.reader_id)
    secret = {key for key, residents in kept.items() if residents & readers}
    kinds = {key.partition(":")[0] for key in secret}
    return any(_tells(part, secret, kinds) for part in _things_in(version.as_composed))


def _things_in(summary: Summary) -> list[str]:
    return [*(part.key for part in summary.parts), *(["quote"] if summary.quote else [])]


def _tells(part: str, secret: set[str], kinds: set[str]) -> bool:
    if part in SAID_OF:
        return bool(SAID_OF[part] & kinds)
    return "quote" in kinds if part == "quote" else key_of_part(part) in secret


def may_go_on_paper(version: CaseSummary, kept: Kept) -> bool:
    """Whether a version may be given away: nothing in it betrays anyone, and a colleague has read it where that is asked."""
    return not kept or (not betrayed_by(version, kept) and is_checked(version))


def is_checked(version: CaseSummary) -> bool:
    """Whether a colleague found this text right, after the last thing was kept from someone."""
    last = Withheld.objects.in_force().filter(case=version.case_id).order_by("-since").values_list("since", flat=True).first()
    checks = version.checks.filter(revision=version.revision, found="right")
    return checks.filter(done_at__gte=last).exists() if last else checks.exists()
