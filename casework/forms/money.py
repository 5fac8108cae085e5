"""Lines of the money sheet: a kind and a rough amount are enough; everything else may come later."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import OWED, CostLine, Debt, IncomeLine, Period, Sureness
from luisterloket.platform.forms import ActionForm, EuroField

BLANK = ("", "–")
WRONG = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


def _words(label: Any, hint: Any = "", *, rows: int = 0, required: bool = False) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=2_000 if rows else 200, widget=widget)


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.DateInput({"type": "date", "class": "textbox--date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose the day.")},
    )


class LineForm(ActionForm):
    """What every line has: how much, how sure, whose, and a few words."""

    sureness = forms.ChoiceField(
        label=_("How sure is the amount?"),
        choices=Sureness.choices,
        widget=forms.RadioSelect,
        initial=Sureness.ABOUT,
        error_messages=WRONG,
    )
    least = EuroField(
        label=_("How much?"),
        help_text=_("In euros, rough is fine."),
        error_messages={"required": _("Write an amount, a rough one too, or choose that you do not know.")},
    )
    most = EuroField(label=_("And at most?"), help_text=_("Only when it lies between two amounts."), required=False)
    whose = forms.TypedChoiceField(label=_("Whose is it?"), required=False, coerce=UUID, empty_value=None, error_messages=WRONG)
    text = _words(_("In a few words"), rows=2)

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Who does not know the amount need not write one.
        self.fields["least"].required = self["sureness"].value() != Sureness.UNKNOWN
        people = list(people)
        self.fields["whose"].choices = [BLANK, *((str(pk), name) for pk, name in people)]  # type: ignore[attr-defined]
        if len(people) < 2:
            del self.fields["whose"]

    def details(self) -> dict[str, Any]:
        details = dict(self.cleaned_data)
        if "whose" in details:
            details["whose_id"] = details.pop("whose")
        return details


class PeriodicForm(LineForm):
    period = forms.ChoiceField(label=_("How often?"), choices=Period.choices, initial=Period.MONTH, error_messages=WRONG)
    ended_on = _day(_("When does it end?"), _("Leave this empty when it goes on."))


class IncomeForm(PeriodicForm):
    kind = forms.ChoiceField(label=_("What comes in?"), choices=[BLANK, *IncomeLine.Kind.choices], error_messages=WRONG)


class CostForm(PeriodicForm):
    kind = forms.ChoiceField(label=_("What goes out?"), choices=[BLANK, *CostLine.Kind.choices], error_messages=WRONG)


class DebtForm(LineForm):
    """One creditor. The few things that are always asked stand first; a pause and a threat only when there is one."""

    creditor = forms.CharField(
        label=_("To whom is it owed?"),
        help_text=_("For example: Eneco, the landlord, a brother."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write to whom it is owed.")},
    )
    kind = forms.ChoiceField(label=_("What kind of creditor?"), choices=[BLANK, *Debt.Creditor.choices], error_messages=WRONG)
    status = forms.ChoiceField(label=_("How is it now?"), error_messages=WRONG, initial=Debt.Status.OPEN)
    since = _words(_("Since when?"), _("For example: since March."))
    paused_by = _words(_("Who lets the collection rest?"), _("A person or a desk, as it was said."))
    paused_until = _day(_("Paused until"))
    threat = forms.ChoiceField(
        label=_("Is one of these about to happen?"),
        help_text=_("Then by law the municipality holds the first conversation within three working days."),
        choices=[("", _("No")), *Debt.Threat.choices],
        required=False,
        error_messages=WRONG,
    )
    threat_on = _day(_("On which day?"), _("When it is known."))

    def __init__(self, *args: Any, new: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        shown = [status for status in Debt.Status if not new or status in OWED]
        self.fields["status"].choices = [(status.value, status.label) for status in shown]  # type: ignore[attr-defined]


LINE_FORMS: dict[str, type[Any]] = {"income": IncomeForm, "cost": CostForm, "debt": DebtForm}
