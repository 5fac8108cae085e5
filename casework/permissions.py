"""Who may do what with residents, intakes and cases. Each check is the first line of its action."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import authorised
from luisterloket.convenant.models import Authorisation
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import Case, Intake, Involvement

WORKS_IN_THE_WIJK = _("A wijkwerker or the team coordinator of this wijk may do this.")


def check_may_listen(actor: Any, unit_id: UUID) -> None:
    if not actor.has(Permission.LISTEN, unit_id=unit_id):
        raise NotAllowed(WORKS_IN_THE_WIJK)


def check_may_write_intake(actor: Any, intake: Intake) -> None:
    if intake.held_by_id != actor.pk:
        raise NotAllowed(_("Only the colleague who holds this conversation may write in it."))
    check_may_listen(actor, intake.unit_id)


def check_may_work_on(actor: Any, case: Case) -> None:
    """Whoever may open the case and works in the wijk may do something about it."""
    if not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        raise NotAllowed(_("You are not involved in this case. Join it first."))
    if not (actor.has(Permission.LISTEN, unit_id=case.unit_id) or _works_elsewhere(actor, case)):
        raise NotAllowed(WORKS_IN_THE_WIJK)


def check_may_add(actor: Any, case: Case, category: str) -> None:
    """Whoever works on the case, in the categories to which the convenant lets them contribute."""
    check_may_work_on(actor, case)
    allowed = authorised(actor.posts, "listening").get(category)
    if allowed is None or allowed.level != Authorisation.Level.CONTRIBUTE:
        raise NotAllowed(_("The convenant does not let you add this."))


def check_may_join(actor: Any, case: Case) -> None:
    check_may_listen(actor, case.unit_id)


def check_may_see_languages(actor: Any) -> None:
    """Who makes summaries, and who sees to what the municipality supplies."""
    if not (actor.has(Permission.LISTEN) or actor.has(Permission.CONFIGURE_CONVENANT)):
        raise NotAllowed(_("A wijkwerker, the team coordinator or the convenant administrator may see this."))


def _works_elsewhere(actor: Any, case: Case) -> bool:
    """A worker of another wijk who was brought in: a move or an exception must not leave the resident without them."""
    involved = Involvement.objects.in_force().filter(user=actor, case=case).exclude(kind=Involvement.Kind.BUDDY)
    return actor.has(Permission.LISTEN) and involved.exists()
