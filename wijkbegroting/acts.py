"""What can be done with a line or a grant, one entry each: address, words, check, state and action. Pages offer from this list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.people.permissions import may
from luisterloket.platform.forms import ActionForm

from . import actions, permissions
from .forms import PayForm, ReasonForm
from .models import BudgetLine, MaatwerkGrant

Grant = MaatwerkGrant.Status
Line = BudgetLine.Status


@dataclass(frozen=True)
class Act:
    """One button. Without fields it works at once; with fields it leads to a page of its own that asks for them."""

    slug: str
    label: Any
    icon: str
    question: Any
    done: Any
    check: Callable[..., None]
    action: Callable[..., Any]
    states: frozenset[Any]
    form: type[ActionForm] = ActionForm
    hint: Any = ""
    variant: str = "secondary"

    @property
    def asks(self) -> bool:
        return self.form is not ActionForm

    def make_form(self, data: Any = None) -> ActionForm:
        return self.form(data, hint=self.hint) if issubclass(self.form, ReasonForm) else self.form(data)


def _acts(*acts: Act) -> dict[str, Act]:
    return {act.slug: act for act in acts}


ON_LINE = _acts(
    Act(
        "goedkeuren",
        _("Approve"),
        "check",
        _("Approve this line?"),
        _("The line is approved: the wijk can spend from it."),
        permissions.check_may_decide_line,
        actions.approve_line,
        frozenset({Line.PROPOSED}),
        variant="primary",
    ),
    Act(
        "terugsturen",
        _("Return"),
        "undo",
        _("What should change?"),
        _("The line went back to the wijk, with your reason."),
        permissions.check_may_decide_line,
        actions.return_line,
        frozenset({Line.PROPOSED}),
        ReasonForm,
        hint=_("The wijk can change the line and put it forward again."),
    ),
    Act(
        "afwijzen",
        _("Reject"),
        "close",
        _("Why does this line not get money?"),
        _("The line is rejected. The wijk reads your reason."),
        permissions.check_may_decide_line,
        actions.reject_line,
        frozenset({Line.PROPOSED}),
        ReasonForm,
        hint=_("This is for good: a rejected line does not come back."),
        variant="subtle",
    ),
)

ON_GRANT = _acts(
    Act(
        "meetekenen",
        _("Co-sign"),
        "sign",
        _("Do you stand for this too?"),
        _("You co-signed."),
        permissions.check_may_cosign,
        actions.cosign_grant,
        frozenset({Grant.ASKED}),
        variant="primary",
    ),
    Act(
        "niet-meetekenen",
        _("Do not co-sign"),
        "close",
        _("Why do you not co-sign?"),
        _("Your colleague reads why you do not co-sign."),
        permissions.check_may_cosign,
        actions.decline_cosign,
        frozenset({Grant.ASKED}),
        ReasonForm,
        hint=_("Your colleague reads this and can ask again in another way."),
        variant="subtle",
    ),
    Act(
        "akkoord",
        _("Agree"),
        "check",
        _("Do you agree?"),
        _("You agreed: the money is set apart and the treasurer can pay."),
        permissions.check_may_decide,
        actions.decide_grant,
        frozenset({Grant.COSIGNED}),
        variant="primary",
    ),
    Act(
        "weigeren",
        _("Refuse, with a reason"),
        "close",
        _("Why do you not agree?"),
        _("The wijk reads why you do not agree."),
        permissions.check_may_decide,
        actions.refuse_grant,
        frozenset({Grant.COSIGNED}),
        ReasonForm,
        hint=_("Say what would make it possible, or where else to go."),
        variant="subtle",
    ),
    Act(
        "intrekken",
        _("Withdraw"),
        "undo",
        _("Withdraw this?"),
        _("You took it back."),
        permissions.check_may_withdraw,
        actions.withdraw_grant,
        frozenset({Grant.ASKED, Grant.COSIGNED}),
        variant="subtle",
    ),
    Act(
        "betalen",
        _("Paid out"),
        "wallet",
        _("Under which reference did you pay?"),
        _("It is booked as paid."),
        permissions.check_may_pay,
        actions.pay_grant,
        frozenset({Grant.APPROVED}),
        PayForm,
        variant="primary",
    ),
    Act(
        "vrijgeven",
        _("Release"),
        "undo",
        _("Why will this not be paid?"),
        _("The money is free again in its line."),
        permissions.check_may_release,
        actions.release_grant,
        frozenset({Grant.APPROVED}),
        ReasonForm,
        hint=_("The amount goes back to its line at once."),
        variant="subtle",
    ),
)


def possible(acts: dict[str, Act], user: Any, thing: Any) -> list[Act]:
    """What this person can do now: only what the state and their role allow, so that no button is dead."""
    return [act for act in acts.values() if thing.status in act.states and may(act.check, user, thing)]
