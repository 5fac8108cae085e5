"""The convenant that one can begin with: a file of the format, that ships with the software."""

from pathlib import Path

STARTER = Path(__file__).parent / "starter.json"


def starter() -> str:
    """The text of the starter. Its parties are kinds of organisations, to be filled in with one's own."""
    return STARTER.read_text(encoding="utf-8")
