"""What the pages of hand-ins show: to who sent them, and to the loket."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from casework.finding import Perhaps, perhaps_known
from casework.models import Case
from luisterloket.convenant.disclosure import Ground, log_answer
from luisterloket.convenant.models import DataCategory
from luisterloket.people.models import User
from luisterloket.people.roles import Permission

from .hand_in_permissions import PURPOSE, may_hear, post_that_hands_in
from .models import HandIn, Reception

PER_PAGE = 25
LIST, ONE = "hand-ins", "hand-in"
Status = HandIn.Status


@dataclass(frozen=True)
class SentPage:
    """What one's own unit handed in, the newest first, and the key of the next page."""

    rows: list[HandIn]
    after: str


@dataclass(frozen=True)
class SentOne:
    """One that was handed in, as its sender sees it. `hears` says whether the convenant lets them hear what came of it."""

    hand_in: HandIn
    category: str
    hears: bool
    can_withdraw: bool


@dataclass(frozen=True)
class ReceivedPage:
    """What came in at one's own loket: what waits for an answer, what the sender still waits to hear of, what is done."""

    waiting: list[Reception]
    running: list[Reception]
    done: list[Reception]


@dataclass(frozen=True)
class ReceivedOne:
    """One that came in, with who of the wijk it may be: for the loket alone."""

    hand_in: HandIn
    reception: Reception
    category: str
    perhaps: list[Perhaps]
    # A case that may be opened by who looks; empty for a conversation of a colleague.
    url: str = ""

    @property
    def waits(self) -> bool:
        return self.hand_in.status == Status.SENT

    @property
    def can_conclude(self) -> bool:
        return self.hand_in.status == Status.ACCEPTED


def sent_page(user: User, *, after: str = "") -> SentPage:
    """Two queries. That the list was read is kept."""
    found = HandIn.objects.visible_to(user).select_related("unit", "sent_by").order_by("-sent_at", "-pk")
    if cursor := _cursor(after):
        at, pk = cursor
        found = found.filter(Q(sent_at__lt=at) | Q(sent_at=at, pk__lt=pk))
    rows = list(found[: PER_PAGE + 1])
    last = rows[PER_PAGE - 1] if len(rows) > PER_PAGE else None
    keep_look_at_list(user, rows)
    return SentPage(rows[:PER_PAGE], f"{last.sent_at.isoformat()}~{last.pk}" if last else "")


def keep_look_at_list(user: User, rows: list[HandIn]) -> None:
    """That a list of one's own hand-ins was read, by page or by a system."""
    if rows:
        _keep_look(user, LIST, Ground("hand_ins"), rows[0].desk_unit_id)


def sent_one(hand_in: HandIn, user: User) -> SentOne:
    """As the sender sees it: nothing that depends on whether the loket knew the resident. The look is kept."""
    _keep_look(user, ONE, Ground("hand_in", hand_in.pk), hand_in.desk_unit_id)
    return SentOne(hand_in, _category(hand_in), may_hear(user, hand_in), hand_in.status == Status.SENT)


def received_page(user: User) -> ReceivedPage:
    """Fixed queries; that the list was read is kept."""
    found = Reception.objects.visible_to(user).select_related("hand_in__desk_unit", "owner", "unit")
    waiting = list(found.filter(hand_in__status=Status.SENT).order_by("hand_in__due_on", "pk"))
    running = list(found.filter(hand_in__status=Status.ACCEPTED).order_by("hand_in__due_on", "pk")[:100])
    over = [Status.SENT_BACK, Status.CONCLUDED, Status.WITHDRAWN]
    done = list(found.filter(hand_in__status__in=over).order_by("-hand_in__answered_at", "pk")[:PER_PAGE])
    if waiting or running or done:
        _keep_look_at_loket(user, LIST, Ground("wijk"))
    return ReceivedPage(waiting, running, done)


def received_one(hand_in: HandIn, user: User) -> ReceivedOne:
    """For the loket; the look is kept, and the one at who may be known is kept by the search itself."""
    reception = Reception.objects.select_related("owner", "case", "intake", "sign", "unit").get(hand_in=hand_in)
    _keep_look_at_loket(user, ONE, Ground("hand_in", hand_in.pk))
    perhaps: list[Perhaps] = []
    if hand_in.status == Status.SENT:
        perhaps = perhaps_known(user, reception.unit_id, name=hand_in.name, born=hand_in.born, phone=hand_in.phone)
    return ReceivedOne(hand_in, reception, _category(hand_in), perhaps, _leads_to(reception, user))


def colleagues_in(unit_id: UUID) -> Any:
    return User.objects.holding(Permission.LISTEN, unit_id=unit_id).order_by("name")


def _leads_to(reception: Reception, user: User) -> str:
    if reception.case is not None:
        opens = Case.objects.visible_to(user).filter(pk=reception.case.pk).exists()
        return reception.case.get_absolute_url() if opens else ""
    if reception.intake is not None and reception.intake.held_by_id == user.pk:
        return reception.intake.get_absolute_url()
    return ""


def _category(hand_in: HandIn) -> str:
    return DataCategory.objects.values_list("name", flat=True).get(pk=hand_in.category)


def _keep_look(user: User, what: str, ground: Ground, unit_id: UUID) -> None:
    log_answer(to=user, purpose=PURPOSE, ground=ground, post=post_that_hands_in(user, unit_id), what=what)


def _keep_look_at_loket(user: User, what: str, ground: Ground) -> None:
    """Nobody of these is a resident yet, so the look is kept without a subject."""
    units = user.units_with(Permission.LISTEN)
    post = next((post for post in user.posts if post.unit_id in units), None)
    log_answer(to=user, purpose=PURPOSE, ground=ground, post=post, what=what)


def _cursor(after: str) -> tuple[datetime, UUID] | None:
    """None for one that was tampered with, which starts the list anew."""
    at, _separator, pk = after.partition("~")
    try:
        return datetime.fromisoformat(at), UUID(pk)
    except ValueError:
        return None
