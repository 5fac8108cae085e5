"""What stands still in the demo city: a request on each step of the ladder, one that was put off, and one that was asked about."""

from datetime import timedelta

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .demo import as_if_sent, ask_for
from .models import SpecialistRequest, Stall
from .sweep import sweep

# Who, which desk, in a few words, the question, and how many working days ago.
WAITING = [
    ("gulsen", "wonen", "Urgentie voor een gezin van vier", "Zij wonen met vier op twee kamers. Maken zij kans op urgentie?", 3),
    ("jayden", "inkomen", "Uitkering na het einde van pleegzorg", "Hij is 18 en heeft geen inkomen. Wat kan hij krijgen?", 5),
    (
        "orlando",
        "schuldhulp",
        "Boetes die blijven oplopen",
        "Hij heeft vier boetes die steeds hoger worden. Kan dat stoppen?",
        5,
    ),
    (
        "rachida",
        "jeugd",
        "Opvang na school voor twee kinderen",
        "Kan er opvang na school komen zolang zij daar woont?",
        9,
    ),
]


@part(125)
def standing_still(city: City) -> None:
    """The sweep finds them as it does every minute, one step at a time."""
    asked = {who: ask_for(city, who, desk, title, question) for who, desk, title, question, _days in WAITING}
    for who, _desk, _title, _question, days in WAITING:
        request = asked[who]
        if request is not None:
            as_if_sent(request, working_days_ago=days)
    for _step in range(4):
        sweep()
    if put_off := asked["orlando"]:
        _snoozed(city, put_off)
    if long := asked["rachida"]:
        stall = Stall.objects.open().get(request=long)
        if stall.level == Stall.Level.WETHOUDER:
            actions.ask_to_act(actor=city.people["eline"], stall_id=stall.pk, what=Stall.Asked.PICK_UP)


def _snoozed(city: City, request: SpecialistRequest) -> None:
    stall = Stall.objects.open().get(request=request)
    if stall.level != Stall.Level.WETHOUDER:
        until = timezone.localdate() + timedelta(days=7)
        actions.snooze_stall(actor=city.people["wim"], stall=stall, until=until, reason=Stall.Snooze.OUTSIDE)
