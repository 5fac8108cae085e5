"""What was opened in an emergency in the demo city: she came to another wijk with her ex at the door. It waits to be judged."""

from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part

from . import actions
from .emergency_disclosures import opened


@part(118)
def what_was_opened(city: City) -> None:
    """Noor of Vreewijk needed to know who Rachida is with, looked, and shut it again; Hakan had her on the phone."""
    if "rachida" not in city.cases:
        return
    noor, hakan = city.people["noor"], city.people["hakan"]
    emergency = actions.break_glass(
        actor=noor,
        sought="Rachida Amrani 14-3-1997",
        reason="Zij staat met haar kinderen aan onze balie en haar ex staat buiten. Wie kan ik bellen?",
        categories=["identity", "contact", "household", "safety"],
        hours=1,
    )
    with acting(noor.acting):
        opened(emergency, noor)
    actions.end_emergency(actor=noor, emergency=emergency)
    actions.say_of_emergency(
        actor=hakan, emergency=emergency, text="Noor belde mij tegelijk. Ik was bij een ander gezin en kon niet meteen helpen."
    )
