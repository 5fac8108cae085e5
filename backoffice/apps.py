from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackofficeConfig(AppConfig):
    name = "backoffice"
    verbose_name = _("Back office")

    def ready(self) -> None:
        """Fill what the lower floors offer."""
        from . import (  # noqa: F401
            absence_panels,
            absence_upkeep,
            actions,
            demo,
            demo_desk_work,
            demo_desks,
            demo_hand_ins,
            demo_loop,
            demo_stalls,
            demo_terms,
            escalation_panels,
            given_out,
            hand_in_disclosures,
            hand_in_notices,
            hand_in_panels,
            in_hands,
            notices,
            opinion_panels,
            outcomes,
            panels,
            pause_panels,
            preview_samples,
            rights,
            stall_notices,
            stall_panels,
        )
        from .api import events, scopes  # noqa: F401
