"""Signing and ending a version of the convenant."""

from typing import Any

from django.utils import timezone

from luisterloket.platform.commands import command
from luisterloket.platform.history import record

from . import permissions
from .models import AccessLogEntry, ConvenantVersion


@command
def sign_convenant(*, actor: Any, version: ConvenantVersion) -> ConvenantVersion:
    """Bring a version into force. From now on it decides what is disclosed."""
    version = ConvenantVersion.locked(version.pk)
    version.move_to(ConvenantVersion.Status.IN_FORCE)
    version.signed_at = timezone.now()
    version.save(update_fields=["status", "signed_at"])
    record(actor, "convenant.signed", version, number=version.number)
    return version


@command
def read_access_log(*, actor: Any) -> AccessLogEntry:
    """Keep that the log itself was read: supervision is supervised too."""
    permissions.check_may_read_log(actor)
    return AccessLogEntry.objects.create(
        actor_id=actor.pk,
        role="privacy_officer",
        purpose="supervision",
        ground_kind="role",
        what="access log",
        categories=[],
        subjects=[],
    )
