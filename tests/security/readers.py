"""Who is asked to open a page that they may open: someone of each relation in the usual run, and everyone in the full proof."""

import os
import random
from collections.abc import Iterator

import pytest

from .matrix import Row

FULL = os.environ.get("PROOF") == "full"
only_in_full = pytest.mark.skipif(not FULL, reason="PROOF=full runs this")


def readers(row: Row, *, everyone: bool = False) -> Iterator[tuple[str, str]]:
    """The relations to what the page is about, each with who opens it. Who is drawn for a row stays the same from run to run."""
    drawn = random.Random(row.label)  # noqa: S311
    for relation, roles in row.may.items():
        for role in sorted(roles) if everyone or not roles else [drawn.choice(sorted(roles))]:
            yield relation, role
