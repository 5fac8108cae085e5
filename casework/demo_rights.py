"""What residents of the demo city ask about their data: one just came in, one is in hand."""

from datetime import timedelta

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .demo_people import as_owner
from .models import RightsRequest

Kind = RightsRequest.Kind


@part(119)
def what_residents_ask(city: City) -> None:
    """Through the actions, as the owner of the case and the handler would."""
    handler, today = city.people["lotte"], timezone.localdate()
    with as_owner(city.cases["samira"]) as (actor, members):
        actions.record_rights_request(
            actor=actor, case=city.cases["samira"], resident=members["main"].resident, kind=Kind.CORRECTION, how="desk",
            received_on=today, text="Er staat dat hij bij ons woont, en dat is niet meer zo", identity_how="known",
        )  # fmt: skip
    with as_owner(city.cases["rachida"]) as (actor, members):
        copy = actions.record_rights_request(
            actor=actor, case=city.cases["rachida"], resident=members["main"].resident, kind=Kind.COPY, how="desk",
            received_on=today - timedelta(days=24), text="Ik wil zien wat jullie allemaal van mij hebben", identity_how="document",
        )  # fmt: skip
    actions.take_rights_request(actor=handler, request=copy)
