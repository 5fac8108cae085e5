"""Requests of the demo city that came further: one that belongs at another desk, and one of which it is time to ask what it did."""

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
