"""Only actions write: this marks the stretch of code in which writing is meant, and tests fail any write outside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_writing: ContextVar[str] = ContextVar("writing", default="")


def current() -> str:
    """The action that is writing, or an empty text."""
    return _writing.get()


@contextmanager
def writing(action: str) -> Iterator[None]:
    token = _writing.set(action)
    try:
        yield
    finally:
        _writing.reset(token)
