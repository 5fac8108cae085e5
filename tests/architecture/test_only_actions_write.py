"""Only actions change state: no other module of the house calls what writes, but for the few that are named with their reason."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = [
    "luisterloket/platform",
    "luisterloket/people",
    "luisterloket/wijken",
    "luisterloket/convenant",
    "luisterloket/connections",
    "casework",
    "backoffice",
    "wijkbegroting",
]
# The rooms of an app that are there to change something.
WRITING_ROOMS = {"actions", "migrations", "management"}
# What writes outside those, and why. A new module reads, unless it is named here.
WRITERS = {
    "luisterloket/platform/commands.py": "the key of a command and its result",
    "luisterloket/platform/drafts.py": "what someone was typing: theirs alone, and no state of anything",
    "luisterloket/platform/history.py": "record()",
    "luisterloket/platform/models.py": "put(), which every new row goes through",
    "luisterloket/platform/outbox.py": "emit()",
    "luisterloket/platform/postgres/base.py": "the connection itself",
    "luisterloket/platform/job_records.py": "that a job ran, and that one did not, as the jobs",
    "luisterloket/platform/delivery.py": "that an event was told or failed, and that something waits too long",
    "luisterloket/platform/mailing.py": "that a mail went out or failed",
    "luisterloket/platform/notifications.py": "notify(), as the jobs",
    "luisterloket/platform/upkeep.py": "clears what is only needed for a while, as the jobs",
    "luisterloket/platform/key_rotation.py": "the same text, sealed with another key",
    "luisterloket/people/key_rotation.py": "the same secret, sealed with another key",
    "luisterloket/people/locking.py": "the session, when it is locked",
    "luisterloket/people/models/accounts.py": "the manager that Django makes a first user with",
    "luisterloket/people/review_rounds.py": "opens, reminds of and flags the rounds of the yearly review, as a job",
    "luisterloket/convenant/breach_clock.py": "notes at which hour it warned, as a job",
    "luisterloket/convenant/demo.py": "reference data of the demo city",
    "luisterloket/convenant/access_log.py": "every look is kept, in one statement",
    "luisterloket/convenant/watching.py": "raises what is out of the ordinary, in a few statements of the jobs",
    "luisterloket/convenant/sealing.py": "the seals of the log, by the jobs, and dropping what is past its term, by the owner",
    "luisterloket/connections/events.py": "what is to be told, in one statement of the jobs",
    "luisterloket/connections/delivering.py": "that it was told or not, as the jobs",
    "casework/demo.py": "puts the time of what was heard back, and no action can do that",
    "casework/demo_conference.py": "puts an overleg in the past, and no action can do that",
    "casework/demo_contacts.py": "puts the time of what was heard back, and no action can do that",
    "casework/demo_erasing.py": "puts the end of a case back, and no action can do that",
    "casework/demo_handover.py": "puts a day back, and no action can do that",
    "casework/demo_people.py": "puts the time of what was heard back, and no action can do that",
    "casework/emergency_sweep.py": "flags a review that is late, in one statement of the jobs",
    "casework/groups.py": "reads, with a question that is named once",
    "casework/identity_numbers.py": "a function of the database that counts, and one that erases when the convenant's action says so",
    "casework/listing.py": "lists and reminds, in a few statements of the jobs",
    "casework/look_patterns.py": "reads, with a function of the database that is named once",
    "casework/matching.py": "reads, with SQL that is put together",
    "casework/search_keys.py": "the keys that someone is found by, which follow the row",
    "casework/demo_follow_ups.py": "puts the day of what was promised back, and no action can do that",
    "casework/rights_sweep.py": "flags a legal term that comes near or has passed, in one statement of the jobs",
    "casework/erasure_sweep.py": "lets the database propose and erase, and notes what is done, as the jobs",
    "casework/sweep.py": "flags what is late and wipes what was settled, each in one statement of the jobs",
    "backoffice/demo.py": "reference data of the demo city",
    "backoffice/demo_loop.py": "puts the day on which one asks whether it worked, and no action can do that",
    "backoffice/hand_in_sweep.py": "flags hand-ins and pauses, and wipes what was answered, each in one statement of the jobs",
    "backoffice/sweep.py": "flags every clock that ran out and moves up what still stands, each in one statement of the jobs",
    "wijkbegroting/ledger.py": "the one door of the ledger",
}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
    "add",
    "set",
    "remove",
    "clear",
    "put",
    "assign_perm",
    "remove_perm",
    "execute",
    "executemany",
}


def modules() -> list[Path]:
    """Every module that is there to read."""
    found = [
        path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if not _is_writing_room(path.relative_to(ROOT / app))
    ]
    return [path for path in found if str(path.relative_to(ROOT)) not in WRITERS]


def _is_writing_room(path: Path) -> bool:
    return path.parts[0].removesuffix(".py") in WRITING_ROOMS


def _writes_in(code: str, name: str) -> list[str]:
    tree = ast.parse(code)
    local = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and _is_plain(node.value)
    }
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id in local:
            continue
        if node.func.attr in {"update", "add", "set", "remove", "clear"} and not _looks_like_rows(owner):
            continue
        if node.func.attr == "execute" and _selects(node):
            continue
        found.append(f"{name}:{node.lineno} {ast.unparse(node.func)}")
    return found


def _is_plain(value: ast.AST | None) -> bool:
    """A set, dictionary or list made here."""
    return isinstance(value, ast.Dict | ast.Set | ast.List | ast.DictComp | ast.SetComp | ast.ListComp) or (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"set", "dict", "list"}
    )


def _looks_like_rows(owner: ast.AST) -> bool:
    text = ast.unparse(owner)
    return "objects" in text or "_set" in text or "filter(" in text


def _selects(node: ast.Call) -> bool:
    first = node.args[0] if node.args else None
    return isinstance(first, ast.Constant) and str(first.value).strip().upper().startswith("SELECT")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_this_module_only_reads(path: Path) -> None:
    assert _writes_in(path.read_text(), str(path.relative_to(ROOT))) == []


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_named_as_a_writer_still_writes(name: str) -> None:
    assert _writes_in((ROOT / name).read_text(), name)


def test_the_reader_sees_a_write() -> None:
    """The check itself can fail."""
    sample = (
        "def page(user):\n    user.save()\n    names = set()\n    names.add(1)\n    Case.objects.filter(pk=1).update(owner=user)\n"
    )
    assert [line.split(" ", 1)[1] for line in _writes_in(sample, "views.py")] == ["user.save", "Case.objects.filter(pk=1).update"]
