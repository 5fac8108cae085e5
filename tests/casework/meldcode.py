"""A case in which someone told of violence, and the five steps that this laid ready."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import Involvement, MeldcodeStep, MeldcodeTrack
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case

WORDS = "Hij slaat mij als de kinderen slapen"
SIGN = {"domain": "network", "severity": 2, "text": WORDS, "sign": "violence"}


def a_case_with_a_sign(city):
    """A case with a buddy and a coordinator in it, in which someone told of violence."""
    case = a_case(city.marit, city.unit("schilderswijk"), household=1)
    for user, kind in ((city.fatna, Involvement.Kind.BUDDY), (city.hakan, Involvement.Kind.CO_WORKER)):
        actions.involve(actor=city.marit, case=case, user=user, kind=kind)
    actions.add_concern(actor=city.marit, case=case, **SIGN)
    return case


def track_of(city, case):
    with acting(city.marit.acting):
        return MeldcodeTrack.objects.get(case=case)


def address(case, *rest, name="case-meldcode"):
    return reverse(f"casework:{name}", args=[case.pk, *rest])


def now(city, track):
    with acting(city.marit.acting):
        return MeldcodeTrack.objects.select_related("owner").get(pk=track.pk)


def write(city, track, number, **values):
    """As a form does: a day for the next step, and the revision that was seen."""
    with acting(city.marit.acting):
        seen = MeldcodeStep.objects.filter(track=track, number=number).values_list("revision", flat=True).first() or 0
    return actions.write_meldcode_step(
        actor=city.marit,
        track=track,
        number=number,
        **{"revision": seen, "due_on": timezone.localdate() + timedelta(days=1), **values},
    )


def decide(city, track, **values):
    told = {"reports": False, "found": "Geen acuut gevaar meer", "helps": True, "help": "Praktische hulp door het wijkteam"}
    return write(city, track, 5, **(told | values))


def lines(user, track):
    with acting(user.acting):
        shown = vandaag.page(user, everything=True)
    every = [*([shown.alarm] if shown.alarm else []), *shown.lines]
    return [line.item for line in every if line.item.url == reverse("casework:case-meldcode", args=[track.case_id])]
