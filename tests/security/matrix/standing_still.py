"""What stands still, the rules by which it does, and the background jobs that find it."""

from .rows import ANY, WETHOUDER, WIJK, Row, both, who

LEAD, COORDINATOR, ADMIN = who("desk_lead"), who("coordinator"), who("account_admin")
RULE = {"measure": "working_days", "grace": "0", "lead": "1", "coordinator": "3", "wethouder": "5", "snooze_days": "5"}
OWN_TURN = "Who leads a team or a desk keeps the rules of its own turn; those of others do not exist for them."
STANDING_STILL = [
    Row(
        "backoffice:stalls", "GET", "Who guards what stands still: of a team, a desk, or as wijkwethouder.",
        may={ANY: WIJK | LEAD | WETHOUDER},
    ),
    Row(
        "backoffice:stall-snooze", "POST", "Whose turn it is and who leads them; who sees it otherwise is told no.", of="stall",
        data={"until": "2030-01-01", "reason": "outside"}, may={"routed": LEAD}, told={"mine": WIJK, "routed": who("specialist")},
    ),
    Row(
        "backoffice:stall-ask", "POST", "The wijkwethouder, of what came to them in their own wijk.", of="stall",
        data={"what": "tell_me"}, may={"mine": WETHOUDER},
    ),
    Row(
        "backoffice:stall-rules", "GET", "Who keeps a rule sees the rules.",
        may={ANY: LEAD | COORDINATOR | who("convenant_admin")},
    ),
    *both("backoffice:stall-rule", OWN_TURN, of="stall rule", may={"mine": COORDINATOR, "desk": LEAD}, data=RULE),
    *both(
        "backoffice:stall-rule-city", "The rules of everyone are the convenant administrator's.", extra={"clock": "tell"},
        may={ANY: who("convenant_admin")}, data=RULE,
    ),
    Row("jobs", "GET", "Only who keeps the house.", may={ANY: ADMIN}),
    Row("job-one", "GET", "Only who keeps the house.", extra={"job": "flag-stalled-requests"}, may={ANY: ADMIN}),
    Row("job-run", "POST", "Only who keeps the house.", extra={"job": "flag-stalled-requests"}, may={ANY: ADMIN}),
]  # fmt: skip
