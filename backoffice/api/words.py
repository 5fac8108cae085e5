"""What the API calls our states and answers, in Dutch and for good: these words are the interface and never follow a label."""

from backoffice.models import Clock, SpecialistRequest, Urgency

Status, Result = SpecialistRequest.Status, SpecialistRequest.Result

STATUSES = {
    "verzonden": Status.SENT,
    "opgepakt": Status.TAKEN_UP,
    "wachtOpLoket": Status.ASKED_BACK,
    "beantwoord": Status.ANSWERED,
    "afgerond": Status.CLOSED,
    "ingetrokken": Status.WITHDRAWN,
    "grondVervallen": Status.GROUND_ENDED,
}
URGENCIES = {"vandaag": Urgency.TODAY, "gewoon": Urgency.NORMAL}
RESULTS = {
    "toegekend": Result.GRANTED,
    "deelsToegekend": Result.PARTLY,
    "advies": Result.ADVICE,
    "afgewezen": Result.REFUSED,
}
CLOCKS = {"oppakken": Clock.PICK_UP, "antwoorden": Clock.ANSWER, "reageren": Clock.REPLY, "vertellen": Clock.TELL}


def word(words: dict, value: str) -> str | None:
    """Our word for it; nothing for what is empty."""
    return next((name for name, each in words.items() if each == value), None)
