"""Mails that say that something waits, and nothing of whom it is about.

They are sent by jobs, which see ids and addresses only. Telling an event twice sends the same mail with the same Message-ID.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .models import OutboxEvent

SUBJECT = gettext_noop("Something is waiting for you in Luisterloket")


def mail_each(event: OutboxEvent, to: Iterable[tuple[Any, str]], line: str, path: str) -> None:
    """One mail to each, so that nobody sees who else got it."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    with translation.override("nl"):
        parts = [
            _(line),
            _("Sign in to see it: %(link)s") % {"link": settings.BASE_URL + path},
            _("This mail holds no personal data."),
        ]
        for pk, email in to:
            headers = {"Message-ID": f"<{event.pk}.{pk}@{host}>", "Auto-Submitted": "auto-generated"}
            EmailMessage(_(SUBJECT), "\n\n".join(parts), to=[email], headers=headers).send()
