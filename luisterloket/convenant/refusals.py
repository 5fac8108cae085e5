"""How the actions of the convenant say no."""

from typing import Any

from luisterloket.platform.exceptions import Refused


class RefusedAt(Refused):
    """A refusal about one field of the form, shown beside it."""

    def __init__(self, message: Any, *, code: str, field: str):
        super().__init__(message, code=code)
        self.field = field


def filled_in(field: str, text: str, message: Any) -> str:
    """The text without its margins. Raises `RefusedAt` when there is none."""
    if not text.strip():
        raise RefusedAt(message, code="empty", field=field)
    return text.strip()
