"""What must be kept even when the action that met it is undone, such as that someone was refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_waiting: ContextVar[list[Callable[[], None]] | None] = ContextVar("waiting", default=None)


def keep(what: Callable[[], None]) -> None:
    """Run this in a transaction of its own: at once, or inside an action as soon as that has ended, in whatever way."""
    waiting = _waiting.get()
    if waiting is None:
        what()
    else:
        waiting.append(what)


@contextmanager
def kept_afterwards() -> Iterator[None]:
    """Hold what is to be kept until the outermost action has ended. Goes around its transaction."""
    if _waiting.get() is not None:
        yield
        return
    waiting: list[Callable[[], None]] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
        for what in waiting:
            what()
