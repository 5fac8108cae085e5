"""When, where and with whom one spoke."""

from datetime import date

from casework import permissions
from casework.models import Conversation, Intake
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.history import record

from .intakes import still_listening
from .refusals import not_to_come


@command
def note_conversation(*, actor: User, intake: Intake, held_on: date, place: str, present: str = "") -> Conversation:
    """One sitting of this conversation. Whoever may write in it may. Raises `Missing` for a day that has not come yet."""
    intake = Intake.locked(intake.pk)
    permissions.check_may_write_intake(actor, intake)
    still_listening(intake)
    not_to_come(held_on, field="held_on")
    conversation = Conversation(
        intake=intake, unit_id=intake.unit_id, held_on=held_on, place=place, present=present.strip(), by=actor
    )
    conversation.put()
    record(actor, "conversation.noted", conversation, place=place)
    return conversation


@command
def remove_conversation(*, actor: User, conversation: Conversation) -> Intake:
    """It was noted by mistake. As long as the conversation is being heard."""
    intake = Intake.locked(conversation.intake_id)
    permissions.check_may_write_intake(actor, intake)
    still_listening(intake)
    record(actor, "conversation.removed", conversation)
    conversation.delete()
    return intake
