from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConvenantConfig(AppConfig):
    name = "luisterloket.convenant"
    label = "convenant"
    verbose_name = _("Convenant")

    def ready(self) -> None:
        """Its place in the menu and its part of the demo city."""
        from . import demo, panels  # noqa: F401
