"""What the pages of short contacts and of reaching someone show."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User

from .disclosures import scope_with_others
from .models import Case, ContactMoment, ShortContact
from .permissions import category_of_contact

PAGE = 10
# So many times in vain in a row, and one tries another way.
IN_VAIN = 3
SHOWN_AT_MOST = 50
# Whether someone comes to the loket is not ours to try.
NOT_TO_CHOOSE = {ContactMoment.Kind.LOKET, ContactMoment.Kind.OTHER}


@dataclass(frozen=True)
class ShortRow:
    """One short contact. Of what became part of a case only that is said here: the case shows it to who may."""

    contact: ShortContact
    # Where it went on: a conversation or a case, when this person may open that.
    url: str = ""

    @property
    def is_open(self) -> bool:
        return self.contact.case_id is None and self.contact.intake_id is None


def short_contacts(user: User, *, before: tuple[datetime, UUID] | None = None) -> tuple[list[ShortRow], str]:
    """A page of one's own, newest first, and the key of the next page. Two queries."""
    found = ShortContact.objects.visible_to(user).select_related("intake").order_by("-noted_at", "-pk")
    if before is not None:
        found = found.filter(Q(noted_at__lt=before[0]) | Q(noted_at=before[0], pk__lt=before[1]))
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    cases = [row.case_id for row in rows[:PAGE] if row.case_id]
    mine = set(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()
    return [ShortRow(row, _went_to(row, mine)) for row in rows[:PAGE]], f"{last.noted_at.isoformat()}_{last.pk}" if last else ""


def _went_to(contact: ShortContact, mine: set[UUID]) -> str:
    if contact.case_id is not None:
        return reverse("casework:case", args=[contact.case_id]) if contact.case_id in mine else ""
    return contact.intake.get_absolute_url() if contact.intake else ""


# Reaching someone ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reaching:
    """How reaching someone has gone, from the newest back: no words, only when, how and whether."""

    newest: list[ContactMoment]
    in_vain: int
    # The ways that were tried in that run, and the others that this person could still try.
    tried: list[Any]
    untried: list[Any]

    @property
    def try_another_way(self) -> bool:
        return self.in_vain >= IN_VAIN


def reaching(case: Case) -> Reaching:
    """One query. Only the run of times in vain since someone was last reached counts for the hint."""
    found = list(ContactMoment.objects.filter(case=case).select_related("spoke").defer("text").order_by("-on", "-noted_at")[:20])
    run = []
    for moment in found:
        if not moment.in_vain:
            break
        run.append(moment)
    tried = Counter(ContactMoment.Kind(moment.kind) for moment in run)
    other_ways = [kind for kind in ContactMoment.Kind if kind not in tried and kind not in NOT_TO_CHOOSE]
    return Reaching(found, len(run), [kind.label for kind in tried], [kind.label for kind in other_ways])


@dataclass(frozen=True)
class ContactPage:
    """How to reach the people of a case, and how that went."""

    case: Case
    name: str
    reaching: Reaching
    ways: list[tuple[Any, str]]
    network: list[Item]
    all_moments: list[Item]
    short: list[Item]

    @property
    def moments(self) -> list[Item]:
        return self.all_moments[:SHOWN_AT_MOST]

    @property
    def more(self) -> int:
        """How many older ones are not listed."""
        return len(self.all_moments) - len(self.moments)


def contact_page(case: Case, user: User) -> ContactPage:
    """One disclosure: who it is, how they are reached, who is around them, and what was noted of it."""
    scope = scope_with_others(case, user)
    about = {category_of_contact(one) for one in ShortContact.objects.filter(case=case).only("domain")}
    disclosed = disclose(
        scope,
        to=user,
        purpose="listening",
        ground=Ground("involvement", case.pk),
        what="contact moments",
        only={"identity", "contact", "network", "story"} | about,
    )
    main = scope.subjects[0]
    return ContactPage(
        case=case,
        name=disclosed.text("name", main),
        reaching=reaching(case),
        ways=[(item.label, item.text) for kind in ("phone", "address", "language") for item in disclosed.of(kind, main)],
        network=disclosed.of("support_person"),
        all_moments=disclosed.of("contact_moment"),
        short=disclosed.of("short_contact"),
    )
