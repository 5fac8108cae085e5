"""What someone does with the notifications that are theirs. That something was read is no history of anything."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .commands import command
from .exceptions import NotAllowed
from .models import Notification


@command
def open_notification(*, actor: Any, notification: Notification) -> Notification:
    """It was read: from now on it is neither counted nor mailed. Once is enough.

    Raises `NotAllowed` for one of somebody else.
    """
    _check_is_of(actor, notification)
    Notification.objects.unread().filter(pk=notification.pk).update(read_at=timezone.now())
    return notification


@command
def read_up_to(*, actor: Any, notification: Notification) -> Notification:
    """This one and all before it were read. What came in since the page was opened stays unread.

    Raises `NotAllowed` for one of somebody else.
    """
    _check_is_of(actor, notification)
    earlier = Notification.objects.unread().filter(recipient_id=actor.pk, at__lte=notification.at)
    earlier.update(read_at=timezone.now())
    return notification


def _check_is_of(actor: Any, notification: Notification) -> None:
    if notification.recipient_id != actor.pk:
        raise NotAllowed(_("Everyone reads their own messages."))
