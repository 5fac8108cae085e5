"""On what ground someone looks in an emergency, and the one disclosure that it gives."""

from typing import Any

from luisterloket.convenant.disclosure import Disclosure, Ground, Scope, Standing, disclose, ground

from .disclosures import scope_of
from .emergencies import PURPOSE, using
from .models import BreakGlass, Case, CaseMember

KIND = "break_glass"


@ground(KIND)
def in_an_emergency(actor: Any, look: Ground, scope: Scope) -> Standing | None:
    """Who opened it, as long as it is open, in the post in which they did and which they still hold; people of that case only.

    Who was kept out of the case meanwhile finds nobody in it: the database's door is shut for them.
    """
    emergency = BreakGlass.objects.open().filter(pk=look.ref, who=actor.pk).first() if look.ref else None
    if emergency is None or not scope.subjects or scope.case_id != emergency.case_id:
        return None
    members = set(CaseMember.objects.filter(case=emergency.case_id).values_list("resident_id", flat=True))
    post = emergency.post_of(actor)
    return Standing((post,), emergency.case_id) if post and set(scope.subjects) <= members else None


def opened(emergency: BreakGlass, user: Any) -> Disclosure:
    """The items of the categories that were asked for, as far as the convenant of today gives them in an emergency.

    Raises `NotAllowed` when it is not, or no longer, this person's.
    """
    with using(emergency, user):
        scope = scope_of(Case(pk=emergency.case_id, unit_id=emergency.unit_id))
        return disclose(
            scope, to=user, purpose=PURPOSE, ground=Ground(KIND, emergency.pk), what="emergency", only=emergency.categories
        )
