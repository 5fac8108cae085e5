"""What can happen to a request, in one table: from where, to where, by whom, with what, and what it leaves behind.

The actions carry out a row of it, the page of a request offers what its rows allow, `docs/states.md` is drawn from it, and a test
walks every row with every state and role. It knows no model, so that the model itself can stand on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a request stands. What comes before, being written, is a draft: only of who writes it, and no request yet."""

    SENT = "sent", _("Sent")
    TAKEN_UP = "taken_up", _("Taken up")
    ASKED_BACK = "asked_back", _("Waits for the loket")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Told and closed")
    CONTESTED = "contested", _("The desk looks again")
    ESCALATED = "escalated", _("With the wijkwethouder")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    # What it rested on is not there any more, such as a consent that was taken back. The desk reads no more than that.
    GROUND_ENDED = "ground_ended", _("The ground ended")


class Clock(models.TextChoices):
    """The named clocks of a request. Each wait has one, with an owner."""

    PICK_UP = "pick_up", _("Taken up")
    ANSWER = "answer", _("Answered")
    REPLY = "reply", _("Question back answered")
    TELL = "tell", _("Told to the resident")
    OUTCOME = "outcome", _("Asked whether it worked")
    RECONSIDER = "reconsider", _("Looked at again")
    ESCALATE = "escalate", _("Decided by the wijkwethouder")


# After how many weeks is asked whether it worked is kept with the desk itself, and not in its table of terms.
CLOCKS_WITH_A_TERM = tuple(clock for clock in Clock if clock is not Clock.OUTCOME)


class Who(StrEnum):
    """Whose step it is; `permissions.CHECKS` has the check of each."""

    DESK = "desk"
    LOKET = "loket"
    # Decides without seeing the request, by an action of its own.
    WIJKWETHOUDER = "wijkwethouder"
    # Nobody chooses it: it follows in the transaction in which a ground ends.
    GROUND = "ground"


# What becomes of the clock that runs.
GOES_ON = "goes on"
STOPS = ""


@dataclass(frozen=True)
class Transition:
    """One row. Without `target` the request stays where it is; without `sources` it begins there.

    `needs` are what must be filled in, with what is said when it is not. `clock` starts, stops or goes on. `event` is told by the
    outbox after the transaction; without one, whoever looks sees it. `tells_case` puts the case on top of the list of its workers.
    """

    name: str
    who: Who
    sources: frozenset[Status]
    target: Status | None
    verb: str
    clock: str
    event: str = ""
    needs: Mapping[str, Any] = field(default_factory=dict)
    tells_case: bool = True


OPEN = (Status.SENT, Status.TAKEN_UP, Status.ASKED_BACK, Status.ANSWERED, Status.CONTESTED, Status.ESCALATED)
# Nobody answered yet.
UNANSWERED = (Status.SENT, Status.TAKEN_UP, Status.ASKED_BACK)
# The ball is with the desk, or waits there for the loket's reply.
AT_DESK = (*UNANSWERED, Status.CONTESTED)
# Nothing runs any more. Every state is in one of the two.
ENDED = (Status.CLOSED, Status.WITHDRAWN, Status.GROUND_ENDED)


def _row(name: str, who: Who, sources: tuple[Status, ...], target: Status | None, verb: str, clock: str, **rest: Any) -> Transition:
    return Transition(name, who, frozenset(sources), target, f"request.{verb}", clock, **rest)


