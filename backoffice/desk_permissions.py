"""Who may see a desk and keep what it says of itself, and who may note that someone is away."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luisterloket.people.permissions import leads
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import Absence, Desk

LEAD_MAY = _("The desk lead may do this.")
UNIT_MAY = _("Who works at this desk or team may do this.")


def check_may_see_desk(actor: Any, desk: Desk) -> None:
    """Who sends requests, or answers them, here or at another desk: whoever asks must know who is asked."""
    if not (actor.has(Permission.ROUTE) or actor.has(Permission.ANSWER)):
        raise NotAllowed(UNIT_MAY)


def check_may_keep_desk(actor: Any, desk: Desk) -> None:
    """What a desk is for, how much it takes and what it asks is kept by who leads it."""
    if not actor.has(Permission.DIVIDE_DESK, unit_id=desk.unit_id):
        raise NotAllowed(LEAD_MAY)


def check_may_see_absences(actor: Any, unit_id: UUID) -> None:
    """Who works at that desk or team knows who of them is away."""
    if unit_id not in actor.acting.units:
        raise NotAllowed(UNIT_MAY)


def check_may_note_absence(actor: Any, unit_id: UUID, user: Any) -> None:
    """Of oneself; of another who leads the unit."""
    check_may_see_absences(actor, unit_id)
    if actor.pk != user.pk and not leads(actor, unit_id):
        raise NotAllowed(_("Who is away notes it, or who leads the desk or team."))


def check_may_change_absence(actor: Any, absence: Absence) -> None:
    check_may_see_absences(actor, absence.unit_id)
    if actor.pk != absence.user_id and not leads(actor, absence.unit_id):
        raise NotAllowed(_("Who is away notes it, or who leads the desk or team."))


def check_may_pass_on(actor: Any, absence: Absence) -> None:
    """Who leads the desk divides; who is away leaves nothing behind."""
    check_may_change_absence(actor, absence)
    if not actor.has(Permission.ANSWER, unit_id=absence.unit_id):
        raise NotAllowed(LEAD_MAY)
