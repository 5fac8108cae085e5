"""What the API calls our states and answers, in Dutch and for good: these words are the interface and never follow a label."""

from backoffice.models import Clock, HandIn, SpecialistRequest, Urgency
from casework.models import EarlySign
from casework.signs import Threat

Status, Result, Partner = SpecialistRequest.Status, SpecialistRequest.Result, EarlySign.Partner

STATUSES = {
    "verzonden": Status.SENT,
    "opgepakt": Status.TAKEN_UP,
    "wachtOpLoket": Status.ASKED_BACK,
    "beantwoord": Status.ANSWERED,
    "afgerond": Status.CLOSED,
    "opnieuwTeBekijken": Status.CONTESTED,
    "bijWijkwethouder": Status.ESCALATED,
    "ingetrokken": Status.WITHDRAWN,
    "grondVervallen": Status.GROUND_ENDED,
}
URGENCIES = {"vandaag": Urgency.TODAY, "gewoon": Urgency.NORMAL}
# What a system can answer. Where a question belongs instead is for a person of the desk to say, on the page.
ANSWERS = {
    "toegekend": Result.GRANTED,
    "deelsToegekend": Result.PARTLY,
    "advies": Result.ADVICE,
    "afgewezen": Result.REFUSED,
}
RESULTS = {**ANSWERS, "doorverwezen": Result.FORWARDED}
CLOCKS = {
    "oppakken": Clock.PICK_UP,
    "antwoorden": Clock.ANSWER,
    "reageren": Clock.REPLY,
    "vertellen": Clock.TELL,
    "navragen": Clock.OUTCOME,
    "opnieuwKijken": Clock.RECONSIDER,
    "besluiten": Clock.ESCALATE,
}
HAND_IN_STATUSES = {
    "ingediend": HandIn.Status.SENT,
    "aangenomen": HandIn.Status.ACCEPTED,
    "teruggestuurd": HandIn.Status.SENT_BACK,
    "afgerond": HandIn.Status.CONCLUDED,
    "ingetrokken": HandIn.Status.WITHDRAWN,
}
KINDS = {"bureau": HandIn.Kind.DESK, "invordering": HandIn.Kind.COLLECTION, "betalingsachterstand": HandIn.Kind.ARREARS}
KNOWS = {"stemtIn": HandIn.Knows.AGREES, "weetHet": HandIn.Knows.KNOWS, "weetHetNiet": HandIn.Knows.NOT}
SENT_BACK = {
    "andereWijk": HandIn.SentBack.OTHER_WIJK,
    "onvolledig": HandIn.SentBack.INCOMPLETE,
    "nietVoorLoket": HandIn.SentBack.OTHER_PLACE,
    "geenGrond": HandIn.SentBack.NO_GROUND,
}
PARTNERS = {
    "energie": Partner.ENERGY,
    "huur": Partner.RENT,
    "hypotheek": Partner.MORTGAGE,
    "zorgverzekering": Partner.HEALTH_INSURANCE,
    "cak": Partner.CAK,
    "drinkwater": Partner.WATER,
    "duo": Partner.DUO,
    "belastingdienst": Partner.TAX,
    "dienstToeslagen": Partner.ALLOWANCES,
    "anders": Partner.OTHER,
}
THREATS = {
    "ontruiming": Threat.EVICTION,
    "afsluitenGas": Threat.GAS,
    "afsluitenElektriciteit": Threat.ELECTRICITY,
    "afsluitenWarmte": Threat.DISTRICT_HEATING,
    "afsluitenWater": Threat.WATER,
    "eindeZorgverzekering": Threat.HEALTH_INSURANCE,
}


def word(words: dict, value: str) -> str | None:
    """Our word for it; nothing for what is empty."""
    return next((name for name, each in words.items() if each == value), None)
