"""What a desk says of itself and asks, and who of a desk or team is away."""

from .rows import DESK, WIJK, Row, both, who

LEAD = who("desk_lead")
SPECIALIST = who("specialist")
SENDS_OR_ANSWERS = "Who sends requests, or answers them at some desk, sees what each desk is for."
KEEPS = "Who leads the desk keeps what it says and asks; others who see it do not."
KEPT = {"may": {"mine": LEAD}, "told": {"mine": WIJK | SPECIALIST, "other": WIJK | DESK}}
AWAY = "Who works at a desk or team sees who is away there; to others it is not there."
NOTES = "Who is away notes it, or who leads; colleagues only see it."
CHANGES = {"may": {"mine": DESK, "team": who("coordinator")}, "told": {"team": who("wijkwerker")}}
QUESTION = {"text": "Waar slaapt iemand?", "kind": "words"}
DESKS = [
    Row("backoffice:desk", "GET", SENDS_OR_ANSWERS, of="desk", may={"mine": WIJK | DESK, "other": WIJK | DESK}),
    *both("backoffice:desk-change", KEEPS, of="desk", data={"description": "Opvang"}, **KEPT),
    *both("backoffice:desk-questions", KEEPS, of="desk", data=QUESTION, **KEPT),
    *both("backoffice:desk-question", KEEPS, of="desk question", data=QUESTION, **KEPT),
    Row("backoffice:desk-question-away", "POST", KEEPS, of="desk question", **KEPT),
    Row("backoffice:desk-question-up", "POST", KEEPS, of="desk question", **KEPT),
    *both("backoffice:absences", AWAY, of="absences of", may={"mine": DESK, "team": WIJK}),
    *both("backoffice:absence", NOTES, of="absence", **CHANGES),
    Row("backoffice:absence-back", "POST", NOTES, of="absence", **CHANGES),
    Row(
        "backoffice:absence-pass-on", "POST", "Of a desk only: a case of a loket goes to another through a handover.", of="absence",
        may={"mine": DESK}, told={"team": WIJK},
    ),
]  # fmt: skip
