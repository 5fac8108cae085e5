"""The demo city's systems: one of a desk, which works with a token, and one of who hands residents in, which waits for its token."""

from datetime import timedelta

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .tokens import new_secret

DESK, SENDER = ["verzoeken:behandelen", "verzoeken:lezen"], ["overdrachten:indienen", "overdrachten:lezen"]


@part(185)
def systems(city: City) -> None:
    olga, ilse = city.people["olga"], city.people["ilse"]
    housing = actions.open_connection(
        actor=olga, name="Zaaksysteem Wonen", unit=city.units["wonen"], contact="functioneelbeheer@oefenstad.example", for_what=DESK
    )
    # Nobody knows its secret: who wants to try the API makes a token of their own.
    actions.issue_token(
        actor=ilse, connection=housing, secret=new_secret(), for_what=DESK, until=timezone.localdate() + timedelta(days=90)
    )
    actions.open_connection(
        actor=olga, name="Incassosysteem De Bron", unit=city.units["bron"], contact="it@debron.example", for_what=SENDER
    )
