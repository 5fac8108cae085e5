"""Next contacts, waakvlam and early signs for the demo city. All people are made up."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .models import EarlySign, FollowUp

# Who noted it, what was seen, about whom, where, who told it, and what more is known.
SIGNS: list[tuple[str, str, str, str, str, str, dict[str, Any]]] = [
    ("bram", "neighbour", "De gordijnen zijn al twee weken dicht en de post puilt uit de bus.", "de man van nummer 12", "Hoefkade",
     "de bovenbuurvrouw", {"wants_to_hear": True}),
    ("marit", "at_the_door", "Bij het flyeren: kaarslicht in de gang, twee kleine kinderen.", "een jonge moeder",
     "Van Ostadestraat", "", {}),
    ("marit", "arrears", "Drie maanden huur niet betaald. De verhuurder belde en schreef zelf al.", "mevrouw Kaya",
     "Delftselaan 40", "de verhuurder", {"partner": "rent", "amount": 2_140_00}),
]  # fmt: skip


@part(125)
def early_signs(city: City) -> None:
    unit = city.units["schilderswijk"]
    for name, kind, seen, about, place, told_by, more in SIGNS:
        sign = actions.note_early_sign(
            actor=city.people[name], unit=unit, kind=kind, seen=seen, about=about, place=place, told_by=told_by, **more
        )
        if kind == EarlySign.Kind.NEIGHBOUR:
            today = timezone.localdate()
            tried = {"kind": "card", "result": "message_left", "on": today, "part_of_day": "morning", "text": "Kaartje in de bus"}
            actions.seek_contact(actor=city.people[name], sign=sign, next_on=today + timedelta(days=2), **tried)


@part(125)
def asked_again(city: City) -> None:
    """One on waakvlam, one of which the next contact is late, and one that is to be done today."""
    mehmet, joke, gulsen = (city.cases[key] for key in ("mehmet", "joke", "gulsen"))
    actions.start_waakvlam(
        actor=mehmet.owner, case=mehmet, goes="better", changed="De winkel is afgesloten en er is een regeling voor thuis.",
        own_words="Ik slaap weer. Laat mij nu zelf.", agreed_how="in_person", about="of de regeling lukt",
    )  # fmt: skip
    today = timezone.localdate()
    for case, days in ((joke, 9), (gulsen, 0)):
        day = today - timedelta(days=days)
        FollowUp.objects.to_come().filter(case=case).update(due_on=day, late_on=day + timedelta(days=4 if days else 5))
