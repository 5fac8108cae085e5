"""A city of any size, the same each time: the base city, with as many wijken, colleagues, cases and requests as asked.

Names and titles are encrypted as the application does it, each bound to its own row.
"""

import hashlib
import io
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from backoffice.models import Desk
from casework import search_keys
from casework.models import Resident
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.people.models import Appointment, Unit, User
from luisterloket.platform import demo
from luisterloket.platform.encryption import encrypt
from luisterloket.wijken.models import WayOfWorking, Wijk

WIJKEN = 48
# In a wijk work at least so many, and more where there are more cases than that for each.
COLLEAGUES, CASES_EACH = 6, 333
BATCH = 10_000
# Of every hundred requests so many are late.
LATE = 40
# When what is late goes up: after any run.
STEPS = (30, 40, 50)
# Marit has the first of her wijk, so that her list is full in a small city too.
OF_MARIT = 60
FIRST = (
    "Aisha", "Bo", "Cem", "Daan", "Esra", "Fenna", "Gijs", "Hatice", "Ilias", "Joke", "Kees", "Lina", "Mo", "Nel", "Omar",
    "Pia", "Quinten", "Rachida", "Sanne", "Tariq", "Ugur", "Vera", "Wim", "Xena", "Yusuf", "Zoë", "Bram", "Dunya", "Ewout",
    "Farid",
)  # fmt: skip
LAST = (
    "de Wit", "Bakker", "van Dijk", "Yılmaz", "El Amrani", "Visser", "Smit", "Ramdin", "Pinas", "Mulder", "Bos", "Kaya",
    "Vos", "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "de Graaf", "van der Linden", "Kuipers", "Post",
    "Vermeer", "van den Berg", "Jacobs", "Çelik", "Şahin", "Aydın", "Öztürk", "Bouzid", "El Idrissi", "Benali", "Chaouch",
    "Nowak", "Kowalska", "Wiśniewski", "Ivanova", "Petrov", "Mohamed", "Abdi", "Warsame", "Tesfaye", "Habte", "Silva",
    "da Costa", "Martina", "Wever", "Chin", "Soekarno", "Tahitu", "Nguyen", "Wong", "Singh", "Kisoensingh", "Janssen",
)  # fmt: skip

# Three in five have a longer name, so that names are alike as often as among people, and no more.
SYLLABLES = ("ba", "den", "ga", "ker", "lo", "man", "ne", "oui", "pel", "ri", "stra", "ta", "va", "wen", "za", "ink")


# Columns that the rows below leave out are empty, as in a row from before the column was there.
EMPTY_UNLESS_FILLED = """
DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT table_name, column_name, data_type FROM information_schema.columns
             WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND table_name = ANY (%s)
               AND data_type IN ('bytea', 'boolean', 'character varying', 'integer', 'jsonb') LOOP
    EXECUTE format('ALTER TABLE %%I ALTER COLUMN %%I SET DEFAULT %%L', one.table_name, one.column_name,
      CASE one.data_type WHEN 'boolean' THEN 'false' WHEN 'integer' THEN '0' WHEN 'jsonb' THEN '{}' ELSE '' END);
  END LOOP;
END $$;
"""


def build_base() -> None:
    """The tables and the people that every city has, as the owner."""
    call_command("migrate", verbosity=0)
    demo.build(stories=False)


