from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackofficeConfig(AppConfig):
    name = "backoffice"
    verbose_name = _("Back office")

    def ready(self) -> None:
        """Fill what the lower floors offer."""
        from . import (  # noqa: F401
            actions,
            demo,
            demo_stalls,
            given_out,
            in_hands,
            notices,
            panels,
            preview_samples,
            rights,
            stall_notices,
            stall_panels,
        )
