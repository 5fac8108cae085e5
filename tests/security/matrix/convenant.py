"""The convenant: everyone reads what they work under, one keeps it."""

from .rows import ANY, APPOINTED, KEEPS, Row, both, but, who

# A draft is for who keeps it, and for the privacy officer who advises on it.
SEES = {"draft": KEEPS | who("privacy_officer"), "offered": APPOINTED, "in_force": APPOINTED}
KEPT = {"may": dict.fromkeys(SEES, KEEPS), "told": but(SEES, dict.fromkeys(SEES, KEEPS))}
DAYS = {"name": "Convenant", "starts_on": "2026-12-01", "ends_on": "2028-12-01", "review_on": "2027-12-01"}
TERM = {"months": "12", "starts": "recorded", "law": "Een wet", "checked_on": "2026-11-26"}


def _read(name: str, why: str) -> Row:
    return Row(name, "GET", why, of="convenant", may=SEES)


def _both(name: str, why: str, of: str, /, **data: str) -> list[Row]:
    return both(name, why, of=of, data=data, **KEPT)


def _post(name: str, why: str, of: str) -> Row:
    return Row(name, "POST", why, of=of, **KEPT)


CONVENANT = [
    Row("convenant-versions", "GET", "Who works under the convenant sees which versions there were.", may={ANY: APPOINTED}),
    _read("convenant-version", "Whoever works under it may read a version; a draft is not for everyone."),
    _read("convenant-changes", "What a version changes is for who may read it."),
    _read("convenant-file", "The file says what the page says."),
    *both("convenant-new", "Only who keeps the convenant begins a version.", may={ANY: KEEPS}, data=DAYS),
    *both("convenant-read-in", "Only who keeps the convenant takes over a file.", may={ANY: KEEPS}, data={"content": "{}"}),
    *both("convenant-organisation", "Only who keeps the convenant adds an organisation.", may={ANY: KEEPS}, data={"name": "Nieuw"}),
    *both("convenant-laws", "Only who keeps the convenant keeps the laws.", may={ANY: KEEPS}, data={"name": "Een nieuwe wet"}),
    *both(
        "convenant-law", "Only who keeps the convenant says since when a law is in force.", of="law",
        may={"on": KEEPS, "off": KEEPS}, told={"on": (APPOINTED | who("nobody")) - KEEPS, "off": (APPOINTED | who("nobody")) - KEEPS},
        data={"since": "2027-01-01", "checked_on": "2026-11-26"},
    ),
    Row(
        "convenant-law-off", "POST", "Only who keeps the convenant puts a law off.", of="law",
        may={"on": KEEPS, "off": KEEPS}, told={"on": (APPOINTED | who("nobody")) - KEEPS, "off": (APPOINTED | who("nobody")) - KEEPS},
    ),
    Row("convenant-edit", "GET", "Only who keeps the convenant works on a draft.", of="convenant", **KEPT),
    *_both("convenant-details", "Only who keeps the convenant changes its days.", "convenant", revision="1", **DAYS),
    *_both("convenant-parties", "Only who keeps the convenant adds a party.", "convenant", kind="core"),
    *_both("convenant-purposes", "Only who keeps the convenant adds a purpose.", "convenant", name="Iets anders"),
    *_both("convenant-clauses", "Only who keeps the convenant adds an article.", "convenant", number="99", title="T", text="T"),
    *_both("convenant-retention", "Only who keeps the convenant sets a term.", "convenant", category="story", **TERM),
    *_both("convenant-party", "Only who keeps the convenant changes a party.", "convenant party", kind="core"),
    _post("convenant-party-remove", "Only who keeps the convenant takes out a party.", "convenant party"),
    *_both(
        "convenant-sign", "Only who keeps the convenant notes who signed.", "convenant party", name="Iemand", function="Bestuurder",
        signed_on="2026-01-01",
    ),
    _post("convenant-leave", "Only who keeps the convenant notes that a party leaves.", "convenant party"),
    *_both("convenant-purpose", "Only who keeps the convenant says what a purpose is for.", "convenant purpose", why="Daarom"),
    *_both("convenant-matrix", "Only who keeps the convenant fills in the matrix.", "convenant purpose", revision="1", phase="any"),
    _post("convenant-purpose-remove", "Only who keeps the convenant takes out a purpose.", "convenant purpose"),
    *_both("convenant-clause", "Only who keeps the convenant changes an article.", "convenant clause", number="1", title="T", text="T"),
    _post("convenant-clause-remove", "Only who keeps the convenant takes out an article.", "convenant clause"),
    _post("convenant-retention-remove", "Only who keeps the convenant takes out a term.", "convenant term"),
    _post("convenant-offer", "Only who keeps the convenant offers a version.", "convenant"),
    _post("convenant-back", "Only who keeps the convenant takes a version back.", "convenant"),
    _post("convenant-discard", "Only who keeps the convenant throws a draft away.", "convenant"),
    _post("convenant-into-force", "Only who keeps the convenant brings a version into force.", "convenant"),
    *_both("convenant-end", "Only who keeps the convenant ends a version.", "convenant", reason="Klaar"),
]  # fmt: skip