TABLE: dict[str, Transition] = {
    row.name: row
    for row in (
        _row(
            "route", Who.LOKET, (), Status.SENT, "routed", Clock.PICK_UP, event="request.routed",
            needs={
                "title": _("Say in a few words what it is about."),
                "question": _("Write down what you ask of the desk."),
            },
        ),
        _row("take_up", Who.DESK, (Status.SENT,), Status.TAKEN_UP, "taken_up", Clock.ANSWER),
        # In whose hands it is at the desk; the status stays what it was.
        _row("assign", Who.DESK, AT_DESK, None, "assigned", GOES_ON, tells_case=False),
        _row("give_back", Who.DESK, AT_DESK, None, "given_back", GOES_ON, event="request.given_back", tells_case=False),
        _row(
            "ask_back", Who.DESK, (Status.TAKEN_UP,), Status.ASKED_BACK, "asked_back", Clock.REPLY, event="request.asked_back",
            needs={"text": _("Write down what you need to know.")},
        ),
        _row(
            "pause", Who.DESK, (Status.TAKEN_UP,), None, "paused", Clock.ANSWER, event="request.paused",
            needs={"text": _("Write to the loket why this waits, so that it can tell the resident.")},
        ),
        _row("resume", Who.DESK, (Status.TAKEN_UP, Status.ASKED_BACK), None, "resumed", GOES_ON, event="request.resumed"),
        _row(
            "extend", Who.DESK, (Status.TAKEN_UP,), None, "extended", Clock.ANSWER, event="request.extended",
            needs={"text": _("Write to the loket why you need more time.")},
        ),
        _row(
            "reply", Who.LOKET, (Status.ASKED_BACK,), Status.TAKEN_UP, "replied", Clock.ANSWER, event="request.replied",
            needs={"text": _("Write down your answer to the desk.")},
        ),
        _row(
            "answer", Who.DESK, (Status.TAKEN_UP,), Status.ANSWERED, "answered", Clock.TELL, event="request.answered",
            needs={"result": _("Choose what it will be."), "answer": _("Write down your answer.")},
        ),
        _row(
            "tell", Who.LOKET, (Status.ANSWERED,), Status.CLOSED, "told", Clock.OUTCOME, event="request.told",
            needs={"told_how": _("Choose how you told it."), "outcome": _("Choose whether it helps.")},
        ),
        # The desk proposed another desk, and the loket asked that one: its new request closes this one.
        _row("go_on", Who.LOKET, (Status.ANSWERED,), Status.CLOSED, "gone_on", STOPS),
        _row(
            "check_outcome", Who.LOKET, (Status.CLOSED,), None, "outcome_checked", STOPS,
            needs={"worked": _("Choose whether it worked.")},
        ),
        _row(
            "withdraw", Who.LOKET, UNANSWERED, Status.WITHDRAWN, "withdrawn", STOPS, event="request.withdrawn",
            needs={"reason": _("Choose why you take it back.")},
        ),
        _row(
            "reword", Who.LOKET, OPEN, None, "reworded", GOES_ON, tells_case=False,
            needs={"title": _("Say in a few words what it is about."), "question": _("Write down what you ask of the desk.")},
        ),
        _row(
            "judge", Who.DESK, (Status.TAKEN_UP, Status.ASKED_BACK, Status.ANSWERED), None, "judged", GOES_ON, tells_case=False,
            needs={"quality": _("Choose how the question was.")},
        ),
        _row(
            "end_ground", Who.GROUND, UNANSWERED, Status.GROUND_ENDED, "ground_ended", STOPS, event="request.ground_ended",
            tells_case=False,
        ),
        _row(
            "contest", Who.LOKET, (Status.ANSWERED, Status.CLOSED), Status.CONTESTED, "contested", Clock.RECONSIDER,
            event="request.contested", needs={"why": _("Write down why the resident does not leave it at this.")},
        ),
        _row(
            "reconsider", Who.DESK, (Status.CONTESTED,), Status.ANSWERED, "reconsidered", Clock.TELL, event="request.reconsidered",
            needs={"result": _("Choose what it will be."), "answer": _("Write down your answer.")},
        ),
        _row("take_contest_back", Who.LOKET, (Status.CONTESTED,), Status.ANSWERED, "contest_taken_back", Clock.TELL),
        _row(
            "escalate", Who.LOKET, (Status.ANSWERED, Status.CLOSED), Status.ESCALATED, "escalated", Clock.ESCALATE,
            needs={"dilemma": _("Write down what stands in the way, and what it would take.")},
        ),
        _row("decide", Who.WIJKWETHOUDER, (Status.ESCALATED,), Status.ANSWERED, "escalation_decided", Clock.TELL),
        _row("seen", Who.LOKET, (Status.GROUND_ENDED,), None, "ending_seen", GOES_ON, tells_case=False),
    )
}  # fmt: skip


def moves() -> dict[Status, set[Status]]:
    """From each state to which others, as the model's state table."""
    found: dict[Status, set[Status]] = {}
    for row in TABLE.values():
        for source in row.sources if row.target else ():
            found.setdefault(source, set()).add(row.target)  # type: ignore[arg-type]
    return found


def offered(status: str, who: Who) -> list[str]:
    """The names of what this side can do with a request that stands there."""
    return [row.name for row in TABLE.values() if row.who is who and status in row.sources]


def labels() -> dict[tuple[Status, Status], str]:
    """What each arrow of the drawing is called."""
    found: dict[tuple[Status, Status], str] = {}
    for row in TABLE.values():
        for source in row.sources if row.target else ():
            way = (source, row.target)
            found[way] = f"{found[way]}, {row.name}" if way in found else row.name  # type: ignore[index]
    return found


def as_markdown() -> str:
    """The whole table for docs/states.md."""
    lines = [
        "| Step | By | From | To | Must be filled in | History | Told by the outbox | Clock |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in TABLE.values():
        sources = ", ".join(status.value for status in Status if status in row.sources) or "a draft"
        target = row.target.value if row.target else "stays"
        cells = (
            row.name, row.who.value, sources, target, ", ".join(row.needs), row.verb, row.event, row.clock or "stops",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
