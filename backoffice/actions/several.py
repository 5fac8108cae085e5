"""Several desks are asked at once: all of it is sent, or nothing."""

from typing import Any

from backoffice import permissions
from casework.actions import touch
from casework.models import Case
from casework.plan_begun import begun_from
from luisterloket.platform.commands import command
from luisterloket.platform.drafts import drop_draft
from luisterloket.platform.exceptions import Refused

from .sending import ask_desk, may_be_asked_of


class RefusedPart(Refused):
    """A refusal of one of the parts, so that nothing was sent; `part` is which, counted from 0."""

    def __init__(self, part: int, refusal: Refused):
        super().__init__(refusal.messages[0], code=getattr(refusal, "code", ""))
        self.part = part
        self.field = getattr(refusal, "field", None)


@command
def route_requests(*, actor: Any, case: Case, parts: list[dict[str, Any]]) -> Case:
    """Ask several desks about one case in one send, each with its own question and its own decision on what goes along.

    Each part has a `desk`, `title`, `question`, `urgency`, `items`, `knows`, and the `step` of the plan that it then is, if any.
    For who works on the case. Raises `RefusedPart` for the first part that may not be sent: then nothing is.
    """
    permissions.check_may_route(actor, case)
    may_be_asked_of(case)
    for number, part in enumerate(parts):
        asked = {name: value for name, value in part.items() if name not in {"desk", "step"}}
        try:
            request = ask_desk(actor, case, part["desk"], **asked)
        except Refused as refusal:
            raise RefusedPart(number, refusal) from refusal
        begun_from(part.get("step", ""), actor=actor, case=case, kind="request", label="request", thing=request.pk)
    touch(case)
    drop_draft(actor=actor, form=f"requests:{case.pk}")
    return case
