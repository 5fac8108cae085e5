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
            demo_desk_work,
            demo_loop,
            demo_terms,
            desk_panels,
            escalation_panels,
            given_out,
            in_hands,
            notices,
            outcomes,
            panels,
            preview_samples,
            rights,
        )
