"""What the access log costs a page: the same page with its look kept in both logs, and without, in turn in the same run."""

from typing import Any

from django.test import Client
from django.urls import reverse

from casework.models import Case
from luisterloket.convenant import disclosure
from luisterloket.people.models import User
from luisterloket.platform.acting import acting

from .measures import Line, beside, statements

# Of the page; issue 5 asks it.
GOAL = 1.10
ROUNDS = 200


def measure() -> list[Line]:
    """The page of one case, and the list of twenty-five with a line for each resident."""
    marit = User.objects.get(email="marit@oefenstad.example")
    with acting(marit.acting):
        case = Case.objects.visible_to(marit).order_by("pk").values_list("pk", flat=True)[0]
    return [
        _beside_itself("case.page, logged / not", marit, reverse("casework:case", args=[case])),
        _beside_itself("cases.page, logged / not", marit, reverse("casework:residents")),
    ]


def _beside_itself(name: str, user: User, address: str) -> Line:
    client = Client()
    client.force_login(user)

    def get() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}.")

    def unlogged() -> None:
        kept, disclosure.keep_look = disclosure.keep_look, _nothing
        try:
            get()
        finally:
            disclosure.keep_look = kept

    get()
    queries, trips = statements(get)
    if statements(unlogged)[0] >= queries:
        raise SystemExit(f"{address} keeps no look: this does not measure what it says.")
    floor, measured = beside(unlogged, get, rounds=ROUNDS)
    return Line(name, measured / floor, GOAL, floor, measured, queries, round_trips=trips)


def _nothing(**_details: Any) -> None:
    """In place of keeping the look."""
