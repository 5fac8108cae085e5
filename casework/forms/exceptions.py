"""Forms about an exception to a rule."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.domains import LifeDomain
from casework.models import RuleException
from luisterloket.platform.forms import ActionForm

LONGEST = 5_000
WHICH_DAY = dict.fromkeys(["required", "invalid"], _("Choose the day."))


def _day(label: Any, *, hint: Any = "", **details: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, error_messages=WHICH_DAY, **details)


def _text(label: Any, *, missing: Any = "", hint: Any = "", rows: int = 3) -> forms.CharField:
    """What may stay empty has no word for when it is missing."""
    widget, said = forms.Textarea({"rows": rows}), {"required": missing}
    return forms.CharField(
        label=label, required=bool(missing), max_length=LONGEST, help_text=hint, widget=widget, error_messages=said
    )


class AskExceptionForm(ActionForm):
    """Which rule stands in the way, and why its purpose asks otherwise."""

    kind = forms.ChoiceField(
        label=_("What kind of rule?"),
        choices=RuleException.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose which kind of rule.")),
    )
    domain = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("", _("Choose for another rule")), *LifeDomain.choices],
        required=False,
        help_text=_("Only for another rule. It says who may read of it."),
    )
    rule = _text(
        _("Which rule stands in the way?"),
        missing=_("Write down which rule stands in the way."),
        hint=_("In your own words, and whose rule it is."),
        rows=2,
    )
    why = _text(
        _("Why does its purpose ask something else here?"),
        missing=_("Write down why the purpose of the rule asks something else here."),
        hint=_("What is it for, and what happens if it is followed?"),
    )
    since = _day(_("From when?"), initial=timezone.localdate)
    review_on = _day(_("When do you look at it again?"), hint=_("An exception is never for ever."))


class AnswerExceptionForm(ActionForm):
    """Agree or refuse: each is a button."""

    agreed = forms.TypedChoiceField(
        choices=[("yes", _("Agree")), ("no", _("Refuse"))],
        coerce=lambda text: text == "yes",
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose whether you agree.")),
    )
    answer = _text(_("What do you say to it?"), hint=_("When you refuse: why, and what can be done instead."), rows=2)


class GoOnForm(ActionForm):
    """It goes on until another day."""

    review_on = _day(_("When do you look at it again?"))
