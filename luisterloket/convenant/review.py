"""The day on which the parties look again at what they share. After it nothing new is shared; what was shared goes on."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from luisterloket.platform.exceptions import Refused

from .models import ConvenantVersion

WARN_BEFORE = timedelta(days=60)


def comes_near(version: ConvenantVersion) -> bool:
    """Whether the administrator is warned by now."""
    return version.review_on - WARN_BEFORE <= timezone.localdate()


def refuse_when_review_is_overdue() -> None:
    """The first line of what shares anew: sending a request, laying something on a table, sharing with one more."""
    version = ConvenantVersion.in_force()
    if version is not None and version.review_is_overdue:
        raise Refused(
            _(
                "The convenant should have been reviewed before %(day)s. Until a version with a later day of review is in force"
                " nothing new is shared. Ask the convenant administrator."
            )
            % {"day": date_format(version.review_on, "j F Y")},
            code="review_overdue",
        )
