"""What stands still in the world: at the wijkwethouder, and only just flagged; and the rules of a team and a desk."""

from collections.abc import Callable
from typing import Any

from backoffice.models import SpecialistRequest, Stall
from backoffice.sweep import sweep
from tests.backoffice.scene import as_jobs, raised, run_out

ASKED_BY = {"mine": "marit", "other": "noor", "team": "bram", "routed": "bram"}


def keep_stalls(world: Any, keep: Callable[..., None]) -> None:
    city = world.city
    for relation, name in ASKED_BY.items():
        request = SpecialistRequest(pk=world.things["request"][relation]["pk"])
        if relation in {"mine", "other"}:
            raised(request, getattr(city, name), "wethouder")
        else:
            run_out(request, getattr(city, name))
    with as_jobs():
        sweep()
        for relation in ASKED_BY:
            keep("stall", relation, pk=Stall.objects.get(request_id=world.things["request"][relation]["pk"]).pk)
    keep("stall rule", "mine", unit=city.unit("schilderswijk").pk, clock="tell")
    keep("stall rule", "other", unit=city.unit("vreewijk").pk, clock="tell")
    keep("stall rule", "desk", unit=city.unit("wonen").pk, clock="pick_up")
