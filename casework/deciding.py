"""Who decides for a resident about a step of the plan: what passes them by can be undone."""

from luisterloket.people.models import User

from .models import PlanStep, Representative
from .permissions import may_read

Scope, Kind = Representative.Scope, Representative.Kind
ABOUT_CARE = {"health", "mental_health"}
MONEY = "finances"
# Who speaks for someone, or was authorised by them, decides nothing in their place.
DECIDES = (Kind.BEWINDVOERDER, Kind.MENTOR, Kind.CURATOR, Kind.GUARDIAN)


def decider_on(step: PlanStep, user: User) -> Representative | None:
    """Who must agree too, as far as `user` may know of them; of a step that is of nobody in particular: of anyone at home."""
    scopes: set[str] = set()
    if step.category == MONEY or step.kind == PlanStep.Kind.MAATWERK:
        scopes |= {Scope.MONEY, Scope.BOTH}
    if step.category in ABOUT_CARE:
        scopes |= {Scope.CARE, Scope.BOTH}
    if not scopes:
        return None
    found = Representative.objects.of_today().filter(case=step.case_id, kind__in=DECIDES, scope__in=scopes)
    whose = step.resident_id or (step.goal.resident_id if step.goal else None)
    if whose:
        found = found.filter(resident=whose)
    return next((one for one in found.order_by("pk") if may_read(user, one.category, step.unit_id)), None)
