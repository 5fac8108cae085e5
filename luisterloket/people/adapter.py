"""allauth as this house uses it: nobody signs up alone, second-factor secrets are encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from luisterloket.platform.encryption import decrypt, encrypt

# What the secrets of second factors are sealed for.
BOUND_TO = "mfa"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account is made by an appointment, not by whoever passes by."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes encrypted in the database."""

    def encrypt(self, text: str) -> str:
        return encrypt(text, BOUND_TO).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(bytes.fromhex(encrypted_text), BOUND_TO)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {"id": self.request.get_host().partition(":")[0], "name": "Luisterloket"}
