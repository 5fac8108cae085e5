"""Forms about time: what a desk does with the term of an answer; and the hours, closed days, kinds and terms of a desk."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.models import Desk, Kind, Measure, Pause, Term, Urgency
from backoffice.transitions import CLOCKS_WITH_A_TERM
from luisterloket.platform.forms import ActionForm

from .requests import words

REQUIRED_DAY = {"required": _("Choose a day.")}


class DayField(forms.DateField):
    """A day, chosen or typed."""

    widget = forms.DateInput({"type": "date", "class": "textbox--date"}, format="%Y-%m-%d")


class PauseForm(ActionForm):
    """The answer's clock stands still; the action guards the ground and the day."""

    ground = forms.ChoiceField(label=_("Why does it wait?"), choices=Pause.Ground.choices, widget=forms.RadioSelect)
    until = DayField(
        label=_("Until which day?"), error_messages=REQUIRED_DAY,
        help_text=_("On this day the clock runs again by itself, with the time it had left."),
    )  # fmt: skip
    text = words(_("What must the loket and the resident know?"), rows=3, hint=_("Such as what is missing, and where to bring it."))


class ResumeForm(ActionForm):
    """One press."""


class ExtendForm(ActionForm):
    amount = forms.IntegerField(label=_("How much longer?"), min_value=1, help_text=_("In the same measure as the term itself."))
    text = words(_("Why do you need more time?"), rows=3, hint=_("The loket tells the resident."))


class HoursForm(ActionForm):
    """From when until when a desk is open on each day of the week; an empty line is a day on which it is closed."""

    mark_optional = False

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            day = desk.week[number]
            for place, part, label in ((0, "opens", gettext("%(day)s from")), (1, "closes", gettext("%(day)s until"))):
                self.fields[f"{part}_{number}"] = forms.TimeField(
                    label=capfirst(label % {"day": name}), required=False, initial=day[place] if day else None,
                    widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
                )  # fmt: skip

    @property
    def days(self) -> list[tuple[Any, Any]]:
        """The two fields of each day."""
        return [(self[f"opens_{number}"], self[f"closes_{number}"]) for number in WEEKDAYS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in WEEKDAYS:
            opens, closes = self._day(number)
            if bool(opens) != bool(closes):
                self.add_error(
                    f"{'closes' if opens else 'opens'}_{number}", _("Fill in both times, or none when the desk is closed that day.")
                )
            elif opens and closes and opens >= closes:
                self.add_error(f"closes_{number}", _("Choose a time after the desk opens."))
        return cleaned

    def details(self) -> dict[str, Any]:
        days = [self._day(number) for number in WEEKDAYS]
        week = [[f"{opens:%H:%M}", f"{closes:%H:%M}"] if opens and closes else None for opens, closes in days]
        return {"week": week, "command_key": self.cleaned_data["command_key"]}

    def _day(self, number: int) -> tuple[time | None, time | None]:
        return self.cleaned_data.get(f"opens_{number}"), self.cleaned_data.get(f"closes_{number}")


class CloseDayForm(ActionForm):
    first = DayField(label=_("First day"), error_messages=REQUIRED_DAY)
    last = DayField(label=_("Last day"), required=False, help_text=_("Leave this empty for one day."))
    reason = forms.CharField(label=_("Why?"), max_length=80, help_text=_("Such as: training day. Everyone at the desk sees this."))


class OpenDayForm(ActionForm):
    """One press, for a day that is sent along."""

    day = forms.DateField(widget=forms.HiddenInput)


class KindsForm(ActionForm):
    kinds = forms.MultipleChoiceField(
        label=_("Which requests does this desk take?"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of request.")},
    )  # fmt: skip


class TermForm(ActionForm):
    """Another term from a day on."""

    kinds = forms.MultipleChoiceField(
        label=_("For which requests?"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of request.")},
    )  # fmt: skip
    clock = forms.ChoiceField(label=_("For which clock?"), choices=[(one.value, one.label) for one in CLOCKS_WITH_A_TERM])
    urgency = forms.ChoiceField(label=_("How urgent?"), choices=Urgency.choices)
    amount = forms.IntegerField(label=_("How many?"), min_value=1)
    measure = forms.ChoiceField(
        label=_("Of what?"), choices=Measure.choices, help_text=_("A term that ends in a weekend or on a holiday ends after it.")
    )
    valid_from = DayField(label=_("From which day?"), error_messages=REQUIRED_DAY, help_text=_("What runs already keeps its date."))
    source = forms.ChoiceField(label=_("Where does it stand?"), choices=Term.Source.choices, widget=forms.RadioSelect)
    law = forms.CharField(label=_("Which law?"), max_length=100, required=False, help_text=_("Only for a term of the law."))
    article = forms.CharField(label=_("Which article?"), max_length=50, required=False)
    checked_on = DayField(label=_("Last read on"), required=False, help_text=_("When someone read that the law still says this."))
