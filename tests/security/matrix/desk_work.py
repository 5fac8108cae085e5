"""How the people of a desk work their queue off, and what they tell each other."""

from .back_office import AT_DESK
from .rows import DESK, Row, both, who

LEAD, SPECIALIST = who("desk_lead"), who("specialist")
OURS = "The people of a desk divide and write among themselves; the loket that asked is told that it is not theirs."
OWN = "A filter is of who made it, and of nobody else."
KEPT_BY_LEAD = "Who leads the desk keeps its texts; colleagues use them."
TEXT = {"name": "Geen plek", "answer": "Alles is vol, {desk}."}
DESK_WORK = [
    # To the lead herself: a specialist assigns to nobody but themself.
    Row(
        "backoffice:request-assign", "POST", OURS, of="request", data={"to": "@lead"}, may={"routed": LEAD},
        told={"routed": SPECIALIST, **AT_DESK["told"]},
    ),
    # Nobody has it in hand yet: the lead is told so in the form, and for a specialist it is not theirs.
    Row(
        "backoffice:request-give-back", "POST", OURS, of="request", may={"routed": LEAD},
        told={"routed": SPECIALIST, **AT_DESK["told"]},
    ),
    Row("backoffice:request-note", "POST", OURS, of="request", data={"text": "Even bellen"}, **AT_DESK),
    Row("backoffice:request-opinion", "POST", OURS, of="request", data={"colleague": "@lead", "question": "Zie jij iets?"}, **AT_DESK),
    Row("backoffice:request-begin-answer", "POST", OURS, of="request", data={"answer": "Half getypt"}, **AT_DESK),
    Row("backoffice:request-who", "GET", "Only colleagues of the desk see who has it open.", of="request", may={"routed": DESK}),
    Row(
        "backoffice:request-opinion-give", "POST", "Only the colleague who was asked.", of="request opinion",
        data={"answer": "Ik zou bellen"}, may={"routed": SPECIALIST}, told={"routed": LEAD, **AT_DESK["told"]},
    ),
    Row("backoffice:queue-divide", "POST", "A queue is of the desk that works it off.", of="desk", data={"do": "take"}, may={"mine": DESK}),
    *both(
        "backoffice:queue-filters", "Who sees the queue narrows it down.", of="desk", data={"filter": "open", "name": "Spoed"},
        may={"mine": DESK},
    ),
    Row("backoffice:queue-filter", "POST", OWN, of="queue filter", may={"mine": SPECIALIST, "team": LEAD}),
    Row("backoffice:queue-filter-remove", "POST", OWN, of="queue filter", may={"mine": SPECIALIST, "team": LEAD}),
    Row("backoffice:answer-templates", "GET", KEPT_BY_LEAD, of="desk", may={"mine": DESK}),
    *both("backoffice:answer-template-new", KEPT_BY_LEAD, of="desk", data=TEXT, may={"mine": LEAD}, told={"mine": SPECIALIST}),
    *both(
        "backoffice:answer-template", KEPT_BY_LEAD, of="desk text", data={**TEXT, "version": "1"}, may={"mine": LEAD},
        told={"mine": SPECIALIST},
    ),
    Row("backoffice:answer-template-retire", "POST", KEPT_BY_LEAD, of="desk text", may={"mine": LEAD}, told={"mine": SPECIALIST}),
]  # fmt: skip
