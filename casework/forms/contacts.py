"""Help of a minute, and reaching someone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.domains import LifeDomain
from casework.models import ContactMoment, ShortContact
from luisterloket.people.models import Unit
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.renderers import Choice

DONE_ICONS = {
    ShortContact.Done.LETTER: "mail",
    ShortContact.Done.PHONE: "phone",
    ShortContact.Done.FORM: "clipboard",
    ShortContact.Done.INFORMATION: "info",
    ShortContact.Done.OTHER: "hand",
}


class ShortContactForm(ActionForm):
    """Two things are obliged: what was done, and a few words."""

    done = forms.ChoiceField(
        label=_("What did you do?"),
        choices=[(value, Choice(value.label, icon=icon)) for value, icon in DONE_ICONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you did."), "invalid_choice": _("Choose what you did.")},
    )
    text = forms.CharField(
        label=_("What was it about?"),
        help_text=_("A few words are enough."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write in a few words what it was about.")},
    )
    domain = forms.ChoiceField(label=_("Life domain"), required=False)
    who = forms.CharField(
        label=_("Who was it?"),
        help_text=_("Not needed. A nickname is fine, such as “the lady of number 12”."),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("In which wijk was it?"), empty_label=None, widget=forms.RadioSelect)

    def __init__(self, *args: Any, order: Iterable[LifeDomain], units: Iterable[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = list(units)
        self.fields["domain"].choices = [("", "–"), *((domain.value, domain.label) for domain in order)]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units).order_by("name")  # type: ignore[attr-defined]
        if len(units) == 1:
            # Who works in one wijk is not asked in which.
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].required = False
            self.only = units[0]

    def clean_unit(self) -> Any:
        return self.cleaned_data["unit"] or Unit.objects.get(pk=self.only)


class AmendShortContactForm(ShortContactForm):
    """The same, of a contact that stays in its wijk."""

    def __init__(self, *args: Any, order: Iterable[LifeDomain], **kwargs: Any):
        super().__init__(*args, order=order, units=[], **kwargs)
        del self.fields["unit"]


class LinkForm(ActionForm):
    """Each case is a button."""

    case = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Choose a case."), "invalid": _("Choose a case.")}
    )

    def details(self) -> dict[str, Any]:
        # The view fetched the case among those that this person may open.
        return {"command_key": self.cleaned_data["command_key"]}


class MomentForm(ActionForm):
    """How and when someone was reached, or was not. Today and this part of the day stand ready."""

    kind = forms.ChoiceField(
        label=_("How?"),
        choices=ContactMoment.Kind.choices,
        widget=forms.RadioSelect,
        initial=ContactMoment.Kind.PHONE,
        error_messages={"required": _("Choose how."), "invalid_choice": _("Choose how.")},
    )
    result = forms.ChoiceField(
        label=_("What came of it?"),
        choices=ContactMoment.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it."), "invalid_choice": _("Choose what came of it.")},
    )
    text = forms.CharField(label=_("In a few words"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 2}))
    on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day."), "invalid": _("Choose the day.")},
    )
    part_of_day = forms.ChoiceField(label=_("Which part of the day?"), choices=ContactMoment.PartOfDay.choices)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        self.initial.setdefault("on", now.date())
        self.initial.setdefault("part_of_day", ContactMoment.part_of(now.hour))
