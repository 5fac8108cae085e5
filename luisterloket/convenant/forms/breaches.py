"""Forms about a data breach: reporting in a minute, and one for each step."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.models import Breach
from luisterloket.platform.forms import ActionForm

LONGEST = 10_000


def _text(label: Any, missing: Any, *, hint: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), error_messages={"required": missing}
    )


def _moment(label: Any, *, hint: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, help_text=hint, initial=lambda: timezone.localtime().replace(second=0, microsecond=0),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages=dict.fromkeys(["required", "invalid"], _("Choose the day and the time.")),
    )  # fmt: skip


class ReportForm(ActionForm):
    """What happened, when it was found, what kind of data, and roughly how many people."""

    what = _text(
        _("What happened?"), _("Write down what happened."), rows=5,
        hint=_("For instance: a letter went to the wrong address. Leave out what others need not know of the people."),
    )  # fmt: skip
    discovered_at = _moment(_("When was it discovered?"), hint=_("The 72 hours are counted from then."))
    data = forms.MultipleChoiceField(  # type: ignore[assignment]
        label=_("What kind of data?"), choices=Breach.Data.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of data.")},
    )  # fmt: skip
    people = forms.ChoiceField(
        label=_("About how many people?"), choices=Breach.People.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose about how many people.")),
    )  # fmt: skip
    about = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class AssessForm(ActionForm):
    risk = forms.ChoiceField(
        label=_("How likely is it that people are harmed?"), choices=Breach.Risk.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose how likely it is that people are harmed.")),
    )  # fmt: skip
    text = _text(
        _("Why do you judge so?"), _("Write down why you judge so."),
        hint=_("Who has the data now, what can be done with them, and how vulnerable are the people?"),
    )  # fmt: skip


class ToldForm(ActionForm):
    """Told, at a moment, with how."""

    moment = _moment(_("When?"))
    text = _text(_("How, and under what number?"), _("Write down how it was told."), rows=2)


class WhyForm(ActionForm):
    text = _text(_("Why not?"), _("Write down why not."), rows=2)


class MeasureForm(ActionForm):
    text = _text(_("Which measure?"), _("Write down which measure was taken."), rows=2)


class CloseForm(ActionForm):
    text = _text(_("What is learnt from it?"), _("Write down what is learnt from it."), rows=2)
