"""Whether every text of the interface has a finished Dutch translation."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from runner.environment import ROOT

CATALOGUE = Path("locale/nl/LC_MESSAGES/django.po")
# What holds texts for people who use the site; the rest of the folder is not searched.
SOURCES = ("manage.py", "templates", "static", "luisterloket", "casework", "backoffice", "wijkbegroting")
NO_XGETTEXT = (
    "Translations: texts missing from the catalogue were not looked for, because xgettext is not installed (apt install gettext)."
)
EXTRACT = ["makemessages", "-l", "nl", "--no-obsolete", "--verbosity", "0"]


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def finished(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(texts)


def described(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    places = ", ".join(f"{file}:{line}" if line else file for file, line in message.locations[:3])
    return f"{places}: {text!r}"


def unfinished(known: Catalog, wanted: Catalog) -> Iterator[tuple[Any, str]]:
    """The texts in `wanted` that `known` does not translate: which, and how to say it to someone."""
    for message in wanted:
        if message.id and not finished(known.get(message.id, message.context)):
            yield (message.id, message.context), described(message)


def misfitting(known: Catalog) -> Iterator[str]:
    """The translations whose placeholders are not those of the text: they would fail on someone's screen."""
    for message, errors in known.check():
        yield f"{described(message)}: {'; '.join(map(str, errors))}"


def extracted(root: Path) -> Catalog:
    """What xgettext finds in the code of today, in a copy, so that checking changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            source = root / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
            elif source.exists():
                shutil.copy(source, copy / name)
        # Without the present texts: gettext would merge look-alikes into it.
        (copy / "locale").mkdir()
        environment = {**os.environ, "LUISTERLOKET_ENV": "test", "PYTHONPATH": str(copy)}
        done = subprocess.run([sys.executable, "manage.py", *EXTRACT], cwd=copy, env=environment, text=True, capture_output=True)
        if done.returncode:
            raise SystemExit(f"The texts could not be collected:\n{done.stderr.strip()[-2000:]}")
        return read(copy / CATALOGUE)


def main(root: Path = ROOT) -> None:
    if not (root / CATALOGUE).exists():
        raise SystemExit(f"{CATALOGUE} is missing; make it with: make messages")
    known = read(root / CATALOGUE)
    without = dict(unfinished(known, known))
    if shutil.which("xgettext"):
        without |= dict(unfinished(known, extracted(root)))
    else:
        print(NO_XGETTEXT)
    wrong = sorted(misfitting(known))
    if without or wrong:
        total = f"{len(without)} texts have no finished Dutch translation (make messages collects them), {len(wrong)} do not fit."
        raise SystemExit("\n".join([*sorted(without.values()), *wrong, total]))
    print("Translations: complete.")


if __name__ == "__main__":
    main()
