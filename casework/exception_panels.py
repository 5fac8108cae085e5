"""What exceptions add to the case page, Vandaag and the timeline: that there is one, and for whom to answer or look again."""

from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import CasePanel, TodayItem, case_panels, sentence, today
from luisterloket.wijken.calendar import AMSTERDAM

from .models import Case, RuleException
from .permissions import may_read, works_on

Status = RuleException.Status
SHOWN_AT_MOST = 50

sentence("exception.asked", "scale", gettext_lazy("%(who)s asked an exception to a rule."))
sentence("exception.agreed", "check", gettext_lazy("%(who)s agreed to an exception."))
sentence("exception.refused", "minus", gettext_lazy("%(who)s refused an exception."))
sentence("exception.reviewed", "scale", gettext_lazy("%(who)s looked at an exception again."))
sentence("exception.ended", "check", gettext_lazy("%(who)s ended an exception."))


@case_panels.register(order=15)
def exceptions_of_the_case(user: Any, case: Case) -> CasePanel | None:
    """Those asked and in force, of which this person may read."""
    if not works_on(user, case):
        return None
    found = RuleException.objects.open().filter(case=case).defer("rule", "why", "answer").select_related("answered_by")
    open_ones = [one for one in found if may_read(user, one.category, case.unit_id, case.pk)]
    waiting = [one for one in open_ones if one.status == Status.ASKED]
    agreed = [one for one in open_ones if one.status == Status.AGREED]
    url = reverse("casework:case-exceptions", args=[case.pk])
    waits: list[tuple[datetime | None, Any, str]] = [(None, _("An exception waits for who agrees"), url) for one in waiting]
    waits += [(_end_of(one.review_on), _("Look at an exception again"), url) for one in agreed]
    return CasePanel("casework/exceptions_panel.html", {"case": case, "waiting": waiting, "agreed": agreed}, waits)


@today.register(order=22)
def exceptions_to_answer(user: Any) -> list[TodayItem]:
    """For who divides the work in the wijk, and may answer; a coordinator who did not join the case yet is led to it."""
    units = user.units_with(Permission.DIVIDE_WORK)
    if not units:
        return []
    found = RuleException.objects.filter(status=Status.ASKED, unit__in=units, case__in=Case.objects.known_to(user).values("pk"))
    found = found.exclude(asked_by=user).defer("rule", "why", "answer").select_related("asked_by", "case").order_by("asked_at")
    return [
        TodayItem(
            title=_("An exception is asked of you"),
            url=reverse("casework:case-exceptions" if works_on(user, one.case) else "casework:case-join", args=[one.case_id]),
            action=_("Read and answer"),
            why=_("%(who)s asks to help outside a rule.") % {"who": one.asked_by.name},
            tone="waiting",
            state=_("Exception"),
            icon="scale",
            owner=user.name,
            case_id=one.case_id if works_on(user, one.case) else None,
        )
        for one in found[:SHOWN_AT_MOST]
        if may_read(user, one.category, one.unit_id)
    ]


@today.register(order=23)
def exceptions_to_review(user: Any) -> list[TodayItem]:
    """From the day of review on, for the owner of the case."""
    if not user.has(Permission.LISTEN):
        return []
    due = RuleException.objects.filter(
        status=Status.AGREED, review_on__lte=timezone.localdate(), case__in=Case.objects.owned_by(user)
    )
    return [
        TodayItem(
            title=_("Look at an exception again"),
            url=reverse("casework:case-exceptions", args=[one.case_id]),
            action=_("Go on, or end it"),
            why=_("Is it still needed? Then say until when."),
            due_at=_end_of(one.review_on),
            tone="waiting",
            state=_("Exception"),
            icon="scale",
            owner=user.name,
            case_id=one.case_id,
        )
        for one in due.defer("rule", "why", "answer").order_by("review_on")[:SHOWN_AT_MOST]
        if may_read(user, one.category, one.unit_id)
    ]


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), AMSTERDAM)
