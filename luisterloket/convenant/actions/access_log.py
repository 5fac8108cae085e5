"""Reading and exporting the access log: supervision is supervised too."""

from datetime import date
from typing import Any

from luisterloket.convenant import permissions
from luisterloket.convenant.access_log import keep_look
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command

SUPERVISION, ROLE = "supervision", "role"


@command
def read_access_log(*, actor: Any, searched: dict[str, Any] | None = None) -> None:
    """Keep that the log itself was read, and what it was searched for: ids and codes only."""
    _keep(actor, "access log", searched)


@command
def export_access_log(*, actor: Any, form: str, since: date, until: date) -> None:
    """Keep that these days of a log were taken out, and in what form."""
    _keep(actor, "access log export", {"form": form, "since": since.isoformat(), "until": until.isoformat()})


def _keep(actor: Any, what: str, details: dict[str, Any] | None) -> None:
    permissions.check_may_read_log(actor)
    post = next(post for post in actor.posts if Permission.READ_LOG in post.role.permissions)
    keep_look(actor_id=actor.pk, post=post, purpose=SUPERVISION, ground_kind=ROLE, what=what, details=details)
