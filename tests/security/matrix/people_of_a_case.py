"""The people of a case, and their safety."""

from .rows import BUDDY, INVOLVED, WIJK, WORKS_ON, Row, both

PERSON_IS_SEEN = "Who has a part in the case sees its people; the convenant shows a buddy less."
PERSON_IS_WRITTEN = "Who works on the case keeps its people up to date; a buddy only reads."
# Crossed: one's own case, with someone or something of a colleague's.
OF_ITS_PEOPLE = {"may": {"mine": WIJK}, "told": {"mine": BUDDY}}
BEWIND = {"kind": "bewindvoerder", "scope": "money", "name": "J. de Wit"}
GUARDS = {"may": {"mine": WIJK}, "told": {"mine": BUDDY}}
GUARDS_WHY = "The owner and the coordinator decide who may open a case; a colleague who is only named is told so, a buddy too."
SAFETY_IS_READ = (
    "Who works on the case and may read about safety goes through the steps of the meldcode; a buddy is told no more than no."
)
PEOPLE_OF_A_CASE = [
    Row("casework:case-people", "GET", PERSON_IS_SEEN, of="case", may=INVOLVED),
    Row("casework:case-person", "GET", PERSON_IS_SEEN, of="case person", may=INVOLVED),
    *both("casework:case-person-add", PERSON_IS_WRITTEN, of="case", data={"name": "Driss", "part": "partner"}, **WORKS_ON),
    *both(
        "casework:case-person-household", PERSON_IS_WRITTEN, of="case person", data={"name": "Kind", "part": "child"}, **OF_ITS_PEOPLE
    ),
    Row("casework:case-person-number", "POST", "Who works on the case, where numbers may be used.", of="case person", **OF_ITS_PEOPLE),
    *both("casework:case-person-double", "Who works on the case looks whether someone is known twice.", of="case person", **OF_ITS_PEOPLE),
    *both(
        "casework:case-person-merge", "People of two cases are brought together by who works on both; a colleague's case is not there.",
        of="two people", data={"keep": "this", "reason": "Zij vertelde het zelf"},
        may={"mine": WIJK}, told={"mine": BUDDY, "crossed": BUDDY},
    ),
    *both("casework:case-person-leaves", PERSON_IS_WRITTEN, of="case person", data={"until": "2026-11-01"}, **OF_ITS_PEOPLE),
    *both("casework:case-person-reach", PERSON_IS_WRITTEN, of="case person", data={"phone": "1"}, **OF_ITS_PEOPLE),
    *both("casework:case-person-tie-add", PERSON_IS_WRITTEN, of="case person", data={"kind": "parent", "name": "A"}, **OF_ITS_PEOPLE),
    *both("casework:case-person-tie", PERSON_IS_WRITTEN, of="case tie", data={"until": "2099-01-01"}, **OF_ITS_PEOPLE),
    *both("casework:case-person-representative-add", PERSON_IS_WRITTEN, of="case person", data=BEWIND, **OF_ITS_PEOPLE),
    *both("casework:case-person-representative", PERSON_IS_WRITTEN, of="case representative", data=BEWIND, **OF_ITS_PEOPLE),
    Row("casework:case-person-phrase", "POST", "Who works on the case may ask for the pass phrase.", of="case spokesperson", **OF_ITS_PEOPLE),
    Row("casework:case-protection", "GET", "Who works on the case sees who else may open it.", of="case", **WORKS_ON),
    Row(
        "casework:case-protection-act", "POST", GUARDS_WHY, of="case", extra={"act": "buitenhouden"},
        data={"user": "@nobody", "reason": "kin"}, **GUARDS,
    ),
    Row("casework:case-meldcode", "GET", SAFETY_IS_READ, of="case", **WORKS_ON),
    Row("casework:case-meldcode-open", "POST", SAFETY_IS_READ, of="case", **WORKS_ON),
    Row(
        "casework:case-meldcode-step", "POST", SAFETY_IS_READ, of="case steps", extra={"number": "1"},
        data={"revision": "0", "found": "Zilverberk", "due_on": "2099-01-01"}, **WORKS_ON,
    ),
    Row(
        "casework:case-meldcode-act", "POST", SAFETY_IS_READ, of="case steps", extra={"act": "niet-nodig"}, data={"why": "Nee"},
        **WORKS_ON,
    ),
    Row("casework:case-threat-talked", "POST", "Who works on the case notes that the conversation was held.", of="case threat", **WORKS_ON),
    *both("casework:case-take-over", "While someone who was named is here, nobody can take over.", of="case", may={}),
]  # fmt: skip
