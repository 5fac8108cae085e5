"""Removing what is older than its term from both logs, for the owner of the database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from luisterloket.convenant.sealing import drop, past_their_term


class Command(BaseCommand):
    help = (
        "Drops segments of which everything is older than ACCESS_LOG_MONTHS, whole. Their seals stay. Without --yes it only tells."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do it; this cannot be undone")

    def handle(self, *, yes: bool, **options: Any) -> None:
        segments = past_their_term()
        for segment in segments:
            gone = drop(segment) if yes else segment.count
            self.stdout.write(f"{segment.log} log, segment {segment.number}: {gone} entries, until {segment.last_at:%Y-%m-%d}")
        term = f"{settings.ACCESS_LOG_MONTHS} months ({settings.ACCESS_LOG_SOURCE})"
        what = "dropped" if yes else "past their term; run again with --yes to drop them"
        self.stdout.write(f"{len(segments)} segments {what}. The term is {term}.")
