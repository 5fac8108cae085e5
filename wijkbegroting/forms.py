"""What is typed about money. Each form carries one action."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.forms import ActionForm, EuroField
from luisterloket.platform.renderers import Choice
from luisterloket.platform.templatetags.ui import euro

from .models import BudgetLine, MaatwerkGrant, Source, WijkBudget
from .selectors import LineRow

COSIGNING_ROLES = [(role.code, role.name) for role in ROLES.values() if Permission.COSIGN in role.permissions]


def typed(cents: int) -> str:
    """An amount the way one would type it in a form."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02}" if rest else str(whole)


def _text(label: Any, hint: Any = "", *, rows: int = 2, length: int = 1000) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=length, widget=forms.Textarea({"rows": rows}))


class ReasonForm(ActionForm):
    reason = _text(_("Why"), length=2000, rows=3)

    def __init__(self, *args: Any, hint: Any = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


class PayForm(ActionForm):
    reference = forms.CharField(
        label=_("Reference of the payment"),
        help_text=_("As it stands at the bank, in the cash book or on the shop's receipt."),
        max_length=35,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class AmountForm(ActionForm):
    amount = EuroField(label=_("Amount"), max_cents=10_000_000_000)


class SourceForm(ActionForm):
    name = forms.CharField(
        label=_("Where does the money come from?"), help_text=_("For example: the gemeente, a fund, a corporation."), max_length=150
    )


class MandateForm(ActionForm):
    role = forms.ChoiceField(label=_("For which role?"), choices=COSIGNING_ROLES, widget=forms.RadioSelect)
    amount = EuroField(label=_("Up to which amount for one grant?"))
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), initial=timezone.localdate
    )
    ends_on = forms.DateField(label=_("Until and including"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", ValidationError(_("The mandate ends before it starts."), code="order"))
        return cleaned


class LineForm(ActionForm):
    """A line of the budget, new or put forward again."""

    name = forms.CharField(label=_("Name of the line"), max_length=100)
    intention = _text(
        _("What should it change for people in the wijk?"), _("One sentence, in words a resident would use."), length=300
    )
    effect = forms.ChoiceField(
        label=_("What kind of effect?"),
        choices=[
            (BudgetLine.Effect.PHYSICAL, Choice(_("physical"), hint=_("Houses, streets, places to meet"))),
            (BudgetLine.Effect.SOCIAL, Choice(_("social"), hint=_("People, families, networks"))),
            (BudgetLine.Effect.ECONOMIC, Choice(_("economic"), hint=_("Work, learning, income"))),
        ],
        widget=forms.RadioSelect,
    )
    amount = EuroField(label=_("Amount for this year"), max_cents=10_000_000_000)
    source = forms.ModelChoiceField(
        label=_("From which source?"), queryset=Source.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, budget: WijkBudget, line: BudgetLine | None = None, **kwargs: Any):
        if line is not None:
            kwargs["initial"] = {
                "name": line.name,
                "intention": line.intention,
                "effect": line.effect,
                "amount": typed(line.amount),
                "source": line.source_id,
            }
        super().__init__(*args, **kwargs)
        sources = self.fields["source"]
        sources.queryset = budget.sources.order_by("name")  # type: ignore[attr-defined]
        if line is None and len(sources.queryset) == 1:  # type: ignore[attr-defined]
            self.initial["source"] = sources.queryset[0].pk  # type: ignore[attr-defined]


class AskForm(ActionForm):
    """Asking for maatwerk: from which line, how much, for what and why the regular way fails."""

    line = forms.ChoiceField(label=_("From which line?"), widget=forms.RadioSelect)
    amount = EuroField(label=_("How much?"), help_text=_("In euros, for example 85 or 1.650,50."))
    purpose = _text(_("What is it for?"), _("Written for who decides, without a name."))
    why_not_regular = _text(_("Why not the regular way?"), _("What was tried, or why it takes too long. Without a name."))
    expected_return = _text(
        _("What will it bring?"), _("For the resident and the wijk: what need not happen, what becomes possible. Without a name.")
    )
    payee_kind = forms.ChoiceField(label=_("Who gets the money?"), choices=MaatwerkGrant.Payee, widget=forms.RadioSelect)
    method = forms.ChoiceField(
        label=_("How should it be paid?"),
        choices=[
            (MaatwerkGrant.Method.BANK, Choice(_("bank transfer"), hint=_("Usually there the next working day"))),
            (MaatwerkGrant.Method.CASH, Choice(_("cash at the loket"), hint=_("At once, against a receipt"))),
            (MaatwerkGrant.Method.SHOP, Choice(_("account at a shop"), hint=_("At once, the shop sends the bill"))),
        ],
        widget=forms.RadioSelect,
    )
    payee_name = forms.CharField(
        label=_("In whose name?"),
        help_text=_("Only the treasurer sees this, to pay. Needed for a bank transfer."),
        max_length=140,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    iban = forms.CharField(
        label=_("IBAN"),
        help_text=_("Only for a bank transfer."),
        max_length=42,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, lines: Iterable[LineRow], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lines = {str(row.line.pk): row.line for row in lines}
        hint = _("%(free)s free of %(total)s. %(intention)s")
        self.fields["line"].choices = [  # type: ignore[attr-defined]
            (
                str(row.line.pk),
                Choice(
                    row.line.name,
                    hint=hint
                    % {"free": euro(row.balance.available), "total": euro(row.line.amount), "intention": row.line.intention},
                ),
            )
            for row in lines
        ]

    def details(self) -> dict[str, Any]:
        return {**self.cleaned_data, "line": self.lines[self.cleaned_data["line"]]}
