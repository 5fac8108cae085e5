"""Who may sit at the table of an overleg, and what each would see there: what the convenant in force says for its kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from luisterloket.convenant.disclosure import Allowed, who_may
from luisterloket.convenant.models import ConvenantParty, ConvenantVersion, is_party_today
from luisterloket.people.models import Appointment, Post, User
from luisterloket.people.roles import ROLES

from .models import Case, CaseGuard, ConferenceParticipant, Involvement
from .permissions import posts_for

Seats = Mapping[tuple[UUID, str], Mapping[str, Allowed]]


@dataclass(frozen=True)
class Guest:
    """Someone who could be invited, in the post in which they would come."""

    user: User
    role: str
    unit_id: UUID
    organisation_id: UUID
    organisation: str

    @property
    def key(self) -> str:
        """Names this guest in a form."""
        return f"{self.user.pk}:{self.unit_id}:{self.role}"

    def __str__(self) -> str:
        return f"{self.user.name}, {str(ROLES[self.role].name).lower()}"


def post_at(actor: Any, case: Case, kind: str) -> Post | None:
    """The post in which who works on a case would sit at a table of this kind."""
    given = who_may(kind, case.pk)
    return next((post for post in posts_for(actor, case.unit_id) if (post.organisation_id, post.role.code) in given), None)


def guests(case: Case, kind: str, *, without: Iterable[UUID] = ()) -> list[Guest]:
    """Who could be invited: those to whose post the convenant gives something for this kind, and for whom this case is open.

    Of wijk teams only that of the case, and who has a part in it. Three queries.
    """
    given = who_may(kind, case.pk)
    posts = Appointment.objects.in_force().filter(user__is_active=True, role__in={role for _org, role in given})
    posts = posts.annotate(of=Coalesce("on_behalf_of_id", "unit__organisation_id")).exclude(user__in=list(without))
    involved = Involvement.objects.in_force().filter(case=case).values("user_id")
    posts = posts.filter(~Q(unit__kind="wijkteam") | Q(unit=case.unit_id) | Q(user__in=involved))
    closed = _closed_for(case)
    return [
        Guest(post.user, post.role, post.unit_id, post.of, str(post.on_behalf_of or post.unit.organisation))
        for post in posts.select_related("user", "unit__organisation", "on_behalf_of").order_by("user__name", "role")
        if (post.of, post.role) in given and not closed(post.user_id)
    ]


def _closed_for(case: Case) -> Any:
    """Whether a case is closed to someone: kept for others, or they are kept out (decision 11)."""
    doors = dict(CaseGuard.objects.filter(case=case).values_list("user_id", "kind"))
    named = CaseGuard.Kind.NAMED in doors.values()
    return lambda user: doors.get(user) == CaseGuard.Kind.EXCLUDED or (named and doors.get(user) != CaseGuard.Kind.NAMED)


def without_a_seat(kind: str, case_id: UUID) -> list[str]:
    """The parties of the convenant in force to which it gives nothing for this kind: they are not at this table."""
    seated = {organisation for organisation, _role in who_may(kind, case_id)}
    parties = ConvenantParty.objects.filter(is_party_today(), version=ConvenantVersion.in_force()).exclude(organisation__in=seated)
    return list(parties.order_by("organisation__name").values_list("organisation__name", flat=True))


def sees(participant: ConferenceParticipant, seats: Seats) -> Mapping[str, Allowed]:
    """By category what this participant may see at the table; who has no account sees nothing here."""
    if participant.user_id is None or participant.organisation_id is None:
        return {}
    return seats.get((participant.organisation_id, participant.role), {})
