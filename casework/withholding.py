"""What is kept from someone at home: left out of every copy for them, and marked for who works on the case (decision 0018)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Item, Scope, withholding
from luisterloket.people.models import User
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.plain import Plain

from .groups import kept_of, others_of
from .models import Case, CaseMember, CaseSummary, ResidentMerge, Withheld
from .plan_tells import keys_ever_told
from .texts import Summary

AT_HOME = _("Keep this from someone at home")
CAREFUL = _("Kept from someone at home. Let it go along only when this desk cannot do without.")
# The parts of a summary that are not named after one thing, and the kinds of items they are made of.
SAID_OF = {"asked": {"asked_question"}, "behind": {"question_behind"}, "household": {"member"}, "story": {"name"}}
# What the parts of a summary are called by, where that is not the kind of the item.
KIND_OF = {"person": "support_person", "followup": "follow_up"}
# The parts of a summary that are steps of the plan.
STEP = "plan_step-"
# One thing that comes up under another kind as time goes: who lives there, and who did or will.
SAME_AS = {"former_member": "member"}
# The kinds of which a sentence does not tell which of them it is about.
SAID_OF_KINDS = {*(kind for kinds in SAID_OF.values() for kind in kinds), "quote", *SAME_AS}

Kept = Mapping[str, frozenset[UUID]]


def kept_in(case_id: UUID, rows: Collection[UUID] = ()) -> Kept:
    """By key of an item the household members it is kept from, each as the row that is kept of them.

    `rows` are the residents that are shown: what is kept of them in another case is kept here too. What is kept of someone who was
    written down twice is kept by either row.
    """
    where = Q(case=case_id)
    if rows:
        where |= Q(thing__in=rows, case__in=CaseMember.objects.filter(resident__in=rows).values("case_id"))
    found = list(Withheld.objects.in_force().filter(where).values_list("kind", "thing", "resident_id"))
    if not found:
        return {}
    members = _members(case_id) if any(SAME_AS.get(kind, kind) == "member" for kind, _thing, _resident in found) else {}
    person = kept_of({*members.values(), *(one for _kind, *two in found for one in two)})
    kept: dict[str, set[UUID]] = defaultdict(set)
    for kind, thing, resident in found:
        for one in _as_rows(thing, members, person):
            kept[same_key(f"{kind}:{one}")].add(person[resident])
    return {key: frozenset(residents) for key, residents in kept.items()}


def same_key(key: str) -> str:
    """The key by which a thing stays the same thing, whatever kind it comes up under."""
    kind, _colon, thing = key.partition(":")
    return f"{SAME_AS.get(kind, kind)}:{thing}"


def _members(case_id: UUID) -> dict[UUID, UUID]:
    return dict(CaseMember.objects.filter(case=case_id).values_list("pk", "resident_id"))


def _as_rows(thing: UUID, members: Mapping[UUID, UUID], person: Mapping[UUID, UUID]) -> Iterable[UUID]:
    """The thing, or when it is somebody every row of that person."""
    if thing in members:
        return [one for one, resident in members.items() if person[resident] == person[members[thing]]]
    return [one for one, kept in person.items() if thing in person and kept == person[thing]]


def is_kept_from_paper(case: Case, user: User) -> bool:
    """Whether the pages of this case show something that is kept from someone at home, here or of these people in another case."""
    members = set(_members(case.pk).values())
    return bool(kept_in(case.pk, members.union(others_of(members, user))))


def readers_of(case: Case, reader: UUID | None) -> frozenset[UUID]:
    """Who reads a copy: this household member, or everyone who is at home today."""
    at_home = CaseMember.objects.filter(case=case).of_today().values_list("resident_id", flat=True)
    return frozenset(kept_of([reader] if reader else at_home).values())


@withholding
def keep_back(scope: Scope, items: list[Item], readers: frozenset[UUID]) -> list[Item]:
    """Leave out what one of the readers must not read; mark the rest, so that whoever sees it keeps it back too."""
    kept = kept_in(scope.case_id, scope.subjects) if scope.case_id else {}
    if not kept:
        return items
    names = _names(items)
    readers = frozenset(kept_of(readers).values())
    given = ((item, kept_from(item, kept)) for item in items)
    return [_marked(item, residents, names) for item, residents in given if not residents & readers]


def kept_from(item: Item, kept: Kept) -> frozenset[UUID]:
    """The household members who must not read this item: itself, or one of the other things that it tells of."""
    return frozenset().union(*(kept.get(same_key(key), frozenset()) for key in (item.key, *item.tells)))


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
    kinds = _not_left_out(version, {key.partition(":")[0] for key in secret})
    parts = _things_in(version.as_composed)
    return any(_tells(part, secret, kinds) for part in parts) or _steps_tell(version, parts, secret)


def _steps_tell(version: CaseSummary, parts: Iterable[str], secret: set[str]) -> bool:
    """Whether a step of the plan in it tells, or told, of something else that is kept, such as who does it."""
    steps = [part.removeprefix(STEP) for part in parts if part.startswith(STEP)]
    if not steps or not secret:
        return False
    members = {resident: pk for pk, resident in _members(version.case_id).items()}
    return bool(keys_ever_told(steps, members) & secret)


def _not_left_out(version: CaseSummary, kinds: set[str]) -> set[str]:
    """Those of these kinds that may be in a version still. A sentence about several of a kind does not tell which: it was made
    without what is kept when nothing that decides on that was changed since.
    """
    of_kind = {kind for kind in SAID_OF_KINDS if SAME_AS.get(kind, kind) in kinds}
    if not of_kind:
        return kinds
    kept = Withheld.objects.in_force().filter(case=version.case_id, kind__in=of_kind, since__gte=version.made_at)
    both = ResidentMerge.objects.filter(Q(case=version.case_id) | Q(other_case=version.case_id))
    merged = both.filter(Q(done_at__gte=version.made_at) | Q(undone_at__gte=version.made_at))
    came = version.reader_id is None and last_came(version.case_id, version.made_at)
    return kinds if came or kept.exists() or merged.exists() else kinds - {SAME_AS.get(kind, kind) for kind in of_kind}


def last_came(case_id: UUID, since: datetime | None = None) -> datetime | None:
    """When someone was last written down, or changed, as living there."""
    there = CaseMember.history.filter(case_id=case_id, until=None).order_by("-history_date")
    last: datetime | None = there.values_list("history_date", flat=True).first()
    return last if last and (since is None or last >= since) else None


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
    """Whether a colleague found this text right, after the last that matters to it: a thing that was kept from someone, someone
    who came to live there when it is for everyone at home, a name that was added when it was agreed.
    """
    kept = Withheld.objects.in_force().filter(case=version.case_id).order_by("-since").values_list("since", flat=True).first()
    came = last_came(version.case_id) if version.reader_id is None else None
    named = version.agreed_at if version.representative else None
    checks = version.checks.filter(revision=version.revision, found="right")
    last = max(filter(None, (kept, came, named)), default=None)
    return checks.filter(done_at__gte=last).exists() if last else checks.exists()


def authors_of(version: CaseSummary) -> set[UUID]:
    """Who made a version, and everyone whose words are in it: those that came along from an earlier one too."""
    authors = {version.made_by_id, *filter(None, [version.worded_by_id])}
    if not version.wording:
        return authors
    upto = CaseSummary.objects.filter(case=version.case_id, reader=version.reader_id, number__lte=version.number)
    worded = HistoryEntry.objects.filter(case_id=version.case_id, verb="summary.reworded", thing_id__in=upto.values("pk"))
    return authors.union(filter(None, worded.values_list("actor_id", flat=True)))
