"""Who looked: what who supervises does with the log, and the paper that a resident gets of it."""

from .rows import ANY, WORKS_ON, Row, both, who

OFFICER = who("privacy_officer")
WHO_LOOKED = [
    *both(
        "access-log-export", "Only who supervises takes the log out.", may={ANY: OFFICER},
        data={"form": "ldv", "since": "2026-01-01", "until": "2026-01-02"},
    ),
    Row("unusual-looks", "GET", "Only who supervises reads what stood out.", may={ANY: OFFICER}),
    *both(
        "unusual-look", "Only who supervises asks about it and says what it was.", of="unusual look", may={"raised": OFFICER},
        data={"status": "explained", "reason": "Het hoorde bij het werk"},
    ),
    *both("watched-homes", "Only who supervises notes that a colleague lives somewhere.", may={ANY: OFFICER}),
    Row("casework:case-access-paper", "GET", "Who works on the case gives the resident who looked.", of="case", **WORKS_ON),
    Row("casework:case-access-pdf", "GET", "Who works on the case gives the resident who looked.", of="case", **WORKS_ON),
]  # fmt: skip
