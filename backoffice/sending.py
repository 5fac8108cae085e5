"""The page on which a request is made: which desks there are, and exactly what one of them will see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.consents import last_informings, rows_of
from casework.disclosures import of_the_case, scope_with_others
from casework.models import Case, Informing
from luisterloket.convenant.disclosure import ClosedPairs, Disclosure, Ground, Item, disclose
from luisterloket.convenant.models import ConvenantVersion, DataCategory
from luisterloket.convenant.sharing import sharing_stopped
from luisterloket.people.models import User

from . import intake, sharing, terms
from .capacity import busy
from .models import Clock, Desk, DeskQuestion, Kind, SpecialistRequest, Urgency

# What each kind of request is for, for who has to choose.
MEANS = {
    Kind.ADVICE: gettext_lazy("You want to know what is possible. You go on with the resident yourself."),
    Kind.WARM_HANDOVER: gettext_lazy("The desk goes on with it. You introduce the resident, and nobody tells it twice."),
    Kind.REPORT: gettext_lazy("You report that help is needed, so that the desk looks into it."),
    Kind.APPLICATION: gettext_lazy("The resident asks for a decision. It comes in writing, within the term of the law."),
}


@dataclass(frozen=True)
class DeskCard:
    """A desk to choose from: what it helps with, how soon, and whether something runs there already."""

    desk: Desk
    terms: list[str]
    running: int
    fits: bool
    # That it is busy, in words; empty when it is not.
    busy: str = ""


@dataclass(frozen=True)
class KindCard:
    """A kind of request that the desk takes: what it is for, and how soon and by which rule it is answered."""

    kind: Kind
    hint: Any
    term: str


@dataclass(frozen=True)
class Line:
    """One item that may go along, with its legal ground, ticked or not."""

    item: Item
    ground: str
    ticked: bool

    @property
    def key(self) -> str:
        return self.item.key


@dataclass(frozen=True)
class Stays:
    """A category that the desk will not see, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Waits:
    """A category that the resident closes to this desk: whose it is, and why it stays."""

    name: str
    who: str
    why: Any
    # Consent can be asked on a page of its own.
    can_be_asked: bool


@dataclass(frozen=True)
class SendPage:
    """What someone who asks a desk has to know before it is sent. Without a chosen desk only the desks."""

    who: str
    cards: list[DeskCard]
    desk: Desk | None = None
    lines: tuple[Line, ...] = ()
    waits: tuple[Waits, ...] = ()
    stays: tuple[Stays, ...] = ()
    # When whom the case is about was last told what this desk may know, and why.
    informed: Informing | None = None
    # What kind of request it is, and which ones this desk takes.
    kind: str = ""
    kinds: tuple[KindCard, ...] = ()
    moments: Mapping[str, dict[str, datetime]] | None = None
    normal_term: str = ""
    convenant: ConvenantVersion | None = None
    urgent: bool = False
    # What the desk asks besides.
    questions: tuple[DeskQuestion, ...] = ()
    # Why nothing may be sent to this desk now: the resident objected, or asked that their data are only kept.
    stopped: Any = ""

    @property
    def goes(self) -> list[Line]:
        return [line for line in self.lines if line.ticked]

    @property
    def can_ask_consent(self) -> bool:
        return any(one.can_be_asked for one in self.waits)

    @property
    def quotes(self) -> list[Line]:
        return [line for line in self.goes if line.item.kind == "quote"]

    @property
    def facts(self) -> list[Line]:
        return [line for line in self.goes if line.item.kind != "quote"]


def draft_name(case: Case, follows: SpecialistRequest | None = None) -> str:
    """Under which name one keeps what one is typing: what goes on from another request stands apart from a new one."""
    return f"request:{case.pk}:{follows.pk}" if follows else f"request:{case.pk}"


