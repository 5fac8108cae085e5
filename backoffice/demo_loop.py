"""Requests of the demo city that came further: one that belongs at another desk, one of which it is time to ask what it did, and
one that was refused twice and put before the wijkwethouder.
"""

from datetime import timedelta

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .demo import ask_for
from .models import SpecialistRequest


@part(121)
def further_in_the_loop(city: City) -> None:
    joost, anouk = city.people["joost"], city.people["anouk"]
    rent = ask_for(city, "gulsen", "wonen", "Huurachterstand van twee maanden", "Kan zij een regeling krijgen voor de huur?")
    if rent:
        actions.open_request(actor=joost, request=rent)
        actions.take_up_request(actor=joost, request=rent)
        actions.answer_request(
            actor=joost,
            request=rent,
            result="forwarded",
            answer="De verhuurder wil een regeling via schuldhulp. Wij gaan alleen over opvang en urgentie.",
            proposed_desk=city.desks["schuldhulp"],
        )
    advance = ask_for(city, "orlando", "inkomen", "Voorschot op de uitkering", "Kan er een voorschot komen tot zij loopt?")
    if advance:
        actions.open_request(actor=anouk, request=advance)
        actions.take_up_request(actor=anouk, request=advance)
        actions.answer_request(
            actor=anouk,
            request=advance,
            result="granted",
            answer="Hij krijgt een voorschot. Het staat binnen een week op zijn rekening.",
            decided_on=timezone.localdate(),
            object_how="Schriftelijk bij het college, zoals in de brief staat.",
        )
        actions.tell_resident(actor=advance.asked_by, request=advance, told_how="in_person", outcome="too_early")
        # As if it was told some weeks ago. Only the demo city may do this: no action moves a clock.
        SpecialistRequest.objects.filter(pk=advance.pk).update(due_at=timezone.now() + timedelta(days=3))


@part(126)
def refused_twice(city: City) -> None:
    joost, ilse = city.people["joost"], city.people["ilse"]
    smaller = ask_for(city, "gulsen", "wonen", "Ruilen naar een kleinere woning", "Kan zij ruilen voordat de huur te hoog wordt?")
    if smaller is None:
        return
    asker = smaller.asked_by
    refused = {
        "result": "refused",
        "answer": "Wie huurachterstand heeft, kan niet ruilen.",
        "refused_under": "Huisvestingsverordening: voorwaarden voor woningruil",
        "next_step": "Vraag het opnieuw als de betalingsregeling drie maanden loopt.",
    }
    actions.open_request(actor=joost, request=smaller)
    actions.take_up_request(actor=joost, request=smaller)
    actions.answer_request(actor=joost, request=smaller, **refused)
    actions.contest_answer(actor=asker, request=smaller, why="De achterstand komt juist door de te hoge huur.")
    actions.reconsider_answer(
        actor=ilse, request=smaller, **refused | {"answer": "De regel laat geen ruimte: eerst moet de achterstand weg zijn."}
    )
    actions.escalate(
        actor=asker,
        request=smaller,
        dilemma="Iemand mag niet kleiner wonen omdat er achterstand is, en de achterstand groeit doordat de woning te duur is.",
    )
