"""Betrokken leiders: the contract of an organisation ends, and its residents meet who comes after it. All people are made up."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.people.models import User
from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part

from . import actions
from .handovers import still_open
from .listing import every_day
from .models import ContractEnding, Handover

NOTE = (
    "Leendert doet niet open als je onverwacht belt. Kom op dinsdag, na tienen, en begin over de fietsen. "
    "Over zijn vrouw begint hij zelf."
)
MILOU = "Vraag haar niet om het nog eens te vertellen: alles staat in de casus, en dat weet ze. Sem heet naar haar opa."


@part(190)
def a_contract_that_ends(city: City) -> None:
    """One was handed over, one is introduced, one is late; of the others nobody is chosen yet."""
    ends_on = timezone.localdate() + timedelta(days=88)
    ending = actions.announce_ending(
        actor=_now(city, "petra"), organisation=city.organisations["wijkkracht"], ends_on=ends_on,
        successors=[(city.units["vreewijk"], city.units["goedebuur"])],
    )  # fmt: skip
    every_day()
    leendert = _given(city, ending, "leendert", 10)
    actions.write_handover_note(actor=_now(city, "noor"), handover=leendert, text=NOTE, revision=0)
    because = "Imke woont om de hoek: hij kent haar van de fietsen"
    leendert = actions.introduce_handover(actor=_now(city, "noor"), handover=leendert, because=because)
    _see_to(_now(city, "noor"), leendert)
    actions.accept_handover(actor=_now(city, "imke"), handover=leendert)
    milou = _given(city, ending, "milou", 21)
    actions.write_handover_note(actor=_now(city, "noor"), handover=milou, text=MILOU, revision=0)
    at = timezone.localtime(timezone.now() + timedelta(days=5)).replace(hour=10, minute=30, second=0, microsecond=0)
    actions.introduce_handover(
        actor=_now(city, "noor"), handover=milou, starts_at=at, kind="home", minutes=60, place="Bij haar thuis, met koffie"
    )
    actions.check_handover(actor=_now(city, "noor"), handover=milou, code="plan")
    idris = _given(city, ending, "idris", 3)
    # Late: no action can do that, it only happens by waiting.
    Handover.objects.filter(pk=idris.pk).update(due_on=timezone.localdate() - timedelta(days=2))


def _given(city: City, ending: ContractEnding, key: str, days: int) -> Handover:
    handover = Handover.objects.get(case=city.cases[key], part_of=ending)
    due_on = timezone.localdate() + timedelta(days=days)
    return actions.give_handover(actor=_now(city, "sef"), handover=handover, to_user=city.people["imke"], due_on=due_on)


def _see_to(actor: Any, handover: Handover) -> None:
    with acting(actor.acting):
        left = [point.code for point in still_open(handover, actor)]
    for code in left:
        actions.check_handover(actor=actor, handover=handover, code=code)


def _now(city: City, name: str) -> User:
    """Someone with the cases they have at this moment."""
    return User.objects.get(pk=city.people[name].pk)
