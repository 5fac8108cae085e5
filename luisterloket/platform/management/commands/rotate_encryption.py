"""Encrypt everything again with the newest key."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, models, transaction

from luisterloket.platform.encryption import EncryptedTextField
from luisterloket.platform.writing import writing

BATCH = 500


class Command(BaseCommand):
    help = "Encrypt all text again with the first of ENCRYPTION_KEYS, after putting a new key in front. Runs as the owner."

    def handle(self, *args: Any, **options: Any) -> None:
        with writing("platform.rotate_encryption"):
            for model in apps.get_models(include_auto_created=True):
                fields = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
                if fields:
                    count = self._rotate(model, fields)
                    self.stdout.write(f"{model._meta.label}: {count} rows")

    def _rotate(self, model: type[models.Model], fields: list[Any]) -> int:
        """Row by row and without history: the text stays the same, only its wrapping is new."""
        table, key = model._meta.db_table, model._meta.pk
        columns = ", ".join(f'"{field.column}" = %s' for field in fields)
        count, last = 0, None
        while True:
            rows = model._base_manager.order_by("pk")
            batch = list(rows.filter(pk__gt=last)[:BATCH] if last is not None else rows[:BATCH])
            if not batch:
                return count
            with transaction.atomic(), connection.cursor() as cursor:
                for row in batch:
                    values = [field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields]
                    cursor.execute(
                        f'UPDATE "{table}" SET {columns} WHERE "{key.column}" = %s',  # noqa: S608
                        [*values, key.get_db_prep_value(row.pk, connection)],
                    )
            count, last = count + len(batch), batch[-1].pk
