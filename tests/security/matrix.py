"""The access matrix: who may do what with what, one row per address and method, written from the roles and not from the code.

A row says for each relation of the object which people may (`may`), and which see the thing but are told that it is not theirs
to do (`told`, 403). For everyone else the object does not exist (404), or, where there is no object, it is forbidden (403).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

# Who plays which role in the base city.
PEOPLE = {
    "wijkwerker": "marit",
    "buddy": "fatna",
    "coordinator": "hakan",
    "specialist": "joost",
    "desk_lead": "ilse",
    "wijkwethouder": "eline",
    "treasurer": "ravi",
    "convenant_admin": "petra",
    "privacy_officer": "daan",
    "rights_handler": "lotte",
    "auditor": "gerda",
    "participant": "mirjam",
}
APPOINTED = frozenset(PEOPLE)
# "nobody" has an account and no appointment.
SIGNED_IN = APPOINTED | {"nobody"}
ANONYMOUS = "anonymous"

# The relation of a row without an object, and the object that is not there.
ANY, NONE = "any", "none"

# Names that need no row, by how they begin, and why.
EXEMPT = {
    "account_": "signing in and out is allauth's own, and is the same for everyone",
    "mfa_": "one's own second factor is allauth's own, and only ever about who is signed in",
}


@dataclass(frozen=True)
class Row:
    """One address and one method. `of` is the kind of object, `in_data` says that its id is sent instead of in the address."""

    name: str
    method: str
    why: str
    of: str = ""
    may: Mapping[str, frozenset[str]] = field(default_factory=dict)
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    in_data: str = ""
    query: str = ""
    json: bool = False
    public: bool = False

    def expected(self, role: str, relation: str) -> str:
        """`ok`, `403` or `404` for someone who is signed in."""
        if role in self.may.get(relation, ()):
            return "ok"
        if role in self.told.get(relation, ()) or not self.of:
            return "403"
        return "404"

    @property
    def label(self) -> str:
        return " ".join(filter(None, [self.method, self.name, self.of, *self.extra.values()]))


def who(*roles: str) -> frozenset[str]:
    """Some roles. Raises for a role that does not exist, so that a slip of the pen is no empty set."""
    unknown = set(roles) - SIGNED_IN
    if unknown:
        raise ValueError(unknown)
    return frozenset(roles)


def both(name: str, why: str, **details) -> list[Row]:
    """A page and its form, with the same answer for both; the data only go along with the form."""
    data = details.pop("data", {})
    return [Row(name, "GET", why, **details), Row(name, "POST", why, data=data, **details)]


WIJK = who("wijkwerker", "coordinator")
DESK = who("specialist", "desk_lead")
MONEY = WIJK | who("wijkwethouder", "treasurer", "auditor")
WETHOUDER, TREASURER, BUDDY = who("wijkwethouder"), who("treasurer"), who("buddy")
TREASURER_SEES_BOTH = {"mine": MONEY, "other": TREASURER}

CONCERN = {"kind": "concern", "concern-severity": "2", "concern-domain": "housing", "concern-text": "De huur loopt op"}
SHEET = {"revision": "1", "own_words": "Wij slapen nu bij haar zus."}
LINE = {"name": "Warm huis", "intention": "Niemand zit in de kou", "effect": "social", "amount": "100", "source": "@source"}
REASON = {"reason": "Dit kan ook op een andere manier"}


def but(seen: Mapping[str, frozenset[str]], may: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Who sees it, without those who may."""
    return {relation: people - may.get(relation, frozenset()) for relation, people in seen.items()}


KEEPS = who("convenant_admin")
BY_LAW = {"law": "Een wet", "article": "art. 1", "reason": "Om de goede persoon te vinden"}

# The ground floor ------------------------------------------------------------------------------------------------

