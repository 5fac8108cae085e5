"""What a version changes against the one in force, in words: who gains or loses what, and what else is other."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from luisterloket.people.roles import ROLES

from .models import Authorisation, ConvenantVersion, Phase


@dataclass(frozen=True)
class Named:
    """A thing that is the same in two versions by its code, whatever it is called."""

    code: Any
    name: str = field(compare=False)

    def __str__(self) -> str:
        return self.name


# Organisation, role, purpose, phase and category: what is the same cell in two versions.
CellName = tuple[Named, str, Named, str, Named]
READ, CONTRIBUTE = Authorisation.Level.READ.value, Authorisation.Level.CONTRIBUTE.value


@dataclass
class Difference:
    """Sentences, by what they are about."""

    gains: list[str] = field(default_factory=list)
    loses: list[str] = field(default_factory=list)
    # In the matrix, and giving nothing because a law is not in force.
    off: list[str] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any([self.gains, self.loses, self.off, self.grounds, self.parties, self.rest])


@dataclass(frozen=True)
class _Side:
    """One of both versions, as names."""

    cells: dict[CellName, str]
    off: dict[CellName, str]
    grounds: dict[tuple[Named, Named, Named], str]


def difference(old: ConvenantVersion | None, new: ConvenantVersion) -> Difference:
    """What `new` changes against `old`, of both what really holds: a cell of a law that is off gives nothing. Sixteen queries."""
    today = timezone.localdate()
    before = _side(old, today)
    after = _side(new, max(today, new.starts_on))
    found = Difference(parties=_parties(old, new), rest=[*_details(old, new), *_texts(old, new)])
    for level in (READ, CONTRIBUTE):
        found.gains += _grouped(
            (cell for cell, now in after.cells.items() if now == level and cell not in before.cells), _gained(level)
        )
        found.loses += _grouped(
            (cell for cell, was in before.cells.items() if was == level and cell not in after.cells), _lost(level)
        )
    both = [cell for cell in before.cells if cell in after.cells and before.cells[cell] != after.cells[cell]]
    found.gains += _grouped((cell for cell in both if after.cells[cell] == CONTRIBUTE), _may_add)
    found.loses += _grouped((cell for cell in both if after.cells[cell] == READ), _may_no_longer_add)
    for law in sorted(set(after.off.values())):
        found.off += _grouped((cell for cell, of in after.off.items() if of == law), _is_off(law))
    found.grounds = _grounds(before, after)
    return found


def _side(version: ConvenantVersion | None, day: date) -> _Side:
    side = _Side({}, {}, {})
    cells = Authorisation.objects.filter(version=version, party__left_on=None) if version else Authorisation.objects.none()
    for cell in cells.select_related("party__organisation", "purpose", "category", "ground__law").order_by(
        "party__organisation__name", "role", "purpose__name", "category__order"
    ):
        organisation = Named(cell.party.organisation_id, cell.party.organisation.name)
        purpose, category = Named(cell.purpose_id, cell.purpose.name), Named(cell.category_id, cell.category.name)
        name = (organisation, cell.role, purpose, cell.phase, category)
        side.grounds[organisation, purpose, category] = " ".join(
            filter(None, [str(cell.ground), cell.ground.avg_basis, cell.ground.exception])
        )
        if cell.ground.law.is_in_force(day):
            side.cells[name] = cell.level
        else:
            side.off[name] = cell.ground.law.name
    return side


def _grouped(cells: Iterable[CellName], sentence: Callable[[dict[str, str]], str]) -> list[str]:
    """One sentence for all the categories of one role, purpose and phase."""
    groups: dict[tuple[Named, str, Named, str], list[str]] = {}
    for organisation, role, purpose, phase, category in cells:
        groups.setdefault((organisation, role, purpose, phase), []).append(str(category))
    return [
        sentence({"who": f"{ROLES[role].name}, {organisation}", "what": ", ".join(what), "purpose": _for(purpose, phase)})
        for (organisation, role, purpose, phase), what in groups.items()
    ]


def _for(purpose: Named, phase: str) -> str:
    if phase == Phase.ANY:
        return str(purpose)
    return _("%(purpose)s (%(phase)s)") % {"purpose": purpose, "phase": str(Phase(phase).label).lower()}


def _gained(level: str) -> Callable[[dict[str, str]], str]:
    if level == READ:
        return lambda words: _("%(who)s: may from now on read %(what)s for %(purpose)s.") % words
    return lambda words: _("%(who)s: may from now on read and add to %(what)s for %(purpose)s.") % words


def _lost(level: str) -> Callable[[dict[str, str]], str]:
    if level == READ:
        return lambda words: _("%(who)s: may no longer read %(what)s for %(purpose)s.") % words
    return lambda words: _("%(who)s: may no longer read or add to %(what)s for %(purpose)s.") % words


def _may_add(words: dict[str, str]) -> str:
    return _("%(who)s: may from now on also add to %(what)s for %(purpose)s.") % words


def _may_no_longer_add(words: dict[str, str]) -> str:
    return _("%(who)s: may no longer add to %(what)s for %(purpose)s, only read it.") % words


def _is_off(law: str) -> Callable[[dict[str, str]], str]:
    return lambda words: (
        _("%(who)s: gets nothing of %(what)s for %(purpose)s as long as %(law)s is not in force.") % {**words, "law": law}
    )


def _grounds(before: _Side, after: _Side) -> list[str]:
    groups: dict[tuple[Named, Named, str, str], list[str]] = {}
    for place, now in after.grounds.items():
        was = before.grounds.get(place)
        if was is not None and was != now:
            groups.setdefault((place[0], place[1], was, now), []).append(str(place[2]))
    return [
        _("%(party)s, %(what)s for %(purpose)s: the ground was %(was)s and becomes %(now)s.")
        % {"party": party, "purpose": purpose, "was": was, "now": now, "what": ", ".join(what)}
        for (party, purpose, was, now), what in groups.items()
    ]


def _parties(old: ConvenantVersion | None, new: ConvenantVersion) -> list[str]:
    def of(version: ConvenantVersion | None) -> dict[str, str]:
        found = version.parties.filter(left_on=None).select_related("organisation") if version else ()
        return {
            one.organisation.name: str(one.get_kind_display()) + (f", {date_format(one.ends_on, 'j F Y')}" if one.ends_on else "")
            for one in found
        }

    before, after = of(old), of(new)
    return [
        *(_("%(party)s joins (%(kind)s).") % {"party": name, "kind": kind} for name, kind in after.items() if name not in before),
        *(_("%(party)s is no party any more.") % {"party": name} for name in before if name not in after),
        *(
            _("%(party)s was %(was)s and becomes %(now)s.") % {"party": name, "was": before[name], "now": kind}
            for name, kind in after.items()
            if name in before and before[name] != kind
        ),
    ]


def _details(old: ConvenantVersion | None, new: ConvenantVersion) -> list[str]:
    if old is None:
        return []
    asked = [(_("Name"), "name"), (_("First day"), "starts_on"), (_("Last day"), "ends_on"), (_("Day of review"), "review_on")]
    return [
        _("%(what)s: was %(was)s, becomes %(now)s.")
        % {"what": label, "was": _plain(getattr(old, name)), "now": _plain(getattr(new, name))}
        for label, name in asked
        if getattr(old, name) != getattr(new, name)
    ]


def _texts(old: ConvenantVersion | None, new: ConvenantVersion) -> list[str]:
    """Purposes, clauses and terms: new, gone, or other."""
    before, after = _said(old), _said(new)
    return [
        *(_("%(what)s: new.") % {"what": what} for what in after if what not in before),
        *(_("%(what)s: gone.") % {"what": what} for what in before if what not in after),
        *(_("%(what)s: changed.") % {"what": what} for what in after if what in before and before[what] != after[what]),
    ]


def _said(version: ConvenantVersion | None) -> dict[Named, Any]:
    """What a version says in words. An article is the same by its title, of those with one title by their order."""
    found: dict[Named, Any] = {}
    if version is None:
        return found
    for of in version.purposes.select_related("purpose").order_by("purpose__name"):
        found[Named(("purpose", of.purpose_id), _("Purpose “%(name)s”") % {"name": of.purpose.name})] = of.why
    titles: Counter[str] = Counter()
    for clause in version.clauses.all():
        titles[clause.title] += 1
        named = Named(("clause", clause.title, titles[clause.title]), _("Article “%(name)s”") % {"name": clause.title})
        found[named] = (clause.number, clause.text)
    for term in version.retention_terms.select_related("category").order_by("category__order"):
        named = Named(("term", term.category_id), _("Term of %(name)s") % {"name": term.category.name})
        found[named] = (term.months, term.starts, term.law, term.article)
    return found


def _plain(value: Any) -> str:
    return date_format(value, "j F Y") if isinstance(value, date) else str(value)
