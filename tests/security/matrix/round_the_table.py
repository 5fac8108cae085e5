"""Casusoverleg and exceptions."""

from .rows import ANY, BUDDY, SIGNED_IN, WORKS_ON, Row, both, who

TABLE_WHY = (
    "Who has a seat at the table sees it in the part in which they come; nobody else knows the address, also who owns the case."
)
CHAIR_WHY = "The chair has the table; who only sits at it is told so."
SAID_WHY = "Record and agreements are of who was there; who was invited and did not come is told no."
EXCEPTION_WHY = "Who works on the case asks, looks again and ends; a buddy only hears no."
AT_TABLE = who("specialist", "participant")
SEATED = {"may": {"mine": who("wijkwerker") | AT_TABLE}}
CHAIRS = {"may": {"mine": who("wijkwerker")}, "told": {"mine": AT_TABLE}}
WAS_THERE = {"may": {"mine": who("wijkwerker", "participant")}, "told": {"mine": who("specialist")}}
MEETS = {"on": "2099-01-05", "at": "10:00", "minutes": "60", "agenda": "Wie doet wat", "revision": "0"}
ROUND_THE_TABLE = [
    *both(
        "casework:case-conferences", "Who works on the case plans an overleg; a buddy does not.", of="case", **WORKS_ON,
        data=MEETS | {"kind": "conference", "resident_part": "informed"},
    ),
    Row("casework:conferences", "GET", "Everyone sees the overleggen they were invited to; who has none gets an empty list.", may={ANY: SIGNED_IN}),
    Row("casework:conference", "GET", TABLE_WHY, of="conference", **SEATED),
    Row("casework:conference-calendar", "GET", TABLE_WHY, of="conference", **SEATED),
    *both("casework:conference-change", CHAIR_WHY, of="conference", data=MEETS, **CHAIRS),
    *both("casework:conference-table", CHAIR_WHY, of="conference", **CHAIRS),
    Row("casework:conference-invite", "POST", CHAIR_WHY, of="conference", data={"name": "Juf Annemiek"}, **CHAIRS),
    Row("casework:conference-take-back", "POST", CHAIR_WHY, of="conference seat", **CHAIRS),
    Row("casework:conference-resident", "POST", CHAIR_WHY, of="conference", data={"resident_part": "comes"}, **CHAIRS),
    Row("casework:conference-hold", "POST", CHAIR_WHY, of="conference", **CHAIRS),
    Row("casework:conference-call-off", "POST", CHAIR_WHY, of="conference", **CHAIRS),
    Row("casework:conference-agree", "POST", CHAIR_WHY, of="held conference", data={"text": "Bellen"}, **CHAIRS),
    Row(
        "casework:conference-agreement-done", "POST", "Who promised it and the chair; who was not there finds no agreement.",
        of="conference agreement", may={"mine": who("wijkwerker", "participant")},
    ),
    *both("casework:conference-record", "The chair or who keeps the record.", of="held conference", data={"text": "a", "revision": "1"}, **CHAIRS),
    Row("casework:conference-record-fix", "POST", CHAIR_WHY, of="held conference", **CHAIRS),
    Row("casework:conference-record-add", "POST", SAID_WHY, of="held conference", data={"text": "Het was dinsdag"}, **WAS_THERE),
    *both("casework:case-exceptions", EXCEPTION_WHY, of="case", data={"kind": "papers"}, **WORKS_ON),
    Row(
        "casework:case-exception-answer", "POST", "Another than who asked agrees: the coordinator.", of="case exception",
        data={"agreed": "yes"}, may={"mine": who("coordinator")}, told={"mine": who("wijkwerker") | BUDDY},
    ),
    Row("casework:case-exception-on", "POST", EXCEPTION_WHY, of="case exception", data={"review_on": "2099-01-01"}, **WORKS_ON),
    Row("casework:case-exception-end", "POST", EXCEPTION_WHY, of="case exception", **WORKS_ON),
]  # fmt: skip
