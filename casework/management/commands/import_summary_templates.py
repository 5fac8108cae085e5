"""Take in the sentences of the summary in one more language, as a municipality had them translated."""

from pathlib import Path
from typing import Any

from babel.messages.pofile import PoFileError, read_po
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.actions import load_summary_templates
from casework.languages import languages
from luisterloket.platform.acting import Job
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.plain import phrases

BY = Job("import summary templates")


class Command(BaseCommand):
    help = (
        "Loads the phrases of the summary from a PO file, as a new version of its language. --empty writes a PO file to translate."
        " A language is offered when it has every phrase."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("language", help="language code, such as tr or ar")
        parser.add_argument("file", type=Path)
        parser.add_argument("--empty", action="store_true", help="write the file, with nothing translated yet")

    def handle(self, *args: Any, language: str, file: Path, empty: bool, **options: Any) -> None:
        if empty:
            file.write_text("".join(f'msgid "{_quoted(text)}"\nmsgstr ""\n\n' for text in phrases()), encoding="utf-8")
            self.stdout.write(f"{file}: {len(phrases())} phrases to translate")
            return
        try:
            load_summary_templates(actor=BY, language=language, texts=self._read(file))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        loaded = next(one for one in languages() if one.code == language)
        self.stdout.write(f"{loaded.name}, version {loaded.version}: {len(loaded.missing)} of {len(phrases())} phrases missing")
        for text in loaded.missing:
            self.stdout.write(f"  {text}")

    @staticmethod
    def _read(file: Path) -> dict[str, str]:
        try:
            with file.open("rb") as opened:
                catalogue = read_po(opened, charset="utf-8", abort_invalid=True)
        except (OSError, PoFileError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} is no PO file that can be read: {error}") from error
        return {str(message.id): str(message.string) for message in catalogue if message.id and not message.fuzzy}


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
