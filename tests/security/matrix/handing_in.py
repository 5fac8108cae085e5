"""Residents who are handed in: the sender's side and the loket's. "mine" was sent by a reporter to the wijk of the wijkwerker."""

from .rows import ANY, DESK, WIJK, Row, both, who

REPORTER = who("reporter")
SENDS = "A sender sees what their own unit handed in, and no other."
RECEIVES = "Who works in the wijk answers what was handed in there; the sender never sees that side."
TEAM = {"mine": WIJK, "team": WIJK}
HANDED = {
    "kind": "collection", "name": "Rachida", "phone": "06", "text": "Post blijft liggen", "category": "finances",
    "urgency": "normal", "knows": "knows",
}  # fmt: skip
HANDING_IN = [
    Row("backoffice:hand-ins", "GET", "Who may hand in has a list of their own.", may={ANY: REPORTER | DESK}),
    *both("backoffice:hand-in-new", "Who may hand in for a unit hands in.", may={ANY: REPORTER | DESK}, data=HANDED),
    Row("backoffice:hand-in", "GET", SENDS, of="hand-in", may={"mine": REPORTER}),
    Row("backoffice:hand-in-withdraw", "POST", SENDS, of="hand-in", may={"mine": REPORTER}),
    Row("backoffice:received-all", "GET", "A list per wijk, for who works there.", may={ANY: WIJK}),
    Row("backoffice:received", "GET", RECEIVES, of="hand-in", may=TEAM),
    Row("backoffice:received-give", "POST", RECEIVES, of="hand-in", may=TEAM),
    Row("backoffice:received-accept", "POST", RECEIVES, of="hand-in", data={"how": "early_sign"}, may=TEAM),
    *both("backoffice:received-link", RECEIVES, of="hand-in", may=TEAM),
    Row("backoffice:received-send-back", "POST", RECEIVES, of="hand-in", data={"reason": "other_wijk"}, may=TEAM),
    Row("backoffice:received-conclude", "POST", RECEIVES, of="accepted hand-in", data={"contact_made": "on"}, may=TEAM),
]  # fmt: skip
