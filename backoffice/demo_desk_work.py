"""How the demo city's desks work: texts to begin from, a divided queue, a note and a question to a colleague."""

from typing import Any

from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part

from . import actions
from .models import SpecialistRequest
from .queue_filter import NOBODY

Status = SpecialistRequest.Status
# By desk: who leads it, and texts as (name, answer it goes with, text, what the resident can do).
TEXTS = {
    "wonen": (
        "ilse",
        [
            (
                "Opvang is vol", "refused",
                "Vannacht is er in de crisisopvang geen plek. Wij houden de lijst bij en bellen zodra er een plek vrijkomt.",
                "Bel de opvang morgen om 9.00 uur. Is het vannacht te koud? Dan gaat de winteropvang open.",
            ),
            (
                "Briefadres kan", "granted",
                "Een briefadres is mogelijk. De inwoner komt met een identiteitsbewijs naar het stadskantoor. Groet, {collega}", "",
            ),
            (
                "Advies aan het loket", "advice",
                "Dank voor je vraag vanuit {wijk}. Dit kun je zelf doen tot {desk} meer weet, uiterlijk {termijn}:", "",
            ),
        ],
    ),
    "schuldhulp": (
        "wim",
        [
            (
                "Schuldeisers wachten", "granted",
                "Wij vragen de schuldeisers om zes weken te wachten. {desk} stuurt de brieven vandaag.",
                "Betaal in die weken alleen de huur, de zorgpremie en de energie.",
            ),
        ],
    ),
}  # fmt: skip


# Whose case, what is asked of the desk for housing, and who of the desk gets it in hand; nobody yet without a name.
MORE = (
    ("gulsen", "Brief over huurachterstand", "Er is een brief van de woningcorporatie. Hoeveel tijd is er nog?", "joost"),
    ("jayden", "Kamer voor een jongere van 18", "Welke kamers zijn er voor jongeren die uit de pleegzorg komen?", ""),
)


@part(124)
def divided_queue(city: City) -> None:
    """More requests for one desk, one of which its lead assigned."""
    for who, title, question, to in MORE:
        case: Any = city.cases.get(who)
        if case is not None:
            asked = actions.route_request(
                actor=case.owner, case=case, desk=city.desks["wonen"], title=title, question=question, urgency="normal",
                items=[], knows=True,
            )  # fmt: skip
            if to:
                actions.assign_request(actor=city.people["ilse"], request=asked, to=city.people[to])


@part(125)
def desk_work(city: City) -> None:
    for key, (lead, texts) in TEXTS.items():
        for name, result, answer, next_step in texts:
            actions.make_answer_template(
                actor=city.people[lead], desk=city.desks[key], name=name, result=result, answer=answer, next_step=next_step
            )
    joost, ilse, wim = (city.people[key] for key in ("joost", "ilse", "wim"))
    acute = {"urgency": "today", "assigned": NOBODY}
    actions.save_filter(actor=joost, desk=city.desks["wonen"], name="Acuut en van niemand", criteria=acute)
    shelter = _running(joost, "wonen", city)
    if shelter:
        actions.note_at_desk(
            actor=joost, request=shelter, text="Gebeld met de crisisopvang: om 16.00 uur weten zij of er een gezinskamer vrijkomt."
        )
        actions.ask_second_opinion(
            actor=joost, request=shelter, colleague=ilse, question="Mogen wij hier een hotelkamer voor één nacht inzetten?"
        )
    debts = _running(wim, "schuldhulp", city)
    if debts:
        actions.note_at_desk(actor=wim, request=debts, text="Twee van de drie schuldeisers werken mee, de derde bel ik maandag.")


def _running(who: Any, desk: str, city: City) -> SpecialistRequest | None:
    """What this person has in hand there, when these people have a case."""
    with acting(who.acting):
        found = SpecialistRequest.objects.at_desks_of(who).filter(desk_unit=city.units[desk], assigned_to=who)
        return found.filter(status=Status.TAKEN_UP).order_by("sent_at").first()
