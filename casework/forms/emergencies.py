"""Forms about opening in an emergency, and about what one says and decides of it afterwards."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.emergencies import hours_to_choose
from casework.models import BreakGlass
from luisterloket.platform.forms import ActionForm

LONGEST = 5_000


class BreakGlassForm(ActionForm):
    """Who, why, what and for how long."""

    sought = forms.CharField(
        label=_("Who is it?"),
        max_length=200,
        help_text=_(
            "The whole name and the day of birth, such as Samira el Haddaoui 14-3-1997; or the whole reference of who is protected."
        ),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Type the whole name and the day of birth, or the whole reference.")},
    )
    reason = forms.CharField(
        label=_("What happens, and why can it not wait?"),
        max_length=LONGEST,
        help_text=_("The privacy officer, the team coordinator and the owner of the case read this at once."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write down what happens, and why it cannot wait.")},
    )
    categories = forms.MultipleChoiceField(
        label=_("What must you know?"),
        help_text=_("No more than you need now. The convenant names what may be opened in an emergency."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose what you must know."),
            "invalid_choice": _("The convenant does not let you open this, also not in an emergency."),
        },
    )
    hours = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("After that it shuts by itself. You can end it earlier."),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose for how long.")),
    )

    def __init__(self, *args: Any, categories: Mapping[str, str], known: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if known:
            # A case that one knows of already: nobody has to be found.
            del self.fields["sought"]
        asked: Any = self.fields["categories"]
        asked.choices = list(categories.items())
        hours: Any = self.fields["hours"]
        hours.choices = [(n, ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}) for n in hours_to_choose()]
        self.initial.setdefault("hours", hours_to_choose()[0])


class SayForm(ActionForm):
    """What one knows of it."""

    text = forms.CharField(
        label=_("What do you know of it?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down what you know of it.")},
    )


class JudgeForm(ActionForm):
    """Rightful, not rightful, or more is needed first."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose what you decide.")),
    )
    text = forms.CharField(
        label=_("Why, and what is done?"),
        max_length=LONGEST,
        help_text=_("Who opened it and who sees to the case read this."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down why, and what is done.")},
    )

    def __init__(self, *args: Any, emergency: BreakGlass, **kwargs: Any):
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(status, status.label) for status in BreakGlass.Status if emergency.can_move_to(status)]
