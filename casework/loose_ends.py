"""What is still open in a case: each floor names its own. And casework's part: appointments to come, steps of the meldcode."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luisterloket.platform.registries import LooseEnd, loose_ends
from luisterloket.platform.templatetags.ui import when_amid

from .models import Case, CaseConference, Meeting, MeldcodeTrack
from .permissions import may_read
from .signs import SAFETY


def of(*cases: UUID) -> list[LooseEnd]:
    """Everything of all floors that is open in these cases. As many queries for many as for one."""
    return [one for tell in loose_ends for one in tell(cases)]


def told_to(user: Any, case: Case) -> list[LooseEnd]:
    """What of it this person may know of: the rest stays with who watches it."""
    return [one for one in of(case.pk) if not one.category or may_read(user, one.category, case.unit_id, case.pk)]


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
            "meldcode",
            pk,
            case,
            _("The steps of the meldcode are not finished"),
            reverse("casework:case-meldcode", args=[case]),
            category=SAFETY,
            owner_id=owner,
        )
        for pk, case, owner in MeldcodeTrack.objects.unfinished().filter(case__in=cases).values_list("pk", "case_id", "owner_id")
    ]


@loose_ends.register(order=12)
def conferences(cases: Collection[UUID]) -> list[LooseEnd]:
    """A casusoverleg that is planned: hold it, call it off, or decide who sees to it."""
    return [
        LooseEnd(
            "conference",
            one.pk,
            one.case_id,
            _("An overleg is planned, on %(day)s") % {"day": when_amid(one.starts_at)},
            reverse("casework:case-conferences", args=[one.case_id]),
        )
        for one in CaseConference.objects.planned().filter(case__in=cases).order_by("starts_at")
    ]
