"""Finding a resident by what someone types: the step that asks the keys, beside a page of SQL and beside one bare equality."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from casework import matching, search_keys
from casework.models import Resident, SearchKey
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.acting import acting

from .measures import Line, beside, statements

# A page of the wijk as lean as SQL can be: the measure of all lists.
PAGE = """
SELECT c.id, c.last_activity_at, u.name, r.id, r.name, r.born FROM casework_case c
JOIN casework_casemember m ON m.case_id = c.id AND m.part = 'main'
JOIN casework_resident r ON r.id = m.resident_id
JOIN people_user u ON u.id = c.owner_id
WHERE c.unit_id = $1 ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 25
"""
EQUALITY = "SELECT resident_id FROM casework_searchkey WHERE unit_id = $1 AND kind = $2 AND key = $3"


def measure(bare: Any) -> list[Line]:
    """`bare` is a cursor of psycopg2 that no wall slows down. What Django does here passes the wall, and counts that too."""
    marit = User.objects.get(email="marit@oefenstad.example")
    units = marit.units_with(Permission.LISTEN)
    bare.execute("SET random_page_cost = 1.1")
    bare.execute(f"PREPARE wijk (uuid) AS {PAGE}")
    bare.execute(f"PREPARE one_key (uuid, text, text) AS {EQUALITY}")
    someone = _someone(marit, units[0])
    born = dict(search_keys.parse(someone.born).facts)[SearchKey.Kind.BORN]

    def page() -> None:
        bare.execute("EXECUTE wijk (%s)", [units[0]])
        bare.fetchall()

    def equality() -> None:
        bare.execute("EXECUTE one_key (%s, 'born', %s)", [units[0], born])
        bare.fetchall()

    # Each must find somebody.
    name, typo, exact = (_find(marit, units, text) for text in (someone.name, _slip(someone.name), someone.born))
    page_ms, equal_ms, name_ms, typo_ms, exact_ms = beside(page, equality, name, typo, exact)
    return [
        _line("search.name / raw page", name, name_ms, page_ms, 2.0),
        _line("search.typo / raw page", typo, typo_ms, page_ms, 15.0),
        _line("search.exact / raw page", exact, exact_ms, page_ms, 2.0),
        _line("search.exact / one equality", exact, exact_ms, equal_ms, 10.0),
    ]


def _line(bench: str, run: Callable[[], None], measured: float, floor: float, goal: float) -> Line:
    queries, trips = statements(run)
    return Line(bench, measured / floor, goal, floor, measured, queries, round_trips=trips)


def _someone(marit: User, unit: UUID) -> Resident:
    """Somebody of the wijk with a long name."""
    with acting(marit.acting):
        return max(Resident.objects.filter(unit=unit).order_by("pk")[:20], key=lambda one: len(one.name))


def _slip(name: str) -> str:
    """Two letters of the last word in the wrong order, so that it neither begins nor sounds as it should."""
    *before, last = name.split()
    swapped = (last[:at] + last[at + 1] + last[at] + last[at + 2 :] for at in range(2, len(last) - 1))
    heard = search_keys.sound(last.casefold())
    return " ".join([*before, next(one for one in swapped if not search_keys.sound(one.casefold()).startswith(heard))])


def _find(user: User, units: tuple[UUID, ...], text: str) -> Callable[[], None]:
    def run() -> None:
        with acting(user.acting):
            hits, _many = matching.find(units, search_keys.parse(text))
        if not hits:
            raise SystemExit(f"Nobody was found in the city of this size under {text!r}.")

    return run
