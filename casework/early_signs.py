"""What the pages of early signs show, and until when a first contact must be."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from luisterloket.convenant.disclosure import Ground, log_answer
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.wijken.calendar import add_working_days

from .models import WIPED_AFTER, EarlySign
from .rhythm import rhythm_of

# Article 4 Wet gemeentelijke schuldhulpverlening: a first conversation within four weeks, or within three working days.
WEEKS, THREATENED = 4, 3
SETTLED_SHOWN = 10
LIST, ONE = "early signs", "early sign"


def first_due_on(sign: EarlySign) -> date:
    """Until when there must be a first contact: of arrears by the law, counted from the signal; never a day that has passed."""
    today = timezone.localdate()
    if sign.kind != EarlySign.Kind.ARREARS:
        return rhythm_of(sign.unit_id).first_on()
    return max(arrears_due_on(sign.signal_on or today, sign.threat), today)


def arrears_due_on(since: date, threat: str) -> date:
    """Until when the law wants a first conversation about arrears that were signalled on that day."""
    return add_working_days(since, THREATENED) if threat else since + timedelta(weeks=WEEKS)


@dataclass(frozen=True)
class SignsPage:
    """The early signs of one's own wijken: what is open, the first due first, and what was settled last."""

    open: list[EarlySign]
    settled: list[EarlySign]
    wiped_after: int = WIPED_AFTER


def signs_page(user: User) -> SignsPage:
    """Three queries. That the list was read is kept."""
    found = EarlySign.objects.visible_to(user).select_related("owner", "unit").annotate(times=Count("attempts"))
    page = SignsPage(
        list(found.filter(~Q(status=EarlySign.Status.SETTLED)).order_by("due_on", "pk")),
        list(found.filter(status=EarlySign.Status.SETTLED).order_by("-settled_at")[:SETTLED_SHOWN]),
    )
    if page.open or page.settled:
        keep_look(user, LIST, Ground("wijk"))
    return page


def keep_look(user: User, what: str, ground: Ground) -> None:
    """Nobody of these is a resident yet, so the look is kept without a subject."""
    units = user.units_with(Permission.LISTEN)
    post = next((post for post in user.posts if post.unit_id in units), None)
    log_answer(to=user, purpose="listening", ground=ground, post=post, what=what)


def keep_look_at(user: User, sign: EarlySign) -> None:
    keep_look(user, ONE, Ground("early_sign", sign.pk))


def colleagues_in(unit_id: UUID) -> Any:
    return User.objects.holding(Permission.LISTEN, unit_id=unit_id).order_by("name")
