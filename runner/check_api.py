"""Holds the description of the API against the Dutch API design rules, with Spectral.

The ruleset is the government's own file: in `$SHARED`, or beside the checkout. Without it, or without node, it says so and passes.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = Path("reference") / "adr" / "linter-2.2.yaml"
SPECTRAL = "@stoplight/spectral-cli@6.16.3"


def main() -> int:
    """The exit code of Spectral; 0 when it cannot be asked."""
    places = [Path(os.environ["SHARED"])] if os.environ.get("SHARED") else [ROOT.parent / "shared"]
    rules = next((place / RULES for place in places if (place / RULES).is_file()), None)
    npx = shutil.which("npx")
    if rules is None or npx is None:
        print(f"API design rules: skipped, {'the ruleset' if rules is None else 'node'} is not here.")
        return 0
    description = ROOT / "docs" / "api" / "openapi.json"
    command = [
        npx,
        "--yes",
        "--package",
        SPECTRAL,
        "spectral",
        "lint",
        "--fail-severity",
        "error",
        "-r",
        str(rules),
        str(description),
    ]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