def send_page(
    case: Case, user: User, *, desk_id: str = "", ticked: list[str] | None = None, urgency: str = "", kind: str = ""
) -> SendPage:
    """What can be sent to which desk. `ticked` None means what the desk usually needs. The look at the case is logged."""
    scope = scope_with_others(case, user, for_all=True)
    seen = disclose(scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what="request.new")
    who = seen.text("name")
    desks = list(Desk.objects.select_related("unit", "purpose"))
    now = timezone.now()
    all_terms = terms.of_desks(desks, timezone.localdate(now))
    domains = {item.details["domain"] for item in seen.of("concern")}
    cards = _cards(case, domains, desks, all_terms)
    desk = next((one for one in desks if str(one.pk) == str(desk_id)), None)
    if desk is None:
        return SendPage(who, cards)
    allowed = sharing.desk_may_see(desk, case)
    may_go = [item for item in of_the_case(seen.items, case) if item.category in allowed]
    shut = sharing.closed_for(desk, case, may_go, allowed)
    items = [item for item in may_go if not any((item.subject_id, one) in shut for one in {item.category, *item.also})]
    kept = [item for item in may_go if item not in items]
    ticks = set(sharing.usual(items, desk, scope.subjects[0]) if ticked is None else ticked)
    left_out = {item.category for item in seen.items} - set(allowed)
    kind = kind if kind in desk.kinds else usual_kind(desk)
    normal = all_terms.get((desk.pk, kind, Urgency.NORMAL, Clock.ANSWER))
    return SendPage(
        who,
        cards,
        desk=desk,
        lines=tuple(Line(item, allowed[item.category].legal_ground, item.key in ticks) for item in items),
        waits=tuple(_waits(kept, shut, seen)),
        stays=tuple(_stays(left_out, desk)),
        informed=last_informings(case.pk, rows_of(case, scope.subjects[0])).get(desk.purpose_id),
        kind=kind,
        kinds=tuple(_kind_card(desk, Kind(one), all_terms) for one in desk.kinds),
        moments={one: terms.moments(desk, all_terms, kind, one, now) for one in Urgency.values},
        normal_term=terms.in_words(normal) if normal else "",
        convenant=ConvenantVersion.in_force(),
        urgent=urgency == Urgency.TODAY,
        questions=tuple(intake.asked_about(desk, case, scope.subjects[0], allowed)),
        stopped=sharing_stopped(scope.subjects[:1], desk.purpose_id),
    )


def _cards(case: Case, domains: set[str], desks: list[Desk], all_terms: dict[Any, Any]) -> list[DeskCard]:
    """All desks, those that fit the life domains of what this person sees of the concerns on top."""
    running: dict[UUID, int] = {}
    for unit in SpecialistRequest.objects.filter(case=case).open().values_list("desk_unit_id", flat=True):
        running[unit] = running.get(unit, 0) + 1
    full = busy(desks)
    cards = [
        DeskCard(
            desk, in_words(desk, all_terms), running.get(desk.unit_id, 0), bool(domains & set(desk.domains)),
            full.get(desk.unit_id, ""),
        )
        for desk in desks
    ]  # fmt: skip
    return sorted(cards, key=lambda card: (not card.fits, card.desk.order))


def in_words(desk: Desk, all_terms: dict[Any, Any]) -> list[str]:
    """How soon a desk answers."""
    kind = usual_kind(desk)
    urgent, normal = (all_terms.get((desk.pk, kind, one, Clock.ANSWER)) for one in (Urgency.TODAY, Urgency.NORMAL))
    found = []
    if urgent:
        found.append(_("Acute: an answer within %(term)s.") % {"term": terms.in_words(urgent)})
    if normal:
        found.append(_("Otherwise within %(term)s.") % {"term": terms.in_words(normal)})
    return found


def usual_kind(desk: Desk) -> str:
    """Advice, or else the first kind that the desk takes."""
    return Kind.ADVICE if Kind.ADVICE in desk.kinds or not desk.kinds else str(desk.kinds[0])


def _kind_card(desk: Desk, kind: Kind, all_terms: dict[Any, Any]) -> KindCard:
    term = all_terms.get((desk.pk, kind, Urgency.NORMAL, Clock.ANSWER))
    told = _("Answer within %(term)s (%(source)s).") % {"term": terms.in_words(term), "source": term.where} if term else ""
    return KindCard(kind, MEANS[kind], told)


def _waits(items: list[Item], shut: ClosedPairs, seen: Disclosure) -> list[Waits]:
    """What would go along if the resident did not close it: by category and person, and nothing of what it says."""
    found = dict.fromkeys((item.category, item.subject_id) for item in items)
    names = dict(DataCategory.objects.filter(pk__in={category for category, _subject in found}).values_list("pk", "name"))
    return [
        Waits(names[category], seen.text("name", subject), closed.why, closed.code == "consent")
        for category, subject in found
        if (closed := shut.get((subject, category)))
    ]


def _stays(categories: set[str], desk: Desk) -> list[Stays]:
    """What plays in this case and stays at the loket."""
    found = []
    for category in DataCategory.objects.filter(pk__in=categories):
        if category.sensitivity == DataCategory.Sensitivity.ORDINARY:
            why = _("Convenant: %(desk)s has no access to this") % {"desk": desk}
        else:
            why = _("A special kind of data, without a ground for this purpose")
        found.append(Stays(category.name, why))
    return found
