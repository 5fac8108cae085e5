"""Folders outside pytest's own, which only root may enter: the database's user must reach them."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner import postgres


@pytest.fixture
def var() -> Iterator[Path]:
    """A var folder that everyone can reach; gone afterwards, with whatever was put elsewhere for it."""
    folder = Path(tempfile.mkdtemp(prefix="ll-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for where in folder.rglob("where"):
            shutil.rmtree(where.read_text().strip(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def _wheel() -> None:
    try:
        postgres.wheel()
    except SystemExit:
        pytest.skip("There is no embedded PostgreSQL for this machine.")
