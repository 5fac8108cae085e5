"""Taking another key into use while the house is open: everything is done anew, and nothing that is written meanwhile is lost.

Whatever is kept under a key is `Kept`: it can say how much is under which key, and do what is not under the newest yet. The
platform knows the encrypted columns; higher floors add what they keep elsewhere, such as files and search keys (decision 0035).
Everything here can be stopped and started again: what is done is not done twice.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection, models

from .encryption import EncryptedTextField, decrypt, encrypt, key_ids
from .registries import Registry
from .writing import writing

BATCH = 500
# Four bytes after the version name the key; what is empty was there before the column.
OLDER = "(octet_length({column}) > 0 AND substr({column}, 2, 4) <> %s)"
# How many times everything is gone through: what was written with an old key while the first pass ran is found by the next.
PASSES = 3


@dataclass(frozen=True)
class Found:
    """What was met: done anew, or left with why. `changed` was written by someone else at that moment, and is theirs."""

    done: bool = False
    changed: bool = False
    broken: str = ""


class Kept(ABC):
    """A kind of thing that is kept under a key, by a name for whoever runs the command."""

    name: str
    # Whether it is kept under ENCRYPTION_KEYS; otherwise under LOOKUP_KEYS.
    sealed = True

    @abstractmethod
    def by_key(self) -> Counter[str]:
        """How many are kept under which key. A key is called by its place, newest first (“1”), and an unknown one “?”."""

    @abstractmethod
    def renew(self) -> Iterator[Found]:
        """Do what is not under the newest key, one at a time, each in a transaction of its own."""


class EncryptedColumns(Kept):
    """The encrypted text of one table. Its own text is read, sealed with the newest key, and put back if nobody was before."""

    def __init__(self, model: type[models.Model], fields: list[EncryptedTextField]):
        self.model, self.fields = model, fields
        self.name = model._meta.label

    def by_key(self) -> Counter[str]:
        found: Counter[str] = Counter()
        with connection.cursor() as cursor:
            for field in self.fields:
                # Named by our own models; an empty value is of before the column.
                cursor.execute(
                    f'SELECT substr("{field.column}", 2, 4), count(*) FROM "{self.model._meta.db_table}"'  # noqa: S608
                    f' WHERE octet_length("{field.column}") > 0 GROUP BY 1'
                )
                for key, count in cursor.fetchall():
                    found[place_of(bytes(key))] += count
        return found

    def renew(self) -> Iterator[Found]:
        for row in self._rows():
            for field in self.fields:
                kept = row.__dict__[field.attname]
                if isinstance(kept, bytes) and kept[1:5] != key_ids()[0]:
                    yield self._renewed(row, field, bytes(kept))

    def _rows(self) -> Iterator[Any]:
        """Those with anything under an older key, in steps, so that no transaction stays open."""
        # The columns are named by our own models; the key goes along as a value.
        is_older = " OR ".join(OLDER.format(column=f'"{self.model._meta.db_table}"."{one.column}"') for one in self.fields)
        newest = [key_ids()[0]] * len(self.fields)
        rows = self.model._base_manager.order_by("pk").extra(where=[f"({is_older})"], params=newest)  # noqa: S610
        last = None
        while batch := list((rows.filter(pk__gt=last) if last is not None else rows)[:BATCH]):
            yield from batch
            last = batch[-1].pk

    def _renewed(self, row: Any, field: EncryptedTextField, kept: bytes) -> Found:
        bound_to = field.bound_to(row)
        try:
            sealed = encrypt(decrypt(kept, bound_to), bound_to)
        except (InvalidTag, KeyError) as fault:
            return Found(broken=f"{self.name}.{field.name} {row.pk}: {type(fault).__name__}")
        key = self.model._meta.pk
        with connection.cursor() as cursor:
            # Only over what was read: whoever wrote in between keeps what they wrote, and wrote it with a key of now.
            cursor.execute(
                f'UPDATE "{self.model._meta.db_table}" SET "{field.column}" = %s'  # noqa: S608
                f' WHERE "{key.column}" = %s AND "{field.column}" = %s',
                [sealed, key.get_db_prep_value(row.pk, connection), kept],
            )
            return Found(done=bool(cursor.rowcount), changed=not cursor.rowcount)


# What else is kept under a key, by the floors that keep it.
kept_elsewhere: Registry[Callable[[], Kept]] = Registry("what is kept under a key besides encrypted columns")


def place_of(key_id: bytes) -> str:
    """A key by its place in `ENCRYPTION_KEYS`, so that nothing of the key itself is ever printed."""
    ids = key_ids()
    return str(ids.index(key_id) + 1) if key_id in ids else "?"


def everything() -> list[Kept]:
    columns: list[Kept] = []
    for model in apps.get_models(include_auto_created=True):
        fields = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        if fields and not model._meta.proxy:
            columns.append(EncryptedColumns(model, fields))
    return [*columns, *(make() for make in kept_elsewhere)]


def renew(kept: Kept, told: Callable[[int], None]) -> tuple[int, list[str]]:
    """Do all of one kind; how many were done, and what could not be. `told` hears how far it is."""
    done, broken = 0, []
    with writing(f"key rotation {kept.name}"):
        for number in range(PASSES):
            again = False
            for found in kept.renew():
                done += found.done
                again |= found.changed
                if found.broken and number == 0:
                    broken.append(found.broken)
                if found.done and done % BATCH == 0:
                    told(done)
            if not again:
                break
    return done, broken
