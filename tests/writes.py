"""Only actions write: any INSERT, UPDATE or DELETE outside one fails the test (review of the write guard: see CONTRIBUTING)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from psycopg2 import extensions

from luisterloket.platform import writing

_allowed: ContextVar[bool] = ContextVar("allowed", default=False)
WRITES = re.compile(
    r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+\"?([a-z_]+)|\b(ledger_(?:open_source|receive|allocate|reserve|pay|release))\s*\(",
    re.I,
)
# Not the domain's state: sessions, the cache that counts failed log-ins, allauth's and Django's own bookkeeping.
FROZEN = re.compile(
    r"^convenant_(convenantversion|convenantparty|legalground|authorisation|retentionterm|clause|purposeofversion)$"
)
FREE = re.compile(r"^(django_|platform_cache|account_|mfa_|people_user$)")


@contextmanager
def allowed() -> Iterator[None]:
    """For setting a scene: here a test may write directly."""
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)


def watch(connection: Any, **_kwargs: Any) -> None:
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


def guard(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    found = WRITES.search(sql) if isinstance(sql, str) and " FOR NO KEY UPDATE" not in sql and " FOR UPDATE" not in sql else None
    if found and not _allowed.get() and not writing.current() and not FREE.match(found[2] or ""):
        raise AssertionError(f"Written outside an action: {sql[:160]}")
    if found and _allowed.get() and FROZEN.match(found[2] or ""):
        with as_the_owner(context["connection"]):
            return execute(sql, params, many, context)
    return execute(sql, params, many, context)


@contextmanager
def as_the_owner(connection: Any) -> Iterator[None]:
    """A scene may need what the database refuses to everyone, such as a convenant in force that is other than it was signed, or
    two roles in one hand.

    So its triggers rest for a moment, and the log-in of the tests writes it, not the application.
    """
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
        cursor.execute("RESET ROLE; SET session_replication_role = replica")
    try:
        yield
    finally:
        if connection.connection.info.transaction_status != extensions.TRANSACTION_STATUS_INERROR:
            with connection.connection.cursor() as cursor:
                cursor.execute(f'SET session_replication_role = origin; SET ROLE "{role}"')
