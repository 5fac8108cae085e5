from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConnectionsConfig(AppConfig):
    name = "luisterloket.connections"
    label = "connections"
    verbose_name = _("Connections")

    def ready(self) -> None:
        """Its place in the menu, its mails, and the description of how one signs in to the API."""
        from . import demo, notices, panels  # noqa: F401
        from .api import schema  # noqa: F401
