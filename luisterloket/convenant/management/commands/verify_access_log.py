"""Whether nobody changed the access log and the processing log, for whoever keeps the site and for the auditor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from luisterloket.convenant.models import LogSegment
from luisterloket.convenant.sealing import Verified, verify


class Command(BaseCommand):
    help = (
        "Recomputes every seal of both logs; ends with an error that names the first segment and entry that do not hold. "
        "Keep the seals that it prints somewhere else, and hold a log against them later with --seal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seal", action="append", default=[], metavar="LOG:NUMBER:DIGEST", help="a seal that was written down before"
        )

    def handle(self, *, seal: list[str], **options: Any) -> None:
        _must_see_all()
        found = [verify(log) for log in LogSegment.Log.values]
        for one in found:
            self.stdout.write(_told(one))
        broken = [str(one.broken) for one in found if one.broken] + [text for text in seal if not _holds(text)]
        for text in broken:
            self.stderr.write(f"DOES NOT HOLD: {text}")
        if broken:
            raise CommandError("The log is not what was sealed. This is a security incident (BIO2 8.15.05).")


def _told(one: Verified) -> str:
    text = f"{one.log} log: {one.segments} segments, {one.entries} entries recomputed, {one.unsealed} not sealed yet"
    if one.dropped:
        text += f", {one.dropped} segments dropped when their term had passed"
    return text + (f"; seal {one.log}:{one.newest.number}:{one.newest.digest}" if one.newest else "")


def _holds(text: str) -> bool:
    log, _colon, rest = text.partition(":")
    number, _colon, digest = rest.partition(":")
    if not number.isdigit():
        raise CommandError(f"{text} is not a seal: it looks like access:12:0f3a…")
    return LogSegment.objects.filter(log=log, number=int(number), digest=digest).exists()


def _must_see_all() -> None:
    """Behind row-level security the log is empty, and an empty log always holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active('convenant_accesslogentry'), current_user = 'luisterloket_jobs'")
        walled, jobs = cursor.fetchone()
    if walled and not jobs:
        raise CommandError("This role does not see the whole log. Run it as the owner, with DATABASE_ROLE= empty, or as the jobs.")
