"""Forms of who supervises: searching and exporting the access log, and answering what is out of the ordinary."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant import log_export, log_search
from luisterloket.convenant.models import AccessLogEntry, DataCategory, Purpose, UnusualLook
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm

ANY = ("", _("Any"))
WHICH_DAY = dict.fromkeys(["required", "invalid"], _("Choose the day."))


def _day(label: Any, **details: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=WHICH_DAY, **details)


def _text(label: Any, *, hint: Any = "", longest: int = 200) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, required=False, max_length=longest, help_text=hint, widget=widget)


class LogSearchForm(forms.Form):
    """What to search the log for. It is sent in the address, so a name of a resident is never asked."""

    use_required_attribute = False
    who = _text(_("Who looked"), hint=_("Part of the name, or the whole e-mail address."))
    resident = _text(_("Resident"), hint=_("The reference on the paper that the resident has, 12 letters and digits."), longest=64)
    case = _text(_("Case"), hint=_("The address of the case, or the beginning of its number."), longest=300)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    category = forms.ChoiceField(label=_("Kind of data"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    result = forms.ChoiceField(label=_("How it ended"), required=False, choices=[ANY, *AccessLogEntry.Result.choices])
    since = _day(_("From"), required=False)
    until = _day(_("Until"), required=False)
    break_glass = forms.BooleanField(label=_("Only in an emergency (break-glass)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "purpose": Purpose.objects.order_by("name").values_list("code", "name"),
            "category": DataCategory.objects.values_list("code", "name"),
            "organisation": log_search.organisations(),
        }
        for name, found in choices.items():
            self.fields[name].choices = [ANY, *((str(code), text) for code, text in found)]  # type: ignore[attr-defined]

    def clean_resident(self) -> str:
        text = self.cleaned_data["resident"]
        found = log_search.resident_in(text)
        if text and not found:
            raise ValidationError(_("This is no reference. Copy it from the paper, or search by the case."), code="reference")
        return found

    def clean_case(self) -> str:
        text = self.cleaned_data["case"]
        found = log_search.case_in(text)
        if text and not found:
            raise ValidationError(
                _("Copy the address of the case, or at least the first 8 letters and digits of its number."), code="case"
            )
        return found

    def query(self) -> log_search.LogQuery:
        """What was asked; what was not understood is asked as nobody and nothing."""
        asked = {**self.cleaned_data}
        who = asked.pop("who", "")
        asked["organisation"] = asked.get("organisation") or None
        return log_search.LogQuery(people=log_search.people_named(who) if who else None, **asked)


class ExportForm(ActionForm):
    """Which log, in what form and of which days."""

    form = forms.ChoiceField(label=_("What"), choices=log_export.FORMS, widget=forms.RadioSelect, initial="ldv")
    since = _day(_("From"))
    until = _day(_("Until and including"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial.update({"since": today - timedelta(days=7), "until": today})

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", ValidationError(_("Choose a day that is not before the first."), code="order"))
        return found

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("form", "since", "until")}


class AnswerForm(ActionForm):
    """What an unusual look turned out to be."""

    status = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (UnusualLook.Status.EXPLAINED, _("Explained: it belonged to the work")),
            (UnusualLook.Status.REPORTED, _("Reported: it goes on as an incident")),
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what it is.")),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What you asked and heard, or to whom you reported it. No names of residents."),
        error_messages={"required": _("Write what you asked and heard.")},
    )


class WatchedHomeForm(ActionForm):
    """Where someone who works here lives. Without a postcode it is no longer kept."""

    user = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.filter(is_active=True).order_by("name"), error_messages={"required": _("Choose who.")}
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        max_length=10,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For example 2512 AB. Leave it empty to stop keeping it."),
    )
