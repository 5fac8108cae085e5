"""What the application would let through by a mistake, the database still refuses: every page again, with nobody checking who asks."""

import random
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from luisterloket.convenant import disclosure
from luisterloket.convenant.disclosure import Allowed, Standing
from luisterloket.convenant.models import ConvenantVersion, DataCategory
from tests import writes

from .matrix import MATRIX, SIGNED_IN, Row
from .world import SECRET, World

# With nobody checking, these still reach the rows: their unit or their part in the case is what the database knows.
REACHES: dict[str, set[str]] = {
    "mine": {"wijkwerker", "coordinator", "buddy"},
    "team": {"wijkwerker", "coordinator"},
    "routed": {"wijkwerker", "coordinator", "specialist", "desk_lead"},
    "other": set(),
}
# Who has a seat at a table reads what is written there.
SEATED = {"specialist", "participant"}
# Reach the requests of their own desk.
AT_THE_DESK = {"specialist", "desk_lead"}
# Reaches what their own unit handed in.
HANDED_IN = {"reporter"}
# Reaches every case of who asked something about their data, while it is in hand: tests/casework/test_rights.py.
HANDLES = {"rights_handler"}
# Of these the relation says who opened or reported it, and not whose case it is; who supervises reads them.
OF_SUPERVISION = {"emergency", "breach"}
PAGES = [row for row in MATRIX if row.method == "GET" and row.of and not row.public and row.of not in OF_SUPERVISION]
DRAWN = 2


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    found = {role: Client(raise_request_exception=False) for role in SIGNED_IN}
    for role, user in world.people.items():
        with writes.allowed():
            found[role].force_login(user)
    return found


@pytest.fixture
def nobody_checks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """`visible_to` shows everything, every ground holds, and every category is for everyone."""
    for model in apps.get_models():
        queryset = type(model._default_manager.all())
        for name in ("visible_to", "open_to", "at_desks_of", "worked_on_by"):
            if hasattr(queryset, name):
                monkeypatch.setattr(queryset, name, lambda self, user: self)
    version = ConvenantVersion.in_force()
    assert version is not None
    everything = {code: Allowed(code, "contribute", "", version.pk) for code in DataCategory.objects.values_list("code", flat=True)}
    monkeypatch.setattr(disclosure, "authorised", lambda *asked: everything)
    monkeypatch.setattr(disclosure, "_narrowings", [])
    monkeypatch.setattr(disclosure, "standing_on", lambda ground, actor, scope: Standing(actor.posts, scope.case_id))


def told(world: World, browsers: dict[str, Client], row: Row, outsiders: list[tuple[str, str]]) -> Iterator[str]:
    """Which of these still read something of the story."""
    for role, relation in outsiders:
        ids = dict(world.ids(row.of, relation))
        data = {row.in_data: str(ids.pop(row.in_data))} if row.in_data else {}
        with transaction.atomic():
            response = browsers[role].get(reverse(row.name, kwargs={**ids, **row.extra}) + row.query, data)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        if SECRET.encode() in body.lower():
            yield f"{role}, {relation}"


def outsiders_of(world: World, row: Row) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for relation in set(world.relations(row.of)) & set(REACHES):
        seated = SEATED if relation == "mine" and "conference" in row.of else set()
        handed_in = HANDED_IN if relation == "mine" and row.of == "hand-in" else set()
        at_desk = AT_THE_DESK if relation == "mine" and row.of == "desk" else set()
        found += [(role, relation) for role in SIGNED_IN - REACHES[relation] - seated - at_desk - handed_in - HANDLES]
    return sorted(found)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.label)
@pytest.mark.usefixtures("nobody_checks")
def test_the_database_refuses_what_the_application_forgot(world: World, browsers: dict[str, Client], row: Row) -> None:
    outsiders = outsiders_of(world, row)
    drawn = random.Random(row.label).sample(outsiders, min(DRAWN, len(outsiders)))  # noqa: S311
    assert list(told(world, browsers, row, drawn)) == []


@pytest.mark.proof
@pytest.mark.usefixtures("nobody_checks")
def test_the_database_refuses_everyone_what_the_application_forgot(world: World, browsers: dict[str, Client]) -> None:
    found, asked = [], 0
    for row in PAGES:
        outsiders = outsiders_of(world, row)
        asked += len(outsiders)
        found += [f"{row.label}: {who}" for who in told(world, browsers, row, outsiders)]
    print(f"{asked} pages asked with nobody checking but the database: {len(PAGES)} addresses")  # noqa: T201
    assert found == []


@pytest.mark.usefixtures("nobody_checks")
def test_with_nobody_checking_a_colleague_of_the_wijk_would_read_it(world: World, browsers: dict[str, Client]) -> None:
    """So the checks are really off here."""
    row = next(row for row in PAGES if row.name == "casework:case")
    assert list(told(world, browsers, row, [("wijkwerker", "team")])) == ["wijkwerker, team"]
