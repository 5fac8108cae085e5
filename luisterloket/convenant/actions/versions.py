"""Bringing a version of the convenant into force."""

from typing import Any

from django.utils import timezone

from luisterloket.convenant.models import ConvenantVersion
from luisterloket.platform.commands import command
from luisterloket.platform.history import record


@command
def sign_convenant(*, actor: Any, version: ConvenantVersion) -> ConvenantVersion:
    """Bring a version into force. From now on it decides what is disclosed."""
    version = ConvenantVersion.locked(version.pk)
    version.move_to(ConvenantVersion.Status.IN_FORCE)
    version.signed_at = timezone.now()
    version.save(update_fields=["status", "signed_at"])
    record(actor, "convenant.signed", version, number=version.number)
    return version
