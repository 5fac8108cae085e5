"""Where the files of documents are: sealed, each under a name that says nothing, in a folder that no web server serves.

A file comes before its row and goes after it, so a row never promises a file that was not written. What is left without a row when
something went wrong in between is cleared by a job.
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from django.conf import settings

from luisterloket.platform.sealed_files import Broken, opened, seal, sealed_with_newest_key

NAME = re.compile(r"[0-9a-f]{32}")


class NotThere(Exception):
    """The file of this document is not where it was put."""


def new_name() -> str:
    return secrets.token_hex(16)


def put_file(source: BinaryIO, name: str, bound_to: str) -> None:
    """Seal a file under this name: whole and on disk, or not there at all."""
    target = _path(name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix="being-written-", delete=False) as being_written:
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


def read_file(name: str, bound_to: str) -> Iterator[bytes]:
    """What is in a file, piece by piece. Raises `NotThere`, or `Broken` when it is another file or not whole: both at once, before
    anything is given.
    """
    try:
        sealed = _path(name).open("rb")
    except FileNotFoundError:
        raise NotThere from None
    # Of a file that is broken further on the first pieces would be shown already: so first all of it is opened once.
    with suppress(StopIteration):
        try:
            for _piece in opened(sealed, bound_to):
                pass
        except Broken:
            sealed.close()
            raise
    sealed.seek(0)
    return _given(sealed, bound_to)


def _given(sealed: BinaryIO, bound_to: str) -> Iterator[bytes]:
    with sealed:
        yield from opened(sealed, bound_to)


def wipe_file(name: str) -> None:
    """The file is gone. What a disk may still hold of it is sealed, with a key that was in the file."""
    _path(name).unlink(missing_ok=True)


def seal_anew(name: str, bound_to: str) -> bool:
    """Seal a file with the newest key; whether that was needed. Raises `NotThere` and `Broken`."""
    with suppress(FileNotFoundError), _path(name).open("rb") as sealed:
        if sealed_with_newest_key(sealed):
            return False
    pieces = read_file(name, bound_to)
    put_file(_Joined(pieces), name, bound_to)  # type: ignore[arg-type]
    return True


def names_before(moment: float) -> Iterator[str]:
    """The names of all files that were there before this moment, also of those that were never finished."""
    for path in Path(settings.DOCUMENTS_DIR).glob("??/*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < moment:
                yield path.name


def clear(names: Iterable[str], folder_of_unfinished: str = "being-written-") -> int:
    """Remove files that belong to nothing; how many."""
    cleared = 0
    for name in names:
        found = [_path(name)] if NAME.fullmatch(name) else list(Path(settings.DOCUMENTS_DIR).glob(f"??/{name}"))
        for path in found:
            if NAME.fullmatch(name) or name.startswith(folder_of_unfinished):
                path.unlink(missing_ok=True)
                cleared += 1
    return cleared


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return Path(settings.DOCUMENTS_DIR) / name[:2] / name


class _Joined:
    """Pieces as something to read from."""

    def __init__(self, pieces: Iterator[bytes]):
        self.pieces, self.rest = pieces, b""

    def read(self, size: int) -> bytes:
        while len(self.rest) < size and (piece := next(self.pieces, b"")):
            self.rest += piece
        given, self.rest = self.rest[:size], self.rest[size:]
        return given
