"""The sweep by hand, for when there is no worker or someone wants to know now."""

from typing import Any

from django.core.management.base import BaseCommand

from backoffice.sweep import sweep


class Command(BaseCommand):
    help = "Flag requests whose clock ran out, as the background job does every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sweep()} new")
