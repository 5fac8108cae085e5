from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackofficeConfig(AppConfig):
    name = "backoffice"
    verbose_name = _("Back office")

    def ready(self) -> None:
        """Fill what the lower floors offer."""
        from . import actions, demo, given_out, in_hands, notices, panels, preview_samples, rights  # noqa: F401
        from .api import events, scopes  # noqa: F401
