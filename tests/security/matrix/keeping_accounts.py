"""Accounts, appointments, units, what needs two, and the yearly review of access."""

from .rows import ANY, Row, both, who

ADMIN, SUPERVISES = who("account_admin"), who("privacy_officer")
CENTRAL = ADMIN | SUPERVISES
WHO_KEEPS = "Only who keeps the accounts; for anyone else there are none."
NOT_ONESELF = "Only who keeps the accounts, and never of oneself."
OTHERS = {"may": {"other": ADMIN}, "told": {"own": ADMIN}}
WHO_LEADS = "Who leads the team or desk decides, of the others in it; an office and what reads logs needs two."
SEES_REVIEW = {"mine": who("coordinator") | CENTRAL, "desk": who("desk_lead") | CENTRAL, "other": CENTRAL, "office": CENTRAL}
DECIDES = {"mine": who("coordinator"), "desk": who("desk_lead"), "office": ADMIN}
NAMED = {"name": "Sietske Brouwer", "email": "sietske@oefenstad.example"}
UNIT = {"kind": "office", "name": "Kantoor", "organisation": "@organisation"}
KEEPING_ACCOUNTS = [
    *both("accounts", "Only who keeps the accounts sees who has one.", may={ANY: ADMIN}, data={"q": "marit"}),
    *both("accounts-new", "Only who keeps the accounts opens one.", may={ANY: ADMIN}, data=NAMED),
    Row("accounts-one", "GET", WHO_KEEPS, of="account", may={"other": ADMIN, "own": ADMIN}),
    Row("accounts-one", "POST", NOT_ONESELF, of="account", data=NAMED, **OTHERS),
    Row("accounts-link", "POST", NOT_ONESELF, of="account", **OTHERS),
    Row("accounts-block", "POST", NOT_ONESELF, of="account", data={"reason": "left"}, **OTHERS),
    Row("accounts-unblock", "POST", NOT_ONESELF, of="account", **OTHERS),
    Row("accounts-second-factor", "POST", NOT_ONESELF, of="account", data={"reason": "lost"}, **OTHERS),
    *both("accounts-appoint", NOT_ONESELF, of="account", data={"role": "buddy"}, **OTHERS),
    *both("accounts-end", NOT_ONESELF, of="appointment", **OTHERS),
    Row("proposals", "GET", "Who keeps accounts and who supervises see what needs two.", may={ANY: CENTRAL}),
    Row(
        "proposal-answer", "POST", "Another than who proposed it answers.", of="proposal", data={"agreed": "yes"},
        may={"waiting": SUPERVISES}, told={"waiting": ADMIN},
    ),
    Row("account-changes", "GET", "Only who supervises sees what was done to rights.", may={ANY: SUPERVISES}),
    Row("units", "GET", "Only who keeps the accounts.", may={ANY: ADMIN}),
    *both("unit-new", "Only who keeps the accounts.", may={ANY: ADMIN}, data=UNIT),
    *both("unit-one", WHO_KEEPS, of="work unit", may={"here": ADMIN}, data={"name": "Loket"}),
    Row("unit-close", "POST", WHO_KEEPS, of="work unit", may={"here": ADMIN}),
    *both("organisation-new", "Only who keeps the accounts.", may={ANY: ADMIN}, data={"name": "Stichting Nieuw"}),
    *both("organisation-one", WHO_KEEPS, of="organisation", may={"on": ADMIN, "off": ADMIN}, data={"name": "Andere naam"}),
    Row("organisation-close", "POST", WHO_KEEPS, of="organisation", may={"on": ADMIN, "off": ADMIN}),
    Row(
        "reviews", "GET", "Who leads a team or desk, who keeps accounts and who supervises.",
        may={ANY: CENTRAL | who("coordinator", "desk_lead")},
    ),
    Row("review", "GET", WHO_LEADS, of="access review", may=SEES_REVIEW),
    Row(
        "review-decide", "POST", WHO_LEADS, of="access review line", data={"keep": "yes"}, may=DECIDES,
        told={"mine": CENTRAL, "desk": CENTRAL, "other": CENTRAL, "office": SUPERVISES},
    ),
]  # fmt: skip
