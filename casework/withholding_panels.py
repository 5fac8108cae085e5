"""What keeping back adds to Vandaag, and how it reads in the history of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import TodayItem, sentence, today

from .models import CopyCheck
from .withholding_pages import checks_for, sent_back_to

AT_MOST = 20

sentence("case.withheld", "lock", gettext_lazy("%(who)s keeps something from someone at home."))
sentence("case.withholding_lifted", "unlock", gettext_lazy("%(who)s no longer keeps something from someone at home."))
sentence("copy.check_asked", "eye", gettext_lazy("%(who)s asked a colleague to read version %(version)s before it is given."))
sentence("copy.checked", "eye", gettext_lazy("%(who)s read version %(version)s before it is given."))


@today.register(order=35)
def copies_to_read(user: Any) -> list[TodayItem]:
    """Copies that wait for this person to read them before they are given."""
    if not user.has(Permission.LISTEN):
        return []
    return [
        TodayItem(
            title=_("Read a copy before it is given"),
            url=_address(check, "case-summary-check"),
            action=_("Read and judge"),
            why=_("%(who)s asks you. Something in this case is kept from someone at home.") % {"who": check.asked_by.name},
            due_at=check.due_at,
            tone="waiting",
            state=_("Second reader"),
            icon="eye",
            owner=check.asked_by.name,
            case_id=check.case_id,
        )
        for check in checks_for(user, at_most=AT_MOST)
    ]


@today.register(order=36)
def copies_sent_back(user: Any) -> list[TodayItem]:
    """Copies of this person in which a colleague found something that must not be there."""
    if not user.has(Permission.LISTEN):
        return []
    return [
        TodayItem(
            title=_("A copy cannot be given as it is"),
            url=_address(check, "case-summary-version"),
            action=_("Look at it"),
            why=_("%(who)s found that something must not be in it.") % {"who": check.done_by.name if check.done_by else ""},
            due_at=check.due_at,
            tone="waiting",
            state=_("Second reader"),
            icon="eye",
            owner=user.name,
            case_id=check.case_id,
        )
        for check in sent_back_to(user, at_most=AT_MOST)
    ]


def _address(check: CopyCheck, name: str) -> str:
    return reverse(f"casework:{name}", args=[check.case_id, check.version.number])
