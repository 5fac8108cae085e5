"""Compiles the translations that changed since they were compiled."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from runner.environment import ROOT


def compile_changed(root: Path = ROOT) -> None:
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Renamed when whole: another run may be reading it.
        making = compiled.with_suffix(f".{os.getpid()}.tmp")
        try:
            with source.open("rb") as text, making.open("wb") as binary:
                write_mo(binary, read_po(text, abort_invalid=True))
        except (PoFileError, ValueError) as wrong:
            making.unlink(missing_ok=True)
            raise SystemExit(f"The translations in {source} cannot be read: {wrong}") from None
        making.replace(compiled)


if __name__ == "__main__":
    compile_changed()
