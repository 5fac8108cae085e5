"""What the next contact, ended cases and early signs add to the case page, Vandaag and the timeline."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.models import Appointment
from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.registries import (
    Beginning,
    CasePanel,
    LooseEnd,
    TodayItem,
    beginnings,
    case_panels,
    sentence,
    today,
)
from luisterloket.platform.templatetags.ui import when_amid

from . import loose_ends
from .follow_ups import next_of
from .models import Case, CaseEnding, EarlySign, FollowUp, LooseEndDecision, closed_to, units_watched
from .permissions import may_read
from .rhythm import rhythm_of

AT_MOST = 30
LISTENS = [role.code for role in ROLES.values() if Permission.LISTEN in role.permissions]

sentence("follow_up.reached", "chat", gettext_lazy("%(who)s asked how it goes."))
sentence("follow_up.not_reached", "minus", gettext_lazy("%(who)s wanted to ask how it goes, and reached nobody."))
sentence("follow_up.not_now", "pause", gettext_lazy("%(who)s asked how it goes; the resident said: not now."))
sentence("follow_up.moved", "calendar", gettext_lazy("%(who)s gave the next contact another day or owner."))
sentence("follow_up.flagged", "warning", gettext_lazy("The next contact was late, or had nobody any more."))
sentence("case.waakvlam", "flame", gettext_lazy("%(who)s put this case on waakvlam."))
sentence("case.ended", "check", gettext_lazy("%(who)s ended this case."))
sentence("case.woken", "sun", gettext_lazy("%(who)s made this case active again."))
sentence("sign.linked", "link", gettext_lazy("%(who)s added an early sign to this case."))


@beginnings.register(order=25)
def new_early_sign(user: Any) -> list[Beginning]:
    return [Beginning(_("New early sign"), reverse("casework:early-sign-new"), "bell")] if user.has(Permission.LISTEN) else []


@case_panels.register(order=9)
def next_contact(user: Any, case: Case) -> CasePanel | None:
    """When one asks how it goes, with one tap for who just did; or that the case was ended."""
    if not may_read(user, FollowUp.CATEGORY, case.unit_id, case.pk):
        return None
    to_come, rhythm = next_of(case), rhythm_of(case.unit_id)
    context: dict[str, Any] = {"case": case, "to_come": to_come, "statuses": Case.Status}
    if to_come is None:
        context["ended_at"] = CaseEnding.objects.filter(case=case).values_list("at", flat=True).first()
        return CasePanel("casework/follow_up_panel.html", context)
    context |= {"next_on": rhythm.next_on(to_come, FollowUp.Result.REACHED), "is_last": rhythm.is_last(to_come)}
    url = reverse("casework:case-follow-up", args=[case.pk])
    said = _("%(what)s: %(who)s") % {"what": to_come.get_kind_display(), "who": to_come.who.name}
    return CasePanel("casework/follow_up_panel.html", context, [(end_of(to_come.due_on), said, url)])


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


# Vandaag ---------------------------------------------------------------------------------------------------------


@today.register(order=19)
def my_follow_ups(user: Any) -> list[TodayItem]:
    """Whom to ask how it goes: from the day itself until it is done."""
    if not user.has(Permission.LISTEN):
        return []
    due = Q(due_on__lte=timezone.localdate())
    found = FollowUp.objects.mine(user).filter(due).select_related("who").defer("about", "moved_because")
    return [
        TodayItem(
            title=_("Ask how it goes"),
            url=reverse("casework:case-follow-up", args=[one.case_id]),
            action=_("Say how it went"),
            why=_("On waakvlam. It was to be %(day)s at the latest.") % {"day": when_amid(one.due_on)}
            if one.kind == FollowUp.Kind.WAAKVLAM
            else _("It was to be %(day)s at the latest.") % {"day": when_amid(one.due_on)},
            due_at=end_of(one.due_on),
            tone="waiting",
            state=_("Too late") if one.is_late else _("Next contact"),
            icon="phone",
            owner=one.who.name,
            case_id=one.case_id,
        )
        for one in found[:AT_MOST]
    ]


@today.register(order=26)
def late_in_the_wijk(user: Any) -> list[TodayItem]:
    """What the sweep flagged, for who must see to it that somebody does it. Not what stands among one's own already."""
    if not user.has(Permission.LISTEN):
        return []
    mine = FollowUp.objects.mine(user).filter(due_on__lte=timezone.localdate()).values("pk")
    found = FollowUp.objects.to_watch(user).exclude(pk__in=mine).select_related("who").defer("about", "moved_because")
    return [
        TodayItem(
            title=_("It is late to ask how it goes") if one.is_late else _("Nobody can ask how it goes any more"),
            url=reverse("casework:case-follow-up-give", args=[one.case_id]),
            action=_("Give it to a colleague"),
            why=_("Of %(who)s, %(day)s at the latest. Ask them, or give it to someone else.")
            % {"who": one.who.name, "day": when_amid(one.due_on)},
            due_at=end_of(one.due_on),
            tone="waiting",
            state=_("Next contact"),
            icon="warning",
            owner=one.who.name,
            case_id=one.case_id,
        )
        for one in found.order_by("late_on")[:AT_MOST]
    ]


