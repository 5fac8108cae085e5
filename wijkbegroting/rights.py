"""What the money of the wijk keeps of a resident, for a copy of everything."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.platform.registries import CopyLine, CopySection, copies
from luisterloket.platform.templatetags.ui import euro

from .models import MaatwerkGrant


@copies.register(order=50)
def grants(user: Any, cases: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """Each grant that was asked for them: how much, what for, who decided, and to whom it was paid."""
    people = ("asked_by", "cosigned_by", "decided_by", "paid_by")
    found = MaatwerkGrant.objects.filter(case__in=cases, resident__in=rows).select_related(*people).order_by("asked_at")
    lines = [
        CopyLine(
            str(one.pk),
            f"{euro(one.amount)}: {one.purpose}",
            one.asked_at,
            _("Maatwerk: %(state)s") % {"state": str(one.get_status_display()).lower()},
            {
                "amount_cents": one.amount,
                "why_not_regular": one.why_not_regular,
                "expected_return": one.expected_return,
                "payee": one.payee_name,
                "iban": one.iban,
                "method": one.get_method_display(),
                "asked_by": one.asked_by.name,
                "cosigned_by": one.cosigned_by.name if one.cosigned_by else "",
                "decided_by": one.decided_by.name if one.decided_by else "",
                "decided_at": one.decided_at,
                "reason": one.reason,
                "paid_at": one.paid_at,
                "reference": one.payment_reference,
            },
        )
        for one in found
    ]
    return [CopySection("grants", gettext_lazy("Money that was asked and paid for you"), lines)]
