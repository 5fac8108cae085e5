"""Cases whose term has passed, and what is left in the whole database, for these tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from casework import actions, erasure_sweep
from casework.models import Case, CaseEnding, ErasureBatch, ErasureLine, FollowUp
from luisterloket.people.models import User
from luisterloket.platform.acting import NOBODY, acting
from luisterloket.platform.encryption import EncryptedTextField
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.city import TestCity

LONG_AGO = timedelta(days=16 * 366)


@contextmanager
def as_owner() -> Iterator[None]:
    """What whoever keeps the database can see and do: everything."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            with acting(NOBODY), writes.allowed():
                yield
        finally:
            cursor.execute("SET ROLE luisterloket_app")


def ended_long_ago(case: Case, *, ago: timedelta = LONG_AGO) -> Case:
    """It ended so long ago. No action does this: it only happens by waiting."""
    with as_owner(), transaction.atomic():
        at = timezone.now() - ago
        Case.objects.filter(pk=case.pk).update(status="ended", last_activity_at=at)
        FollowUp.objects.to_come().filter(case=case).update(done_at=at, done_by=case.owner_id, result="reached")
        if not CaseEnding.objects.filter(case=case, into="ended").exists():
            CaseEnding(case=case, unit_id=case.unit_id, into="ended", goes="better", by_id=case.owner_id).put()
        CaseEnding.objects.filter(case=case).update(at=at)
    return case


def proposed() -> int:
    with as_jobs():
        return erasure_sweep.propose()


def erased() -> int:
    """What fails in it fails the test."""
    with as_jobs(), patch.object(erasure_sweep.log, "exception", side_effect=AssertionError):
        return erasure_sweep.erase_due()


def batches(city: TestCity) -> list[ErasureBatch]:
    with acting(city.lotte.acting):
        return list(ErasureBatch.objects.order_by("proposed_at"))


def lines(user: User, **where: Any) -> list[ErasureLine]:
    with acting(user.acting):
        return list(ErasureLine.objects.filter(**where).select_related("batch"))


def approved(city: TestCity, batch: ErasureBatch, coordinator: User | None = None) -> ErasureBatch:
    actions.approve_erasure(actor=city.lotte, batch=batch)
    return actions.approve_erasure(actor=coordinator or city.hakan, batch=batch)


def days_pass(batch: ErasureBatch, days: int = 31) -> None:
    """So many days after two people agreed."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        then = timezone.now() - timedelta(days=days)
        ErasureBatch.objects.filter(pk=batch.pk).update(handler_at=then, coordinator_at=then)
        cursor.execute("SET session_replication_role = origin")


def all_gone(city: TestCity) -> int:
    """In one wijk proposed, approved, thirty days later erased."""
    proposed()
    for batch in batches(city):
        if batch.status == ErasureBatch.Status.PROPOSED and batch.unit_id == city.unit("schilderswijk").pk:
            approved(city, batch)
            days_pass(batch)
    return erased()


def own_models() -> list[Any]:
    ours = {"casework", "backoffice", "wijkbegroting", "platform", "convenant", "people", "wijken"}
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ours]


def encrypted_fields(model: Any) -> list[EncryptedTextField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]


def plain_fields(model: Any) -> list[Any]:
    kinds = (models.CharField, models.TextField)
    free = [field for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices]
    return [field for field in free if not isinstance(field, EncryptedTextField)]


def said_anywhere(marker: str) -> dict[str, int]:
    """In how many rows of each column of the whole database this is said, with every encrypted text opened."""
    found: dict[str, int] = {}
    with as_owner():
        for model in own_models():
            sealed = encrypted_fields(model)
            if sealed:
                for row in model._base_manager.all():
                    for field in sealed:
                        if marker in getattr(row, field.attname):
                            name = f"{model._meta.db_table}.{field.column}"
                            found[name] = found.get(name, 0) + 1
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" t WHERE position(%s IN t::text) > 0', [marker])  # noqa: S608
                (count,) = cursor.fetchone()
                if count:
                    found[model._meta.db_table] = count
    return found


def mark(model: Any, rows: Any, marker: str) -> int:
    """Write a marker in every sealed column of these rows, and of their past."""
    fields = encrypted_fields(model)
    count = 0
    for row in rows:
        for field in fields:
            setattr(row, field.attname, f"{marker} {model._meta.model_name} {field.name}")
        if fields:
            # Some of it nobody may change once it is written.
            with writes.allowed(), writes.as_the_owner(connection), connection.cursor() as cursor:
                sets = ", ".join(f'"{field.column}" = %s' for field in fields)
                values = [field.pre_save(row, False) for field in fields]
                cursor.execute(
                    f'UPDATE "{model._meta.db_table}" SET {sets} WHERE "{model._meta.pk.column}" = %s',
                    [*values, row.pk],  # noqa: S608
                )
            count += 1
    return count
