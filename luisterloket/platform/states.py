"""A state machine is a table on the model, and a status moves only along it."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from .exceptions import Refused


class StatefulModel(models.Model):
    """A thing with a `status` that moves along `TRANSITIONS`; `docs/states.md` is drawn from these tables."""

    TRANSITIONS: ClassVar[dict[Any, set[Any]]]
    # What the drawing says beside an arrow, by (from, to), and below it; a model without names for its steps has neither.
    ARROWS: ClassVar[Mapping[tuple[Any, Any], str]] = {}
    BELOW_DRAWING: ClassVar[str] = ""

    class Meta:
        abstract = True

    @classmethod
    def locked(cls, pk: UUID) -> Self:
        """The row as it is now, held until the transaction ends.

        NO KEY, because rows that refer to this one only share its key: a plain lock deadlocks with them.
        """
        return cls._base_manager.select_for_update(no_key=True).get(pk=pk)

    def can_move_to(self, status: Any) -> bool:
        return status in self.TRANSITIONS.get(type(self).Status(self.status), set())  # type: ignore[attr-defined]

    def move_to(self, status: Any) -> None:
        """Raises `Refused` and stays when the table does not lead there."""
        if not self.can_move_to(status):
            raise Refused(
                _("This is now “%(status)s”, so that is no longer possible. Someone may have been before you.")
                % {"status": self.get_status_display()},  # type: ignore[attr-defined]
                code="state",
            )
        self.status = status
