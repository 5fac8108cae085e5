"""The page of who looked into a case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.convenant.looks import Look, looks
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.people.models import User

from . import permissions
from .disclosures import scope_with_others
from .models import Case
from .signs import MELDCODE, SAFETY

PAGE = 25


@dataclass(frozen=True)
class AccessPage:
    """Who looked into a case; `following` is the key of the next page."""

    case: Case
    name: str
    lines: list[Look]
    following: str


def access_page(case: Case, user: User, *, before: tuple[datetime, UUID] | None = None) -> AccessPage:
    """Who looked into this case, newest first. Looking at this is itself a look, and kept."""
    disclosed = disclose(
        scope_with_others(case, user),
        to=user,
        purpose="listening",
        ground=Ground("involvement", case.pk),
        what="who looked",
        only=["identity"],
    )
    # Who was refused saw nothing; that is for who supervises.
    entries = AccessLogEntry.objects.filter(case_id=case.pk).exclude(result=AccessLogEntry.Result.DENIED).order_by("-at", "-id")
    sees_safety = permissions.may_read(user, SAFETY, case.unit_id, case.pk)
    if not sees_safety:
        # Not even that there are steps to look at.
        entries = entries.exclude(what=MELDCODE)
    if before is not None:
        entries = entries.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]))
    found = list(entries[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    for entry in found:
        entry.categories = [one for one in entry.categories if sees_safety or one != SAFETY]
    return AccessPage(case, disclosed.text("name"), looks(found[:PAGE]), f"{last.at.isoformat()}_{last.pk}" if last else "")
