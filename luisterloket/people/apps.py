from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "luisterloket.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Its place in the menu and on Vandaag, who hears of what and how, and what it keeps under a key."""
        from . import demo_notifications, key_rotation, notices, panels, reaching  # noqa: F401
