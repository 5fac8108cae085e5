"""Each statement outside a transaction, and the first one inside it, carries who acts; nothing outlives it."""

from typing import Any
from uuid import UUID

import psycopg2.extensions
from django.db.backends.postgresql import base

from luisterloket.platform import acting

# Equal to nobody who ever acts, so the next statement says it again.
UNKNOWN = acting.Acting(user_id=UUID(int=0))


class ActingCursor(psycopg2.extensions.cursor):
    """Sends who acts along with the statement: one round trip, and one implicit transaction when none is open."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> None:
        super().execute(self.wrapper.acting_prefix() + query, params)


class DatabaseWrapper(base.DatabaseWrapper):
    _applied: acting.Acting | None = None

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(cursor_factory=ActingCursor)
        cursor.tzinfo_factory = self.tzinfo_factory if self.settings_dict.get("USE_TZ", True) else None
        cursor.wrapper = self
        return cursor

    def acting_prefix(self) -> str:
        """SQL to put before the next statement; empty when the open transaction already knows who acts."""
        who = acting.current()
        if self.autocommit:
            return "" if who is acting.NOBODY else who.as_sql()
        if who == (self._applied or acting.NOBODY):
            return ""
        self._applied = who
        return who.as_sql()

    # set_config(…, true) ends with its transaction, and with its savepoint when that is rolled back.

    def _set_autocommit(self, autocommit: bool) -> None:
        self._applied = None
        super()._set_autocommit(autocommit)  # type: ignore[misc]

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._applied = None

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._applied = None

    def _savepoint_rollback(self, sid: str) -> None:
        # A failed transaction accepts this one statement, with nothing before it.
        self._applied = acting.current()
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        # The setting may be of before or after the savepoint: say it again to be sure.
        self._applied = UNKNOWN
