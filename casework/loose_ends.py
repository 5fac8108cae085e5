"""What is still open in a case: each floor names its own. And casework's part: appointments to come, steps of the meldcode."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luisterloket.platform.registries import LooseEnd, loose_ends

from .models import Case, Meeting, MeldcodeTrack


def of(case: Case) -> list[LooseEnd]:
    """Everything of all floors that is open in this case."""
    return [one for tell in loose_ends for one in tell(case)]


@loose_ends.register(order=10)
def meetings(case: Any) -> list[LooseEnd]:
    """Appointments to come, and those of which nobody said how they went."""
    url = reverse("casework:case-meetings", args=[case.pk])
    return [
        LooseEnd("meeting", one.pk, _("Appointment: %(kind)s") % {"kind": str(one.get_kind_display()).lower()}, url)
        for one in Meeting.objects.to_come().filter(case=case)
    ]


@loose_ends.register(order=11)
def steps(case: Any) -> list[LooseEnd]:
    """Steps of the meldcode that are not finished."""
    url = reverse("casework:case-meldcode", args=[case.pk])
    return [
        LooseEnd("meldcode", one.pk, _("The steps of the meldcode are not finished"), url)
        for one in MeldcodeTrack.objects.unfinished().filter(case=case)
    ]
