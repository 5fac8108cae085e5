"""Hand-ins of the demo city in every state, and a pause of collection. All people are made up."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.models import Case
from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part

from . import actions, sharing
from .models import HandIn, Urgency


@part(125)
def hand_ins(city: City) -> None:
    """What waits at a loket, what was sent back, and what the sender heard of, as far as these people work here."""
    marit, noor = city.people["marit"], city.people["noor"]
    _hand_in(
        city, "thijs", "invordering", "schilderswijk", kind="collection", name="Gulsen Yildirim", phone="06 00 00 71 33",
        amount=1_140_00, knows="agrees", reference="INV-2026-1187",
        text="Wij vorderen studiefinanciering van haar dochter terug. Zij belt in paniek en zegt dat haar spaargeld op is.",
    )  # fmt: skip
    _hand_in(
        city, "sanne", "bron", "schilderswijk", kind="arrears", name="M. Tahiri", address="Hoefkade 312, 2526 CX",
        partner="water", amount=231_40, threat="water", urgency=Urgency.TODAY, knows="not", reference="DB-55810",
        text="Drie rekeningen niet betaald. Gebeld, geschreven en langs geweest: geen reactie. Volgende week gaat het water dicht.",
    )  # fmt: skip
    incomplete = _hand_in(
        city, "anouk", "inkomen", "vreewijk", kind="desk", category="work", name="R. Visser", phone="06 00 00 19 20",
        knows="knows", text="Komt niet meer naar afspraken over werk. Er speelt meer, zegt hij.", reference="INK-7741",
    )  # fmt: skip
    actions.send_back_hand_in(
        actor=noor, hand_in=incomplete, reason=HandIn.SentBack.INCOMPLETE, words="Op welk adres is hij overdag te bereiken?"
    )
    heard = _hand_in(
        city, "sanne", "bron", "schilderswijk", kind="arrears", name="J. de Vos", phone="06 00 00 88 41", partner="water",
        amount=96_75, knows="knows", text="Twee rekeningen open. Zegt dat het even niet gaat.", reference="DB-55702",
    )  # fmt: skip
    actions.accept_hand_in(actor=marit, hand_in=heard, how="early_sign")
    actions.conclude_hand_in(actor=marit, hand_in=heard, contact_made=True, plan_made=False)


@part(126)
def pauses(city: City) -> None:
    """Invordering waits, until a day; and was asked in another case and has not answered yet."""
    thijs = city.people["thijs"]
    waits = _ask_pause(city, "gulsen", "Terugvordering: wachten met innen", "Kan het innen wachten tot haar plan er ligt?", days=60)
    if waits:
        actions.open_request(actor=thijs, request=waits)
        actions.take_up_request(actor=thijs, request=waits)
        actions.answer_request(
            actor=thijs, request=waits, result="granted", answer="Wij wachten. Bel een week van tevoren als er meer tijd nodig is.",
            paused_until=timezone.localdate() + timedelta(days=45),
        )  # fmt: skip
    _ask_pause(city, "orlando", "Boetes: wachten met innen", "Kan het innen wachten tot hij een adres heeft?", days=90)


def _hand_in(city: City, who: str, at: str, to: str, **told: Any) -> HandIn:
    details = {"category": "finances", **told}
    return actions.hand_in(actor=city.people[who], desk_unit=city.units[at], unit=city.units[to], **details)


def _ask_pause(city: City, who: str, title: str, question: str, *, days: int) -> Any:
    """A request of the owner of the case; None when these people have no case here."""
    case: Case | None = city.cases.get(who)
    if case is None:
        return None
    asker: Any = case.owner
    desk = city.desks["invordering"]
    with acting(asker.acting):
        what = sharing.shareable(asker, case, desk)
    return actions.route_request(
        actor=asker, case=case, desk=desk, title=title, question=question, urgency=Urgency.NORMAL, knows=True,
        items=sharing.usual(what.items.values(), desk, what.subjects[0]), pause_until=timezone.localdate() + timedelta(days=days),
    )  # fmt: skip
