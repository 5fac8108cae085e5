"""Systems of two desks, each with a token and an address, made through the actions."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from luisterloket.connections import actions
from luisterloket.connections.tokens import new_secret

EVENT = "nl.luisterloket.verzoek.verzonden"


def keep_connections(world: Any, keep: Callable[..., None]) -> None:
    city = world.city
    for relation, (key, lead) in {"mine": ("wonen", city.ilse), "other": ("schuldhulp", city.wim)}.items():
        found = actions.open_connection(
            actor=city.olga, name="Zaaksysteem", unit=city.unit(key), contact="beheer@zaken.example", for_what=["verzoeken:lezen"]
        )
        today = timezone.localdate()
        token = actions.issue_token(actor=lead, connection=found, secret=new_secret(), for_what=["verzoeken:lezen"], until=today)
        webhook = actions.add_webhook(actor=lead, connection=found, address="https://zaken.example/in", for_what=[EVENT])
        keep("connection", relation, pk=found.pk)
        keep("connection token", relation, pk=found.pk, token=token.pk)
        keep("connection address", relation, pk=found.pk, webhook=webhook.pk)
    for kind, name in {"connection token": "token", "connection address": "webhook"}.items():
        crossed = {"pk": world.things[kind]["mine"]["pk"], name: world.things[kind]["other"][name]}
        keep(kind, "crossed", **crossed)
