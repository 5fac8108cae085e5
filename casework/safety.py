"""What the page about who may open a case shows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from . import permissions, search_keys
from .disclosures import scope_of, scope_with_others
from .groups import people_of
from .models import Case, CaseGuard, Involvement, Protection


@dataclass(frozen=True)
class Protected:
    """A resident of this case who is protected; `reference` finds them, since their name does not."""

    protection: Protection
    name: str
    reference: str


@dataclass(frozen=True)
class ProtectionPage:
    case: Case
    name: str
    protected: list[Protected]
    # Who is not protected yet, by name.
    residents: list[tuple[UUID, str]]
    named: list[CaseGuard]
    kept_out: list[CaseGuard]
    colleagues: list[User]
    may_guard: bool

    @property
    def not_named(self) -> list[User]:
        """Who could still be named."""
        there = {guard.user_id for guard in [*self.named, *self.kept_out]}
        return [user for user in self.colleagues if user.pk not in there]

    @property
    def could_be_kept_out(self) -> list[User]:
        return [user for user in self.not_named if user.pk != self.case.owner_id]


def protection_page(case: Case, user: User) -> ProtectionPage:
    """Who may open this case, and why. One disclosure, and a fixed number of queries."""
    scope = scope_with_others(case, user)
    disclosed = disclose(
        scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what="protection of a case", only=["identity"]
    )
    names = {item.subject_id: item.text for item in disclosed.of("name")}
    protections = list(Protection.objects.filter(case=case, lifted_at=None).select_related("set_by", "resident").order_by("since"))
    there = {one.resident_id for one in protections}
    people = people_of(scope_of(case).subjects)
    guards = list(CaseGuard.objects.filter(case=case).select_related("user").order_by("user__name"))
    return ProtectionPage(
        case=case,
        name=names.get(scope.subjects[0], ""),
        protected=[Protected(one, names.get(one.resident_id, ""), search_keys.reference(one.resident)) for one in protections],
        residents=[(rows[0], names.get(rows[0], "")) for rows in people if not there.intersection(rows)],
        named=[guard for guard in guards if guard.kind == CaseGuard.Kind.NAMED],
        kept_out=[guard for guard in guards if guard.kind == CaseGuard.Kind.EXCLUDED],
        colleagues=colleagues_of(case),
        may_guard=may(permissions.check_may_guard, user, case),
    )


def colleagues_of(case: Case) -> list[User]:
    """Who works in the wijk of this case, and who has a part in it."""
    works = User.objects.holding(Permission.LISTEN, unit_id=case.unit_id)
    parts = Involvement.objects.in_force().filter(case=case).values("user_id")
    return list((works | User.objects.filter(pk__in=parts, is_active=True)).distinct().order_by("name"))


def colleagues_of_wijken(user: Any) -> list[User]:
    """With whom a coordinator can take a case over, without looking into the case."""
    found: dict[UUID, User] = {}
    for unit_id in user.units_with(Permission.DIVIDE_WORK):
        found |= {one.pk: one for one in User.objects.holding(Permission.LISTEN, unit_id=unit_id).exclude(pk=user.pk)}
    return sorted(found.values(), key=lambda one: one.name)
