"""The register of data breaches."""

from .rows import ANY, APPOINTED, Row, both, who

HANDLES, REPORTED = who("privacy_officer"), who("wijkwerker")
WHY = "The privacy officer handles them; who reported one sees how it stands, and nobody else that there is one."
REPORT = {"what": "Brief naar een verkeerd adres", "discovered_at": "2026-01-05T10:00", "data": "names", "people": "one"}
BREACHES = [
    Row("breaches", "GET", "Who has an appointment sees their own reports, who handles them all.", may={ANY: APPOINTED}),
    *both("breach-new", "Everyone with an appointment reports.", may={ANY: APPOINTED}, data=REPORT),
    Row("breaches-csv", "GET", "Only who handles them takes the register along.", may={ANY: HANDLES}),
    Row("breach", "GET", WHY, of="breach", may={"mine": HANDLES | REPORTED, "other": HANDLES}),
    Row("breach-paper", "GET", WHY, of="breach", may={"mine": HANDLES, "other": HANDLES}, told={"mine": REPORTED}),
    Row(
        "breach-act", "POST", WHY, of="breach", extra={"act": "maatregel"}, data={"text": "Terugbezorgd"},
        may={"mine": HANDLES, "other": HANDLES}, told={"mine": REPORTED},
    ),
]  # fmt: skip
