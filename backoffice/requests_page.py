"""What the loket's list of requests shows, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.groups import others_of
from casework.models import CaseMember
from luisterloket.convenant.disclosure import Ground, Scope, disclose
from luisterloket.people.models import User

from .clocks import wait
from .cursors import Row, due_first, latest_closed, open_stalls
from .models import SpecialistRequest
from .request_page import desk_of

Status = SpecialistRequest.Status


@dataclass(frozen=True)
class RequestsPage:
    chosen: str
    filters: list[tuple[str, Any]]
    rows: list[Row]
    after: str


REQUEST_FILTERS = {"open": _("Open"), "waits": _("Waits for me"), "stalled": _("Stalled"), "closed": _("Done")}


def requests_page(user: User, *, chosen: str = "open", after: str = "") -> RequestsPage:
    """The requests of one's cases, the clock that is worst first. The names are one look, kept as one entry."""
    chosen = chosen if chosen in REQUEST_FILTERS else "open"
    now = timezone.now()
    found = SpecialistRequest.objects.asked_from(user).select_related("desk_unit__desk", "desk_unit", "asked_by")
    found = found.defer("question", "answer", "next_step")
    if chosen == "closed":
        rows, next_after = latest_closed(found.filter(status__in=[Status.CLOSED, Status.WITHDRAWN, Status.GROUND_ENDED]), after)
    else:
        found = found.open()
        if chosen == "waits":
            found = found.filter(status__in=[Status.ANSWERED, Status.ASKED_BACK])
        elif chosen == "stalled":
            found = found.stalled()
        rows, next_after = due_first(found, after)
    stalls = open_stalls([one.pk for one in rows if one.stalled_at])
    who = names_of_cases(user, [one.case_id for one in rows])
    lines = [Row(one, wait(one, desk_of(one), now), stalls.get(one.pk), who.get(one.case_id, "")) for one in rows]
    return RequestsPage(chosen, list(REQUEST_FILTERS.items()), lines, next_after)


def names_of_cases(user: User, cases: list[UUID]) -> Mapping[UUID, str]:
    """Whom these cases are about, for one's own list."""
    members = CaseMember.objects.filter(case__in=set(cases), part=CaseMember.Part.MAIN).values_list("case_id", "resident_id")
    main = dict(members)
    if not main:
        return {}
    seen = disclose(
        Scope((*main.values(), *others_of(main.values(), user))),
        to=user,
        purpose="listening",
        ground=Ground("own_cases"),
        what="requests",
        only={"identity"},
    )
    return {case: seen.text("name", resident) for case, resident in main.items()}
