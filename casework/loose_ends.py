"""What is still open in a case: each floor names its own. And casework's part: appointments to come, steps of the meldcode."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luisterloket.platform.registries import LooseEnd, loose_ends

from .models import Meeting, MeldcodeTrack


def of(*cases: UUID) -> list[LooseEnd]:
    """Everything of all floors that is open in these cases. As many queries for many as for one."""
    return [one for tell in loose_ends for one in tell(cases)]


@loose_ends.register(order=10)
def meetings(cases: Collection[UUID]) -> list[LooseEnd]:
    """Appointments to come, and those of which nobody said how they went."""
    found = Meeting.objects.to_come().filter(case__in=cases).defer("place", "purpose", "alone_because")
    return [
        LooseEnd(
            "meeting",
            one.pk,
            one.case_id,
            _("Appointment: %(kind)s") % {"kind": str(one.get_kind_display()).lower()},
            reverse("casework:case-meetings", args=[one.case_id]),
        )
        for one in found
    ]


@loose_ends.register(order=11)
def steps(cases: Collection[UUID]) -> list[LooseEnd]:
    """Steps of the meldcode that are not finished."""
    return [
        LooseEnd(
            "meldcode", pk, case, _("The steps of the meldcode are not finished"), reverse("casework:case-meldcode", args=[case])
        )
        for pk, case in MeldcodeTrack.objects.unfinished().filter(case__in=cases).values_list("pk", "case_id")
    ]
