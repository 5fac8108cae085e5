"""What is erased, and what is held."""

from .rows import ANY, WORKS_ON, Row, both, who

DECIDE_WHY = "The rights handler and the coordinator of that wijk; who supervises sees that it is there and does not decide."
HOLDS_WHY = "The rights handler and the coordinator see the holds of their wijken; for who does not decide there are none."
DECIDES, SUPERVISES, COORDINATES = who("rights_handler"), who("privacy_officer"), who("coordinator")
SEES = {"mine": DECIDES | SUPERVISES | COORDINATES, "other": SUPERVISES}
DECIDE = {
    "may": {"mine": DECIDES | COORDINATES},
    "told": {"mine": SUPERVISES, "other": SUPERVISES},
}
HOLD = {"mine": DECIDES | COORDINATES}
BECAUSE = {"because": "Er loopt nog een vraag"}
KEEP = {"reason": "Bezwaar loopt", "review_on": "2099-01-01"}
ERASING = [
    Row("casework:erasures", "GET", "Who decides or supervises sees what was proposed.", may={ANY: DECIDES | SUPERVISES | COORDINATES}),
    Row("casework:erasure", "GET", "Who decides or supervises, the coordinator in their own wijk.", of="erasure", may=SEES),
    Row("casework:erasure-approve", "POST", DECIDE_WHY, of="erasure", **DECIDE),
    Row("casework:erasure-call-back", "POST", "Who decides, and who supervises.", of="erasure", data=BECAUSE, may=SEES),
    Row("casework:erasure-line", "GET", DECIDE_WHY, of="erasure line", **DECIDE),
    Row("casework:erasure-strike", "POST", DECIDE_WHY, of="erasure line", data=BECAUSE, **DECIDE),
    Row("casework:erasure-hold", "POST", DECIDE_WHY, of="erasure line", data=KEEP, **DECIDE),
    Row("casework:holds", "GET", HOLDS_WHY, may={ANY: DECIDES | COORDINATES}),
    Row("casework:hold-lift", "POST", HOLDS_WHY, of="hold", may=HOLD),
    Row("casework:hold-again", "POST", HOLDS_WHY, of="hold", data={"review_on": "2099-01-01"}, may=HOLD),
    *both("casework:case-holds", "Who works on the case.", of="case", data=KEEP, **WORKS_ON),
    Row(
        "casework:case-erasure-call-back", "POST", "The owner of the case and the coordinator; a buddy hears no.", of="case",
        data=BECAUSE, **WORKS_ON,
    ),
]  # fmt: skip
