"""What everyone is told, and what waits to go out."""

from .rows import ANY, SIGNED_IN, Row, both, who

ADMIN = who("account_admin")
OWN = "Everyone reads their own messages; another's are not there."
MINE = {"mine": who("wijkwerker"), "other": who("specialist")}
CHOSEN = {"quiet_from": "18:00", "quiet_until": "08:00", "language": "nl"}
NOTIFICATIONS = [
    Row("notifications", "GET", "Everyone has their own list.", may={ANY: SIGNED_IN}),
    Row("notifications-count", "GET", "An open page of anyone asks how many are new.", may={ANY: SIGNED_IN}, json=True),
    Row("notification", "GET", OWN, of="notification", may=MINE),
    Row("notification-read", "POST", OWN, of="notification", may=MINE),
    Row("notifications-read", "POST", OWN, of="notification", may=MINE),
    *both("notification-settings", "Everyone chooses for themself.", may={ANY: SIGNED_IN}, data=CHOSEN),
    Row("deliveries", "GET", "Only who keeps the accounts sees how much waits.", may={ANY: ADMIN}),
    Row("deliveries-retry", "POST", "Only who keeps the accounts lets it be tried again.", may={ANY: ADMIN}),
]
