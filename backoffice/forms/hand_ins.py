"""Forms of hand-ins; what they ask is checked again by the action."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.actions.hand_ins import LONGEST
from backoffice.models import HandIn, Reception, Urgency
from casework.forms.follow_ups import colleague, day
from casework.models import EarlySign
from casework.signs import THREAT_CHOICES
from luisterloket.convenant.models import DataCategory
from luisterloket.people.models import Unit
from luisterloket.platform.forms import ActionForm, EuroField

from .requests import words


def _line(name: str, label: Any, hint: Any = "", *, needed: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=bool(needed), max_length=LONGEST[name], help_text=hint, error_messages={"required": needed},
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


def _choice(label: Any, choices: Any, wrong: Any, **more: Any) -> forms.ChoiceField:
    errors = dict.fromkeys(["required", "invalid_choice"], wrong)
    return forms.ChoiceField(label=label, choices=choices, error_messages=errors, **more)


class HandInForm(ActionForm):
    """Who it is about, what plays, and where: the rest is only for who knows it."""

    kind = _choice(_("What is it?"), HandIn.Kind.choices, _("Choose what it is."), widget=forms.RadioSelect)
    name = _line("name", _("Who is it about?"), needed=_("Write who it is about."))
    born = _line("born", _("Date or year of birth"), _("Leave it empty if you do not know."))
    phone = _line("phone", _("Telephone number"))
    email = _line("email", _("E-mail address"))
    address = _line("address", _("Address"), _("With the postcode, if you know it."))
    text = words(
        _("What plays?"), rows=4, most=LONGEST["text"],
        hint=_("Only what the loket needs to help. Nothing about health, police or what others told you."),
    )  # fmt: skip
    category = _choice(_("What is it about most?"), (), _("Choose what it is about."), widget=forms.RadioSelect)
    urgency = _choice(
        _("When is an answer needed?"), Urgency.choices, _("Choose when an answer is needed."), widget=forms.RadioSelect,
        initial=Urgency.NORMAL,
    )  # fmt: skip
    knows = _choice(
        _("Does the resident know that you hand this in?"), HandIn.Knows.choices, _("Choose whether the resident knows."),
        widget=forms.RadioSelect, help_text=_("Tell them if you can. The loket goes on with what you choose here."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("In which wijk do they live?"), empty_label=_("Choose a wijk"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose the wijk.")),
    )  # fmt: skip
    reference = _line("reference", _("Your own reference"), _("So that you find it again in your own system."))
    desk_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("For which team do you hand this in?"), empty_label=None, widget=forms.RadioSelect
    )
    partner = forms.ChoiceField(
        label=_("Who signals the arrears?"), choices=[("", "–"), *EarlySign.Partner.choices], required=False
    )
    amount = EuroField(label=_("How much?"), required=False)
    signal_on = day(_("On which day did the signal come?"), required=False)
    threat = forms.ChoiceField(
        label=_("Is something about to happen?"), choices=[("", _("No, or not known")), *THREAT_CHOICES], required=False
    )

    def __init__(self, *args: Any, units: Iterable[Any], lokets: Any, categories: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = list(units)
        self.fields["desk_unit"].queryset = Unit.objects.filter(pk__in=units).order_by("name")  # type: ignore[attr-defined]
        if len(units) == 1:
            self.initial.setdefault("desk_unit", units[0])
            self.fields["desk_unit"].widget = forms.HiddenInput()
        self.fields["unit"].queryset = lokets  # type: ignore[attr-defined]
        named = DataCategory.objects.filter(pk__in=list(categories)).values_list("code", "name")
        self.fields["category"].choices = list(named)  # type: ignore[attr-defined]


class GiveHandInForm(ActionForm):
    owner = colleague(_("Who takes it up?"), empty_label=None)

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues  # type: ignore[attr-defined]


class AcceptForm(ActionForm):
    """Taken on as a conversation or as an early sign; into a case is chosen on a page of its own."""

    how = _choice(
        _("What does it become?"), [(one.value, one.label) for one in Reception.How if one != Reception.How.CASE],
        _("Choose what it becomes."), widget=forms.RadioSelect,
    )  # fmt: skip


class SendBackForm(ActionForm):
    reason = _choice(
        _("Why do you send it back?"), HandIn.SentBack.choices, _("Choose why you send it back."), widget=forms.RadioSelect
    )
    words = words(
        _("In a few words, for the sender"), rows=2, required=False, most=1000,
        hint=_("Write nothing about the resident: not whether you know them, nor why not."),
    )  # fmt: skip


class ConcludeForm(ActionForm):
    """Two facts, and no words."""

    contact_made = forms.BooleanField(label=_("There was contact with the resident"), required=False)
    plan_made = forms.BooleanField(label=_("There is a plan"), required=False)
