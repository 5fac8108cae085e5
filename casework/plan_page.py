"""What the pages of a plan show, out of one disclosure: goals with their steps, who does what, and how it goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, disclose
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.platform.registries import StepLink, StepLinks, step_links

from . import permissions
from .disclosures import scope_of
from .models import Case, Goal, PlanStep, Review
from .plan_chart import Chart, chart_of
from .selectors import domains_in_order

END_OF_DAY = time(17)
# What a step is called in the address of what is begun from it.
STEP = "stap"
Kind, Status, Answer = PlanStep.Kind, PlanStep.Status, PlanStep.Answer
# How a kind of step looks: the class of its box, and its icon.
LOOKS = {
    Kind.RESIDENT: ("self", "person"),
    Kind.NETWORK: ("network", "people"),
    Kind.LOCAL_OFFER: ("offer", "heart"),
    Kind.LOKET: ("loket", "hand"),
    Kind.REQUEST: ("request", "send"),
    Kind.MAATWERK: ("maatwerk", "euro"),
}
# What we of the loket do, or ask for.
OURSELVES = frozenset({Kind.LOKET, Kind.REQUEST, Kind.MAATWERK})
TONES = {Status.PLANNED: "neutral", Status.DOING: "waiting", Status.DONE: "done", Status.STOPPED: "neutral"}


@dataclass(frozen=True)
class StepRow:
    """A step as it is shown, with what can be done about it now."""

    item: Item
    who: str
    link: StepLink | None
    begin: StepLinks | None

    @property
    def look(self) -> str:
        return LOOKS[Kind(self.item.details["kind"])][0]

    @property
    def icon(self) -> str:
        return LOOKS[Kind(self.item.details["kind"])][1]

    @property
    def tone(self) -> str:
        return TONES[Status(self.item.details["status"])]

    @property
    def is_open(self) -> bool:
        return self.item.details["status"] in PlanStep.OPEN

    @property
    def declined(self) -> bool:
        return bool(self.item.details["answer"] == Answer.DECLINED)

    @property
    def to_ask(self) -> bool:
        return self.is_open and self.item.details["answer"] == Answer.NOT_ASKED

    @property
    def can_go_on(self) -> bool:
        return self.is_open and not self.declined


@dataclass(frozen=True)
class GoalRow:
    item: Item
    whose: str
    steps: list[StepRow]

    @property
    def is_open(self) -> bool:
        return bool(self.item.details["status"] == Goal.Status.OPEN)


@dataclass(frozen=True)
class PlanPage:
    """The plan for the one who looks: what the convenant does not let them see is simply not here."""

    case: Case
    name: str
    goals: list[GoalRow]
    settled: list[GoalRow]
    # Steps that belong to no goal.
    loose: list[StepRow]
    # Strengths of the resident of which no step makes use yet.
    unused: list[Item]
    chart: Chart
    # Whether it was asked at the start how it goes.
    has_start: bool
    works: bool
    household: list[tuple[UUID, str]]
    links: list[StepLinks]
    disclosed: Disclosure

    @property
    def is_empty(self) -> bool:
        return not (self.goals or self.settled or self.loose)

    def has(self, kind: str, ref: UUID) -> bool:
        """Whether this thing of the plan is shown to who looks."""
        return any(item.ref == ref for item in self.disclosed.of(kind))


def plan_page(case: Case, user: User, *, what: str = "plan", readers: Iterable[UUID] = ()) -> PlanPage:
    """One disclosure, and a fixed number of queries. With `readers` what is kept from any of them is not in it."""
    ground = Ground("involvement", case.pk)
    disclosed = disclose(scope_of(case), to=user, purpose="listening", ground=ground, what=what, readers=readers)
    works = may(permissions.check_may_work_on, user, case)
    links = [found for found in (offer(user, case) for offer in step_links) if found is not None] if works else []
    household = _household(disclosed)
    names = dict(household)
    rows = [_row(item, names, links) for item in disclosed.of("plan_step")]
    goals = [
        GoalRow(item, names.get(item.details["resident"], ""), [row for row in rows if row.item.details["goal"] == item.ref])
        for item in disclosed.of("goal")
    ]
    of_goals = {row.item.ref for goal in goals for row in goal.steps}
    chart = chart_of(disclosed.of("reading"), domains_in_order(case.unit_id))
    return PlanPage(
        case=case,
        name=disclosed.text("name", scope_of(case).subjects[0]),
        goals=[goal for goal in goals if goal.is_open],
        settled=[goal for goal in goals if not goal.is_open],
        loose=[row for row in rows if row.item.ref not in of_goals],
        unused=_unused(disclosed),
        chart=chart,
        has_start=any(item.details["moment"] == Review.Kind.START for item in disclosed.of("reading")),
        works=works,
        household=household,
        links=links,
        disclosed=disclosed,
    )


@dataclass(frozen=True)
class PlanInBrief:
    """What the page of the case shows of the plan: goals, and the steps that are not done yet."""

    goals: list[Item]
    steps: list[StepRow]
    # (moment, sentence, address) of what waits.
    waits: list[tuple[datetime | None, Any, str]]


def in_brief(case: Case, disclosed: Disclosure) -> PlanInBrief:
    """Out of what was disclosed already. What is past its day waits, and the first that is to come."""
    names = dict(_household(disclosed))
    steps = [_row(item, names, []) for item in disclosed.of("plan_step")]
    steps = [row for row in steps if row.can_go_on]
    late = [row for row in steps if row.item.details["late"]]
    first = [row for row in steps if not row.item.details["late"]][:1]
    url = reverse("casework:case-plan", args=[case.pk])
    waits: list[tuple[datetime | None, Any, str]] = [
        (
            timezone.make_aware(datetime.combine(row.item.details["due_on"], END_OF_DAY)),
            _("Of the plan: %(what)s") % {"what": row.item.details["says"]},
            f"{url}#step-{row.item.ref}",
        )
        for row in [*late, *first]
    ]
    goals = [item for item in disclosed.of("goal") if item.details["status"] == Goal.Status.OPEN]
    return PlanInBrief(goals, steps, waits)


def _household(disclosed: Disclosure) -> list[tuple[UUID, str]]:
    """Who of the household has a name here, whom it is about first."""
    return [(item.subject_id, item.text) for item in disclosed.of("name") if item.text]


def _row(item: Item, names: Mapping[UUID, str], links: list[StepLinks]) -> StepRow:
    of_kind = next((found for found in links if found.kind == item.details["kind"]), None)
    link = next((one for found in links for one in found.links if one.key == item.details["link"]), None)
    begin = None
    if of_kind and of_kind.begin_url and not item.details["link"]:
        begin = replace(of_kind, begin_url=f"{of_kind.begin_url}?{STEP}={item.ref}")
    return StepRow(item, who_does(item, names), link, begin)


def who_does(item: Item, names: Mapping[UUID, str]) -> str:
    """Who does a step, as far as it is known here."""
    details: Any = item.details
    if details["kind"] == Kind.RESIDENT:
        return names.get(details["resident"], "") or str(_("Together at home") if details["resident"] is None else "")
    if details["kind"] in OURSELVES:
        return str(details["guard"])
    return str(details["who"])


def _unused(disclosed: Disclosure) -> list[Item]:
    used = {key for item in disclosed.of("plan_step") for key in item.tells}
    return [item for item in disclosed.of("strength") if item.key not in used]
