"""What letters can say of the plan: what was agreed with who and when, the goals in their own words, and the next contact."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Item

from .letter_filling import Field, Filling
from .models import FollowUp, Goal, PlanStep
from .plan_disclosures import OF_THE_PLAN
from .plan_page import OURSELVES, who_does

Fill = Callable[[Filling], tuple[str, list[Item]]]
# Who does a step is named: one of the household, or somebody around it.
NAMES = frozenset({"identity", "network"})


def _steps(fits: Callable[[Item], bool]) -> Fill:
    """What the resident agreed to and was not stopped, each on a line of its own."""

    def fill(filling: Filling) -> tuple[str, list[Item]]:
        names = {item.subject_id: item for item in filling.disclosed.of("name") if item.text}
        people = {item.key: item for item in filling.disclosed.of("support_person")}
        found = [item for item in filling.disclosed.of("plan_step") if _is_agreed(item) and fits(item)]
        told = [_in_words(item, {pk: name.text for pk, name in names.items()}) for item in found]
        named = [names[item.details["resident"]] for item in found if item.details["resident"] in names]
        around = [people[key] for item in found for key in sorted(item.tells) if key in people]
        return "\n".join(told), [*found, *named, *around]

    return fill


def _is_agreed(item: Item) -> bool:
    return item.details["answer"] == PlanStep.Answer.AGREED and item.details["status"] != PlanStep.Status.STOPPED


def _in_words(item: Item, names: dict[Any, str]) -> str:
    who, day = who_does(item, names), date_format(item.details["due_on"], "j F Y")
    when = gettext("at the latest on %(day)s") % {"day": day}
    return f"- {item.details['says'].strip().rstrip('.')} ({', '.join(filter(None, [who, when]))})"


def _goals(fits: Callable[[Item], bool]) -> Fill:
    def fill(filling: Filling) -> tuple[str, list[Item]]:
        found = [item for item in filling.disclosed.of("goal") if item.details["status"] == Goal.Status.OPEN and fits(item)]
        return "\n".join(f"- {item.text}" for item in found), found

    return fill


def _next(tell: Callable[[Item], str]) -> Fill:
    def fill(filling: Filling) -> tuple[str, list[Item]]:
        to_come = [item for item in filling.disclosed.of("follow_up") if item.details["done_at"] is None][:1]
        return (tell(to_come[0]), to_come) if to_come else ("", [])

    return fill


def _ours(item: Item) -> bool:
    return item.details["kind"] in OURSELVES


def _within(category: str) -> Callable[[Item], bool]:
    return lambda item: item.category == category


FIELDS_OF_PLAN: dict[str, Field] = {
    "doelen": Field(_("The goals"), "", _goals(lambda item: True), OF_THE_PLAN),
    "afgesproken": Field(_("What was agreed, who does it and when"), "", _steps(lambda item: True), OF_THE_PLAN, NAMES),
    "u_doet": Field(
        _("What the resident and people around them do, and when"), "", _steps(lambda item: not _ours(item)), OF_THE_PLAN, NAMES
    ),
    "wij_doen": Field(_("What we do, and when"), "", _steps(_ours), OF_THE_PLAN, NAMES),
    "volgende_dag": Field(
        _("When the next contact is"), FollowUp.CATEGORY, _next(lambda item: date_format(item.details["due_on"], "l j F Y"))
    ),
    "volgende_wie": Field(_("With whom the next contact is"), FollowUp.CATEGORY, _next(lambda item: item.details["who"])),
    # By kind of data, as what is hard: afgesproken_housing, doelen_housing, and so on.
    **{f"afgesproken_{one}": Field(_("What was agreed"), one, _steps(_within(one)), beside=NAMES) for one in sorted(OF_THE_PLAN)},
    **{f"doelen_{one}": Field(_("The goals"), one, _goals(_within(one))) for one in sorted(OF_THE_PLAN)},
}
