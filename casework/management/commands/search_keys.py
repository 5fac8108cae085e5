"""Make all search keys again."""

from typing import Any

from django.core.management.base import BaseCommand

from casework.key_rotation import SearchKeys
from luisterloket.platform.key_rotation import renew


class Command(BaseCommand):
    help = "Make the search keys of all residents again, such as after an upgrade with a new way to search. Runs as the owner."

    def handle(self, *args: Any, **options: Any) -> None:
        done, _broken = renew(SearchKeys(), lambda count: self.stdout.write(f"{count} …"))
        self.stdout.write(f"New keys for {done} residents.")
