"""The page of a case: everything that the convenant lets someone see of it, gathered in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, disclose
from luisterloket.people.models import Unit, User
from luisterloket.people.permissions import may
from luisterloket.platform.registries import CasePanel, case_panels

from . import permissions
from .disclosures import scope_with_others
from .domains import ICON_OF, TONE_OF, LifeDomain, Severity
from .models import Case, CaseGuard, CaseMember, Involvement
from .network import Picture, picture
from .plan_page import PlanInBrief, in_brief
from .selectors import REACH, born_in_words, domains_in_order, rows_of_main
from .timeline import TIMELINE, Moment, case_history, folded, moments

# So many documents and letters on the page itself.
PAPERS = 4
# No one to wait for a date: it comes after what has one.
LAST = datetime.max.replace(tzinfo=timezone.get_default_timezone())


@dataclass(frozen=True)
class Wait:
    """What waits: until when, for what, and where to go."""

    due_at: datetime | None
    text: Any
    url: str
    late: bool


@dataclass(frozen=True)
class Balance:
    """Concerns beside strengths in one life domain."""

    label: Any
    icon: str
    # Each concern with the tone of its severity.
    concerns: list[tuple[str, Item]]
    strengths: list[Item]


@dataclass(frozen=True)
class CasePage:
    """A case for the one who looks: what the convenant does not let them see is simply not here."""

    case: Case
    name: str
    born: str
    facts: list[Item]
    quote: Item | None
    story: list[Item]
    owner: str
    unit: str
    others: list[tuple[str, Any]]
    acute: list[Item]
    balance: list[Balance]
    not_spoken: list[Any]
    network: list[Item]
    household: list[Item]
    picture: Picture | None
    # Who lived there before or comes later, and who decides or speaks for someone.
    former: list[Item]
    deciders: list[Item]
    # Who alone may open this case; empty when it is not protected.
    named: list[str]
    plan: PlanInBrief
    waits: list[Wait]
    timeline: list[Moment]
    panels: list[CasePanel]
    agreed_at: datetime | None
    works: bool
    # The cases that this person may open of the same resident under another row, with when each was opened.
    same_person: list[tuple[str, datetime]]
    # The newest documents and letters.
    papers: list[Item]


def case_page(case: Case, user: User) -> CasePage:
    """One disclosure, and a fixed number of queries whatever the case holds; panels of higher floors add their own."""
    scope = scope_with_others(case, user)
    disclosed = disclose(scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what="case page")
    rows = rows_of_main(scope)
    works = may(permissions.check_may_work_on, user, case)
    # Requests and money tell of the situation too, so those parts are only for who works on the case.
    panels = [panel for panel in (offer(user, case) for offer in case_panels) if panel is not None] if works else []
    history = case_history(case, works=works)
    agreed_at = next((entry.at for entry in history if entry.verb == "summary.agreed"), None)
    parts = list(Involvement.objects.in_force().filter(case=case).select_related("user").order_by("since"))
    named = dict(CaseGuard.objects.filter(case=case, kind=CaseGuard.Kind.NAMED).values_list("user_id", "user__name"))
    if named:
        # A part from before the protection opens nothing any more.
        parts = [part for part in parts if part.user_id in named]
    balance, not_spoken = _balance(disclosed, domains_in_order(case.unit_id))
    name = next((item.text for row in rows for item in disclosed.of("name", row) if item.text), "")
    plan = in_brief(case, disclosed)
    return CasePage(
        case=case,
        name=name,
        born=born_in_words(next((item.details["on"] for row in rows for item in disclosed.of("born", row)), "")),
        facts=_facts(disclosed, rows),
        quote=next(iter(disclosed.of("quote")), None),
        story=[item for kind in ("own_words", "asked_question", "question_behind", "answer") for item in disclosed.of(kind)],
        owner=next((part.user.name for part in parts if part.kind == Involvement.Kind.OWNER), ""),
        unit=Unit.objects.values_list("name", flat=True).get(pk=case.unit_id),
        others=[(part.user.name, part.get_kind_display()) for part in parts if part.kind != Involvement.Kind.OWNER],
        acute=[item for item in disclosed.of("concern") if item.details["severity"] == Severity.ACUTE],
        balance=balance,
        not_spoken=not_spoken if works else [],
        network=disclosed.of("support_person"),
        household=disclosed.of("member"),
        picture=picture(name, disclosed.of("member"), disclosed.of("support_person")),
        former=disclosed.of("former_member"),
        deciders=disclosed.of("representative"),
        named=sorted(named.values()),
        plan=plan,
        waits=_waits(panels, plan if works else None),
        timeline=folded(moments(history))[:TIMELINE],
        panels=panels,
        agreed_at=agreed_at,
        works=works,
        same_person=_same_person(case, user, rows),
        papers=_papers(disclosed),
    )


def _papers(disclosed: Disclosure) -> list[Item]:
    found = [*disclosed.of("document"), *disclosed.of("letter")]
    return sorted(found, key=lambda item: item.details["at"], reverse=True)[:PAPERS]


def _facts(disclosed: Disclosure, rows: list[UUID]) -> list[Item]:
    """How to reach someone, out of all rows of theirs, each thing once."""
    found = [item for kind in REACH for row in rows for item in disclosed.of(kind, row)]
    return list({(str(item.label), item.text): item for item in reversed(found)}.values())[::-1]


def _same_person(case: Case, user: User, rows: list[UUID]) -> list[tuple[str, datetime]]:
    if len(rows) == 1:
        return []
    others = (
        Case.objects.visible_to(user).filter(members__resident__in=rows, members__part=CaseMember.Part.MAIN).exclude(pk=case.pk)
    )
    return [(other.get_absolute_url(), other.opened_at) for other in others.order_by("-opened_at")]


def _balance(disclosed: Disclosure, order: list[LifeDomain]) -> tuple[list[Balance], list[Any]]:
    hard: dict[Any, list[tuple[str, Item]]] = defaultdict(list)
    good: dict[Any, list[Item]] = defaultdict(list)
    for item in disclosed.of("concern"):
        hard[item.details["domain"]].append((TONE_OF[item.details["severity"]], item))
    for item in disclosed.of("strength"):
        good[item.details["domain"]].append(item)
    spoken = [domain for domain in order if hard[domain] or good[domain]]
    rows = [Balance(domain.label, ICON_OF[domain], hard[domain], good[domain]) for domain in spoken]
    if good[None]:
        rows.append(Balance(_("In general"), "heart", [], good[None]))
    return rows, [domain.label for domain in order if domain not in spoken]


def _waits(panels: Iterable[CasePanel], plan: PlanInBrief | None) -> list[Wait]:
    now = timezone.now()
    waits = [wait for panel in panels for wait in panel.waits] + (plan.waits if plan else [])
    found = [Wait(due_at, text, url, bool(due_at and due_at < now)) for due_at, text, url in waits]
    return sorted(found, key=lambda wait: wait.due_at or LAST)
