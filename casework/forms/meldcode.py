"""Forms of the five steps of the meldcode. Each step has its own; all of it may be left empty but one thing said."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import MeldcodeStep, StepName
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm
from luisterloket.wijken.calendar import next_working_day

LONGEST = 20_000
WHICH_DAY = {"required": _("Choose the day."), "invalid": _("Write a day such as 3-5-2026.")}


def _text(label: Any, *, hint: Any = "", rows: int = 3) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=LONGEST if rows else 200, help_text=hint, widget=widget)


def _day(label: Any, *, hint: Any = "", required: bool = False, **details: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget, error_messages=WHICH_DAY, **details)


def _yes_or_no(label: Any, yes: Any, no: Any) -> forms.TypedChoiceField:
    choices = [("", _("Not decided yet")), ("yes", yes), ("no", no)]
    return forms.TypedChoiceField(
        label=label, required=False, choices=choices, widget=forms.RadioSelect, coerce=lambda text: text == "yes", empty_value=None
    )


def _veilig_thuis() -> forms.ChoiceField:
    choices = [("", _("Not asked")), *MeldcodeStep.VeiligThuis.choices]
    return forms.ChoiceField(label=_("Veilig Thuis"), required=False, choices=choices)


class WhyForm(ActionForm):
    """A reason: why the steps are not begun, or why they are taken up again."""

    why = _text(_("Why?"), rows=2)


class PlanForm(ActionForm):
    """Who does the next step, and by when."""

    owner = forms.ModelChoiceField(User.objects.none(), label=_("Who does the next step?"), empty_label=None)
    due_on = _day(_("By when?"), required=True)

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(pk__in=[one.pk for one in colleagues]).order_by("name")  # type: ignore[attr-defined]


class StepForm(ActionForm):
    """What every step has: when it was done, what came of it, or why it was not done; and by when the next one."""

    # What may stay empty depends on what is said; the hints say so.
    mark_optional = False
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    on = _day(_("When?"), initial=timezone.localdate)
    found = _text(_("What was found?"))
    why_not = _text(_("Not done? Write why"), hint=_("For example: a conversation is not safe now."), rows=2)
    due_on = _day(_("By when is the next step?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due_on", next_working_day(timezone.localdate()))


class SignsForm(StepForm):
    found = _text(_("What did you see and hear?"))


class ConsultForm(StepForm):
    found = _text(_("What came of it?"))
    with_whom = _text(_("With which colleague?"), rows=0)
    veilig_thuis = _veilig_thuis()


class TalkForm(StepForm):
    with_whom = _text(_("With whom did you talk?"), rows=0)
    found = _text(_("What was said?"))
    why_not = _text(_("No conversation? Write why"), hint=_("For example: it is not safe for the child."), rows=2)


class WeighForm(StepForm):
    found = _text(_("How do you weigh it?"))
    veilig_thuis = _veilig_thuis()


class DecideForm(StepForm):
    why_not = None  # type: ignore[assignment]
    on = _day(_("Decided on"), initial=timezone.localdate)
    with_whom = _text(_("Decided together with"), rows=0)
    reports = _yes_or_no(_("1. Is a report to Veilig Thuis needed?"), _("Yes, we report"), _("No, not now"))
    found = _text(_("Why?"), hint=_("Why a report is needed, or why it is not."))
    reported_on = _day(_("Reported on"), hint=_("Leave it empty as long as that was not done."))
    helps = _yes_or_no(_("2. Is it possible to give or arrange help, as well?"), _("Yes"), _("No, not now"))
    help = _text(_("Which help, and who gives it?"), rows=2)
    due_on = _day(_("By when is what is left?"))


STEP_FORMS: dict[int, type[StepForm]] = {
    StepName.SIGNS: SignsForm,
    StepName.CONSULT: ConsultForm,
    StepName.TALK: TalkForm,
    StepName.WEIGH: WeighForm,
    StepName.DECIDE: DecideForm,
}
# In this order; what a form does not have is left out.
SHOWN = ("on", "with_whom", "reports", "found", "reported_on", "helps", "help", "veilig_thuis", "why_not", "due_on")


def step_form(number: int, data: Any, written: Mapping[str, Any] | None, *, key: str) -> StepForm:
    """The form of one step, with what was written in it before. `key` tells it apart from the other forms on the page."""
    known = dict(written or {})
    for name in ("reports", "helps"):
        if known.get(name) is not None:
            known[name] = "yes" if known[name] else "no"
    form = STEP_FORMS[number](data, initial=known, auto_id=f"id_{key}_%s")
    form.order_fields(SHOWN)
    return form
