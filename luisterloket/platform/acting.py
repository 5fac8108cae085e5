"""Who acts right now. The database reads it too: row-level security lets through what this person's units allow."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Acting:
    """What the database must know of the one who acts. Default: nobody, who sees nothing.

    `units` open resident data (wijk teams and desks), `money_units` open money, `cases` are the cases outside those
    units in which this person is involved, `reads_log` opens the access log. `emergency` is the break-glass access that is being
    used at this moment; the database checks that it is this person's and still open. `behind` looks along in a preview: a case
    that is closed to them stays closed.
    """

    user_id: UUID | None = None
    units: tuple[UUID, ...] = ()
    money_units: tuple[UUID, ...] = ()
    cases: tuple[UUID, ...] = ()
    reads_log: bool = False
    emergency: UUID | None = None
    behind: UUID | None = None

    def as_sql(self) -> str:
        """The statement that tells the database who acts, for the length of one transaction."""
        values = {
            "actor": str(self.user_id or ""),
            "units": _array(self.units),
            "money_units": _array(self.money_units),
            "cases": _array(self.cases),
            "reads_log": "on" if self.reads_log else "",
            "emergency": str(self.emergency or ""),
            "behind": str(self.behind or ""),
        }
        settings = ", ".join(f"set_config('luisterloket.{name}', '{value}', true)" for name, value in values.items())
        return f"SELECT {settings}; "


NOBODY = Acting()
_acting: ContextVar[Acting] = ContextVar("acting", default=NOBODY)


def current() -> Acting:
    return _acting.get()


@contextmanager
def acting(who: Acting) -> Iterator[None]:
    """Let everything inside be done by `who`, down to the database."""
    token = _acting.set(who)
    try:
        yield
    finally:
        _acting.reset(token)


def _array(ids: tuple[UUID, ...]) -> str:
    # Only UUIDs can get here, so nothing needs quoting.
    return "{" + ",".join(str(UUID(str(one))) for one in ids) + "}" if ids else ""


@dataclass(frozen=True)
class Job:
    """A background job as an actor: it has a name, sees ids, clocks and units, and decides nothing about people."""

    name: str
    pk: Any = None
    acting: Acting = NOBODY

    def __str__(self) -> str:
        return self.name
