"""What the loket's list of requests shows, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.groups import others_of
from casework.models import Case, CaseMember
from luisterloket.convenant.disclosure import Ground, Scope, disclose
from luisterloket.people.models import User
from luisterloket.platform.drafts import values_of
from luisterloket.platform.models import Draft

from .clocks import wait
from .cursors import Row, due_first, latest_closed, open_stalls
from .models import SpecialistRequest
from .request_page import FOLLOWS, desk_of

Status = SpecialistRequest.Status
AN_ID = "[0-9a-f-]{36}"


@dataclass(frozen=True)
class Begun:
    """A request that this person began to write and did not send: only theirs, and no desk knows of it."""

    title: str
    who: str
    url: str
    saved_at: datetime | None


@dataclass(frozen=True)
class RequestsPage:
    chosen: str
    filters: list[tuple[str, Any]]
    rows: list[Row]
    after: str
    begun: list[Begun]


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
    begun = begun_by(user) if chosen == "open" and not after else []
    return RequestsPage(chosen, list(REQUEST_FILTERS.items()), lines, next_after, begun)


def begun_by(user: User) -> list[Begun]:
    """What this person began to ask and did not send yet, of the cases they still work on; the last first."""
    drafts = Draft.objects.filter(owner_id=user.pk, form__regex=rf"^requests?:{AN_ID}(:{AN_ID})?$").order_by("-saved_at")[:20]
    by_case = [(UUID(draft.form.split(":")[1]), draft) for draft in drafts]
    works = set(Case.objects.worked_on_by(user).filter(pk__in={case for case, _draft in by_case}).values_list("pk", flat=True))
    who = names_of_cases(user, [case for case, _draft in by_case if case in works])
    return [_begun(case, draft, who.get(case, "")) for case, draft in by_case if case in works]


def _begun(case: UUID, draft: Draft, who: str) -> Begun:
    kind, _case, *follows = draft.form.split(":")
    typed = values_of(draft)
    url = reverse("backoffice:requests-new" if kind == "requests" else "backoffice:request-new", args=[case])
    title = typed.get("title") or typed.get("deel0-title") or gettext("A request without a title yet")
    query = {FOLLOWS: follows[0], "desk": typed.get("desk", "")} if follows else {}
    return Begun(title, who, f"{url}?{urlencode(query)}" if query else url, draft.saved_at)


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
