"""What cases keep under a key besides encrypted columns: the files of documents, and the keys by which residents are found."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db import transaction

from luisterloket.platform.key_rotation import Found, Kept, kept_elsewhere, place_of
from luisterloket.platform.sealed_files import Broken

from . import file_store, search_keys
from .models import Document, Resident

STEP = 500


@kept_elsewhere.register(order=20)
class Files(Kept):
    """Files on disk. Run it where they are."""

    name = "files of documents"

    def by_key(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for name in Document.objects.filter(wiped_at=None).values_list("storage_name", flat=True).iterator(chunk_size=STEP):
            try:
                found[place_of(file_store.key_of(name))] += 1
            except file_store.NotThere:
                found["missing"] += 1
        return found

    def renew(self) -> Iterator[Found]:
        for pk in list(Document.objects.filter(wiped_at=None).values_list("pk", flat=True)):
            try:
                yield self._renewed(pk)
            except (file_store.NotThere, Broken) as fault:
                yield Found(broken=f"{self.name} {pk}: {type(fault).__name__}")

    @staticmethod
    def _renewed(pk: UUID) -> Found:
        # While the row is held nobody wipes the file: it would come back.
        with transaction.atomic():
            rows = Document.objects.select_for_update(no_key=True).only("pk", "storage_name").filter(pk=pk, wiped_at=None)
            document = rows.first()
            return Found(done=bool(document and file_store.seal_anew(document.storage_name, document.bound_to)))


@kept_elsewhere.register(order=30)
class SearchKeys(Kept):
    """Hashes under `LOOKUP_KEY`. A hash does not show its key, so they are made from what they are of and compared."""

    name = "search keys of residents"
    sealed = False

    def by_key(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for resident in Resident.objects.order_by("pk").iterator(chunk_size=STEP):
            try:
                older = search_keys.stale(resident)
            except (InvalidTag, KeyError):
                found["?"] += 1
                continue
            found["older" if older else "1"] += older or 1
        return found

    def renew(self) -> Iterator[Found]:
        for pk in list(Resident.objects.order_by("pk").values_list("pk", flat=True)):
            try:
                done = search_keys.renew(pk)
            except (InvalidTag, KeyError) as fault:
                yield Found(broken=f"{self.name} {pk}: {type(fault).__name__}")
                continue
            yield Found(done=bool(done), changed=done is None)
