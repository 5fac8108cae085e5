"""Informing and consent: in the case, and what becomes of a request when its ground ends."""

from .back_office import ASKED, LOKET
from .rows import WORKS_ON, Row

WHY = "Who works on the case tells and asks; a buddy only hears no, and to everyone else the case is not there."
SAID = {"given_by": "self", "how": "spoken"}
CONSENTS = [
    Row("casework:case-consent", "GET", WHY, of="case", **WORKS_ON),
    Row("casework:case-consent-of", "GET", WHY, of="case person", **WORKS_ON),
    Row("casework:case-consent-inform", "POST", WHY, of="case person", data={"purposes": "youth", "how": "spoken"}, **WORKS_ON),
    Row(
        "casework:case-consent-answer", "POST", WHY, of="case person", data=SAID | {"about": "youth", "state": "given"}, **WORKS_ON
    ),
    Row("casework:case-consent-withdraw", "POST", WHY, of="case person", data=SAID, **WORKS_ON),
    Row("casework:case-consent-paper", "GET", WHY, of="case person", **WORKS_ON),
    Row("casework:case-consent-pdf", "GET", WHY, of="case person", **WORKS_ON),
    Row("backoffice:request-reword", "POST", ASKED, of="request", data={"title": "Een bed", "question": "Is er plek?"}, **LOKET),
    Row("backoffice:request-seen", "POST", ASKED, of="request", **LOKET),
]
