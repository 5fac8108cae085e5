"""What each data category means of a person: who they are, how they are reached, with whom they live, who speaks for them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Item, Scope, source

from .groups import named_by
from .models import CaseMember, ParentalTie, Protection, Representative, Resident

NEVER_CALL, NEVER_MESSAGE, NEVER_WRITE = _("Never call this number"), _("Never leave a message"), _("Never send a letter")
SECRET = _("Secret address. Let it go along only when this desk cannot do without.")
# Of whom the address may put someone in danger.
WITH_SECRET_ADDRESS = (Protection.Reason.SECRET_ADDRESS, Protection.Reason.SAFETY)
KINDS_OF_REPRESENTATIVES = ("contact", "household", "finances", "health")


@source("known", "identity", "contact")
def persons(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """Each row with how it can be reached, under the name that counts for the person."""
    secret = _with_secret_address(scope) if "contact" in categories else set()
    place = {subject: number for number, subject in enumerate(scope.subjects)}
    rows = sorted(Resident.objects.filter(pk__in=scope.subjects), key=lambda one: place[one.pk])
    named = named_by(rows, scope.subjects)
    for one in rows:
        known_as, born = called(one, named[one.pk]), named[one.pk].born or one.born
        if "known" in categories:
            initials = " ".join(f"{word[0]}." for word in known_as.split() if word)
            yield Item("known", "initials", one.pk, one.pk, _("Initials"), initials, {"born": born[:4]})
        if "identity" in categories:
            names = {"name": one.name, "known_as": one.known_as}
            yield Item("identity", "name", one.pk, one.pk, _("Name"), known_as, names)
            if born:
                yield Item("identity", "born", one.pk, one.pk, _("Born"), in_figures(born), {"on": born, "own": one.born})
            if one.language:
                yield Item("identity", "language", one.pk, one.pk, _("Language"), one.language)
        if "contact" in categories:
            yield from _reach(one, secret=one.pk in secret)


def called(one: Resident, named: Resident) -> str:
    """What someone is called: by the row that counts for the person, or as in their own when that has no name."""
    return named.name or named.known_as or one.name or one.known_as


def _reach(one: Resident, *, secret: bool) -> Iterator[Item]:
    """How someone is reached, with the hard rules beside what they are about."""
    if one.phone:
        rules = tuple(text for never, text in ((one.never_call, NEVER_CALL), (one.never_message, NEVER_MESSAGE)) if never)
        yield Item("contact", "phone", one.pk, one.pk, _("Telephone"), one.phone, beside=rules)
    if one.email:
        yield Item("contact", "email", one.pk, one.pk, _("E-mail"), one.email)
    if one.address:
        rules = (NEVER_WRITE,) if one.never_write else ()
        yield Item(
            "contact", "address", one.pk, one.pk, _("Secret address") if secret else _("Address"), one.address,
            beside=rules, careful=SECRET if secret else "",
        )  # fmt: skip
    if one.channel:
        text = str(Resident.Channel(one.channel).label)
        if one.channel == Resident.Channel.THROUGH:
            text = gettext("through %(who)s") % {"who": one.through}
        yield Item("contact", "channel", one.pk, one.pk, _("Would like to be reached"), text)
    if one.best_moments:
        yield Item("contact", "best_moments", one.pk, one.pk, _("Best moments"), one.best_moments)
    if one.interpreter:
        yield Item("contact", "interpreter", one.pk, one.pk, _("Interpreter needed"), one.interpreter)


def _with_secret_address(scope: Scope) -> set[Any]:
    found = Protection.objects.filter(resident__in=scope.subjects, reason__in=WITH_SECRET_ADDRESS, lifted_at=None)
    return set(found.values_list("resident_id", flat=True))


def in_figures(born: str) -> str:
    """A day as it is written in any language here, 14-3-1997; a year, or what cannot be read, as it was given."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return born
    return f"{day.day}-{day.month}-{day.year}"


