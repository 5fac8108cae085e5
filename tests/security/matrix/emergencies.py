"""What is opened in an emergency and its review, and what another role would see."""

from .rows import ANY, BUDDY, DESK, KEEPS, WIJK, WORKS_ON, Row, both, who

OFFICER = who("privacy_officer")
KNOWS = {"mine": WIJK, "team": WIJK, "routed": WIJK | DESK}
OPENED_WHY = "Who opened it reads it; who judges it sees another page, and to anyone else it is not there."
SEES_TO = {"mine": OFFICER, "other": OFFICER | WIJK}
ASKED = {"reason": "Er is brand", "categories": "finances", "hours": "1"}
EMERGENCIES = [
    *both(
        "casework:emergency", "Who helps people themself; nobody who decides, pays, supervises or comes along.",
        may={ANY: WIJK | DESK}, data=ASKED | {"sought": "Niemand Hier 1-1-1990"},
    ),
    *both(
        "casework:emergency-case", "Of a case that one may know of: of the own wijk, or one that the desk was asked about.",
        of="case", may=KNOWS, told={"mine": BUDDY}, data=ASKED,
    ),
    Row("casework:emergency-open", "GET", OPENED_WHY, of="emergency", may={"mine": who("coordinator")}),
    Row(
        "casework:emergency-end", "POST", "Who opened it, and the privacy officer.", of="emergency",
        may={"mine": who("coordinator") | OFFICER, "other": OFFICER}, told={"other": WIJK},
    ),
    Row(
        "casework:emergency-say", "POST", "Who opened it, the coordinator of that wijk and the owner of the case.", of="emergency",
        may={"mine": who("coordinator"), "other": WIJK}, told={"mine": OFFICER, "other": OFFICER}, data={"text": "Het was nodig"},
    ),
    Row("casework:emergency-reviews", "GET", "Who judges, and who works in a wijk.", may={ANY: OFFICER | WIJK}),
    Row("casework:emergency-review", "GET", "Who sees to it; never who opened it.", of="emergency", may=SEES_TO),
    Row("convenant-preview", "GET", "Who keeps the convenant looks along, with a made-up case.", may={ANY: KEEPS}),
    Row(
        "casework:case-preview", "GET", "Who works on the case sees what another role would; a buddy only hears no.", of="case",
        **WORKS_ON,
    ),
    Row(
        "casework:emergency-review", "POST", "Only the privacy officer decides.", of="emergency",
        may={"mine": OFFICER, "other": OFFICER}, told={"other": WIJK}, data={"outcome": "rightful", "text": "Terecht"},
    ),
]  # fmt: skip
