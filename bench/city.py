"""A deterministic city of any size in a scratch database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid5

import psycopg2
from psycopg2.extras import execute_values, register_uuid

ROOT = Path(__file__).resolve().parent.parent
NAME = "luisterloket_bench"
SEED = UUID("5a1e0000-0000-4000-8000-000000000518")
# One case in so many is Marit's; the others are of her colleagues.
MARIT = 100


@contextmanager
def scratch() -> Iterator[Any]:
    """A database with the base city; gives a connection as its owner. Dropped afterwards."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    server = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
    server.autocommit = True
    address = urlunsplit(parts._replace(path=f"/{NAME}"))
    with server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{NAME}"')
    for step in (["migrate", "-v0"], ["base_city"]):
        owner = {**os.environ, "DATABASE_URL": address, "DATABASE_ROLE": ""}
        subprocess.run([sys.executable, "-m", "tests.manage", *step], cwd=ROOT, env=owner, check=True)
    os.environ["DATABASE_URL"] = address
    register_uuid()
    owner_connection = psycopg2.connect(address)
    owner_connection.autocommit = True
    try:
        yield owner_connection
    finally:
        owner_connection.close()
        with server.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        server.close()


def fill(owner: Any, size: int) -> None:
    """Cases with a resident each, and a request each at Desk Wonen, of which four in ten are overdue."""
    from luisterloket.platform.encryption import encrypt

    with owner.cursor() as cursor:
        cursor.execute("SELECT split_part(email, '@', 1), id FROM people_user")
        people = dict(cursor.fetchall())
        cursor.execute("SELECT name, id FROM people_unit")
        units = dict(cursor.fetchall())
        cursor.execute("SELECT id FROM convenant_convenantversion")
        version = cursor.fetchone()[0]
    wijk, desk = units["Luisterloket Schilderswijk"], units["Desk Wonen en opvang"]
    others = [people["bram"], people["hakan"]]
    for start in range(0, size, 10_000):
        rows = range(start, min(size, start + 10_000))
        ids = [(uuid5(SEED, f"case {n}"), uuid5(SEED, f"resident {n}"), uuid5(SEED, f"request {n}")) for n in rows]
        owners = [people["marit"] if n % MARIT == 0 else others[n % 2] for n in rows]
        with owner.cursor() as cursor:
            execute_values(
                cursor,
                "INSERT INTO casework_case (id, unit_id, owner_id, opened_at, last_activity_at) VALUES %s",
                [(case, wijk, who, n) for (case, _, _), who, n in zip(ids, owners, rows, strict=True)],
                "(%s, %s, %s, now(), now() - make_interval(mins => %s))",
            )
            execute_values(
                cursor,
                "INSERT INTO casework_resident (id, unit_id, name, known_as, born, phone, address, language, created_at) VALUES %s",
                [
                    (
                        resident,
                        wijk,
                        *(encrypt(text, f"casework.resident.{field}:{resident}") for field, text in _texts(n)),
                    )
                    for (_, resident, _), n in zip(ids, rows, strict=True)
                ],
                "(%s, %s, %s, %s, %s, %s, %s, '', now())",
            )
            execute_values(
                cursor,
                "INSERT INTO casework_casemember (id, case_id, resident_id, unit_id, part) VALUES %s",
                [(uuid5(case, "member"), case, resident, wijk) for case, resident, _ in ids],
                "(%s, %s, %s, %s, 'main')",
            )
            execute_values(
                cursor,
                "INSERT INTO casework_involvement (id, case_id, user_id, unit_id, kind, reason, explanation, since) VALUES %s",
                [(uuid5(case, "owner"), case, who, wijk) for (case, _, _), who in zip(ids, owners, strict=True)],
                "(%s, %s, %s, %s, 'owner', '', '', now())",
            )
            execute_values(
                cursor,
                "INSERT INTO backoffice_specialistrequest (id, unit_id, desk_unit_id, case_id, asked_by_id, status, urgency, title,"
                " question, purpose_id, convenant_version_id, subjects, sent_at, clock, due_at, answer_due_at, result, answer,"
                " next_step, told_how, outcome, outcome_note) VALUES %s",
                [
                    (
                        request,
                        wijk,
                        desk,
                        case,
                        who,
                        encrypt(f"Vraag {n}", f"backoffice.specialistrequest.title:{request}"),
                        version,
                        [resident],
                        (n % 10 - 4) * 60 + 30,
                    )
                    for (case, resident, request), who, n in zip(ids, owners, rows, strict=True)
                ],
                "(%s, %s, %s, %s, %s, 'sent', 'normal', %s, '', 'shelter', %s, %s::uuid[], now(), 'pick_up',"
                " now() + make_interval(mins => %s), now() + interval '3 days', '', '', '', '', '', '')",
            )
            cursor.execute(
                "INSERT INTO backoffice_requestgrouppermission (content_object_id, permission_id, group_id)"
                " SELECT r.id, p.id, u.group_id FROM backoffice_specialistrequest r JOIN people_unit u ON u.id = r.desk_unit_id"
                " JOIN auth_permission p ON p.codename = 'open_request' WHERE r.id = ANY(%s)",
                [[request for _, _, request in ids]],
            )
    with owner.cursor() as cursor:
        cursor.execute("ANALYZE")


def _texts(n: int) -> list[tuple[str, str]]:
    return [("name", f"Inwoner {n}"), ("known_as", ""), ("born", str(1940 + n % 60)), ("phone", ""), ("address", "")]
