"""Intakes and cases."""

from datetime import date

from .rows import ANY, BUDDY, CONCERN, INVOLVED, KEEPS, SHEET, SIGNED_IN, WIJK, WORKS_ON, Row, both, but, who

KEEPS_BACK = "What is kept from someone at home is known and decided by who works on the case, and by nobody else."
MAKES_APPOINTMENTS = "Who works on the case makes its appointments; a buddy does not, and who else looks sees none."
ASKS_AGAIN = "Who works on the case asks how it goes; a buddy does not."
OF_THE_WIJK = "An early sign is of all who work in the wijk, and of nobody else."
SIGN_SEEN = {"mine": WIJK, "team": WIJK}
MAKES_PLANS = "Who works on the case makes the plan with the resident; a buddy reads what is theirs to read and changes nothing."
KEEPS_PAPERS = "Who works on the case keeps its documents; a buddy does not, and to who else looks they are not there."
WRITES_LETTERS = "Who works on the case, and may see all that a letter tells of, writes and reads it."
KEEPS_LETTERS = "Who divides the work or keeps the convenant decides with which letters one begins; no resident is in them."
KEEP_LETTERS = who("coordinator", "convenant_admin")
OWN_INTAKE = {"mine": who("wijkwerker")}
# A colleague of the wijk may know that a resident is known there.
KNOWN = {"mine": WIJK, "team": WIJK, "routed": WIJK}
ONE_HEARS = "A conversation is of the one who hears it until it is a case; not even the coordinator reads along."
HANDS_OVER = "The owner plans a handover, and the coordinator of every case of the wijk, also without opening it."
WRITES_IN_IT = "What is written in a handover is for who works on the case; a coordinator who does not sees only that there is one."
COORDINATOR = who("coordinator")
PLANS = {"may": {"mine": WIJK, "team": COORDINATOR, "routed": COORDINATOR}, "told": {"mine": BUDDY}}
NOT_IN_IT = {"mine": BUDDY, "team": COORDINATOR, "routed": COORDINATOR}
ENDS = (
    "A contract is ended by who keeps the convenant and divided by coordinators; the wijkwethouder sees the numbers of their wijk."
)
SEES_CONTRACTS = who("coordinator", "wijkwethouder", "convenant_admin")
CONTRACT = {"mine": SEES_CONTRACTS, "other": KEEPS}
DIVIDES, ENDS_IT = {"mine": COORDINATOR}, {"mine": KEEPS, "other": KEEPS}
OWN_NOTE = "Help of a minute is of the one who noted it, until it is linked to a case."
MONEY_SHEET = "Who works on the case fills in its money sheet; money is never a buddy's."
LISTENING = [
    *both("casework:intake-start", "Who listens in a wijk may start a conversation.", may={ANY: WIJK}),
    *both("casework:intake-story", ONE_HEARS, of="intake", may=OWN_INTAKE, data=SHEET),
    *both("casework:intake-marks", ONE_HEARS, of="intake", may=OWN_INTAKE, data=CONCERN),
    *both("casework:intake-who", ONE_HEARS, of="intake", may=OWN_INTAKE, data={"revision": "1", "name": "Rachida"}),
    *both("casework:intake-conclude", ONE_HEARS, of="intake", may=OWN_INTAKE),
    *both("casework:intake-discard", ONE_HEARS, of="intake", may=OWN_INTAKE),
    Row("casework:intake-known", "POST", ONE_HEARS, of="intake", may=OWN_INTAKE, data={"name": "Zilverberk mine"}),
    # Crossed: one's own conversation, with a case of another wijk.
    *both("casework:intake-connect", ONE_HEARS, of="intake case", may=OWN_INTAKE, data={"reason": "opposite"}),
    Row("casework:intake-unmark", "POST", ONE_HEARS, of="intake mark", may=OWN_INTAKE, extra={"kind": "concern"}),
    Row("casework:intake-sheet", "GET", ONE_HEARS, of="intake", may=OWN_INTAKE, json=True),
    Row("casework:intake-sheet", "PATCH", ONE_HEARS, of="intake", may=OWN_INTAKE, data={"revision": "1"}, json=True),
    *both("casework:intake-questions", ONE_HEARS, of="intake", may=OWN_INTAKE, data={"revision": "1"}),
    *both(
        "casework:intake-together", "Who holds a conversation decides who writes along.", of="intake", may=OWN_INTAKE,
        data={"do": "offer"},
    ),
    *both(
        "casework:intake-take-over", "Who divides the work may take over for a colleague who cannot go on; others only what was left.",
        of="intake", may={"mine": WIJK, "team": who("coordinator")},
    ),
    *both(
        "casework:intake-take-over", "What was left for colleagues of the wijk is for whoever comes first.",
        of="left intake", may={"mine": WIJK, "team": WIJK},
    ),
    *both("casework:intake-meetings", ONE_HEARS, of="intake", may=OWN_INTAKE, data={"held_on": "2026-01-05", "place": "loket"}),
    *both(
        "casework:intake-checks", ONE_HEARS, of="intake", may=OWN_INTAKE, data={"what": "identity", "do": "not_needed"},
    ),
    *both(
        "casework:intake-checks", "What was checked belongs to the case from then on; a buddy only reads what they were given.",
        of="case intake", data={"what": "identity", "do": "not_needed"}, **WORKS_ON,
    ),
    Row("casework:intake-meldcode", "POST", ONE_HEARS, of="intake", may=OWN_INTAKE),
    Row("casework:way-of-working", "GET", "Who works in a wijk reads how it works.", of="wijk team", may={"mine": WIJK}),
    Row(
        "casework:way-of-working", "POST", "Who divides the work of a wijk chooses how it works.", of="wijk team",
        may={"mine": who("coordinator")}, told={"mine": who("wijkwerker")},
    ),
    Row(
        "casework:intake-acute", "GET", "Who divides the work sees that a colleague hears something acute, and nothing of it.",
        of="intake", may={"mine": who("coordinator"), "team": who("coordinator")},
    ),
    *both(
        "casework:short-contacts", "Who listens in a wijk notes help of a minute, and sees only their own.", may={ANY: WIJK},
        data={"done": "letter", "text": "Een brief van de energie"},
    ),
    Row("casework:short-contact-intake", "POST", OWN_NOTE, of="short contact", may=OWN_INTAKE),
    *both("casework:short-contact-link", OWN_NOTE, of="short contact", may=OWN_INTAKE, data={"q": "Zilverberk"}),
    *both(
        "casework:case-contact", "Who works on the case notes when the resident was reached; a buddy does not.",
        of="case", data={"kind": "phone", "result": "reached"}, **WORKS_ON,
    ),
    *both(
        "casework:short-contact-amend", OWN_NOTE, of="short contact", may=OWN_INTAKE, data={"done": "phone", "text": "Gebeld"},
    ),
    *both(
        "casework:case-contact-amend", "Who works on the case puts right how a contact went.", of="contact moment", **WORKS_ON,
        data={"kind": "phone", "result": "reached", "on": f"{date.today():%Y-%m-%d}", "part_of_day": "morning"},
    ),
    *both("casework:case-meetings", MAKES_APPOINTMENTS, of="case", data={"kind": "phone"}, **WORKS_ON),
    *both("casework:case-meeting-change", MAKES_APPOINTMENTS, of="case meeting", data={"kind": "phone"}, **WORKS_ON),
    Row("casework:case-meeting-end", "POST", MAKES_APPOINTMENTS, of="case meeting", data={"ended": "called_off"}, **WORKS_ON),
    Row("casework:case-meeting-calendar", "GET", MAKES_APPOINTMENTS, of="case meeting", **WORKS_ON),
    *both("casework:case-follow-up", ASKS_AGAIN, of="case", data={"result": "reached"}, **WORKS_ON),
    *both(
        "casework:case-follow-up-give", "Who works on the case, and who divides the work without opening it, gives it to another.",
        of="case", data={"because": "Op vakantie"},
        may={"mine": WIJK, "team": who("coordinator"), "routed": who("coordinator")}, told={"mine": BUDDY},
    ),
    *both("casework:case-end", "Who works on the case ends it.", of="case", data={"into": "ended"}, **WORKS_ON),
    *both("casework:case-wake", "Who works on the case makes it active again.", of="case", data={"text": "Zij belde"}, **WORKS_ON),
    Row("casework:early-signs", "GET", "Who works in a wijk reads its early signs.", may={ANY: WIJK}),
    *both("casework:early-sign-new", "Who works in a wijk notes an early sign.", may={ANY: WIJK}, data={"kind": "phone", "seen": "Iets"}),
    *both("casework:early-sign", OF_THE_WIJK, of="early sign", may=SIGN_SEEN, data={"result": "reached"}),
    Row("casework:early-sign-give", "POST", OF_THE_WIJK, of="early sign", may=SIGN_SEEN),
    Row("casework:early-sign-settle", "POST", OF_THE_WIJK, of="early sign", may=SIGN_SEEN, data={"outcome": "no_help"}),
    Row("casework:early-sign-intake", "POST", OF_THE_WIJK, of="early sign", may=SIGN_SEEN),
    *both("casework:early-sign-link", OF_THE_WIJK, of="early sign", may=SIGN_SEEN, data={"q": "Zilverberk"}),
    Row("casework:case-plan", "GET", "Whoever may open a case sees the plan, with what the convenant lets them read.", of="case", may=INVOLVED),
    Row("casework:case-plan", "POST", MAKES_PLANS, of="case", data={"text": "Ik wil rust"}, **WORKS_ON),
    *both("casework:case-goal", MAKES_PLANS, of="case goal", data={"text": "Ik wil rust", "version": "1"}, **WORKS_ON),
    Row("casework:case-goal-settle", "POST", MAKES_PLANS, of="case goal", data={"to": "reached"}, **WORKS_ON),
    *both("casework:case-step-add", MAKES_PLANS, of="case", data={"kind": "loket", "text": "Wij bellen"}, **WORKS_ON),
    *both("casework:case-step", MAKES_PLANS, of="case step", data={"kind": "loket", "version": "1"}, **WORKS_ON),
    *both("casework:case-step-answer", MAKES_PLANS, of="case step", data={"answer": "agreed", "version": "1"}, **WORKS_ON),
    Row("casework:case-step-move", "POST", MAKES_PLANS, of="case step", data={"to": "doing"}, **WORKS_ON),
    Row("casework:case-step-effect", "POST", MAKES_PLANS, of="case step", data={"effect": "helps"}, **WORKS_ON),
    *both("casework:case-plan-review", MAKES_PLANS, of="case", data={"kind": "start"}, **WORKS_ON),
    Row("casework:case-plan-paper", "GET", MAKES_PLANS, of="case", **WORKS_ON),
    Row("casework:case-plan-pdf", "GET", MAKES_PLANS, of="case", **WORKS_ON),
    Row("casework:case-plan-ask", "POST", "Who works on the case asks a colleague to read the plan first.", of="case", **WORKS_ON),
    Row("casework:case-plan-read", "POST", "A colleague who works on the case reads it before it goes on paper.", of="case", **WORKS_ON),
    *both("casework:case-documents", KEEPS_PAPERS, of="case", data={"kind": "letter"}, **WORKS_ON),
    *both("casework:case-document", KEEPS_PAPERS, of="case document", data={"kind": "letter"}, **WORKS_ON),
    Row("casework:case-document-file", "GET", KEEPS_PAPERS, of="case document", **WORKS_ON),
    Row("casework:case-document-off", "POST", KEEPS_PAPERS, of="case document", **WORKS_ON),
    Row("casework:case-document-put-back", "POST", KEEPS_PAPERS, of="case document off", **WORKS_ON),
    *both("casework:case-letters", WRITES_LETTERS, of="case", data={"text": "verklaring.nl"}, **WORKS_ON),
    Row("casework:case-letter", "GET", WRITES_LETTERS, of="case letter", **WORKS_ON),
    *both("casework:case-letter-words", WRITES_LETTERS, of="case letter", data={"subject": "Verklaring"}, **WORKS_ON),
    Row("casework:case-letter-paper", "GET", WRITES_LETTERS, of="case letter", **WORKS_ON),
    Row("casework:case-letter-act", "POST", WRITES_LETTERS, of="case letter", extra={"act": "klaar"}, **WORKS_ON),
    Row("casework:letter-templates", "GET", KEEPS_LETTERS, may={ANY: KEEP_LETTERS}),
    *both("casework:letter-template-new", KEEPS_LETTERS, may={ANY: KEEP_LETTERS}, data={"code": "nieuw"}),
    *both(
        "casework:letter-template", KEEPS_LETTERS, extra={"code": "afspraak", "language": "nl"}, may={ANY: KEEP_LETTERS},
        data={"name": "Afspraak"},
    ),
    Row(
        "casework:case-timeline", "GET", "Who has a part in the case reads what happened in what they may see.", of="case",
        may=INVOLVED,
    ),
    *both(
        "casework:case-search", "Who has a part in the case searches in what they may see.", of="case", may=INVOLVED,
        data={"woorden": "huur"},
    ),
    Row("casework:case-handover", "GET", HANDS_OVER, of="case", **PLANS),
    *[
        Row("casework:case-handover-act", "POST", HANDS_OVER, of="case", extra={"act": act}, **PLANS)
        for act in ("plannen", "geven", "kennismaken", "afblazen")
    ],
    *[
        Row("casework:case-handover-act", "POST", WRITES_IN_IT, of="case", extra={"act": act}, may={"mine": WIJK}, told=NOT_IN_IT)
        for act in ("lijst", "notitie", "aannemen", "teruggeven")
    ],
    Row("casework:handovers", "GET", "Each sees what they give and receive, and the coordinator what is of the team.", may={ANY: WIJK}),
    Row("casework:contracts", "GET", "Coordinators, the wijkwethouder and who keeps the convenant.", may={ANY: SEES_CONTRACTS}),
    *both("casework:contract-new", "Who keeps the convenant announces it.", may={ANY: KEEPS}, data={"ends_on": "2030-01-01"}),
    Row("casework:contract", "GET", ENDS, of="contract", may=CONTRACT),
    Row("casework:contract-give", "POST", ENDS, of="contract", may=DIVIDES, told=but(CONTRACT, DIVIDES)),
    Row("casework:contract-end", "POST", ENDS, of="contract", extra={"act": "afsluiten"}, may=ENDS_IT, told=but(CONTRACT, ENDS_IT)),
    Row("casework:contract-end", "POST", ENDS, of="contract", extra={"act": "gaat-door"}, may=ENDS_IT, told=but(CONTRACT, ENDS_IT)),
    Row("casework:case-money", "GET", MONEY_SHEET, of="case", **WORKS_ON),
    *both(
        "casework:money-add", MONEY_SHEET, of="case", extra={"word": "schuld"}, **WORKS_ON,
        data={"creditor": "Eneco", "kind": "energy", "sureness": "unknown", "status": "open"},
    ),
    *both(
        "casework:money-change", MONEY_SHEET, of="case debt", extra={"word": "schuld"}, **WORKS_ON,
        data={"creditor": "Eneco", "kind": "energy", "sureness": "unknown", "status": "paid"},
    ),
    Row("casework:money-again", "POST", MONEY_SHEET, of="case debt", extra={"word": "schuld"}, **WORKS_ON),
    Row("casework:money-talked", "POST", MONEY_SHEET, of="case debt", **WORKS_ON),
    *both(
        "casework:residents", "One's own cases, and searching in one's own wijk; who has neither gets an empty list.",
        may={ANY: SIGNED_IN}, data={"q": "Zilverberk"},
    ),
    Row("casework:case", "GET", "The content of a case needs involvement; the convenant shows a buddy less.", of="case", may=INVOLVED),
    *both("casework:case-update", "Who works on the case adds to it; a buddy only reads.", of="case", data=CONCERN, **WORKS_ON),
    *both(
        "casework:case-amend", "Who works on the case puts right what was heard.", of="case thing", extra={"kind": "concern"},
        data={"concern-severity": "3", "concern-domain": "housing", "concern-text": "Er is een bed"},
        # Crossed: one's own case, with something that was heard in a colleague's.
        may={"mine": WIJK}, told={"mine": BUDDY, "crossed": BUDDY},
    ),
    *both("casework:case-who", "Who works on the case adds the name.", of="case", data={"name": "Zilverberk mine"}, **WORKS_ON),
    *both("casework:case-double", "Who works on the case looks whether the person is known twice.", of="case", **WORKS_ON),
    *both(
        "casework:case-merge", "Two cases are brought together by who works on both; a colleague's case is not there.",
        of="two cases", data={"keep": "this", "reason": "Zij vertelde het zelf"},
        may={"mine": WIJK}, told={"mine": BUDDY, "crossed": BUDDY},
    ),
    *both("casework:case-part", "Who works on both cases undoes it.", of="merge", **WORKS_ON),
    *both("casework:case-summary", "The summary holds the whole story, which a buddy does not get.", of="case", **WORKS_ON),
    *both(
        "casework:case-summary-version", "A version holds the whole story; who works on the case keeps that it was agreed.",
        of="summary", data={"agreed_how": "in_person", "agreed_by": "resident", "agreed_on": f"{date.today():%Y-%m-%d}"}, **WORKS_ON,
    ),
    *both("casework:case-summary-wording", "Who works on the case chooses the words.", of="summary", data={"revision": "0"}, **WORKS_ON),
    Row("casework:case-summary-paper", "GET", "Who works on the case takes the summary along on paper.", of="summary", **WORKS_ON),
    *both("casework:case-summary-check", "A colleague who works on the case reads a copy before it is given.", of="summary", **WORKS_ON),
    Row("casework:case-summary-ask", "POST", "Who works on the case asks a colleague to read a copy.", of="summary", **WORKS_ON),
    *both("casework:case-withheld", KEEPS_BACK, of="case", data={"reason": "Thuis niet veilig"}, **WORKS_ON),
    Row("casework:case-withheld-lift", "POST", KEEPS_BACK, of="case", **WORKS_ON),
    Row(
        "casework:summary-languages", "GET", "Who makes summaries, and who sees to what the municipality supplies; no resident is in it.",
        may={ANY: WIJK | who("convenant_admin")},
    ),
    Row("casework:case-history", "GET", "Who has a part in the case reads what changed in what they may see.", of="case", may=INVOLVED),
    Row("casework:case-access", "GET", "Who works on the case sees who looked into it.", of="case", **WORKS_ON),
    Row(
        "casework:case-join", "GET", "A colleague of the wijk may join with a reason; who is in it already is led to the case.",
        of="case", may={**KNOWN, "mine": WIJK | BUDDY},
    ),
    Row(
        "casework:case-join", "POST", "A colleague of the wijk may join with a reason; a buddy is given a part and takes none.",
        of="case", may=KNOWN, told={"mine": BUDDY}, data={"reason": "opposite"},
    ),
]  # fmt: skip
