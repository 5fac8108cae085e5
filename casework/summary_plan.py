"""What the summary says of the plan: what is done, by whom, and when."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_noop

from luisterloket.convenant.disclosure import Item
from luisterloket.platform.plain import phrase

from .models import PlanStep
from .plan_page import OURSELVES
from .wording import Wording

Kind, Answer = PlanStep.Kind, PlanStep.Answer

OURS = phrase(gettext_noop("In the plan: %(text)s. %(who)s does this, at the latest on %(day)s."))
THEIRS = phrase(gettext_noop("In the plan: %(text)s. It is done at the latest on %(day)s."))
NOT_ASKED = phrase(gettext_noop("We still ask whether this is all right."))


def is_agreed_on(item: Item) -> bool:
    """What is open and was not declined; a request and maatwerk are told of by the floors they are of."""
    if item.kind != "plan_step" or item.details["status"] not in PlanStep.OPEN or item.details["answer"] == Answer.DECLINED:
        return False
    return item.details["kind"] not in {Kind.REQUEST, Kind.MAATWERK} or not item.details["link"]


def in_words(item: Item, names: Mapping[UUID, str], wording: Wording) -> list[str]:
    details = item.details
    who = _who(item, names)
    told = {"text": details["says"].strip().rstrip("."), "day": details["due_on"]}
    said = [wording.say(OURS, **told, who=who) if who else wording.say(THEIRS, **told)]
    return said if details["answer"] else [*said, wording.say(NOT_ASKED)]


def _who(item: Item, names: Mapping[UUID, str]) -> str:
    if item.details["kind"] == Kind.RESIDENT:
        return names.get(item.details["resident"], "")
    return str(item.details["guard"] if item.details["kind"] in OURSELVES else item.details["who"])
