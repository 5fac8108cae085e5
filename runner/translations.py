"""Compiles the translations that changed since they were compiled."""

import os
import subprocess
import sys
from pathlib import Path

from runner.environment import ROOT


def compile_changed(root: Path = ROOT) -> None:
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Renamed when whole: another run may be reading it.
        making = compiled.with_suffix(f".{os.getpid()}.tmp")
        command = [sys.executable, "-m", "babel.messages.frontend", "-q", "compile", "-i", str(source), "-o", str(making)]
        done = subprocess.run(command, text=True, capture_output=True)
        if done.returncode:
            making.unlink(missing_ok=True)
            raise SystemExit(f"The translations in {source} could not be compiled:\n{done.stderr.strip()[-2000:]}")
        making.replace(compiled)


if __name__ == "__main__":
    compile_changed()
