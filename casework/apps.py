from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Fill what the ground floor offers."""
        from luisterloket.people.models import outside_cases

        from . import (  # noqa: F401
            contact_disclosures,
            contact_panels,
            demo,
            demo_contacts,
            demo_handover,
            demo_people,
            demo_safety,
            disclosures,
            disclosures_people,
            handover_disclosures,
            handover_notices,
            handover_panels,
            identity_numbers,
            meeting_disclosures,
            meeting_panels,
            meldcode_disclosures,
            meldcode_panels,
            money_disclosures,
            money_panels,
            notices,
            panels,
            withholding,
            withholding_panels,
        )
        from .models import cases_elsewhere

        outside_cases.offer(cases_elsewhere())
