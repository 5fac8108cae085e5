"""What handovers and ending contracts add to the menu, the case page, Vandaag, the summary and the timeline."""

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from luisterloket.people.roles import Permission
from luisterloket.platform.plain import Plain, phrase
from luisterloket.platform.registries import (
    CasePanel,
    NavigationItem,
    TodayItem,
    case_panels,
    navigation,
    sentence,
    summary_sentences,
    today,
)

from .contract_endings import endings_for, left_of
from .handovers import cases_without_owner
from .models import Case, Handover
from .models.contract_endings import ContractEnding

AT_MOST = 10
Status = Handover.Status
HELPS = phrase(gettext_noop("From %(day)s on, %(who)s helps you."))

sentence("handover.planned", "swap", gettext_lazy("%(who)s planned to hand this case over to %(user)s."))
sentence("handover.listed", "swap", gettext_lazy("The contract ends: this case came on the list to hand over."))
sentence("handover.introduced", "people", gettext_lazy("%(who)s arranged the introduction of %(user)s."))
sentence("handover.checked", "check", gettext_lazy("%(who)s saw to a point of the handover."))
sentence("handover.noted", "edit", gettext_lazy("%(who)s wrote in the personal note of the handover."))
sentence("handover.given_back", "undo", gettext_lazy("%(who)s gave the handover back to %(user)s."))
sentence("handover.called_off", "minus", gettext_lazy("%(who)s called the handover off."))
sentence("handover.carried", "swap", gettext_lazy("The contract ended: this case went along to %(user)s."))
sentence("handover.done", "swap", gettext_lazy("%(who)s took this case over from %(user)s."))


@navigation.register(order=40)
def contracts_in_the_menu(user: Any) -> list[NavigationItem]:
    """For who has no cases. Who has them finds their handovers on Vandaag, beside their residents and on the page of a case."""
    if user.has(Permission.LISTEN):
        return []
    if user.has(Permission.CONFIGURE_CONVENANT) or user.has(Permission.DECIDE_ABOVE_MANDATE):
        return [NavigationItem(gettext_lazy("Contracts"), reverse("casework:contracts"), "swap")]
    return []


@case_panels.register(order=90)
def handover_of_the_case(user: Any, case: Case) -> CasePanel:
    handover = Handover.objects.open().filter(case=case).select_related("to_user", "to_unit").first()
    waits: list[tuple[datetime | None, Any, str]] = []
    if handover is not None:
        waits = [(_end_of(handover.due_on), _what(handover), reverse("casework:case-handover", args=[case.pk]))]
    return CasePanel("casework/handover_panel.html", {"case": case, "handover": handover}, waits)


@summary_sentences.register(order=5)
def who_helps_from_when(user: Any, case: Case) -> list[Plain]:
    """For the resident, once they know who comes."""
    coming = Handover.objects.filter(case=case, status=Status.INTRODUCED).select_related("to_user").first()
    return [Plain(HELPS, {"who": coming.to_user, "day": coming.due_on}, f"handover-{coming.pk}")] if coming else []


# Vandaag ---------------------------------------------------------------------------------------------------------


@today.register(order=22)
def to_hand_over(user: Any) -> list[TodayItem]:
    """For the owner. Of a contract that ends one line, however many cases it is."""
    if not user.has(Permission.LISTEN):
        return []
    mine = Handover.objects.open().filter(case__in=Case.objects.owned_by(user).values("pk")).exclude(to_user=user)
    items: list[TodayItem] = []
    many: dict[ContractEnding, list[Handover]] = defaultdict(list)
    for one in mine.select_related("to_user", "to_unit", "part_of").order_by("due_on"):
        if one.part_of is not None:
            many[one.part_of].append(one)
        elif len(items) < AT_MOST:
            items.append(_mine(one, _what(one), _("Go on with it")))
    return items + [_of_contract(ending, ones) for ending, ones in many.items()]


@today.register(order=21)
def to_receive(user: Any) -> list[TodayItem]:
    """For who was chosen. Whose case it is they hear at the introduction."""
    if not user.has(Permission.LISTEN):
        return []
    coming = Handover.objects.visible_to(user).open().filter(to_user=user).select_related("from_user", "part_of").order_by("due_on")
    return [_mine(one, _("%(who)s hands a case over to you") % {"who": one.from_user}, _("Look at it")) for one in coming[:AT_MOST]]


@today.register(order=12)
def without_owner(user: Any) -> list[TodayItem]:
    """For who divides the work: the owner left, and nobody has the case."""
    return [
        TodayItem(
            title=_("This case has no owner any more"),
            url=reverse("casework:case-handover", args=[case.pk]),
            action=_("Choose who gets it"),
            why=_("%(who)s does not work here any more.") % {"who": case.owner},
            due_at=case.last_activity_at,
            tone="waiting",
            state=_("Nobody"),
            icon="warning",
            owner=user.name,
            case_id=case.pk,
        )
        for unit in user.units_with(Permission.DIVIDE_WORK)
        for case in cases_without_owner(unit).open_to(user).exclude(handovers__in=_given()).select_related("owner")[:AT_MOST]
    ]


@today.register(order=23)
def contracts(user: Any) -> list[TodayItem]:
    """For coordinators, wijkwethouder and convenant administrator: a contract that ends, in numbers."""
    sees = (Permission.DIVIDE_WORK, Permission.DECIDE_ABOVE_MANDATE, Permission.CONFIGURE_CONVENANT)
    if not any(user.has(one) for one in sees):
        return []
    return [_in_numbers(ending) for ending in endings_for(user) if ending.status == ContractEnding.Status.UNDER_WAY]


def _given() -> Any:
    """Handovers for which somebody is chosen: these cases have somebody who comes."""
    return Handover.objects.open().exclude(to_user=None)


def _in_numbers(ending: ContractEnding) -> TodayItem:
    left = sum(one.count for one in left_of(ending))
    over = ending.ends_on < timezone.localdate()
    if left:
        told = ngettext("%(count)d case has no new owner yet.", "%(count)d cases have no new owner yet.", left) % {"count": left}
    else:
        told = _("Every case has a new owner. It can be settled.")
    return TodayItem(
        title=_("The contract of %(name)s ends") % {"name": ending.organisation},
        url=ending.get_absolute_url(),
        action=_("Look at it"),
        why=told,
        due_at=_end_of(ending.ends_on),
        tone="waiting" if over and left else "neutral",
        state=_("Has ended") if over else _("Contract"),
        icon="swap",
    )


def _of_contract(ending: ContractEnding, ones: list[Handover]) -> TodayItem:
    count = ngettext("%(count)d case to hand over", "%(count)d cases to hand over", len(ones)) % {"count": len(ones)}
    return TodayItem(
        title=count,
        url=reverse("casework:handovers"),
        action=_("See which"),
        why=_("The contract ends on %(day)s.") % {"day": f"{ending.ends_on:%d-%m-%Y}"},
        due_at=_end_of(ones[0].due_on),
        tone="waiting" if ones[0].is_late else "neutral",
        state=_("Handover"),
        icon="swap",
    )


def _mine(one: Handover, title: str, action: str) -> TodayItem:
    return TodayItem(
        title=title,
        url=reverse("casework:case-handover", args=[one.case_id]),
        action=action,
        why=one.get_why_display(),
        due_at=_end_of(one.due_on),
        tone="waiting" if one.is_late else "neutral",
        state=_("Handover"),
        icon="swap",
        case_id=one.case_id,
    )


def _what(one: Handover) -> str:
    if one.to_user is None:
        return _("Choose who receives this case")
    return _("Hand this case over to %(who)s") % {"who": one.to_user}


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(17)))
