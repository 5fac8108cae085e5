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
            given_out,
            hand_in_disclosures,
            hand_in_notices,
            hand_in_panels,
            in_hands,
            notices,
            panels,
            pause_panels,
            preview_samples,
            rights,
        )
        from .api import events, scopes  # noqa: F401
