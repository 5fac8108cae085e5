"""Forms of a case, and the search for one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions import LONGEST
from casework.models import Involvement
from luisterloket.platform.forms import ActionForm


class ConfirmForm(ActionForm):
    """A yes."""


class JoinForm(ActionForm):
    """Each reason is a button; only another reason asks for words."""

    reason = forms.ChoiceField(
        label=_("Why do you join?"),
        choices=list(Involvement.Reason.choices),
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose why you join."), "invalid_choice": _("Choose why you join.")},
    )
    explanation = forms.CharField(
        label=_("Another reason, in a few words"), required=False, max_length=500, widget=forms.TextInput({"autocomplete": "off"})
    )


class ConnectForm(ActionForm):
    """This conversation is of someone known: asks only for what is obliged and still open."""

    reason = forms.ChoiceField(
        label=_("Why do you join?"), choices=list(Involvement.Reason.choices), required=False, widget=forms.HiddenInput
    )
    own_words = forms.CharField(
        label=_("What did the resident tell, in their own words?"),
        required=False,
        strip=False,
        max_length=LONGEST["own_words"],
        widget=forms.Textarea({"rows": 4}),
    )
    explanation = forms.CharField(
        label=_("Another reason, in a few words"), required=False, max_length=500, widget=forms.TextInput({"autocomplete": "off"})
    )


class SearchForm(forms.Form):
    """What one knows of someone. Sent by POST, so that no name stands in an address or a log."""

    use_required_attribute = False
    mark_optional = False
    q = forms.CharField(
        label=_("Name, day of birth, postcode or telephone number"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "type": "search", "data-find": True, "aria-controls": "results"}),
        help_text=_("The first letters are enough, and the spelling may differ. For example: rachida 1997, or 2525 AB."),
    )
