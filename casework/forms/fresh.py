"""Forms about something that a colleague may have changed meanwhile: what was typed stays, and both are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions import ChangedMeanwhile
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.forms import ActionForm

LONGEST_TEXT = 500


@dataclass(frozen=True)
class Both:
    label: Any
    theirs: str
    mine: str


def a_day(label: Any, **details: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    messages = dict.fromkeys(["required", "invalid"], _("Choose the day."))
    return forms.DateField(label=label, widget=widget, error_messages=messages, **details)


def a_line(label: Any, *, longest: int = LONGEST_TEXT, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=longest, help_text=hint, widget=forms.TextInput({"autocomplete": "off"})
    )


class FreshForm(ActionForm):
    """About something that has a version: when it is stale nothing is saved, what was typed stays, and both are shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args: Any, values: Callable[[Any], dict[str, Any]], **kwargs: Any):
        self.both: list[Both] = []
        self._values = values
        super().__init__(*args, **kwargs)

    def run(self, action: Callable[..., Any], **known: Any) -> Any:
        if not self.is_valid():
            return None
        try:
            return action(**known, **self.details())
        except ChangedMeanwhile as changed:
            self._show_both(changed.current)
            self.add_error(None, changed)
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            self.add_error(field if field in self.fields else None, refusal)
        return None

    def _show_both(self, current: Any) -> None:
        there = self._values(current)
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "version": str(current.version)}
        for name, value in ((name, value) for name, value in there.items() if name in self.fields):
            theirs, mine = self._shown(name, value), self._shown(name, self.data.get(name, ""))
            if theirs != mine:
                self.both.append(Both(self.fields[name].label, theirs, mine))

    def _shown(self, name: str, value: Any) -> str:
        """A value as one reads it: of a choice its label."""
        text = "" if value is None else str(value)
        labels = {str(one): str(label) for one, label in getattr(self.fields[name], "choices", [])}
        return (labels.get(text, text) if text else "").replace("\r\n", "\n").strip()


def with_version(details: dict[str, Any]) -> dict[str, Any]:
    details = dict(details)
    if details.get("version") is None:
        details.pop("version", None)
    return details
