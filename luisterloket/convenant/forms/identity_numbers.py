"""Forms of who switches the identity number on and off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luisterloket.platform.forms import ActionForm


def _text(label: Any, longest: int, missing: Any, *, hint: Any = "", rows: int = 0) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, max_length=longest, help_text=hint, widget=widget, error_messages={"required": missing})


class SwitchOnForm(ActionForm):
    """Under which law an organisation may use the identity number."""

    law = _text(
        _("Law"),
        200,
        _("Write the law that allows it. Without a law the number may not be used."),
        hint=_("The name of the law, with its year when it has one."),
    )
    article = _text(_("Article"), 100, _("Write the article of that law."))
    reason = _text(
        _("Why does this organisation need the number?"), 500, _("Write why this organisation needs the number."), rows=3
    )


class SwitchOffForm(ActionForm):
    """Why the number may no longer be used."""

    reason = _text(_("Why is it switched off?"), 500, _("Write why it is switched off."), rows=3)
