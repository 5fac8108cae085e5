"""What a row of the matrix is, the people that it speaks of, and what many rows share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Who plays which role in the base city.
PEOPLE = {
    "wijkwerker": "marit",
    "buddy": "fatna",
    "coordinator": "hakan",
    "specialist": "joost",
    "desk_lead": "ilse",
    "wijkwethouder": "eline",
    "treasurer": "ravi",
    "account_admin": "olga",
    "convenant_admin": "petra",
    "privacy_officer": "daan",
    "rights_handler": "lotte",
    "auditor": "gerda",
    "participant": "mirjam",
    "reporter": "sanne",
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
    "api:": "who signs in to a page is nobody to the API: tests/api holds who gets what of which desk",
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
INVOLVED = {"mine": WIJK | BUDDY}
WORKS_ON = {"may": {"mine": WIJK}, "told": {"mine": BUDDY}}
