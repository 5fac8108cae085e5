"""What connections add to the menu, and to the list of what was done to access."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luisterloket.people import changes
from luisterloket.people.permissions import may
from luisterloket.platform.registries import NavigationItem, navigation

from . import permissions

changes.also(
    "connections.connection",
    {
        "connection.opened": _("%(who)s let the system %(whom)s in."),
        "connection.ended": _("%(who)s ended the connection of %(whom)s."),
        "token.issued": _("%(who)s made a token for a system."),
        "token.revoked": _("%(who)s took a token of a system away."),
        "webhook.added": _("%(who)s gave an address that is told what happens."),
        "webhook.secret_renewed": _("%(who)s renewed the secret of an address that is told what happens."),
        "webhook.switched_off": _("%(who)s switched an address off that was told what happens."),
    },
)


@navigation.register(order=72)
def menu(user: Any) -> list[NavigationItem]:
    if not may(permissions.check_may_see_connections, user):
        return []
    return [NavigationItem(_("Connections"), reverse("connections"), "link")]
