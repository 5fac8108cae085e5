"""What the summary says of a debt that waits: who lets it rest until when, and a threat that must be talked about in time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from luisterloket.convenant.disclosure import Item
from luisterloket.platform.plain import phrase

from .models import Debt
from .wording import Wording

RESTS = phrase(gettext_noop("%(who)s lets the debt to %(creditor)s rest up to and including %(day)s."))
BEFORE_THAT_DAY = phrase(gettext_noop("%(owner)s looks before that day how it goes on."))
RESTED = phrase(gettext_noop("%(who)s let the debt to %(creditor)s rest up to and including %(day)s. That is over."))
NOW = phrase(gettext_noop("%(owner)s looks now how it goes on."))
THREATS = {
    Debt.Threat.EVICTION: phrase(gettext_noop("Because of the debt to %(creditor)s the home may be lost.")),
    Debt.Threat.GAS: phrase(gettext_noop("Because of the debt to %(creditor)s the gas may be cut off.")),
    Debt.Threat.ELECTRICITY: phrase(gettext_noop("Because of the debt to %(creditor)s the electricity may be cut off.")),
    Debt.Threat.DISTRICT_HEATING: phrase(gettext_noop("Because of the debt to %(creditor)s the heating may be cut off.")),
    Debt.Threat.WATER: phrase(gettext_noop("Because of the debt to %(creditor)s the water may be cut off.")),
    Debt.Threat.HEALTH_INSURANCE: phrase(gettext_noop("Because of the debt to %(creditor)s the health insurance may end.")),
}
ON_THAT_DAY = phrase(gettext_noop("That may happen on %(day)s."))
TALK = phrase(gettext_noop("%(owner)s sees to it that there is a first talk about this with %(name)s, at the latest on %(day)s."))


@dataclass(frozen=True)
class Owed:
    """A debt as far as something of it waits."""

    creditor: str
    paused_by: str = ""
    paused_until: date | None = None
    threat: str = ""
    threat_on: date | None = None
    talk_by: datetime | None = None
    ref: str = ""


def waits(item: Item) -> bool:
    """Whether something of this debt waits: it rests, or a threat asks for a conversation."""
    return item.kind == "debt" and (item.details["status"] == Debt.Status.PAUSED or bool(item.details["talk_by"]))


def owed_in(item: Item) -> Owed:
    about = item.details
    rests = about["status"] == Debt.Status.PAUSED
    return Owed(
        about["creditor"].strip(),
        about["paused_by"].strip() if rests else "",
        about["paused_until"] if rests else None,
        about["threat"] if about["talk_by"] else "",
        about["threat_on"],
        about["talk_by"],
        str(item.ref),
    )


def owed_in_words(owed: Owed, *, name: str, owner: str, wording: Wording) -> list[str]:
    """Whole sentences, each wait with who and until when."""
    said = []
    if owed.paused_until:
        over = owed.paused_until < timezone.localdate()
        said.append(wording.say(RESTED if over else RESTS, who=owed.paused_by, creditor=owed.creditor, day=owed.paused_until))
        said.append(wording.say(NOW if over else BEFORE_THAT_DAY, owner=owner))
    if owed.threat:
        said.append(wording.say(THREATS[Debt.Threat(owed.threat)], creditor=owed.creditor))
        if owed.threat_on:
            said.append(wording.say(ON_THAT_DAY, day=owed.threat_on))
        said.append(wording.say(TALK, owner=owner, name=name, day=owed.talk_by))
    return said
