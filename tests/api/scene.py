"""Systems of desks with a token, and how they ask."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from luisterloket.connections import actions
from luisterloket.connections.models import ApiToken, Connection
from luisterloket.connections.tokens import new_secret
from tests.city import TestCity

READS, HANDLES = "verzoeken:lezen", "verzoeken:behandelen"
LEADS = {"wonen": "ilse", "schuldhulp": "wim", "bron": "sanne"}
V1 = "/api/v1"


def a_connection(
    city: TestCity, at: str = "wonen", scopes: tuple[str, ...] = (READS, HANDLES), name: str = "Zaaksysteem"
) -> Connection:
    return actions.open_connection(
        actor=city.olga, name=name, unit=city.unit(at), contact="beheer@zaaksysteem.example", for_what=list(scopes)
    )


class System:
    """A partner's system with a token: it asks as any program would."""

    def __init__(self, city: TestCity, at: str = "wonen", scopes: tuple[str, ...] = (READS, HANDLES), name: str = "Zaaksysteem"):
        self.connection = a_connection(city, at, scopes, name)
        self.user = self.connection.user
        self.secret = new_secret()
        self.token: ApiToken = actions.issue_token(
            actor=getattr(city, LEADS[at]), connection=self.connection, secret=self.secret, for_what=list(scopes),
            until=timezone.localdate() + timedelta(days=30),
        )  # fmt: skip
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(V1 + path, headers={"Authorization": f"Bearer {self.secret}", **headers})

    def post(self, path: str, sent: Any = None, key: str | None = "", **headers: str) -> Any:
        """With a fresh key; `key=None` sends none."""
        own = {} if key is None else {"Idempotency-Key": key or str(uuid4())}
        return self.client.post(
            V1 + path, json.dumps(sent if sent is not None else {}), content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **own, **headers},
        )  # fmt: skip
