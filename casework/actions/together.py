"""A conversation is seldom one person's: a colleague writes along, or takes it up where it was left."""

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Intake, IntakeWriter
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .intakes import still_listening
from .refusals import Missing

LONGEST_NOTE = 500


@command
def let_write_along(*, actor: User, intake: Intake, colleague: User) -> Intake:
    """A colleague of this wijk writes along from now. Whoever holds the conversation decides."""
    intake = Intake.locked(intake.pk)
    permissions.check_may_hand_on(actor, intake)
    still_listening(intake)
    _works_here(colleague, intake)
    if not IntakeWriter.objects.in_force().filter(intake=intake, user=colleague).exists():
        IntakeWriter(intake=intake, unit_id=intake.unit_id, user=colleague).put()
        record(actor, "intake.shared", intake, user=str(colleague.pk))
    return intake


@command
def stop_writing_along(*, actor: User, intake: Intake, colleague: User) -> Intake:
    """This colleague no longer writes along. The holder may say so, and the colleague too."""
    intake = Intake.locked(intake.pk)
    if actor.pk != colleague.pk:
        permissions.check_may_hand_on(actor, intake)
    if IntakeWriter.objects.in_force().filter(intake=intake, user=colleague).update(until=timezone.now()):
        record(actor, "intake.unshared", intake, user=str(colleague.pk))
    return intake


@command
def offer_intake(*, actor: User, intake: Intake, colleague: User | None = None, note: str = "") -> Intake:
    """Leave a paused conversation for a colleague to take up: this one, or whoever of the wijk comes first.

    Until someone does it stays with who holds it, so that it always has an owner.
    """
    intake = Intake.locked(intake.pk)
    permissions.check_may_hand_on(actor, intake)
    still_listening(intake)
    if colleague is not None:
        _works_here(colleague, intake)
    intake.offered_at, intake.offered_to, intake.offered_with = timezone.now(), colleague, note.strip()[:LONGEST_NOTE]
    intake.save(update_fields=["offered_at", "offered_to", "offered_with"])
    record(actor, "intake.offered", intake, user=str(colleague.pk) if colleague else "")
    emit("intake.offered", intake)
    return intake


@command
def keep_intake(*, actor: User, intake: Intake) -> Intake:
    """Who left it goes on with it after all."""
    intake = Intake.locked(intake.pk)
    permissions.check_may_hand_on(actor, intake)
    if intake.offered_at is not None:
        _no_longer_offered(intake)
        intake.save(update_fields=["offered_at", "offered_to", "offered_with"])
        record(actor, "intake.kept", intake)
    return intake


@command
def take_over_intake(*, actor: User, intake: Intake) -> Intake:
    """Go on with a conversation that a colleague left; who held it is told.

    Whoever it was offered to may, and who divides the work of the wijk when a colleague cannot. Raises `Refused` when someone
    was first.
    """
    intake = Intake.locked(intake.pk)
    permissions.check_may_take_up(actor, intake)
    still_listening(intake)
    if intake.held_by_id == actor.pk:
        return intake
    former = intake.held_by_id
    intake.held_by = actor
    _no_longer_offered(intake)
    intake.save(update_fields=["held_by", "offered_at", "offered_to", "offered_with"])
    IntakeWriter.objects.in_force().filter(intake=intake, user=actor).update(until=timezone.now())
    record(actor, "intake.taken_over", intake, user=str(former))
    emit("intake.taken_over", intake)
    return intake


def _no_longer_offered(intake: Intake) -> None:
    intake.offered_at, intake.offered_to, intake.offered_with = None, None, ""


def _works_here(colleague: User, intake: Intake) -> None:
    if not User.objects.holding(Permission.LISTEN, unit_id=intake.unit_id).filter(pk=colleague.pk).exists():
        raise Missing(_("Choose a colleague who works in this wijk now."), code="colleague", field="colleague")
