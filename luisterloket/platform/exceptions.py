"""The two kinds of no, both already understood by Django."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError


class NotAllowed(PermissionDenied):
    """This actor may see the thing but not do this with it; the page answers 403 and says who may."""

    def __init__(self, who_may: Any = ""):
        super().__init__(who_may)
        self.who_may = who_may


class Refused(ValidationError):
    """The rules or the state do not allow this now; the form shows why and keeps what was typed."""
