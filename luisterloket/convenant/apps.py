from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConvenantConfig(AppConfig):
    name = "luisterloket.convenant"
    label = "convenant"
    verbose_name = _("Convenant")

    def ready(self) -> None:
        """Its place in the menu, its mails and its part of the demo city."""
        from . import breach_panels, demo, demo_supervision, notices, panels  # noqa: F401
