"""Forms about the systems of partners, their tokens and the addresses that are told; what they ask is checked by the action."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.connections import events, scopes
from luisterloket.connections.models import Connection
from luisterloket.people.models import Unit
from luisterloket.platform.forms import ActionForm

WHAT_FOR = {"required": _("Choose what it is for."), "invalid_choice": _("Choose what it is for.")}


def _ticks(label: Any, **details: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **details)


class ConnectionForm(ActionForm):
    """Which system, of which desk, and for what."""

    name = forms.CharField(
        label=_("Name of the system"), max_length=100, error_messages={"required": _("Write down the name.")},
        help_text=_("By this name it stands in the history and in the access log."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Of which desk or office?"), empty_label=_("Choose"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose where.")),
    )  # fmt: skip
    contact = forms.EmailField(
        label=_("Who is written to when it does not work?"), widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": _("Write down the e-mail address."), "invalid": _("This is no e-mail address.")},
    )  # fmt: skip
    for_what = _ticks(_("What is it for?"), error_messages=WHAT_FOR)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = scopes.unit_kinds()
        self.fields["unit"].queryset = Unit.objects.filter(closed_on=None, kind__in=kinds).order_by("name")  # type: ignore[attr-defined]
        self.fields["for_what"].choices = scopes.choices()  # type: ignore[attr-defined]


class TokenForm(ActionForm):
    """What a new token is good for, and until when."""

    for_what = _ticks(_("What is it for?"), error_messages=WHAT_FOR)
    until = forms.DateField(
        label=_("Last day"), error_messages=dict.fromkeys(["required", "invalid"], _("Choose the day.")),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, connection: Connection, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["for_what"].choices = list(  # type: ignore[attr-defined]
            zip(connection.scopes, scopes.labels(connection.scopes), strict=True)
        )
        self.fields["for_what"].initial = connection.scopes
        self.fields["until"].initial = timezone.localdate() + timedelta(days=min(settings.API_TOKEN_DAYS, 90))


class WebhookForm(ActionForm):
    """An address, and what is told to it."""

    address = forms.CharField(
        label=_("Address"), max_length=300, help_text=_("Where the system listens, beginning with https://."),
        error_messages={"required": _("Write down the address.")}, widget=forms.URLInput({"autocomplete": "off"}),
    )  # fmt: skip
    for_what = _ticks(_("What is told to it?"), error_messages=dict.fromkeys(WHAT_FOR, _("Choose what is told to it.")))

    def __init__(self, *args: Any, connection: Connection, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["for_what"].choices = events.choices(connection)  # type: ignore[attr-defined]


class PressForm(ActionForm):
    """One press."""
