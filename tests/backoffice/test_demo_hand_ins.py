"""The demo city shows a hand-in in every state and a pause of collection."""

from types import SimpleNamespace

import pytest

from backoffice import demo_hand_ins
from backoffice.models import HandIn
from luisterloket.platform.acting import acting

from .scene import a_case, desk

pytestmark = pytest.mark.django_db


def test_the_demo_city_has_hand_ins_and_a_pause(city):
    people = {name: getattr(city, name) for name in ("marit", "noor", "thijs", "sanne", "anouk")}
    units = {key: city.unit(key) for key in ("invordering", "bron", "inkomen", "schilderswijk", "vreewijk")}
    desks = {"invordering": desk(city, "invordering")}
    made = SimpleNamespace(people=people, units=units, desks=desks, cases={"gulsen": a_case(city)})
    demo_hand_ins.hand_ins(made)
    demo_hand_ins.pauses(made)
    with acting(city.marit.acting):
        assert set(HandIn.objects.values_list("status", flat=True)) == {"sent", "concluded"}
