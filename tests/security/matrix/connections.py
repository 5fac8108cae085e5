"""Systems of partners: who lets them in does not get the token, and who gets the token does not let in."""

from .rows import ANY, Row, both, who

ADMIN, LEAD = who("account_admin"), who("desk_lead")
SEE = {"mine": ADMIN | LEAD, "other": ADMIN}
KEEP = {"may": {"mine": LEAD}, "told": {"mine": ADMIN, "other": ADMIN}}
WHO_KEEPS = "Only who leads the desk; who keeps accounts sees it, and would open files with a token in hand."
BOTH_MAY = "Taking away is for who keeps accounts and who leads the desk; for anyone else it is not there."
NEW = {"name": "Zaaksysteem", "unit": "@unit", "contact": "beheer@zaken.example", "for_what": "verzoeken:lezen"}
CONNECTIONS = [
    Row(
        "connections", "GET", "Who keeps accounts sees all systems, who leads a desk or hands in for an office those of it.",
        may={ANY: ADMIN | LEAD | who("reporter")},
    ),
    *both("connections-new", "Only who keeps the accounts lets a system in.", may={ANY: ADMIN}, data=NEW),
    Row("connections-one", "GET", "Who keeps accounts, and who leads that desk.", of="connection", may=SEE),
    Row("connections-end", "POST", BOTH_MAY, of="connection", may=SEE),
    Row("connections-token", "POST", WHO_KEEPS, of="connection", data={"for_what": "verzoeken:lezen"}, **KEEP),
    Row("connections-revoke", "POST", BOTH_MAY, of="connection token", may=SEE),
    Row("connections-webhook", "POST", WHO_KEEPS, of="connection", data={"address": "https://zaken.example"}, **KEEP),
    Row("connections-webhook-secret", "POST", WHO_KEEPS, of="connection address", **KEEP),
    Row("connections-webhook-off", "POST", BOTH_MAY, of="connection address", may=SEE),
    Row("connections-webhook-trial", "POST", WHO_KEEPS, of="connection address", **KEEP),
]  # fmt: skip
