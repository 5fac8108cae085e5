"""What the money sheet adds to the case page, Vandaag and the timeline: what must happen, by when, and whose turn it is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import CasePanel, MoneyNote, TodayItem, case_panels, money_notes, sentence, today
from luisterloket.platform.templatetags.ui import when

from .models import Case, Concern, Debt
from .money import Total, amount, ending_soon, pause_ends, talk_by
from .permissions import may_read
from .signs import category_of_concern
from .threats import OpenThreat, open_threats

SHOWN_AT_MOST = 50
Due = tuple[datetime, Debt]

for kind, icon, added, changed, reopened in [
    (
        "income",
        "euro",
        gettext_lazy("%(who)s added an income."),
        gettext_lazy("%(who)s changed an income."),
        gettext_lazy("%(who)s counted an income again."),
    ),
    (
        "cost",
        "euro",
        gettext_lazy("%(who)s added a fixed cost."),
        gettext_lazy("%(who)s changed a fixed cost."),
        gettext_lazy("%(who)s counted a fixed cost again."),
    ),
    (
        "debt",
        "wallet",
        gettext_lazy("%(who)s added a creditor."),
        gettext_lazy("%(who)s changed a debt."),
        gettext_lazy("%(who)s opened a debt again."),
    ),
]:
    sentence(f"{kind}.added", icon, added)
    sentence(f"{kind}.changed", "edit", changed)
    sentence(f"{kind}.reopened", "undo", reopened)
sentence("income.ended", "stop", gettext_lazy("%(who)s noted that an income ends."))
sentence("cost.ended", "stop", gettext_lazy("%(who)s noted that a fixed cost ends."))
sentence("debt.arranged", "hand", gettext_lazy("%(who)s noted a payment arrangement."))
sentence("debt.at_bailiff", "scale", gettext_lazy("%(who)s noted that a debt is with the bailiff."))
sentence("debt.paused", "pause", gettext_lazy("%(who)s noted that a collection is paused."))
sentence("debt.paid", "check", gettext_lazy("%(who)s noted that a debt is paid."))
sentence("debt.dropped", "check", gettext_lazy("%(who)s noted that a debt is no longer owed."))
sentence("debt.threatened", "warning", gettext_lazy("%(who)s noted a threat: talk within three working days."))
sentence("debt.talked", "chat", gettext_lazy("%(who)s had the first conversation about the threat."))


# The case --------------------------------------------------------------------------------------------------------


@case_panels.register(order=15)
def money_of_the_case(user: Any, case: Case) -> CasePanel | None:
    """How much is owed, and what that asks for now, for who may see the money. Creditors are named on the sheet itself."""
    if not may_read(user, "finances", case.unit_id, case.pk):
        return None
    debts = list(Debt.objects.owed().filter(case=case).defer("creditor", "since", "paused_by", "text"))
    url = reverse("casework:case-money", args=[case.pk])
    threats, pauses = open_threats(_marks(user, case), _talks(debts)), _pauses(debts)
    waits: list[tuple[datetime | None, Any, str]] = [
        (one.due_at, _talk(one), f"{case.get_absolute_url()}#now" if one.marked else url) for one in threats
    ]
    # A mark alarms on the case page itself: the same threat on a debt does not do so again.
    talks = [one for one in threats if not one.marked]
    waits += [(due, _pause(debt), url) for due, debt in pauses]
    owed = sum((amount(debt.sureness, debt.least, debt.most) for debt in debts), Total())
    notes = notes_of(user, case)
    waits += [(note.due_at, note.text, note.url) for note in notes if note.due_at]
    context = {"case": case, "count": len(debts), "owed": owed, "talks": talks, "paused": _number_paused(debts), "notes": notes}
    return CasePanel("casework/money_panel.html", context, waits)


def notes_of(user: Any, case: Case) -> list[MoneyNote]:
    """What higher floors have to say with the money, for who was let see it."""
    return [note for notes in money_notes for note in notes(user, case)]


def _marks(user: Any, case: Case) -> list[Concern]:
    """The threats that were marked in what was heard, as far as they are for this reader."""
    found = Concern.objects.threatening().filter(case=case).only("case_id", "domain", "sign", "talk_by")
    return [one for one in found if may_read(user, category_of_concern(one.domain, one.sign), case.unit_id, case.pk)]


def _talk(one: OpenThreat) -> str:
    return _("First conversation of the municipality about help with debts: %(threat)s") % {"threat": one.plain}


def _pause(debt: Debt) -> str:
    """Names the kind of creditor; the name itself stands on the sheet."""
    return _("The pause ends: %(kind)s. Agree what comes next") % {"kind": debt.get_kind_display()}


def _number_paused(debts: Iterable[Debt]) -> int:
    return sum(debt.status == Debt.Status.PAUSED for debt in debts)


def _talks(debts: Iterable[Debt]) -> list[Due]:
    return _by_due((talk_by(debt), debt) for debt in debts)


def _pauses(debts: Iterable[Debt]) -> list[Due]:
    return _by_due((pause_ends(debt), debt) for debt in debts)


def _by_due(found: Iterable[tuple[datetime | None, Debt]]) -> list[Due]:
    return sorted(((due, debt) for due, debt in found if due), key=lambda one: one[0])


# Vandaag ---------------------------------------------------------------------------------------------------------


@today.register(order=12)
def threats(user: Any) -> list[TodayItem]:
    """For the owner: a first conversation that the law wants within three working days. One line per case, the first due."""
    if not user.has(Permission.LISTEN):
        return []
    mine = Case.objects.owned_by(user).values("pk")
    marks = Concern.objects.threatening().filter(case__in=mine).only("case_id", "sign", "talk_by")[:SHOWN_AT_MOST]
    found: dict[Any, OpenThreat] = {}
    for one in open_threats(marks, _talks(_of_my_cases(user).threatening()[:SHOWN_AT_MOST])):
        found.setdefault(one.case_id, one)
    return [_threat(one, user) for one in found.values()]


def _threat(one: OpenThreat, user: Any) -> TodayItem:
    within = _("By law the municipality holds the first conversation about help with debts within three working days.")
    ask = _("Ask the debt desk today.")
    return TodayItem(
        title=_("the municipality must talk about debts soon"),
        url=reverse("casework:case", args=[one.case_id]) if one.marked else reverse("casework:case-money", args=[one.case_id]),
        action=_("Look at it"),
        why=f"{within} {ask}",
        due_at=one.due_at,
        tone="acute",
        state=_("Acute"),
        icon="warning",
        owner=user.name,
        case_id=one.case_id,
    )


@today.register(order=22)
def ending_pauses(user: Any) -> list[TodayItem]:
    """For the owner: a pause of collection that ends within a week or has ended."""
    return [
        TodayItem(
            title=_("a pause of collection ends"),
            url=reverse("casework:case-money", args=[debt.case_id]),
            action=_("Look at it"),
            why=_("Paused until %(day)s. Ask for a longer pause, or agree what comes next.") % {"day": when(debt.paused_until)},
            due_at=due,
            tone="waiting",
            state=_("Pause ends"),
            icon="pause",
            owner=user.name,
            case_id=debt.case_id,
        )
        for due, debt in _one_per_case(_pauses(_of_my_cases(user).paused().filter(paused_until__lte=ending_soon())[:SHOWN_AT_MOST]))
    ]


def _of_my_cases(user: Any) -> Any:
    """Nothing, and no question to the database, for who keeps no cases."""
    if not user.has(Permission.LISTEN):
        return Debt.objects.none()
    mine = Case.objects.owned_by(user)
    return Debt.objects.filter(case__in=mine.values("pk")).defer("creditor", "since", "paused_by", "text")


def _one_per_case(found: Iterable[Due]) -> list[Due]:
    first: dict[Any, Due] = {}
    for due, debt in found:
        first.setdefault(debt.case_id, (due, debt))
    return list(first.values())
