"""The desks and their requests."""

from .rows import ANY, DESK, SIGNED_IN, WETHOUDER, WIJK, WORKS_ON, Row, both, who

LOKET = {"may": {"mine": WIJK}, "told": {"routed": DESK}}
AT_DESK = {"may": {"routed": DESK}, "told": {"mine": WIJK}}
ASKED, ANSWERS = "The loket asks, tells and takes back; the desk does not.", "The desk answers; the loket does not answer itself."
BACK_OFFICE = [
    *both(
        "backoffice:request-new", "Who works on the case may ask a desk about it.", of="case", **WORKS_ON,
        data={"desk": "@desk", "shown_desk": "@desk", "title": "Een bed", "question": "Is er plek?", "urgency": "normal"},
    ),
    *both(
        "backoffice:requests-new", "Who works on the case may ask several desks about it at once.", of="case", **WORKS_ON,
        data={"deel0-desk": "@desk", "deel0-title": "Een bed", "deel0-question": "Is er plek?", "deel0-urgency": "normal"},
    ),
    Row("backoffice:requests", "GET", "The requests of one's own cases; who has none gets an empty list.", may={ANY: SIGNED_IN}),
    Row(
        "backoffice:request", "GET", "The loket that asks and the desk that was asked see a request; a buddy sees none.",
        of="request", may={"mine": WIJK, "routed": DESK},
    ),
    Row("backoffice:request-take-up", "POST", ANSWERS, of="request", **AT_DESK),
    Row("backoffice:request-ask-back", "POST", ANSWERS, of="request", data={"text": "Hoe oud?"}, **AT_DESK),
    Row("backoffice:request-answer", "POST", ANSWERS, of="request", data={"result": "granted", "answer": "Er is plek"}, **AT_DESK),
    Row("backoffice:request-reply", "POST", ASKED, of="request", data={"text": "Twee jaar"}, **LOKET),
    Row("backoffice:request-tell", "POST", ASKED, of="request", data={"told_how": "phone", "outcome": "helps"}, **LOKET),
    Row("backoffice:request-check-outcome", "POST", ASKED, of="request", data={"worked": "worked"}, **LOKET),
    Row("backoffice:request-judge", "POST", ANSWERS, of="request", data={"quality": "clear"}, **AT_DESK),
    Row("backoffice:request-withdraw", "POST", ASKED, of="request", data={"reason": "solved"}, **LOKET),
    Row("backoffice:request-contest", "POST", ASKED, of="request", data={"why": "Er is een brief"}, **LOKET),
    Row("backoffice:request-take-contest-back", "POST", ASKED, of="request", **LOKET),
    Row("backoffice:request-escalate", "POST", ASKED, of="request", data={"dilemma": "De regel past niet"}, **LOKET),
    Row(
        "backoffice:request-reconsider", "POST", "Who leads the desk looks again, unless they answered.", of="request",
        data={"result": "granted", "answer": "Ja"}, may={"routed": who("desk_lead")}, told={"routed": who("specialist"), "mine": WIJK},
    ),
    Row(
        "backoffice:escalations", "GET", "What was put before one as wijkwethouder; nobody else has such a list.",
        may={ANY: WETHOUDER},
    ),
    *both(
        "backoffice:escalation", "The wijkwethouder of the wijk, and nobody else: not even who put it before them.",
        of="escalation", may={"mine": WETHOUDER}, data={"outcome": "wijk", "words": "De wijk lost het op"},
    ),
    *both(
        "backoffice:desk-outcome-weeks", "Who leads the desk says when one asks whether it worked.", of="desk",
        may={"mine": who("desk_lead")}, told={"mine": who("specialist")}, data={"weeks": "8"},
    ),
    Row("backoffice:queue", "GET", "A queue is of the desk that works it off.", of="desk", may={"mine": DESK}),
]  # fmt: skip
