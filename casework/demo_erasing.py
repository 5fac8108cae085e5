"""A case that ended more than five years ago: of its money the term has passed. All people are made up."""

from datetime import timedelta

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .erasure_sweep import propose
from .models import Case, CaseEnding

LONG_AGO = timedelta(days=5 * 366 + 40)
TOLD = {
    "own_words": "De deurwaarder belde. Nu is alles betaald, en ik heb weer werk. Ik kom alleen nog koffie drinken.",
    "quote": "Ik slaap weer door.",
    "name": "Wout Haverkamp",
    "born": "1971",
}


@part(200)
def a_term_that_has_passed(city: City) -> None:
    """Two people have to decide on it: the coordinator of the wijk, and who handles rights."""
    marit = city.people["marit"]
    intake = actions.start_intake(actor=marit, unit=city.units["schilderswijk"])
    actions.save_sheet(actor=marit, intake=intake, revision=0, values=TOLD)
    actions.mark_concern(actor=marit, intake=intake, domain="finances", severity=2, text="Drie schulden, samen tweeduizend euro")
    case = actions.conclude_intake(actor=marit, intake=intake)
    owed = {"creditor": "Energie Oefenstad", "kind": "energy", "sureness": "exact", "least": 480_00}
    actions.add_debt(actor=marit, case=case, **owed)
    actions.end_case(actor=marit, case=case, goes="better", changed="De schulden zijn betaald.", own_words="Het is goed zo.")
    # No action puts a day back: it only happens by waiting.
    at = timezone.now() - LONG_AGO
    CaseEnding.objects.filter(case=case).update(at=at)
    Case.objects.filter(pk=case.pk).update(opened_at=at - timedelta(days=300), last_activity_at=at)
    propose()
