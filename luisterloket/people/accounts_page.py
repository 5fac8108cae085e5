"""What the pages of accounts show."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils import timezone

from .models import Appointment, Proposal, User

PAGE = 50


@dataclass(frozen=True)
class AccountPage:
    """One account: whose, whether it can be used, and every appointment, those of now first."""

    user: User
    now: list[Appointment]
    earlier: list[Appointment]
    proposals: list[Proposal]
    has_passphrase: bool
    has_second_factor: bool
    is_mine: bool


def accounts(text: str = "", *, after: str = "") -> tuple[list[User], str]:
    """A page of accounts by name, each with its posts, and where the next page begins. Words of a name, address or unit."""
    found = User.objects.with_posts().filter(is_machine=False).order_by("name", "pk")
    for word in text.split()[:5]:
        there = Appointment.objects.in_force().filter(unit__name__icontains=word).values("user_id")
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(pk__in=there))
    start = int(after) if after.isdigit() else 0
    page = list(found[start : start + PAGE + 1])
    return page[:PAGE], str(start + PAGE) if len(page) > PAGE else ""


def account_page(user: User, viewer: Any) -> AccountPage:
    posts = list(Appointment.objects.filter(user=user).select_related("unit", "on_behalf_of").order_by("-since"))
    now = [one for one in posts if one.until is None or one.until >= timezone.localdate()]
    return AccountPage(
        user=user,
        now=now,
        earlier=[one for one in posts if one not in now],
        proposals=list(Proposal.objects.filter(user=user, status=Proposal.Status.PROPOSED).select_related("unit", "proposed_by")),
        has_passphrase=user.has_usable_password(),
        has_second_factor=Authenticator.objects.filter(user=user).exists(),
        is_mine=user.pk == viewer.pk,
    )
