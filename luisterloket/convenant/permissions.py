"""Who may look at the convenant and at the access log, and who keeps the convenant."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed


def check_may_see_convenant(actor: Any) -> None:
    """Everyone with an appointment may read what they work under."""
    if not actor.has(Permission.SEE_CONVENANT):
        raise NotAllowed(_("Whoever has an appointment may read the convenant."))


def check_may_read_log(actor: Any) -> None:
    if not actor.has(Permission.READ_LOG):
        raise NotAllowed(_("The privacy officer reads the access log. Of your own cases you see on the case page who looked."))


def check_may_configure(actor: Any) -> None:
    if not actor.has(Permission.CONFIGURE_CONVENANT):
        raise NotAllowed(_("The convenant administrator may do this."))


def check_may_report_breach(actor: Any) -> None:
    """Everyone with an appointment: who finds it must be able to say so in a minute."""
    if not actor.posts:
        raise NotAllowed(_("Whoever has an appointment may report a data breach."))


def check_may_handle_breaches(actor: Any) -> None:
    if not actor.has(Permission.HANDLE_BREACHES):
        raise NotAllowed(_("The privacy officer handles data breaches."))
