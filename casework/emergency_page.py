"""What the pages about emergencies show: to who opened one what they may read, to who reviews everything but the file."""

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.http import urlencode

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, log_answer
from luisterloket.convenant.looks import Look, looks
from luisterloket.convenant.models import AccessLogEntry, DataCategory
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.people.roles import ROLES
from luisterloket.platform.exceptions import NotAllowed

from .emergency_disclosures import KIND, opened
from .emergency_permissions import check_may_end, check_may_judge, check_may_say
from .models import BreakGlass, BreakGlassWord

LISTED = 50
WITH_WORDS = ("who", "who_unit", "unit", "reviewed_by", "ended_by")


@dataclass(frozen=True)
class Part:
    """One category as it is read: each item with whose it is, when that is not who the case is about."""

    name: str
    lines: list[tuple[str, Item]]


@dataclass(frozen=True)
class OpenedPage:
    emergency: BreakGlass
    name: str = ""
    parts: list[Part] = field(default_factory=list)
    words: list[BreakGlassWord] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def is_readable(self) -> bool:
        return bool(self.name or self.parts)


def opened_page(emergency: BreakGlass, user: User) -> OpenedPage:
    """To who opened it: as long as it is open, the items. After that, what came of it."""
    names = category_names()
    page = OpenedPage(
        emergency,
        words=list(emergency.words.select_related("by")),
        asked=[names.get(code, code) for code in emergency.categories],
    )
    if not emergency.is_open:
        return page
    try:
        disclosed = opened(emergency, user)
    except NotAllowed:
        # The post ended, or this person was kept out of the case meanwhile.
        return page
    return replace(page, name=disclosed.text("name"), parts=_parts(disclosed, names))


def _parts(disclosed: Disclosure, names: dict[str, str]) -> list[Part]:
    """In the order of the categories; who someone is comes with each of the household."""
    called = {item.subject_id: item.text for item in disclosed.of("name")}
    main = next(iter(called), None)
    found: dict[str, list[tuple[str, Item]]] = {}
    for code in disclosed.allowed:
        lines = [
            (called.get(item.subject_id, "") if item.subject_id != main else "", item)
            for item in disclosed
            if item.category == code
        ]
        if lines:
            found[code] = lines
    return [Part(names.get(code, code), lines) for code, lines in found.items()]


@dataclass(frozen=True)
class ReviewPage:
    """Everything but the file: why, what was asked, what was looked at, what was said of it."""

    emergency: BreakGlass
    role: str
    asked: list[str]
    looks: list[Look]
    words: list[BreakGlassWord]
    # How often this person opened this same case before.
    before: int
    waits_for_word: bool
    may_say: bool
    may_judge: bool
    may_end: bool
    breach_url: str
    # What was typed of whom nothing was found: for who judges it.
    sought: str


def review_page(emergency: BreakGlass, user: User) -> ReviewPage:
    """That it was read is kept as well."""
    names = category_names()
    entries = list(AccessLogEntry.objects.filter(ground_kind=KIND, ground_id=emergency.pk).order_by("at"))
    words = list(emergency.words.select_related("by"))
    judges = may(check_may_judge, user, emergency)
    earlier = BreakGlass.objects.filter(case=emergency.case_id, who=emergency.who_id, since__lt=emergency.since)
    log_answer(
        to=user,
        purpose="supervision" if judges else "emergency",
        ground=Ground("emergency_review", emergency.pk),
        post=user.posts[0] if user.posts else None,
        what="emergency review",
    )
    return ReviewPage(
        emergency=emergency,
        role=str(ROLES[emergency.role].name),
        asked=[names.get(code, code) for code in emergency.categories],
        looks=looks(entries),
        words=words,
        before=earlier.count() if emergency.case_id else 0,
        waits_for_word=not emergency.found_nothing and not any(word.kind == BreakGlassWord.Kind.WORD for word in words),
        may_say=not emergency.is_decided and may(check_may_say, user, emergency),
        may_judge=not emergency.is_decided and judges,
        may_end=emergency.is_open and may(check_may_end, user, emergency),
        breach_url=breach_url(emergency) if judges else "",
        sought=emergency.sought if judges else "",
    )


def breach_url(emergency: BreakGlass) -> str:
    """Where what was not rightful is reported as a data breach, with what it was found at; else empty."""
    if emergency.status != BreakGlass.Status.NOT_RIGHTFUL:
        return ""
    return f"{reverse('breach-new')}?{urlencode({'about': f'emergency:{emergency.pk}'})}"


def listed(user: User) -> tuple[list[BreakGlass], list[BreakGlass]]:
    """What this person sees to: what waits for a decision, and what was decided last."""
    found = BreakGlass.objects.reviewed_by(user).select_related(*WITH_WORDS).defer("reason", "sought")
    waiting = found.to_judge().order_by("review_by", "since")[:LISTED]
    return list(waiting), list(found.exclude(status__in=BreakGlass.UNDECIDED).order_by("-reviewed_at")[:LISTED])


def mine(user: User) -> list[BreakGlass]:
    """What this person opened, the newest first."""
    return list(BreakGlass.objects.filter(who=user).defer("reason", "sought").order_by("-since")[:LISTED])


def category_names() -> dict[str, str]:
    return dict(DataCategory.objects.order_by("order").values_list("code", "name"))
