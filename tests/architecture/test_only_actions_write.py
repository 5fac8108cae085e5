"""Only actions change state: no other room of the house calls what writes."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = [
    "luisterloket/platform",
    "luisterloket/people",
    "luisterloket/wijken",
    "luisterloket/convenant",
    "casework",
    "backoffice",
    "wijkbegroting",
]
READING_ROOMS = (
    "views",
    "api",
    "forms",
    "selectors",
    "panels",
    "permissions",
    "disclosures",
    "contacts",
    "contact_disclosures",
    "contact_panels",
    "meldcode",
    "meldcode_disclosures",
    "meldcode_panels",
    "money",
    "money_disclosures",
    "money_panels",
    "signs",
    "summary",
    "threats",
    "context_processors",
    "middleware",
)
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


def rooms() -> list[Path]:
    found = []
    for app in APPS:
        for room in READING_ROOMS:
            found += [path for path in [ROOT / app / f"{room}.py", *(ROOT / app / room).glob("*.py")] if path.exists()]
    return found


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


@pytest.mark.parametrize("path", rooms(), ids=lambda path: str(path.relative_to(ROOT)))
def test_this_room_only_reads(path: Path) -> None:
    assert _writes_in(path.read_text(), str(path.relative_to(ROOT))) == []


def test_the_reader_sees_a_write() -> None:
    """The check itself can fail."""
    sample = (
        "def page(user):\n    user.save()\n    names = set()\n    names.add(1)\n    Case.objects.filter(pk=1).update(owner=user)\n"
    )
    assert [line.split(" ", 1)[1] for line in _writes_in(sample, "views.py")] == ["user.save", "Case.objects.filter(pk=1).update"]
