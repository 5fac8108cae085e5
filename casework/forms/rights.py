"""Forms about what a resident asks about their data."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Resident, RightsCopy, RightsRequest
from luisterloket.convenant.models import Purpose
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm

LONGEST = 5_000
HOW = dict.fromkeys(["required", "invalid_choice"], _("Choose how."))


def _text(label: Any, *, missing: Any = "", hint: Any = "", rows: int = 3) -> forms.CharField:
    """What may stay empty has no word for when it is missing."""
    return forms.CharField(
        label=label, required=bool(missing), max_length=LONGEST, help_text=hint, widget=forms.Textarea({"rows": rows}),
        error_messages={"required": missing},
    )  # fmt: skip


class RecordRightsForm(ActionForm):
    """What someone at the desk asks, written down in a minute."""

    mark_optional = False
    resident = forms.ModelChoiceField(
        Resident.objects.none(),
        label=_("Who asks?"),
        empty_label=None,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose who of the case asks.")),
    )
    kind = forms.ChoiceField(
        label=_("What do they ask?"),
        choices=RightsRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what they ask.")),
    )
    purpose = forms.ChoiceField(
        label=_("Which use do they object to?"),
        required=False,
        help_text=_("Only for an objection. Empty means every use by others."),
    )
    text = _text(_("In their own words"), missing=_("Write down what they ask, in their own words."), rows=2)
    how = forms.ChoiceField(
        label=_("How did they ask?"),
        choices=RightsRequest.How.choices,
        widget=forms.RadioSelect,
        initial="desk",
        error_messages=HOW,
    )
    received_on = forms.DateField(
        label=_("On which day did it come in?"), initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(["required", "invalid"], _("Choose the day.")),
    )  # fmt: skip
    identity_how = forms.ChoiceField(
        label=_("How do you know that it is them?"),
        choices=[("", _("I do not know it for sure yet")), *RightsRequest.Identity.choices],
        required=False,
        help_text=_("Nobody needs to leave a copy of a paper for this."),
    )
    representative = forms.CharField(
        label=_("Who asks it for them?"), required=False, max_length=200, help_text=_("Empty when they ask it themself."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, household: Iterable[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = dict(household)
        field: Any = self.fields["resident"]
        field.queryset = Resident.objects.filter(pk__in=names)
        field.label_from_instance = lambda one: names[one.pk]
        purposes = Purpose.objects.exclude(pk__in=["rights", "finding"]).order_by("name").values_list("code", "name")
        self.fields["purpose"].choices = [("", _("Every use by others")), *purposes]  # type: ignore[attr-defined]


class IdentityForm(ActionForm):
    identity_how = forms.ChoiceField(
        label=_("How do you know that it is them?"),
        choices=RightsRequest.Identity.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose how you know that it is them.")),
    )


class ExtendForm(ActionForm):
    because = _text(
        _("Why does it take longer?"),
        missing=_("Write down why it takes longer: the resident is told this."),
        hint=_("Only once, and before the first term is over. Tell the resident now."),
        rows=2,
    )


class DecideForm(ActionForm):
    """Each decision is a button."""

    decision = forms.ChoiceField(choices=RightsRequest.Decision.choices, error_messages={"required": _("Choose what is decided.")})
    reason = _text(_("Why?"), hint=_("When it is not granted in full: in plain words, because the resident reads this."), rows=3)


class TellForm(ActionForm):
    told_how = forms.ChoiceField(
        label=_("How did you tell the resident?"), choices=RightsRequest.How.choices, widget=forms.RadioSelect, error_messages=HOW
    )


class GiveCopyForm(ActionForm):
    how = forms.ChoiceField(
        label=_("How did you give it?"), choices=RightsRequest.How.choices, widget=forms.RadioSelect, error_messages=HOW
    )


class NameWrongForm(ActionForm):
    """Which thing is wrong, and what it must be."""

    key = forms.ChoiceField(
        label=_("What is wrong?"), error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what is wrong."))
    )
    must_be = _text(_("What must it be?"), missing=_("Write down what it must be."), rows=2)

    def __init__(self, *args: Any, things: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", _("Choose")), *things]  # type: ignore[attr-defined]


class RefuseCorrectionForm(ActionForm):
    statement = _text(
        _("What does the resident say of it?"),
        missing=_("Write down what the resident says of it, in their own words."),
        hint=_("It stands beside it from now on, wherever it goes."),
        rows=2,
    )


class ChooseForCopyForm(ActionForm):
    """Give it after all, or keep it back after all; each is a button."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    give = forms.TypedChoiceField(choices=[("yes", _("Give it")), ("no", _("Keep it back"))], coerce=lambda text: text == "yes")
    reason = _text(_("Why?"), missing=_("Write down why: who reads the copy along must be able to judge it."), rows=2)


class AskReaderForm(ActionForm):
    reader = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who reads it before it is given?"),
        empty_label=_("Choose a colleague"),
        help_text=_("Someone who handles requests too, or who works in the wijk. They see this copy, once."),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose a colleague.")),
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reader"].queryset = colleagues  # type: ignore[attr-defined]


class ReadCopyForm(ActionForm):
    mark_optional = False
    found = forms.ChoiceField(
        label=_("May this be given?"), choices=RightsCopy.Found.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it may be given.")},
    )  # fmt: skip
    note = _text(_("What must not be in it?"), hint=_("Only when something is wrong."), rows=2)
