"""Reading the access log."""

from typing import Any

from luisterloket.convenant import permissions
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.commands import command


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
