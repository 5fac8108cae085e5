"""Forms about accounts, appointments, and the teams in which people work."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import Organisation, Unit
from luisterloket.people.reasons import BlockReason, FactorReason
from luisterloket.people.roles import ROLES
from luisterloket.people.separation import NEEDS_TWO
from luisterloket.platform.forms import ActionForm
from luisterloket.wijken.models import Wijk

WHICH_DAY = {"invalid": _("Choose the day.")}


def _day(label: Any, **details: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, error_messages=WHICH_DAY, **details)


class AccountForm(ActionForm):
    """Whose account it is."""

    name = forms.CharField(
        label=_("Name"), max_length=150, help_text=_("Of one person: a team has no account."),
        error_messages={"required": _("Write down the name.")}, widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": _("Write down the e-mail address."), "invalid": _("This is no e-mail address.")},
    )  # fmt: skip


class AppointForm(ActionForm):
    """Which role, where, from when until when, and for whom."""

    role = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose a role.")})
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Team, desk or office"), empty_label=_("Choose"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose where.")),
    )  # fmt: skip
    since = _day(_("First day"), initial=timezone.localdate)
    until = _day(_("Last day"), help_text=_("Leave it empty when no end is known."))
    on_behalf_of = forms.ModelChoiceField(
        Organisation.objects.none(), required=False, label=_("For which organisation?"),
        empty_label=_("The one that holds the team, desk or office"),
        help_text=_("Another one for a wijkwethouder, for instance, who is of the gemeente."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        needs = _("needs another who agrees")
        choices = [(code, f"{role.name} ({needs})" if code in NEEDS_TWO else role.name) for code, role in ROLES.items()]
        self.fields["role"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(closed_on=None).order_by("name")  # type: ignore[attr-defined]
        self.fields["on_behalf_of"].queryset = Organisation.objects.filter(closed_on=None).order_by("name")  # type: ignore[attr-defined]


class EndForm(ActionForm):
    """The last day; empty is today."""

    until = _day(_("Last day"), initial=timezone.localdate, help_text=_("A later day leaves time to hand over."))


class BlockForm(ActionForm):
    reason = forms.ChoiceField(
        label=_("Why?"), choices=BlockReason.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose why the account is blocked.")),
    )  # fmt: skip


class FactorForm(ActionForm):
    reason = forms.ChoiceField(
        label=_("Why?"), choices=FactorReason.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose why the second factor is taken away.")),
    )  # fmt: skip


class ConfirmForm(ActionForm):
    """A button, sent once."""


class AnswerProposalForm(ActionForm):
    """Agree or refuse: each is a button."""

    agreed = forms.TypedChoiceField(
        choices=[("yes", _("Agree")), ("no", _("Refuse"))],
        coerce=lambda text: text == "yes",
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose whether you agree.")),
    )


class DecideForm(ActionForm):
    """Still right, or it ends: each is a button."""

    keep = forms.TypedChoiceField(
        choices=[("yes", _("Still right")), ("no", _("End"))],
        coerce=lambda text: text == "yes",
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose whether it is still right.")),
    )


class OrganisationForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Write down the name.")})
    kvk_number = forms.RegexField(
        r"^\d{8}$", label=_("Number in the trade register"), required=False, help_text=_("Eight digits, when there is one."),
        error_messages={"invalid": _("This number has eight digits.")},
    )  # fmt: skip


class NewOrganisationForm(OrganisationForm):
    is_municipality = forms.BooleanField(label=_("It is a gemeente"), required=False)


class UnitForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Write down the name.")})


class NewUnitForm(UnitForm):
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Unit.Kind.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what it is.")),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Choose"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose the organisation.")),
    )  # fmt: skip
    wijk = forms.ModelChoiceField(
        Wijk.objects.none(), label=_("Wijk"), required=False, empty_label=_("Choose, for a wijk team"),
        help_text=_("Only a wijk team has one."),
    )  # fmt: skip

    field_order = ["kind", "name", "organisation", "wijk"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(closed_on=None).order_by("name")  # type: ignore[attr-defined]
        self.fields["wijk"].queryset = Wijk.objects.order_by("city", "name")  # type: ignore[attr-defined]
