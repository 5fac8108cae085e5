"""How these actions say no."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.platform.exceptions import NotAllowed, Refused


class ChangedMeanwhile(Refused):
    """Someone else saved in between. Carries what is there now, so that nothing is overwritten unseen."""

    def __init__(self, current: Any):
        super().__init__(_("This was changed in another window or by a colleague. Both texts are kept."), code="changed")
        self.current = current


class Missing(Refused):
    """Something obliged is not there, or not as it must be; the form shows this beside `field`."""

    def __init__(self, message: str, *, code: str, field: str):
        super().__init__(message, code=code)
        self.field = field


class Restricted(NotAllowed, Refused):
    """The resident asked that their data are only kept (AVG article 18). A form shows it; elsewhere the page answers 403."""

    def __init__(self) -> None:
        said = _(
            "The resident asked that their data are only kept for now. Nothing here is changed until who handles that lifts it."
        )
        Refused.__init__(self, said, code="restricted")
        self.who_may = said


def in_order(since: date | None, until: date | None) -> None:
    """Raises `Missing` when something ends before it began."""
    if since and until and until < since:
        raise Missing(_("The last day is before the first."), code="order", field="until")


def text_or_quote(text: str, quote: str) -> str:
    """What something is, in the words typed or else in those quoted. Raises `Missing` when there are neither."""
    if not (text.strip() or quote.strip()):
        raise Missing(_("Say in a few words what it is, or quote it."), code="no_text", field="text")
    return text if text.strip() else quote


def not_to_come(day: date, *, field: str) -> None:
    """Raises `Missing` for a day on which nothing can have happened yet."""
    if day > timezone.localdate():
        raise Missing(_("This day is still to come."), code="future", field=field)


def is_to_come(day: date, field: str) -> None:
    """Raises `Missing` for a day that has passed, where something is promised."""
    if day < timezone.localdate():
        raise Missing(_("This day has passed. Choose one that is to come."), code="past", field=field)
