"""The rights of the resident, and the register of processing activities."""

from .rows import ANY, APPOINTED, WORKS_ON, Row, both, who

WORKS_UNDER_IT = "Who works under the convenant may read what is done with personal data; an account alone is no appointment."
HANDLER, COORDINATOR = who("rights_handler"), who("coordinator")
# Lotte handles the requests of the wijken in The Hague, and none of Rotterdam.
HANDLED = {"mine": HANDLER, "team": HANDLER, "routed": HANDLER}
HANDLES = "Who handles requests for this wijk does this; to a worker of the wijk it is not there."
IN_HAND = "Who has it in hand does this, as long as it is in hand."
GIVES = "Nothing leaves before a second person found it right, and then only by who has it in hand."
WRITES_DOWN = "Who works on the case writes down what the resident asks; a buddy does not."
RIGHTS = [
    Row("processing-register", "GET", WORKS_UNDER_IT, may={ANY: APPOINTED}),
    Row("processing-register-json", "GET", WORKS_UNDER_IT, may={ANY: APPOINTED}),
    Row("processing-register-csv", "GET", WORKS_UNDER_IT, may={ANY: APPOINTED}),
    Row(
        "casework:rights", "GET", "Who handles them, and who supervises and sees kinds and terms alone.",
        may={ANY: who("rights_handler", "privacy_officer")},
    ),
    *both("casework:case-rights", WRITES_DOWN, of="case", data={"kind": "copy", "text": "Wat staat er over mij"}, **WORKS_ON),
    *both("casework:case-rights-request", WRITES_DOWN, of="case rights", data={"identity_how": "known"}, **WORKS_ON),
    Row("casework:case-rights-withdraw", "POST", WRITES_DOWN, of="case rights", **WORKS_ON),
    Row("casework:case-rights-corrected", "POST", "Who keeps the case puts it right there.", of="case correction", **WORKS_ON),
    Row("casework:rights-request", "GET", HANDLES, of="rights request", may=HANDLED),
    Row("casework:rights-identity", "POST", HANDLES, of="rights request", data={"identity_how": "document"}, may=HANDLED),
    Row("casework:rights-take", "POST", HANDLES, of="rights request", may=HANDLED),
    Row("casework:rights-withdraw", "POST", HANDLES, of="rights request", may=HANDLED),
    Row("casework:rights-lift", "POST", HANDLES, of="rights request", may=HANDLED),
    Row(
        "casework:rights-decide", "POST", "Before it is sure who asks any handler can refuse.", of="rights request",
        data={"decision": "refused", "reason": "Niet zeker wie het vraagt"}, may=HANDLED,
    ),
    Row("casework:rights-extend", "POST", IN_HAND, of="rights copy", data={"because": "Veel stukken"}, may=HANDLED),
    Row("casework:rights-tell", "POST", IN_HAND, of="rights copy", data={"told_how": "letter"}, may=HANDLED),
    Row("casework:rights-letter", "GET", IN_HAND, of="rights copy", may=HANDLED),
    Row("casework:rights-wrong", "POST", IN_HAND, of="rights wrong", data={"key": "x", "must_be": "Dit"}, may=HANDLED),
    Row("casework:rights-corrected", "POST", IN_HAND, of="rights correction", may=HANDLED),
    Row(
        "casework:rights-correction-refuse", "POST", IN_HAND, of="rights correction", data={"statement": "Zo is het niet"}, may=HANDLED
    ),
    Row(
        "casework:rights-copy", "GET", "Who has it in hand, and once the colleague who was asked to read it.", of="rights copy",
        may={**HANDLED, "mine": HANDLER | COORDINATOR},
    ),
    Row(
        "casework:rights-copy-read", "POST", "Only the colleague who was asked reads it along, and never who made it.",
        of="rights copy", data={"found": "right"}, may={"mine": COORDINATOR},
    ),
    Row(
        "casework:rights-copy-choose", "POST", IN_HAND, of="rights copy", data={"key": "x", "give": "yes", "reason": "Dit kan"},
        may=HANDLED,
    ),
    Row("casework:rights-copy-ask", "POST", IN_HAND, of="rights copy", may=HANDLED),
    Row("casework:rights-copy-give", "POST", GIVES, of="rights copy", data={"how": "desk"}, may=HANDLED),
    Row("casework:rights-copy-paper", "GET", GIVES, of="rights copy", may=HANDLED),
    Row("casework:rights-copy-json", "GET", GIVES, of="rights copy", may=HANDLED),
    Row("casework:rights-copy-files", "GET", GIVES, of="rights copy", may=HANDLED),
]  # fmt: skip
