"""Hand-ins at a state, made through the actions."""

from typing import Any

from backoffice import actions
from backoffice.models import HandIn, Reception
from luisterloket.platform.acting import acting
from tests.city import TestCity

SAID = "Drie rekeningen niet betaald, en zij neemt de telefoon niet op."


def handed_in(
    city: TestCity, *, by: str = "thijs", at: str = "invordering", to: str = "schilderswijk", loket: Any = None, **details: Any
) -> HandIn:
    told = {
        "kind": "collection",
        "category": "finances",
        "name": "Rachida Amrani",
        "phone": "06 00 00 45 12",
        "text": SAID,
        "knows": "knows",
        "reference": "INV-2026-0042",
        **details,
    }
    return actions.hand_in(actor=getattr(city, by), desk_unit=city.unit(at), unit=loket or city.unit(to), **told)


def arrears(city: TestCity, **details: Any) -> HandIn:
    told = {"kind": "arrears", "partner": "water", "amount": 231_40, "knows": "not", "address": "Hoefkade 12", **details}
    return handed_in(city, by="sanne", at="bron", **told)


def accepted(city: TestCity, *, how: str = "conversation", actor: Any = None, **details: Any) -> HandIn:
    return actions.accept_hand_in(actor=actor or city.marit, hand_in=handed_in(city, **details), how=how)


def now_of(hand_in: HandIn, user: Any) -> HandIn:
    with acting(user.acting):
        return HandIn.objects.get(pk=hand_in.pk)


def reception_of(hand_in: HandIn, user: Any) -> Reception:
    with acting(user.acting):
        return Reception.objects.select_related("hand_in", "case", "intake", "sign").get(hand_in=hand_in)
