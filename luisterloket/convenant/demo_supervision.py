"""What waits in the demo city for who keeps accounts and who supervises: a yearly review, a proposal, a data breach."""

from datetime import timedelta

from django.utils import timezone

from luisterloket.convenant.demo import someone
from luisterloket.people import actions as people
from luisterloket.people.review_rounds import open_rounds
from luisterloket.platform.demo import City, part

from . import actions

WHAT = "Een brief over de huur lag bij de buren op nummer 14 in plaats van 41. De buurvrouw bracht hem open terug naar het loket."


@part(180)
def supervision(city: City) -> None:
    open_rounds(city.units[key].pk for key in ("schilderswijk", "wonen", "stadhuis"))
    yvonne = someone("yvonne", "Yvonne Kloosterhuis")
    people.propose_appointment(actor=city.people["olga"], user=yvonne, unit=city.units["stadhuis"], role="account_admin")
    found = timezone.now() - timedelta(hours=20)
    actions.report_breach(actor=city.people["bram"], what=WHAT, discovered_at=found, data=["names", "money"], people="one")
