"""What requests of residents about their data add to the menu, Vandaag, the case page and the timeline."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import CasePanel, NavigationItem, TodayItem, case_panels, landing, navigation, sentence, today
from luisterloket.wijken.calendar import AMSTERDAM

from .models import Case, RightsCopy, RightsCorrection, RightsRequest
from .permissions import may_read, works_on
from .rights_page import rights_list
from .rights_permissions import handled_by

SHOWN_AT_MOST = 50
Status = RightsRequest.Status

sentence("rights.recorded", "scale", gettext_lazy("%(who)s wrote down what the resident asks about their data."))
sentence("rights.identified", "check", gettext_lazy("%(who)s made sure who asks about their data."))
sentence("rights.taken", "scale", gettext_lazy("%(who)s took the request about the resident’s data in hand."))
sentence("rights.extended", "clock", gettext_lazy("%(who)s extended the term of the request about the resident’s data."))
sentence("rights.decided", "scale", gettext_lazy("%(who)s decided on the request about the resident’s data."))
sentence("rights.told", "check", gettext_lazy("%(who)s told the resident what was decided about their data."))
sentence("rights.withdrawn", "minus", gettext_lazy("%(who)s wrote down that the resident takes the request back."))
sentence("rights.lifted", "unlock", gettext_lazy("%(who)s lifted what the request held back."))
sentence("rights.correction_asked", "edit", gettext_lazy("%(who)s wrote down what the resident wants put right."))
sentence("rights.corrected", "check", gettext_lazy("%(who)s put something right that the resident asked."))
sentence("rights.correction_refused", "minus", gettext_lazy("%(who)s put the resident’s own statement beside something."))
sentence("rights.copy_given", "page", gettext_lazy("%(who)s gave the resident a copy of everything."))
sentence("rights.near", "clock", gettext_lazy("The legal term of the request about the resident’s data comes near."))
sentence("rights.late", "warning", gettext_lazy("The legal term of the request about the resident’s data has passed."))


@navigation.register(order=45)
def menu(user: Any) -> list[NavigationItem]:
    if user.has(Permission.HANDLE_RIGHTS) or user.has(Permission.READ_LOG):
        return [NavigationItem(gettext_lazy("Rights"), reverse("casework:rights"), "scale")]
    return []


@landing.register(order=45)
def start(user: Any) -> str | None:
    """For who does nothing else."""
    return reverse("casework:rights") if user.has(Permission.HANDLE_RIGHTS) and not user.has(Permission.LISTEN) else None


@today.register(order=12)
def requests_to_handle(user: Any) -> list[TodayItem]:
    """For who handles them: those in their own hands, and those in nobody's."""
    if not user.has(Permission.HANDLE_RIGHTS):
        return []
    found = handled_by(user).open().filter(Q(handler=user) | Q(handler=None))
    rows = found.defer("text", "representative", "reason", "extended_because").order_by("due_on")
    now = timezone.localdate()
    return [
        TodayItem(
            title=str(one.get_kind_display()),
            url=reverse("casework:rights-request", args=[one.pk]),
            action=_("Go on with it") if one.handler_id else _("Take it in hand"),
            why=_("The law says when the resident must have heard."),
            due_at=_end_of(one.due_on),
            tone="acute" if one.due_on < now else "waiting",
            state=one.get_status_display(),
            icon="scale",
            owner=user.name if one.handler_id else "",
        )
        for one in rows[:SHOWN_AT_MOST]
    ]


@today.register(order=12)
def terms_that_passed(user: Any) -> list[TodayItem]:
    """For who supervises: that a term has passed, and of what kind of request."""
    if not user.has(Permission.READ_LOG):
        return []
    late = [one for one in rights_list(user).open if one.tone == "acute"]
    return [
        TodayItem(
            title=_("The legal term has passed: %(kind)s") % {"kind": one.kind},
            url=reverse("casework:rights"),
            action=_("See the list"),
            why=_("Ask who handles it why, and what the resident was told."),
            due_at=_end_of(one.due_on),
            tone="acute",
            state=one.status,
            icon="warning",
            owner=one.handler,
        )
        for one in late[:SHOWN_AT_MOST]
    ]


@today.register(order=24)
def copies_to_read(user: Any) -> list[TodayItem]:
    found = RightsCopy.objects.filter(reader=user.pk, read_at=None, request__status__in=RightsRequest.OPENS)
    return [
        TodayItem(
            title=_("Read a copy of everything before it is given"),
            url=reverse("casework:rights-copy", args=[one.request_id]),
            action=_("Read it"),
            why=_("%(who)s asks whether anything in it must not be given.") % {"who": one.asked_by.name},
            tone="waiting",
            state=_("To read"),
            icon="eye",
            owner=user.name,
        )
        for one in found.select_related("asked_by").order_by("asked_at")[:SHOWN_AT_MOST]
    ]


@today.register(order=23)
def to_put_right(user: Any) -> list[TodayItem]:
    """For the owner of the case."""
    if not user.has(Permission.LISTEN):
        return []
    found = RightsCorrection.objects.filter(status=RightsCorrection.Status.ASKED, case__in=Case.objects.owned_by(user))
    found = found.only("case_id", "unit_id", "category", "asked_at").order_by("asked_at")
    return [
        TodayItem(
            title=_("The resident asks to put something right"),
            url=reverse("casework:case-rights", args=[one.case_id]),
            action=_("Put it right"),
            why=_("The law says when the resident must have heard."),
            tone="waiting",
            state=_("Correction"),
            icon="edit",
            owner=user.name,
            case_id=one.case_id,
        )
        for one in found[:SHOWN_AT_MOST]
        if may_read(user, one.category, one.unit_id)
    ]


@case_panels.register(order=95)
def rights_of_the_resident(user: Any, case: Case) -> CasePanel | None:
    """What was asked about the data, and where one writes it down; what it holds back stands here too."""
    if not works_on(user, case):
        return None
    found = RightsRequest.objects.filter(case=case).exclude(status=Status.WITHDRAWN)
    rows = list(found.defer("text", "representative", "reason", "extended_because").order_by("due_on"))
    waiting = [one for one in rows if one.status != Status.TOLD]
    holding = [one for one in rows if one.holds_back]
    return CasePanel("casework/rights_panel.html", {"case": case, "waiting": waiting, "holding": holding})


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), AMSTERDAM)
