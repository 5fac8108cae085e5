"""Seal the files of documents again with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from casework import file_store
from casework.models import Document
from luisterloket.platform.sealed_files import Broken


class Command(BaseCommand):
    help = "Seal all files again with the first of ENCRYPTION_KEYS, and name what is missing or broken. Runs as the owner."

    def handle(self, *args: Any, **options: Any) -> None:
        sealed = wrong = 0
        found = Document.objects.filter(wiped_at=None).only("pk", "storage_name")
        for document in found.iterator(chunk_size=500):
            try:
                sealed += file_store.seal_anew(document.storage_name, document.bound_to)
            except (file_store.NotThere, Broken) as fault:
                wrong += 1
                self.stderr.write(f"{document.pk}: {type(fault).__name__}")
        self.stdout.write(f"{sealed} files sealed anew, {wrong} missing or broken")
