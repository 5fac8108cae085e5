"""No mark of a resident comes out of the API but what the convenant gives this desk today, and no look without its entry in the log."""

from typing import Any

import pytest

from backoffice.models import RequestItem, SpecialistRequest
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform.acting import acting
from tests.backoffice import scene
from tests.city import TestCity
from tests.security.marked_case import MARK, categories_of_marks, marked_case

from .scene import System

pytestmark = pytest.mark.django_db


def marks_in(system: System, request: SpecialistRequest) -> set[str]:
    paths = ["/verzoeken", "/verzoeken?aantal=1", f"/verzoeken/{request.pk}", "/overdrachten", "/loketten"]
    answers = [system.get(path) for path in paths]
    answers += [system.post(f"/verzoeken/{request.pk}/{one}") for one in ("_terugvragen", "_beantwoorden")]
    return {mark for answer in answers for mark in MARK.findall(answer.content.decode())}


def looks(city: TestCity, system: System) -> list[Any]:
    with acting(city.daan.acting):
        return list(AccessLogEntry.objects.filter(actor_id=system.user.pk, what="request"))


@pytest.mark.parametrize("state", sorted(scene.AT))
def test_what_a_system_reads_is_what_its_desk_may_see(city, state):
    case = marked_case(city)
    categories = categories_of_marks(city, case)
    request = scene.AT[state](city, case=case)
    with acting(city.marit.acting):
        status = SpecialistRequest.objects.get(pk=request.pk).status
        went = {mark for item in RequestItem.objects.filter(request=request, open_to_desk=True) for mark in MARK.findall(item.text)}
    given = set(
        Authorisation.objects.filter(purpose="shelter", role="specialist", version__status="in_force").values_list(
            "category_id", flat=True
        )
    )
    mine, other = System(city), System(city, "schuldhulp", name="Ander systeem")
    read = marks_in(mine, request)
    assert read == {mark for mark in went if categories[mark] & given}
    assert marks_in(other, request) == set()
    assert looks(city, other) == []
    assert bool(looks(city, mine)) == (status not in {"withdrawn", "ground_ended"})