PUBLIC = [
    Row("healthz", "GET", "A machine asks whether this process serves; it says nothing of anyone.", public=True),
    Row("set-language", "POST", "One chooses a language before signing in.", data={"language": "en"}, public=True),
    Row("accessibility", "GET", "The accessibility statement is for everyone.", public=True),
    Row("style-guide", "GET", "Components only, without data, and not in production.", public=True),
    Row(
        "sign-in-as", "POST", "The demo city lets anyone be one of its people; elsewhere this is not there.",
        data={"person": "bram@oefenstad.example"}, public=True,
    ),
]  # fmt: skip
GROUND = [
    Row("start", "GET", "Leads everyone to where their work begins.", may={ANY: SIGNED_IN}),
    Row("today", "GET", "Shows each what waits for them alone.", may={ANY: SIGNED_IN}),
    Row("account", "GET", "Everyone sees their own account.", may={ANY: SIGNED_IN}),
    Row("lock", "POST", "Everyone locks their own screen.", may={ANY: SIGNED_IN}),
    *both("unlock", "Everyone opens their own screen again, with their own passphrase.", may={ANY: SIGNED_IN}),
    Row("session", "GET", "An open page asks for the key of what its own person typed.", may={ANY: SIGNED_IN}, json=True),
    Row(
        "draft", "PATCH", "What someone types is kept under their own name and is given back to nobody else.",
        may={ANY: SIGNED_IN}, query="?form=matrix", data={"revision": "0"}, json=True,
    ),
    Row("convenant", "GET", "Who works under the convenant may read it; an account alone is no appointment.", may={ANY: APPOINTED}),
    Row("identity-numbers", "GET", "Who keeps the convenant sees where the identity number is on.", may={ANY: KEEPS}),
    *both(
        "identity-numbers-on", "Only who keeps the convenant switches it on.", of="organisation", data=BY_LAW,
        may={"on": KEEPS, "off": KEEPS}, told={"on": SIGNED_IN - KEEPS, "off": SIGNED_IN - KEEPS},
    ),
    *both(
        "identity-numbers-off", "Only who keeps the convenant switches it off.", of="organisation", data={"reason": "Wet vervallen"},
        may={"on": KEEPS, "off": KEEPS}, told={"on": SIGNED_IN - KEEPS, "off": SIGNED_IN - KEEPS},
    ),
    Row("access-log", "GET", "Only who supervises reads who looked at whom.", may={ANY: who("privacy_officer")}),
]  # fmt: skip

# Listening -------------------------------------------------------------------------------------------------------

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
INVOLVED = {"mine": WIJK | BUDDY}
WORKS_ON = {"may": {"mine": WIJK}, "told": {"mine": BUDDY}}
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

# Overleg and exceptions ------------------------------------------------------------------------------------------

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

# The back office -------------------------------------------------------------------------------------------------

LOKET = {"may": {"mine": WIJK}, "told": {"routed": DESK}}
AT_DESK = {"may": {"routed": DESK}, "told": {"mine": WIJK}}
ASKED, ANSWERS = "The loket asks, tells and takes back; the desk does not.", "The desk answers; the loket does not answer itself."
BACK_OFFICE = [
    *both(
        "backoffice:request-new", "Who works on the case may ask a desk about it.", of="case", **WORKS_ON,
        data={"desk": "@desk", "shown_desk": "@desk", "title": "Een bed", "question": "Is er plek?", "urgency": "normal"},
    ),
    Row("backoffice:requests", "GET", "The requests of one's own cases; who has none gets an empty list.", may={ANY: SIGNED_IN}),
    Row(
        "backoffice:request", "GET", "The loket that asks and the desk that was asked see a request; a buddy sees none.",
        of="request", may={"mine": WIJK, "routed": DESK},
    ),
    Row("backoffice:request-take-up", "POST", ANSWERS, of="request", **AT_DESK),
    Row("backoffice:request-ask-back", "POST", ANSWERS, of="request", data={"text": "Hoe oud?"}, **AT_DESK),
    Row("backoffice:request-answer", "POST", ANSWERS, of="request", data={"result": "granted", "answer": "Er is plek"}, **AT_DESK),
    Row("backoffice:request-reply", "POST", ASKED, of="request", data={"text": "Twee jaar"}, **LOKET),
    Row("backoffice:request-tell", "POST", ASKED, of="request", data={"told_how": "phone", "outcome": "helps"}, **LOKET),
    Row("backoffice:request-withdraw", "POST", ASKED, of="request", data={"reason": "solved"}, **LOKET),
    Row("backoffice:queue", "GET", "A queue is of the desk that works it off.", of="desk", may={"mine": DESK}),
]  # fmt: skip

# The money of the wijk -------------------------------------------------------------------------------------------


def money(name: str, why: str, may: Mapping[str, frozenset[str]], **details) -> list[Row]:
    """A page and form about something of the budget: who sees the budget and may not do this is told who may."""
    return both(name, why, may=may, told=but(TREASURER_SEES_BOTH, may), **details)


def grant(
    act: str, why: str, of: str, sees: Mapping[str, frozenset[str]], may: Mapping[str, frozenset[str]], data=None
) -> list[Row]:
    return both("wijkbegroting:grant-act", why, of=of, may=may, told=but(sees, may), extra={"act": act}, data=data or {})


