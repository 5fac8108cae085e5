"""What the demo city shows of time: an application that waits for a paper, a training day, and a term that is about to change."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part
from luisterloket.wijken.calendar import add_months, add_working_days

from . import actions, sharing
from .models import Clock, Kind, Measure, Pause, Urgency


@part(121)
def time_of_desks(city: City) -> None:
    today = timezone.localdate()
    ilse = city.people["ilse"]
    actions.close_desk_on(actor=ilse, desk=city.desks["wonen"], first=add_working_days(today, 12), reason="Studiedag")
    actions.set_term(
        actor=ilse, desk=city.desks["wonen"], kinds=[Kind.ADVICE], urgency=Urgency.NORMAL, clock=Clock.ANSWER, amount=2,
        measure=Measure.WORKING_DAYS, valid_from=add_months(today.replace(day=1), 1),
    )  # fmt: skip
    case: Any = city.cases.get("orlando")
    if case is None:
        return
    desk, anouk = city.desks["inkomen"], city.people["anouk"]
    with acting(case.owner.acting):
        what = sharing.shareable(case.owner, case, desk)
    asked = actions.route_request(
        actor=case.owner, case=case, desk=desk, title="Bijzondere bijstand voor een slaapbank",
        question="Hij vraagt bijzondere bijstand aan voor een slaapbank bij zijn vriend. Wil je daarover beslissen?",
        urgency=Urgency.NORMAL, items=sharing.usual(what.items.values(), desk, what.subjects[0]), knows=True, kind=Kind.APPLICATION,
    )  # fmt: skip
    actions.open_request(actor=anouk, request=asked)
    actions.take_up_request(actor=anouk, request=asked)
    actions.pause_answer(
        actor=anouk, request=asked, ground=Pause.Ground.COMPLETING, until=today + timedelta(days=14),
        text="De bankafschriften van de laatste drie maanden ontbreken. Kan hij die binnen twee weken brengen?",
    )  # fmt: skip
