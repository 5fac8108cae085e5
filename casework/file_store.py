"""Where the files of documents are: sealed, each under a name that says nothing, in a folder that no web server serves.

A file comes before its row and goes after it, so a row never promises a file that was not written. What is left without a row when
something went wrong in between is cleared by a job.
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from django.conf import settings

from luisterloket.platform.sealed_files import key_id_of, opened, seal, sealed_with_newest_key

NAME = re.compile(r"[0-9a-f]{32}")
UNFINISHED = "being-written-"


class NotThere(Exception):
    """The file of this document is not where it was put."""


def new_name() -> str:
    return secrets.token_hex(16)


def put_file(source: BinaryIO, name: str, bound_to: str) -> None:
    """Seal a file under this name: whole and on disk, or not there at all."""
    target = _path(name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=UNFINISHED, delete=False) as being_written:
        try:
            seal(source, being_written, bound_to)  # type: ignore[arg-type]
            being_written.flush()
            os.fsync(being_written.fileno())
            Path(being_written.name).replace(target)
        except BaseException:
            Path(being_written.name).unlink(missing_ok=True)
            raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_file(name: str, bound_to: str) -> bytes:
    """What is in a file. Raises `NotThere`, or `Broken` (of `sealed_files`) when it is another or not whole."""
    try:
        with _path(name).open("rb") as sealed:
            return b"".join(opened(sealed, bound_to))
    except FileNotFoundError:
        raise NotThere from None


def wipe_file(name: str) -> None:
    """The file is gone. What a disk may still hold of it is sealed, with a key that was in the file."""
    _path(name).unlink(missing_ok=True)


def seal_anew(name: str, bound_to: str) -> bool:
    """Seal a file with the newest key; whether that was needed. Raises `NotThere` and `Broken`."""
    with suppress(FileNotFoundError), _path(name).open("rb") as sealed:
        if sealed_with_newest_key(sealed):
            return False
    put_file(BytesIO(read_file(name, bound_to)), name, bound_to)
    return True


def key_of(name: str) -> bytes:
    """What names the key that a file is sealed with. Raises `NotThere`."""
    try:
        with _path(name).open("rb") as sealed:
            return key_id_of(sealed)
    except FileNotFoundError:
        raise NotThere from None


def names_before(moment: float) -> Iterator[str]:
    """The names of all files that were there before this moment, also of those that were never finished."""
    for path in Path(settings.DOCUMENTS_DIR).glob("??/*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < moment:
                yield path.name


def clear(names: Iterable[str]) -> int:
    """Remove files that belong to nothing; how many."""
    cleared = 0
    for name in names:
        found = [_path(name)] if NAME.fullmatch(name) else list(Path(settings.DOCUMENTS_DIR).glob(f"??/{name}"))
        for path in found:
            if NAME.fullmatch(name) or name.startswith(UNFINISHED):
                path.unlink(missing_ok=True)
                cleared += 1
    return cleared


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return Path(settings.DOCUMENTS_DIR) / name[:2] / name
