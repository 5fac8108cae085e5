from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Fill what the ground floor offers."""
        from luisterloket.people.models import open_emergencies, outside_cases

        from . import (  # noqa: F401
            checks,
            conference_disclosures,
            conference_notices,
            conference_panels,
            consent_panels,
            consents,
            contact_disclosures,
            contact_panels,
            demo,
            demo_conference,
            demo_consents,
            demo_contacts,
            demo_documents,
            demo_emergencies,
            demo_erasing,
            demo_follow_ups,
            demo_handover,
            demo_people,
            demo_plan,
            demo_rights,
            demo_safety,
            disclosures,
            disclosures_people,
            document_disclosures,
            document_panels,
            emergency_disclosures,
            emergency_notices,
            emergency_panels,
            erasure_notices,
            erasure_panels,
            exception_disclosures,
            exception_panels,
            follow_up_disclosures,
            follow_up_panels,
            given_out,
            handover_disclosures,
            handover_facts,
            handover_notices,
            handover_panels,
            identity_numbers,
            in_hands,
            key_rotation,
            letter_disclosures,
            look_patterns,
            loose_ends,
            meeting_disclosures,
            meeting_panels,
            meldcode_disclosures,
            meldcode_panels,
            money_disclosures,
            money_panels,
            notices,
            panels,
            phases,
            plan_disclosures,
            plan_panels,
            preview_samples,
            rights_disclosures,
            rights_holds,
            rights_notices,
            rights_panels,
            rights_sections,
            withholding,
            withholding_panels,
        )
        from .models import cases_elsewhere, emergencies_now

        outside_cases.offer(cases_elsewhere())
        open_emergencies.offer(emergencies_now())
