"""The kinds of waiting that are guarded: which clock, whose turn it is when it runs out, and who hears of it after that.

A new kind is one entry here: the sweep reads them all in its one statement, and the page of rules shows them. What waits in
casework, such as a next contact, has a day and no clock, and keeps its own sweep.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Owner(TextChoices):
    """Whose turn it is."""

    DESK = "desk", _("the desk")
    ASSIGNEE = "assignee", _("the specialist")
    ASKER = "asker", _("the asker")
    WETHOUDER = "wethouder", _("the wijkwethouder")
    # Whoever it was of can do nothing about it any more.
    COORDINATOR = "coordinator", _("the coordinator")


class Level(TextChoices):
    """Who was told of it, each on top of the one before."""

    OWNER = "owner", _("Reminder")
    LEAD = "lead", _("Desk lead")
    COORDINATOR = "coordinator", _("Team coordinator")
    WETHOUDER = "wethouder", _("Wijkwethouder")


class NextStep(TextChoices):
    TAKE_UP = "take_up", _("Take it up")
    ANSWER = "answer", _("Answer, or ask back")
    REPLY = "reply", _("Answer the desk’s question")
    TELL = "tell", _("Tell the resident")
    OUTCOME = "outcome", _("Write down whether it worked")
    RECONSIDER = "reconsider", _("Look at the answer again")
    ESCALATE = "escalate", _("Decide on what was put before you")


class Measure(TextChoices):
    OPENING_HOURS = "opening_hours", _("opening hours")
    WORKING_DAYS = "working_days", _("working days")


@dataclass(frozen=True)
class Patience:
    """How long after the due moment it is flagged, and when it goes up to whom; counted from the due moment.

    `snooze_days`: for how many days at most it can be put off at once.
    """

    measure: str
    grace: int
    lead: int
    coordinator: int
    wethouder: int
    snooze_days: int


@dataclass(frozen=True)
class Kind:
    """One kind of waiting. `code` is its clock."""

    code: str
    late: Any
    owner: Owner
    next_step: NextStep
    # Until someone chooses otherwise.
    usual: Patience

    @property
    def at_desk(self) -> bool:
        """Whose rule counts: that of the desk, or that of the wijk."""
        return self.owner in {Owner.DESK, Owner.ASSIGNEE}

    @property
    def ladder(self) -> tuple[Level, ...]:
        """Who hears of it after the reminder. In a wijk the coordinator is the lead."""
        return (Level.LEAD, Level.COORDINATOR, Level.WETHOUDER) if self.at_desk else (Level.COORDINATOR, Level.WETHOUDER)


DAYS = Measure.WORKING_DAYS
AT_DESK = Patience(DAYS, grace=0, lead=1, coordinator=3, wethouder=5, snooze_days=14)
AT_LOKET = Patience(DAYS, grace=0, lead=2, coordinator=2, wethouder=5, snooze_days=14)
# Weeks after the answer, nothing is on fire.
AFTERWARDS = Patience(DAYS, grace=2, lead=5, coordinator=5, wethouder=20, snooze_days=30)

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("pick_up", _("Not taken up in time"), Owner.DESK, NextStep.TAKE_UP, AT_DESK),
        Kind("answer", _("Not answered in time"), Owner.ASSIGNEE, NextStep.ANSWER, AT_DESK),
        Kind("reply", _("The desk still waits for a reply"), Owner.ASKER, NextStep.REPLY, AT_LOKET),
        Kind("tell", _("The resident does not know yet"), Owner.ASKER, NextStep.TELL, AT_LOKET),
        Kind("outcome", _("Whether it worked is not known yet"), Owner.ASKER, NextStep.OUTCOME, AFTERWARDS),
        Kind("reconsider", _("The resident does not agree, and nobody looked again yet"), Owner.DESK, NextStep.RECONSIDER, AT_DESK),
        Kind("escalate", _("The wijkwethouder has not decided in time"), Owner.WETHOUDER, NextStep.ESCALATE, AT_LOKET),
    )
}
# A clock that is nobody's kind yet is guarded all the same, as the desk's.
UNKNOWN = Kind("", _("Too late"), Owner.DESK, NextStep.ANSWER, AT_DESK)


def kind_of(clock: str) -> Kind:
    return KINDS.get(clock, UNKNOWN)
