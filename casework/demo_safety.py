"""What needs care in the demo city: the steps of the meldcode in one case, something kept from a child in another."""

from datetime import timedelta

from django.utils import timezone

from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part

from . import actions
from .demo_people import as_owner
from .domains import Severity
from .models import Case, Concern, MeldcodeTrack
from .signs import SafetySign


@part(116)
def what_needs_care(city: City) -> None:
    """Through the actions, as the owner of each case would."""
    _rachida(city.cases["rachida"])
    _samira(city.cases["samira"])


def _rachida(case: Case) -> None:
    """She is afraid of her ex: two steps were taken, and the third has its day."""
    with as_owner(case) as (actor, _members):
        actions.add_concern(
            actor=actor, case=case, domain="family", severity=Severity.ACUTE, sign=SafetySign.VIOLENCE,
            text="Haar ex stond bij de school en riep dat hij haar weet te vinden",
        )  # fmt: skip
        with acting(actor.acting):
            track = MeldcodeTrack.objects.get(case=case)
        told = {
            1: {"found": "Zij is bang als hij belt. Ilyas verstopt zich als er iemand aanbelt."},
            2: {"found": "Zij delen de zorg. Eerst met haar alleen praten.", "with_whom": "Hakan", "veilig_thuis": "unnamed"},
        }
        for number, values in told.items():
            tomorrow = timezone.localdate() + timedelta(days=1)
            actions.write_meldcode_step(actor=actor, track=track, number=number, revision=0, due_on=tomorrow, **values)


def _samira(case: Case) -> None:
    """Her son need not read on a paper at home that she told of the police."""
    with as_owner(case) as (actor, members):
        with acting(actor.acting):
            police = Concern.objects.get(case=case, domain="justice")
        bilal = next(one.resident for one in members["children"] if one.resident.name == "Bilal")
        actions.withhold(
            actor=actor, case=case, things=[("concern", police.pk)], residents=[bilal],
            reason="Zij vertelt het hem liever zelf, op een rustig moment",
        )  # fmt: skip