@today.register(order=27)
def early_signs(user: Any) -> list[TodayItem]:
    """One's own that are due, and what is late or nobody's, for who sees to that."""
    if not user.has(Permission.LISTEN):
        return []
    signs = EarlySign.objects.select_related("owner").defer("about", "place", "seen", "told_by")
    # What threatens stands there from the moment it was noted.
    waits = Q(due_on__lte=timezone.localdate()) | (~Q(threat="") & Q(status=EarlySign.Status.NEW))
    mine = signs.visible_to(user).open().filter(waits, owner=user).order_by("due_on")[:AT_MOST]
    own = {one.pk for one in mine}
    watched = [one for one in signs.to_watch(user).order_by("late_on")[:AT_MOST] if one.pk not in own]
    return [_sign(one) for one in [*mine, *watched]]


def _sign(one: EarlySign) -> TodayItem:
    acute = bool(one.threat)
    return TodayItem(
        title=_("Early sign: %(kind)s") % {"kind": str(one.get_kind_display()).lower()},
        url=reverse("casework:early-sign", args=[one.pk]),
        action=_("Take it up"),
        why=one.get_threat_display() if acute else _("A first contact, %(day)s at the latest.") % {"day": when_amid(one.due_on)},
        due_at=end_of(one.due_on),
        tone="acute" if acute and one.status == EarlySign.Status.NEW else "waiting",
        state=one.get_flagged_because_display() or one.get_status_display(),
        icon="bell",
        owner=one.owner.name,
    )


@today.register(order=28)
def still_open_after_the_end(user: Any) -> list[TodayItem]:
    """What was open when a case ended, for who went on watching it, until the thing itself is done. Past its day, or when that one
    cannot any more, for who sees to the wijk too.
    """
    if not user.has(Permission.LISTEN):
        return []
    on = timezone.localdate()
    in_force = Appointment.objects.in_force().filter(user=OuterRef("who"), role__in=LISTENS, user__is_active=True)
    watched = Q(unit__in=units_watched(user)) & (Q(until__lt=on) | ~Exists(in_force))
    decisions = LooseEndDecision.objects.filter(Q(who=user) | watched).exclude(case_id__in=closed_to(user))
    found = list(decisions.select_related("who").defer("because").order_by("until")[:AT_MOST])
    cases = {one.case_id for one in found}
    still = {(one.kind, one.ref): one for one in loose_ends.of(*cases)} if cases else {}
    works = set(Case.objects.worked_on_by(user).filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()
    things = [(one, still.get((one.kind, one.ref))) for one in found]
    return [_left_open(user, one, thing, works=one.case_id in works) for one, thing in things if thing is not None]


def _left_open(user: Any, one: LooseEndDecision, thing: LooseEnd, *, works: bool) -> TodayItem:
    """Whoever goes on watching is told what; who only sees to it in the wijk is told that there is something, and by whom."""
    mine = works and one.who_id == user.pk and (not thing.category or may_read(user, thing.category, one.unit_id))
    return TodayItem(
        title=_("Still open after the end: %(what)s") % {"what": thing.text}
        if mine
        else _("Something is open after the end of a case"),
        url=thing.url if mine else reverse("casework:case-join", args=[one.case_id]),
        action=_("Look at it"),
        why=_("%(who)s goes on watching it until %(day)s.") % {"who": one.who.name, "day": when_amid(one.until)},
        due_at=end_of(one.until),
        tone="waiting",
        state=_("Still open"),
        icon="hourglass",
        owner=one.who.name,
        case_id=one.case_id,
    )
