"""The one form of a locked screen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luisterloket.people import locking
from luisterloket.people.requests import SignedIn


class UnlockForm(forms.Form):
    """Opens the session when the passphrase is right; the session may end when it is wrong too often."""

    use_required_attribute = False
    password = forms.CharField(
        label=_("Passphrase"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: SignedIn, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        if self.request.user.is_authenticated and not locking.unlock(self.request, self.cleaned_data["password"]):
            raise ValidationError(_("This is not the passphrase of this account."), code="wrong")
        return ""
