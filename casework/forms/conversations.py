"""Forms beside the sheets: who writes along, when and where one spoke, and what was checked."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Check, Conversation
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm

NOTE = 500


class InviteForm(ActionForm):
    """Ask a colleague to write along."""

    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("Which colleague?"), empty_label="–", error_messages={"required": _("Choose a colleague.")}
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = colleagues  # type: ignore[attr-defined]


class OfferForm(ActionForm):
    """Leave the conversation for a colleague to take up."""

    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("For whom?"), required=False, empty_label=_("Whoever of the wijk comes first")
    )
    note = forms.CharField(
        label=_("What should your colleague know first?"),
        required=False,
        max_length=NOTE,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For example: comes back at three o'clock."),
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = colleagues  # type: ignore[attr-defined]


class ConversationForm(ActionForm):
    """When and where one spoke, and who was there."""

    held_on = forms.DateField(
        label=_("When?"), initial=timezone.localdate, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    place = forms.ChoiceField(label=_("Where?"), choices=Conversation.Place.choices, widget=forms.RadioSelect)
    present = forms.CharField(
        label=_("Who else was there?"),
        required=False,
        max_length=NOTE,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For example: her sister, and an interpreter for Tigrinya."),
    )


class SeenForm(ActionForm):
    """It was seen, and why now."""

    moment = forms.ChoiceField(
        label=_("Why was this the moment?"),
        choices=Check.Moment.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why this was the moment.")},
    )
    note = forms.CharField(
        label=_("What did you see?"),
        required=False,
        max_length=NOTE,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("In a few words. No numbers, and no copy."),
    )


class PostponeForm(ActionForm):
    """Not now, but on a day."""

    until = forms.DateField(
        label=_("Come back to it on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day after today.")},
    )
