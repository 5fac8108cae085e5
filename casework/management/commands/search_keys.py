"""Make all search keys again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from casework import search_keys
from casework.models import Resident
from luisterloket.platform.writing import writing


class Command(BaseCommand):
    help = "Make the search keys of all residents again, after a new LOOKUP_KEY or a new way to search. Runs as the owner."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        with writing("casework.search_keys"):
            for resident in Resident.objects.order_by("pk").iterator(chunk_size=500):
                with transaction.atomic():
                    search_keys.refresh(resident)
                count += 1
        self.stdout.write(f"Keys of {count} residents.")
