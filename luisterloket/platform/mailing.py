"""Notifications that go out by mail: to each person in order, until they are out, and no word of what they are about.

A mail is sent and noted in a transaction of its own. Whoever dies in between sends it again, with the same Message-ID, so that a
mailbox can keep one of them. A failure lets all that waits for that person rest; one of the mail server lets everyone's rest.
"""

import logging
from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from .models import MailQueue, Notification
from .notifications import Address, reach, text_of
from .writing import writing

log = logging.getLogger(__name__)
SUBJECT = gettext_noop("Something is waiting for you in Luisterloket")
FIRST_REST = timedelta(minutes=1)
# A server that is back is found soon; an address that is refused may be mended once a day.
LONGEST_REST = {"server": timedelta(minutes=15), "address": timedelta(days=1)}
# About this one mail; whatever else goes wrong with the connection is of the server.
OF_THE_MAIL = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError)


class ServerFails(Exception):
    """The mail server cannot be reached, or takes nothing from us."""


def send_due(at_most: int = 200) -> int:
    """Mail what is due, to so many people at most; returns how many mails went out. Safe to run twice, also at once."""
    waiting = _who_waits(at_most)
    sent = 0
    with _Connection() as connection:
        for place, recipient in enumerate(waiting):
            try:
                while (mails := _send_next(recipient, connection)) is not None:
                    sent += mails
            except ServerFails as failure:
                log.exception("The mail server fails")
                _rest(waiting[place:], failure.__cause__, "server")
                break
            except Exception as failure:
                log.exception("A mail could not be sent", extra={"recipient_id": str(recipient)})
                connection.close()
                _rest([recipient], failure, "address")
    return sent


class _Connection:
    """One connection for a whole run, opened when the first mail goes."""

    def __init__(self) -> None:
        self.backend = get_connection()

    def __enter__(self) -> "_Connection":
        return self

    def __exit__(self, *exc: Any) -> None:
        self.close()

    def close(self) -> None:
        try:
            self.backend.close()
        except OSError:
            log.warning("The connection to the mail server broke")

    def send(self, mail: EmailMessage) -> None:
        try:
            self.backend.open()
            self.backend.send_messages([mail])
        except OF_THE_MAIL:
            raise
        except (SMTPException, OSError) as failure:
            raise ServerFails from failure


def _who_waits(at_most: int) -> list[UUID]:
    """Who has mail that is due and does not rest; who waits longest first."""
    now = timezone.now()
    resting = MailQueue.objects.filter(recipient_id=OuterRef("recipient_id"), next_try_at__gt=now)
    waiting = Notification.objects.to_mail(now).exclude(Exists(resting)).values("recipient_id").annotate(first=Min("mail_at"))
    return list(waiting.order_by("first").values_list("recipient_id", flat=True)[:at_most])


def _send_next(recipient: UUID, connection: _Connection) -> int | None:
    """Send this person's next mail; None when there is none, or when another is at it."""
    with writing("platform.send_mail"), transaction.atomic():
        now = timezone.now()
        MailQueue.objects.bulk_create([MailQueue(recipient_id=recipient)], ignore_conflicts=True)
        theirs = MailQueue.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=now), pk=recipient)
        queue = theirs.select_for_update(skip_locked=True).first()
        due = Notification.objects.to_mail(now).filter(recipient_id=recipient).order_by("mail_at", "at", "pk")
        first = due.first() if queue else None
        if queue is None or first is None:
            return None
        address = reach.addresses([recipient], now).get(recipient)
        if address is None:
            # Blocked, or gone: nothing is mailed any more.
            Notification.objects.filter(recipient_id=recipient, mailed_at=None).update(mail_at=None)
            return 0
        if first.in_digest and queue.digest_at and queue.digest_at >= first.mail_at:
            # It came in while the digest of this morning went out.
            Notification.objects.filter(pk=first.pk).update(mail_at=address.next_digest)
            return 0
        told = list(due.filter(in_digest=True)) if first.in_digest else [first]
        connection.send(_mail(told, address))
        Notification.objects.filter(pk__in=[one.pk for one in told]).update(mailed_at=timezone.now())
        done: dict[str, Any] = {"attempts": 0, "failing_since": None, "error": "", "next_try_at": None}
        if first.in_digest:
            done["digest_at"] = max(one.mail_at for one in told)
        MailQueue.objects.filter(pk=recipient).update(**done)
        return 1


def _rest(recipients: Collection[UUID], failure: BaseException | None, whose: str) -> None:
    """Try these later: twice as long each time. Whoever failed first sets the pace of all."""
    with writing("platform.send_mail"), transaction.atomic():
        MailQueue.objects.bulk_create([MailQueue(recipient_id=one) for one in recipients], ignore_conflicts=True)
        now = timezone.now()
        known = dict(MailQueue.objects.filter(pk__in=recipients).values_list("pk", "attempts"))
        attempts = known[next(iter(recipients))]
        MailQueue.objects.filter(pk__in=recipients).update(
            attempts=attempts + 1,
            failing_since=Coalesce("failing_since", now),
            error=type(failure).__name__[:60],
            next_try_at=now + min(FIRST_REST * 2 ** min(attempts, 16), LONGEST_REST[whose]),
        )


def _mail(told: list[Notification], address: Address) -> EmailMessage:
    """One mail about these: of one of them its sentence, of a digest how many there are of each kind."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    first = told[0]
    with translation.override(address.language):
        if first.in_digest:
            name, lines, path = f"digest.{first.pk}.{told[-1].pk}", _counted(told), reverse("notifications")
        else:
            name, lines = str(first.pk), [_(text_of(first.kind))]
            path = reverse("notification", args=[first.pk]) if first.path else ""
        parts = [
            "\n".join(lines),
            _("Sign in to see it: %(link)s") % {"link": settings.BASE_URL + path} if path else "",
            _("This mail holds no personal data."),
            _("Choose what is mailed to you, and when: %(link)s") % {"link": settings.BASE_URL + reverse("notification-settings")},
        ]
        return EmailMessage(
            _(SUBJECT),
            "\n\n".join(part for part in parts if part),
            to=[address.email],
            headers={"Message-ID": f"<{name}@{host}>", "Auto-Submitted": "auto-generated"},
        )


def _counted(told: list[Notification]) -> list[str]:
    many = len(told)
    above = ngettext("%(n)d message since your last summary:", "%(n)d messages since your last summary:", many) % {"n": many}
    return [above, *(f"{n} × {_(text)}" for text, n in Counter(text_of(one.kind) for one in told).items())]
