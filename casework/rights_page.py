"""The list of requests of residents about their data, and one of them, as its page shows it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from luisterloket.convenant.disclosure import Ground, log_look
from luisterloket.convenant.models import ConvenantVersion, Purpose
from luisterloket.people.models import Unit, User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from .disclosures import scope_of
from .models import Case, RightsCopy, RightsCorrection, RightsRequest
from .permissions import may_contribute, may_read, posts_for
from .rights_disclosures import GROUND
from .rights_items import said_before
from .rights_permissions import PURPOSE, check_has_in_hand, check_may_handle, handled_by
from .rights_terms import ARTICLE, NEAR_DAYS

Status = RightsRequest.Status
CLOSED_SHOWN = 20


@dataclass(frozen=True)
class RightsLine:
    """One request in a list: what kind, how far, and until when. Nothing of whom."""

    pk: UUID
    kind: Any
    article: str
    status: Any
    is_open: bool
    received_on: date
    due_on: date
    extended: bool
    unit: str
    handler: str
    decision: Any = ""

    @property
    def tone(self) -> str:
        today = timezone.localdate()
        if not self.is_open:
            return "done"
        if self.due_on < today:
            return "acute"
        return "waiting" if (self.due_on - today).days <= NEAR_DAYS else "neutral"


@dataclass(frozen=True)
class RightsList:
    open: list[RightsLine]
    closed: list[RightsLine]
    # Who supervises sees no more than this list.
    opens: bool


def rights_list(user: User) -> RightsList:
    """Those of one's units, the first due first; for who only supervises all, from a function that gives no word of them."""
    if user.has(Permission.HANDLE_RIGHTS):
        rows = handled_by(user).defer("text", "representative", "reason", "extended_because").order_by("due_on")
        found = [_row(one) for one in rows]
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, unit_id, kind, status, received_on, due_on, extended_at, handler_id, decision FROM rights_terms()"
                " ORDER BY due_on"
            )
            found = cursor.fetchall()
    units = {pk: str(name) for pk, name in Unit.objects.filter(pk__in={row[1] for row in found}).values_list("pk", "name")}
    people = dict(User.objects.filter(pk__in={row[7] for row in found if row[7]}).values_list("pk", "name"))
    lines = [_line(row, units, people) for row in found]
    closed = [one for one in reversed(lines) if not one.is_open][:CLOSED_SHOWN]
    return RightsList([one for one in lines if one.is_open], closed, opens=user.has(Permission.HANDLE_RIGHTS))


def _row(one: RightsRequest) -> tuple[Any, ...]:
    """What a list tells of it."""
    return (
        one.pk, one.unit_id, one.kind, one.status, one.received_on, one.due_on, one.extended_at, one.handler_id, one.decision
    )  # fmt: skip


def _line(row: tuple[Any, ...], units: dict[Any, str], people: dict[Any, str]) -> RightsLine:
    pk, unit, kind, status, received_on, due_on, extended_at, handler, decision = row
    return RightsLine(
        pk=pk,
        kind=RightsRequest.Kind(kind).label,
        article=ARTICLE[kind],
        status=Status(status).label,
        is_open=status not in {Status.TOLD, Status.WITHDRAWN},
        received_on=received_on,
        due_on=due_on,
        extended=extended_at is not None,
        unit=units.get(unit, ""),
        handler=people.get(handler, ""),
        decision=RightsRequest.Decision(decision).label if decision else "",
    )


@dataclass(frozen=True)
class NamedWrong:
    """One thing to put right, as far as this person may read of it."""

    correction: RightsCorrection
    was: dict[str, Any] | None
    must_be: str
    may_do: bool

    @property
    def is_asked(self) -> bool:
        return bool(self.correction.status == RightsCorrection.Status.ASKED)


@dataclass(frozen=True)
class RightsPage:
    """One request for who handles it. What the resident wrote is there for who has it in hand."""

    request: RightsRequest
    article: str
    in_hand: bool
    tone: str
    wrong: list[NamedWrong] = field(default_factory=list)
    copies: list[RightsCopy] = field(default_factory=list)
    purpose: str = ""


def rights_page(request: RightsRequest, user: User) -> RightsPage:
    """What was asked and how far it is. Reading it is a look at the person, and kept."""
    in_hand = may(check_has_in_hand, user, request)
    if in_hand:
        keep_look(request, user, "rights request")
    wrong = request.corrections.order_by("asked_at") if in_hand else []
    return RightsPage(
        request=request,
        article=ARTICLE[request.kind],
        in_hand=in_hand,
        tone=_line(_row(request), {}, {}).tone,
        wrong=[NamedWrong(one, said_before(one), one.must_be, may_do=True) for one in wrong],
        copies=list(request.copies.select_related("reader", "asked_by")) if may(check_may_handle, user, request) else [],
        purpose=_purpose(request),
    )


def _purpose(request: RightsRequest) -> str:
    return str(Purpose.objects.filter(pk=request.purpose).first() or "") if request.purpose else ""


def keep_look(request: RightsRequest, user: User, what: str) -> None:
    """That someone read what a resident asked."""
    version = ConvenantVersion.in_force()
    post = next((post for post in user.posts if Permission.HANDLE_RIGHTS in post.role.permissions), None)
    log_look(
        scope_of(Case(pk=request.case_id)), to=user, purpose=PURPOSE, ground=Ground(GROUND, request.pk), post=post, what=what,
        categories=["story"], version_id=version.pk if version else None,
    )  # fmt: skip


def keep_look_in_case(request: RightsRequest, user: User) -> None:
    """The same, by who works on the case in which it was asked."""
    version = ConvenantVersion.in_force()
    post = next(iter(posts_for(user, request.unit_id)), None)
    log_look(
        scope_of(Case(pk=request.case_id)), to=user, purpose="listening", ground=Ground("involvement", request.case_id), post=post,
        what="rights request", categories=["story"], version_id=version.pk if version else None,
    )  # fmt: skip


@dataclass(frozen=True)
class CaseRights:
    """The requests of a case, for who works on it: what was asked, how far it is, and what they must put right."""

    requests: list[tuple[RightsRequest, RightsLine]]
    wrong: list[NamedWrong]
    changed_at: datetime | None = None


def case_rights(case: Case, user: User) -> CaseRights:
    found = list(RightsRequest.objects.filter(case=case).order_by("-recorded_at").select_related("handler"))
    lines = [(one, _line(_row(one), {}, {one.handler_id: one.handler.name if one.handler else ""})) for one in found]
    # Also of a request that was made in another case of this person.
    wrong = RightsCorrection.objects.filter(case=case, status=RightsCorrection.Status.ASKED)
    return CaseRights(
        requests=lines,
        wrong=[
            NamedWrong(one, None, one.must_be, may_do=may_contribute(user, one.category, case.unit_id))
            for one in wrong
            if may_read(user, one.category, case.unit_id)
        ],
    )