@source("household")
def household(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """Who belong together, and who did before; names of the others come along, since that is what a household is."""
    if scope.case_id is None:
        return
    found = CaseMember.objects.filter(case_id=scope.case_id, resident__in=scope.subjects).select_related("resident")
    members = list(found.order_by("part", "pk"))
    named = named_by([member.resident for member in members], scope.subjects)
    names: dict[Any, str] = {member.pk: called(member.resident, named[member.resident_id]) for member in members}
    people: dict[Any, list[CaseMember]] = {}
    for member in members:
        people.setdefault(named[member.resident_id].pk, []).append(member)
    for who, rows in people.items():
        if not any(member.part == CaseMember.Part.MAIN for member in rows):
            # Who was written down twice is here once: as who lives there now, or else by the row that is kept.
            member = min(rows, key=lambda one: (not one.holds_today, one.resident_id != who))
            yield _member(member, names[member.pk], named[member.resident_id])
    ties = ParentalTie.objects.filter(case_id=scope.case_id, child__resident__in=scope.subjects).of_today()
    told = set()
    for tie in ties.select_related("child").order_by("kind", "pk"):
        name = tie.name or names.get(tie.adult_id, "")
        same = (named[tie.child.resident_id].pk, *_tie_words(tie, name))
        if same in told:
            continue
        told.add(same)
        yield Item(
            "household", "tie", tie.child.resident_id, tie.pk, _("Parent or guardian"), ", ".join(_tie_words(tie, name)),
            {"name": name, "child": names.get(tie.child_id, "")},
        )  # fmt: skip


def _member(member: CaseMember, name: str, named: Resident) -> Item:
    """Someone of the household of today, or of before: the latter never goes along as a matter of course."""
    one, here = member.resident, member.holds_today
    words = [name, str(member.get_part_display()), (named.born or one.born)[:4]]
    if member.authority and member.authority != CaseMember.Authority.UNKNOWN:
        words.append(gettext("authority: %(who)s") % {"who": member.get_authority_display()})
    if not here:
        words.append(gettext("no longer in the household") if member.until else gettext("not yet in the household"))
    details = {
        "part": member.part,
        "name": named.name or one.name,
        "since": member.since,
        "until": member.until,
        "authority": member.authority,
    }
    return Item(
        "household", "member" if here else "former_member", one.pk, member.pk, _("Household"), ", ".join(filter(None, words)),
        details, careful="" if here else _("Does not live with them now."),
    )  # fmt: skip


def _tie_words(tie: ParentalTie, name: str) -> list[str]:
    return [name, str(tie.get_kind_display()), *([gettext("has authority")] if tie.has_authority else [])]


@source(*KINDS_OF_REPRESENTATIVES)
def representatives(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """Who decides or speaks for someone now, each under the category that it tells of. A pass phrase is never an item."""
    if scope.case_id is None:
        return
    found = Representative.objects.filter(case_id=scope.case_id, resident__in=scope.subjects).of_today()
    for one in found.select_related("document_seen_by").order_by("kind", "pk"):
        if one.category in categories:
            yield _representative(one)


def _representative(one: Representative) -> Item:
    about = one.matter if one.scope == one.Scope.MATTER else str(one.get_scope_display())
    text = ", ".join(filter(None, [one.name, one.organisation, one.phone, about]))
    details = {
        "name": one.name or one.organisation,
        "organisation": one.organisation if one.name else "",
        "phone": one.phone,
        "kind": one.kind,
        "about": about,
        "money": one.decides_on_money,
        "since": one.since,
        "until": one.until,
        "reason": one.reason,
        "seen_on": one.document_seen_on,
        "seen_by": one.document_seen_by.name if one.document_seen_by else "",
        "has_phrase": bool(one.pass_phrase),
    }
    return Item(one.category, "representative", one.resident_id, one.pk, one.get_kind_display(), text, details)
