from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WijkbegrotingConfig(AppConfig):
    name = "wijkbegroting"
    verbose_name = _("Wijkbegroting")

    def ready(self) -> None:
        """Fill what the lower floors offer."""
        from . import demo, disclosures, panels, preview_samples, rights  # noqa: F401
