"""How someone wants to hear of what happens; and letting what waits to go out try again."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from luisterloket.people import permissions
from luisterloket.people.models import NotificationSettings
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.models import MailQueue
from luisterloket.platform.notifications import How, groups


@command
def choose_notifications(
    *,
    actor: Any,
    choices: Mapping[str, str],
    is_quiet: bool,
    quiet_from: time,
    quiet_until: time,
    days_off: bool,
    urgent_passes: bool,
    language: str,
) -> NotificationSettings:
    """Everyone for themself: what is mailed, and when not. It counts for what happens from now on.

    What duty asks (a breach, a file opened in an emergency, one's own account) is mailed whatever is chosen here; raises `Refused`
    for a choice about it, and for hours that leave nothing quiet.
    """
    if any(code not in groups or groups[code].duty for code in choices):
        raise Refused(_("These messages are always mailed, because your work asks it."), code="duty")
    if any(how not in How.values for how in choices.values()) or language not in dict(settings.LANGUAGES):
        raise Refused(_("Choose one of the answers."), code="unknown")
    if is_quiet and quiet_from == quiet_until:
        raise Refused(_("From and until are the same hour. Choose two hours, or switch quiet hours off."), code="same")
    chosen = {
        "is_quiet": is_quiet,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "days_off": days_off,
        "urgent_passes": urgent_passes,
        "language": language,
    }
    earlier = NotificationSettings.objects.filter(pk=actor.pk).first()
    # A choice about what does not concern this person now stays for when it does.
    kept = {**(earlier.choices if earlier else {}), **choices}
    found, _new = NotificationSettings.objects.update_or_create(user_id=actor.pk, defaults={**chosen, "choices": kept})
    record(actor, "notifications.chosen", found)
    return found


@command
def retry_deliveries(*, actor: Any) -> Any:
    """What failed and rests is tried at the next run: for after a repair. The account administrator may do this."""
    permissions.check_may_manage_accounts(actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT retry_deliveries()")
    record(actor, "deliveries.retried", MailQueue(recipient_id=actor.pk))
    return actor
