"""Taking a period of a log out as a file, of any length."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from luisterloket.convenant import actions, log_export
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.acting import acting


class Command(BaseCommand):
    help = "Writes a log of some days to a file, on behalf of a privacy officer. That it was taken out is kept in the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("form", choices=[code for code, _name in log_export.FORMS])
        parser.add_argument("since", type=date.fromisoformat, help="first day, as 2026-01-31")
        parser.add_argument("until", type=date.fromisoformat, help="last day")
        parser.add_argument("to", type=Path, help="the file; it must not be there yet")
        parser.add_argument("--by", required=True, help="the e-mail address of the privacy officer who asks")

    def handle(self, *, form: str, since: date, until: date, to: Path, by: str, **options: Any) -> None:
        officer = User.objects.filter(email__iexact=by, is_active=True).first()
        if officer is None or not officer.has(Permission.READ_LOG):
            raise CommandError(f"{by} is no privacy officer here.")
        actions.export_access_log(actor=officer, form=form, since=since, until=until)
        with acting(officer.acting):
            made = log_export.export(form, since, until, at_most=None)
        # Readable by who ran this only.
        to.touch(mode=0o600, exist_ok=False)
        to.write_text(made.content)
        self.stdout.write(f"Written to {to}.")
