"""What is looked at has words in the log, which a resident reads as well."""

import ast
from pathlib import Path

from luisterloket.convenant.looks import WHERE

ROOT = Path(__file__).parents[2]
LOOKS = {"disclose", "log_look", "log_answer", "refuse", "keep_look"}


def test_every_look_is_told_in_words():
    told = set()
    for module in (
        path for app in ("luisterloket", "casework", "backoffice", "wijkbegroting") for path in (ROOT / app).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in LOOKS:
                told |= {
                    one.value.value
                    for one in node.keywords
                    if one.arg == "what" and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str)
                }
    assert told - set(WHERE) == set()
    assert len(told) > 30
