"""Several requests at once, begun from the plan: a part for each desk, each with its own decision on what goes along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework.models import Case
from casework.plan_page import StepRow, plan_page
from luisterloket.people.models import User

from .forms.requests import RouteForm
from .models import Desk, Urgency
from .sending import SendPage, send_page

# How many desks can be asked with one send: more than this no page shows well and no resident can follow.
MOST = 5


@dataclass(frozen=True)
class StepToAsk:
    """A step of the plan that is to be a request and is none yet, with the desk that fits it best."""

    row: StepRow
    desk: UUID | None


@dataclass(frozen=True)
class Part:
    """The question to one desk: what goes along, its form, and the step that it comes from."""

    page: SendPage
    form: RouteForm
    step: str
    typed: Mapping[str, Any]

    @property
    def prefix(self) -> str:
        return self.form.prefix or ""


def to_ask(case: Case, user: User) -> list[StepToAsk]:
    """The open steps that are to be requests, out of one look at the plan."""
    page = plan_page(case, user, what="requests.new")
    desks = list(Desk.objects.all())
    rows = [row for goal in page.goals for row in goal.steps] + page.loose
    rows = [row for row in rows if row.can_go_on and row.begin and row.begin.kind == "request"]
    return [StepToAsk(row, next((desk.pk for desk in desks if row.item.details["domain"] in desk.domains), None)) for row in rows]


def parts_begun(case: Case, user: User, chosen: list[tuple[Desk, str]]) -> list[Part]:
    """The parts as they begin: with what each desk usually needs, and the words of the step as its title."""
    steps = {str(one.row.item.ref): one.row.item.details["says"] for one in to_ask(case, user)}
    found = []
    for number, (desk, step) in enumerate(chosen[:MOST]):
        typed = {"title": steps.get(step, "")[:80], "urgency": Urgency.NORMAL}
        page = send_page(case, user, desk_id=str(desk.pk))
        form = RouteForm(initial=typed, prefix=prefix(number), auto_id="id_%s", questions=page.questions)
        found.append(Part(page, form, step if step in steps else "", typed))
    return found


def parts_sent(case: Case, user: User, sent: Any, desks: Mapping[UUID, Desk], *, bound: bool) -> list[Part]:
    """The parts with what was typed in them. `bound` forms say what is wrong; others only show what was typed."""
    found = []
    for number in range(MOST):
        desk = desks.get(_uuid(sent.get(f"{prefix(number)}-desk", "")))
        if desk is None:
            continue
        typed = {name: sent.get(f"{prefix(number)}-{name}", "") for name in ("title", "question", "urgency", "knows", "step")}
        ticked = sent.getlist(f"{prefix(number)}-items")
        page = send_page(case, user, desk_id=str(desk.pk), ticked=ticked, urgency=typed["urgency"])
        form = (
            RouteForm(sent, prefix=prefix(number), auto_id="id_%s", questions=page.questions)
            if bound
            else RouteForm(initial=typed, prefix=prefix(number), auto_id="id_%s", questions=page.questions)
        )
        found.append(Part(page, form, typed["step"], typed))
    return found


def prefix(number: int) -> str:
    return f"deel{number}"


def _uuid(text: str) -> Any:
    try:
        return UUID(text)
    except ValueError:
        return None