def fill(owner: Any, size: int) -> int:
    """Cases with a resident, their people and one request each; gives how many of the requests are late."""
    people = _wijken(max(COLLEAGUES, size // WIJKEN // CASES_EACH))
    marits = next(unit for unit, there in people if there[0].email.startswith("marit@"))
    desks = list(Desk.objects.order_by("order").values_list("unit_id", "purpose_id"))
    version = ConvenantVersion.objects.values_list("pk", flat=True).get()
    now = timezone.now()
    owner.execute(EMPTY_UNLESS_FILLED, [[table for table, _columns, _values in TABLES]])
    for start in range(0, size, BATCH):
        rows = [_row(number, people, marits, desks, version, now) for number in range(start, min(size, start + BATCH))]
        # Together: a case without its next contact is none that the database keeps.
        owner.execute("BEGIN")
        for table, columns, values in TABLES:
            _copy(owner, table, columns, map(values, rows))
        owner.execute("COMMIT")
        _keys(owner, rows)
    owner.execute(
        "INSERT INTO backoffice_requestgrouppermission (content_object_id, permission_id, group_id)"
        " SELECT r.id, p.id, u.group_id FROM backoffice_specialistrequest r JOIN people_unit u ON u.id = r.desk_unit_id"
        " JOIN auth_permission p ON p.codename = 'open_request'"
    )
    owner.execute("VACUUM ANALYZE")
    return sum(number % 100 < LATE for number in range(size))


def key(kind: str, number: int) -> UUID:
    return UUID(bytes=hashlib.sha256(f"{kind} {number}".encode()).digest()[:16], version=4)


def _wijken(colleagues: int) -> list[tuple[UUID, list[User]]]:
    """The teams with who works there: those of the base city, and more until there are enough."""
    teams = list(Unit.objects.filter(kind="wijkteam").order_by("name"))
    since = date(2026, 1, 1)
    for number in range(len(teams), WIJKEN):
        wijk = Wijk.objects.create(name=f"Wijk {number}", city="Oefenstad")
        WayOfWorking.objects.create(wijk=wijk, version=1, starts_on=since)
        group = Group.objects.create(name=f"Wijk {number}")
        teams.append(
            Unit.objects.create(kind="wijkteam", name=f"Loket {number}", organisation=teams[0].organisation, wijk=wijk, group=group)
        )
    found = []
    for place, team in enumerate(teams):
        posts = Appointment.objects.filter(unit=team, role__in=["wijkwerker", "coordinator"]).select_related("user")
        there = sorted((post.user for post in posts), key=lambda user: (not user.email.startswith("marit@"), user.email))
        new = [
            User(email=f"wijk{place}.{one}@oefenstad.example", name=f"Collega {place}.{one}", password="!")  # noqa: S106
            for one in range(len(there), colleagues)
        ]
        User.objects.bulk_create(new)
        Appointment.objects.bulk_create(Appointment(user=user, unit=team, role="wijkwerker", since=since) for user in new)
        found.append((team.pk, there + new))
    return found


def _row(number: int, people: list, marits: UUID, desks: list, version: UUID, now: Any) -> dict[str, Any]:
    unit, there = people[number % len(people)]
    turn = number // len(people)
    # Marit is the first of hers.
    who = there[0 if unit == marits and turn < OF_MARIT else turn % len(there)]
    desk, purpose = desks[turn % len(desks)]
    # An hour is late enough, and a day is early enough, for the length of any run.
    due = now - timedelta(minutes=60 + number % 5000) if number % 100 < LATE else now + timedelta(days=1, minutes=number % 20_000)
    return {
        "number": number, "unit": unit, "who": who.pk, "desk": desk, "purpose": purpose, "version": version, "due": due, "now": now,
        "active": now - timedelta(minutes=number * 7919 % 500_000), "case": key("case", number),
        "resident": key("resident", number), "request": key("request", number),
    }  # fmt: skip


def _texts(row: dict[str, Any]) -> dict[str, str]:
    number = row["number"]
    first, last, one, two, often, early, late, *_ = key("name", number).bytes
    # Spread over eighty years, as people are: few of a wijk share a day.
    born = date(1940, 1, 1) + timedelta(days=(early * 256 + late) % (80 * 365))
    name = f"{FIRST[first % len(FIRST)]} {LAST[last % len(LAST)]}"
    if often % 5 < 3:
        name += SYLLABLES[one % len(SYLLABLES)] + SYLLABLES[two % len(SYLLABLES)]
    return {"name": name, "known_as": "", "born": born.isoformat(),
            "phone": f"06 {number:08}", "address": f"Straat {number}, {1000 + number % 9000} AB"}  # fmt: skip


def _keys(owner: Any, rows: list[dict[str, Any]]) -> None:
    """The keys that the application makes of each, by its own rule."""
    found = (
        (row["resident"], row["unit"], str(kind), key)
        for row in rows
        for kind, key in search_keys.keys_in_the_open(Resident(id=row["resident"], unit_id=row["unit"], **_texts(row)))
    )
    _copy(owner, "casework_searchkey", "resident_id, unit_id, kind, key", found)


def _resident(row: dict[str, Any]) -> tuple:
    texts = _texts(row)
    sealed = (encrypt(text, f"casework.resident.{field}:{row['resident']}") for field, text in texts.items())
    return (row["resident"], row["unit"], *sealed, "", row["active"])


def _request(row: dict[str, Any]) -> tuple:
    texts = {"title": f"Vraag {row['number']}", "question": "Kan dit gezin deze week terecht, en wat moet het daarvoor doen?",
             "answer": "", "next_step": "", "outcome_note": ""}  # fmt: skip
    sealed = (encrypt(text, f"backoffice.specialistrequest.{field}:{row['request']}") for field, text in texts.items())
    return (
        row["request"], row["unit"], row["desk"], row["case"], row["who"], "sent", "normal", *sealed, row["purpose"],
        row["version"], [row["resident"]], row["active"], "pick_up", row["due"], row["due"], row["due"] + timedelta(days=3),
        "", "", "",
        row["due"], [row["due"] + timedelta(days=days) for days in STEPS],
    )  # fmt: skip


REQUEST_COLUMNS = (
    "id, unit_id, desk_unit_id, case_id, asked_by_id, status, urgency, title, question, answer, next_step, outcome_note,"
    " purpose_id, convenant_version_id, subjects, sent_at, clock, due_at, pick_up_due_at, answer_due_at, result, told_how, outcome,"
    " flag_at, rungs"
)
TABLES: list[tuple[str, str, Callable[[dict[str, Any]], tuple]]] = [
    (
        "casework_case",
        "id, unit_id, owner_id, status, opened_at, last_activity_at",
        lambda row: (row["case"], row["unit"], row["who"], "active", row["active"], row["active"]),
    ),
    ("casework_resident", "id, unit_id, name, known_as, born, phone, address, language, created_at", _resident),
    (
        "casework_casemember",
        "id, case_id, resident_id, unit_id, part",
        lambda row: (key("member", row["number"]), row["case"], row["resident"], row["unit"], "main"),
    ),
    (
        "casework_involvement",
        "id, case_id, user_id, unit_id, kind, reason, explanation, since",
        lambda row: (key("part", row["number"]), row["case"], row["who"], row["unit"], "owner", "", _nothing(row), row["active"]),
    ),
    (
        "casework_followup",
        "id, case_id, unit_id, kind, who_id, due_on, late_on, step, made_at",
        lambda row: (
            key("next", row["number"]),
            row["case"],
            row["unit"],
            "check_in",
            row["who"],
            row["due"].date() + timedelta(days=20),
            row["due"].date() + timedelta(days=25),
            0,
            row["active"],
        ),
    ),
    (
        "backoffice_specialistrequest",
        REQUEST_COLUMNS,
        _request,
    ),
]


def _nothing(row: dict[str, Any]) -> bytes:
    return encrypt("", f"casework.involvement.explanation:{row['case']}")


def _copy(owner: Any, table: str, columns: str, rows: Iterable[tuple]) -> None:
    text = "\n".join("\t".join(map(_as_text, row)) for row in rows)
    owner.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO(text + "\n"))


def _as_text(value: Any) -> str:
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return str(value)
