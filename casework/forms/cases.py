"""Forms of a case, and the search for one."""

from django import forms
from django.utils.translation import gettext_lazy as _

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


class SearchForm(forms.Form):
    """Words of a name. Sent by POST, so that no name stands in an address or a log."""

    use_required_attribute = False
    mark_optional = False
    q = forms.CharField(
        label=_("Name or nickname"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "type": "search"}),
        help_text=_("The first letters are enough. Accents and “van der” do not matter."),
    )
