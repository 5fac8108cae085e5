"""The pages that are opened most, as a browser asks for them, beside their SQL and beside a lean page of the same rows."""

from typing import Any
from uuid import UUID

from django.template import Context, Engine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backoffice.models import Desk
from casework.selectors import born_in_words
from luisterloket.people.models import User
from luisterloket.platform.encryption import decrypt
from luisterloket.platform.today import FIRST_SCREEN

from .measures import Line, beside, statements

ROWS = 25
# The page is cut off before anything is joined to it.
CASES = """
WITH page AS MATERIALIZED (
  SELECT c.id, c.last_activity_at, c.owner_id FROM casework_involvement i JOIN casework_case c ON c.id = i.case_id
  WHERE i.user_id = $1 AND i.until IS NULL ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 26
)
SELECT c.id, c.last_activity_at, u.name, r.id, r.name, r.born FROM page c
JOIN casework_casemember m ON m.case_id = c.id AND m.part = 'main'
JOIN casework_resident r ON r.id = m.resident_id
JOIN people_user u ON u.id = c.owner_id
ORDER BY c.last_activity_at DESC, c.id DESC
"""
QUEUE = """
SELECT q.id, q.title, q.due_at, q.status, q.urgency, q.sent_at, asker.name, mine.name, w.name
FROM backoffice_specialistrequest q
JOIN people_user asker ON asker.id = q.asked_by_id
LEFT JOIN people_user mine ON mine.id = q.assigned_to_id
JOIN people_unit u ON u.id = q.unit_id
JOIN wijken_wijk w ON w.id = u.wijk_id
WHERE q.desk_unit_id = $1 AND q.status IN ('sent', 'taken_up', 'asked_back')
ORDER BY CASE WHEN q.status = 'asked_back' THEN 2 WHEN q.urgency = 'today' THEN 0 ELSE 1 END, q.due_at, q.id LIMIT 26
"""
TODAY = """
SELECT q.id, q.title, q.due_at, q.status, u.name, r.id, r.name
FROM backoffice_specialistrequest q
JOIN people_unit u ON u.id = q.desk_unit_id
JOIN casework_casemember m ON m.case_id = q.case_id AND m.part = 'main'
JOIN casework_resident r ON r.id = m.resident_id
WHERE q.asked_by_id = $1 AND q.status IN ('answered', 'asked_back')
ORDER BY q.due_at, q.id LIMIT 7
"""
# Some desks have a question for her, none of them late.
ANSWERS = """
UPDATE backoffice_specialistrequest SET status = 'asked_back', clock = 'reply' WHERE id IN (
  SELECT id FROM backoffice_specialistrequest WHERE asked_by_id = %s AND due_at > now() ORDER BY id LIMIT 12)
"""
LEAN = Engine(autoescape=True).from_string(
    "<table>{% for url, name, born, owner, at in rows %}<tr><th><a href='{{ url }}'>{{ name }}</a> {{ born }}</th>"
    "<td>{{ owner }}</td><td>{{ at }}</td></tr>{% endfor %}</table>"
)


def measure(bare: Any) -> list[Line]:
    """`bare` is a cursor of psycopg2 that no wall slows down: a floor without row-level security is the hardest to come near."""
    # By default the planner takes these tables for too far away to look things up in, and reads all cases for one page: a floor
    # of 15 ms at 200,000 cases instead of 0.6. A slow floor flatters what stands on it.
    bare.execute("SET random_page_cost = 1.1")
    return [*_cases(bare), _queue(bare), _today(bare)]


def _cases(bare: Any) -> list[Line]:
    marit = User.objects.get(email="marit@oefenstad.example")
    page = _page(marit, reverse("casework:residents"), "/casussen/")
    raw = _prepared(bare, "cases", CASES, marit.pk)
    if len(raw()) <= ROWS:
        raise SystemExit("The list is not full: this size is too small to measure.")
    queries, trips = statements(page)
    floor, lean, measured = beside(raw, lambda: _lean(raw()), page)
    return [
        Line("cases.page / raw SQL", measured / floor, 8.0, floor, measured, queries, round_trips=trips),
        Line("cases.page / lean floor", measured / lean, 2.2, lean, measured, queries, round_trips=trips),
    ]


def _queue(bare: Any) -> Line:
    joost = User.objects.get(email="joost@oefenstad.example")
    desk = Desk.objects.get(unit__name="Desk Wonen en opvang")
    page = _page(joost, reverse("backoffice:queue", args=[desk.pk]), "/verzoeken/")
    raw = _prepared(bare, "queue", QUEUE, desk.unit_id)
    queries, trips = statements(page)
    floor, measured = beside(raw, page)
    return Line("queue.page / raw SQL", measured / floor, 8.0, floor, measured, queries, round_trips=trips)


def _today(bare: Any) -> Line:
    """Vandaag of someone with a full list: the seven on its first screen."""
    marit = User.objects.get(email="marit@oefenstad.example")
    bare.execute(ANSWERS, [marit.pk])
    page = _page(marit, reverse("today"), "/verzoeken/", rows=FIRST_SCREEN)
    raw = _prepared(bare, "today", TODAY, marit.pk)
    queries, trips = statements(page)
    floor, measured = beside(raw, page)
    return Line("today.page / raw SQL", measured / floor, 8.0, floor, measured, queries, round_trips=trips)


def _page(user: User, address: str, link: str, *, rows: int = ROWS) -> Any:
    client = Client()
    client.force_login(user)

    def get() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}.")

    get()
    shown = client.get(address).content.decode().count(link)
    if shown < rows:
        raise SystemExit(f"{address} shows {shown} rows, not {rows}.")
    return get


def _prepared(bare: Any, name: str, sql: str, value: UUID) -> Any:
    bare.execute(f"PREPARE {name} (uuid) AS {sql}")

    def run() -> list[tuple]:
        bare.execute(f"EXECUTE {name} (%s)", [value])
        return bare.fetchall()

    return run


def _lean(found: list[tuple]) -> str:
    """The same rows as text, with nothing around them: what no page can do without."""
    here = timezone.get_current_timezone()
    rows = [
        (
            f"/casussen/{case}/",
            decrypt(bytes(name), f"casework.resident.name:{resident}"),
            born_in_words(decrypt(bytes(born), f"casework.resident.born:{resident}")),
            owner,
            at.astimezone(here).strftime("%d-%m-%Y %H:%M"),
        )
        for case, at, owner, resident, name, born in found[:ROWS]
    ]
    return LEAN.render(Context({"rows": rows}))
