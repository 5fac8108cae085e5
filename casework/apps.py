from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Fill what the ground floor offers."""
        from luisterloket.people.models import outside_cases

        from . import (  # noqa: F401
            checks,
            conference_disclosures,
            conference_notices,
            conference_panels,
            contact_disclosures,
            contact_panels,
            demo,
            demo_conference,
            demo_contacts,
            demo_documents,
            demo_follow_ups,
            demo_handover,
            demo_people,
            demo_plan,
            demo_safety,
            disclosures,
            disclosures_people,
            document_disclosures,
            document_panels,
            exception_disclosures,
            exception_panels,
            follow_up_disclosures,
            follow_up_panels,
            handover_disclosures,
            handover_facts,
            handover_notices,
            handover_panels,
            identity_numbers,
            in_hands,
            key_rotation,
            letter_disclosures,
            loose_ends,
            meeting_disclosures,
            meeting_panels,
            meldcode_disclosures,
            meldcode_panels,
            money_disclosures,
            money_panels,
            notices,
            panels,
            plan_disclosures,
            plan_panels,
            withholding,
            withholding_panels,
        )
        from .models import cases_elsewhere

        outside_cases.offer(cases_elsewhere())