# Waits for a colleague: the whole team of the wijk may read it. Later it is of who took part, decides, pays or audits.
SEES_ASKED = {"mine": MONEY, "team": MONEY, "other": TREASURER}
SEES_LATER = {"mine": MONEY, "team": MONEY - who("wijkwerker"), "other": TREASURER}
COSIGN = {"mine": who("coordinator"), "team": WIJK}
DECIDE = {"mine": WETHOUDER, "team": WETHOUDER}
PAY = {"mine": TREASURER, "team": TREASURER, "other": TREASURER}
RELEASE = {"mine": TREASURER | who("coordinator"), "team": TREASURER | who("coordinator"), "other": TREASURER}
KEEPS = {"mine": TREASURER, "other": TREASURER}
DECIDES = "The wijkwethouder of the wijk decides on its lines; who proposes does not."
TWO = "Asker and co-signer are two people of the same team."
NEVER = "An act that does not exist is not there, for anyone."
MANDATE = {"role": "wijkwerker", "amount": "100", "starts_on": f"{date.today():%Y-%m-%d}", "ends_on": "2099-12-31"}
ASK = {
    "line": "@line_with_money",
    "amount": "25",
    "purpose": "Eten",
    "why_not_regular": "Het duurt te lang",
    "expected_return": "Rust",
    "payee_kind": "supplier",
    "method": "shop",
}
WIJKBEGROTING = [
    Row("wijkbegroting:home", "GET", "Who works with the money of a wijk chooses its budget.", may={ANY: MONEY}),
    Row(
        "wijkbegroting:open-budget", "POST", "The treasurer opens the books of their wijken.",
        of="unit", in_data="unit", may=KEEPS, told=but(TREASURER_SEES_BOTH, KEEPS),
    ),
    Row("wijkbegroting:budget", "GET", "The budget is of its wijk; a treasurer of two sees two.", of="budget", may=TREASURER_SEES_BOTH),
    Row("wijkbegroting:budget-csv", "GET", "The table shows what the page shows.", of="budget", may=TREASURER_SEES_BOTH),
    *money("wijkbegroting:add-source", "The treasurer names sources.", KEEPS, of="budget", data={"name": "Oranjefonds"}),
    *money("wijkbegroting:receive", "The treasurer books what came in.", KEEPS, of="source", data={"amount": "100"}),
    *money("wijkbegroting:mandate", "The wijkwethouder signs the mandate.", {"mine": WETHOUDER}, of="budget", data=MANDATE),
    *money("wijkbegroting:propose", "The wijk proposes its own lines.", {"mine": WIJK}, of="budget", data=LINE),
    Row("wijkbegroting:line", "GET", "A line is seen by who sees its budget.", of="line", may=TREASURER_SEES_BOTH),
    *money("wijkbegroting:line-resubmit", "The wijk puts a line forward again.", {"mine": WIJK}, of="returned line", data=LINE),
    *money("wijkbegroting:line-act", DECIDES, {"mine": WETHOUDER}, of="line", extra={"act": "goedkeuren"}),
    *money("wijkbegroting:line-act", DECIDES, {"mine": WETHOUDER}, of="line", extra={"act": "terugsturen"}, data=REASON),
    *money("wijkbegroting:line-act", DECIDES, {"mine": WETHOUDER}, of="line", extra={"act": "afwijzen"}, data=REASON),
    *both("wijkbegroting:line-act", NEVER, of="line", extra={"act": "weggeven"}),
    *both("wijkbegroting:ask", "Who works on the case asks for maatwerk; a buddy handles no money.", of="case", data=ASK, **WORKS_ON),
    Row("wijkbegroting:grant", "GET", "The asker, the team that co-signs, who decides, pays or audits.", of="grant", may=SEES_ASKED),
    *grant("meetekenen", TWO, "grant", SEES_ASKED, COSIGN),
    *grant("niet-meetekenen", TWO, "grant", SEES_ASKED, COSIGN, REASON),
    *grant("intrekken", "Only the asker takes it back.", "grant", SEES_ASKED, {"mine": who("wijkwerker")}),
    *grant("akkoord", "Above the mandate the wijkwethouder decides.", "cosigned grant", SEES_LATER, DECIDE),
    *grant("weigeren", "Above the mandate the wijkwethouder decides.", "cosigned grant", SEES_LATER, DECIDE, REASON),
    *grant("betalen", "Only the treasurer pays.", "approved grant", SEES_LATER, PAY, {"reference": "Winkel 0412"}),
    *grant("vrijgeven", "The treasurer or the coordinator gives money back to its line.", "approved grant", SEES_LATER, RELEASE, REASON),
    *both("wijkbegroting:grant-act", NEVER, of="grant", extra={"act": "weggeven"}),
    Row("wijkbegroting:pay-list", "GET", "Who pays sees what waits to be paid.", may={ANY: TREASURER}),
    Row("wijkbegroting:ledger", "GET", "Who pays and who audits read the ledger.", may={ANY: TREASURER | who("auditor")}),
]  # fmt: skip

MATRIX: list[Row] = [*PUBLIC, *GROUND, *LISTENING, *PEOPLE_OF_A_CASE, *ROUND_THE_TABLE, *BACK_OFFICE, *WIJKBEGROTING]
