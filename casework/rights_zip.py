"""The files of documents of a copy as one archive, made while it is sent: nothing of it is ever on disk unsealed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zipfile import ZIP_STORED, ZipFile

from luisterloket.platform.sealed_files import Broken

from . import file_store


@dataclass(frozen=True)
class Filed:
    """A file that goes along: where it is, what it is sealed for, and what it is called in the archive."""

    storage_name: str
    bound_to: str
    name: str


class _Sent:
    """What the archive writes, until it is sent on. It cannot go back, so the archive writes straight on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._told = 0

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        self._told += len(part)
        return len(part)

    def tell(self) -> int:
        return self._told

    def flush(self) -> None:
        """Nothing is held back elsewhere."""

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def archive(files: Iterable[Filed], missing: str) -> Iterator[bytes]:
    """The archive in parts, one file in memory at a time. In place of a file that cannot be read stands a text that says so."""
    sent = _Sent()
    with ZipFile(sent, "w", ZIP_STORED) as whole:  # type: ignore[call-overload]
        for file in files:
            try:
                whole.writestr(file.name, file_store.read_file(file.storage_name, file.bound_to))
            except (file_store.NotThere, Broken):
                whole.writestr(f"{file.name}.txt", missing)
            yield sent.take()
    yield sent.take()
