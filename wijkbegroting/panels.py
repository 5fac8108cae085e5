"""What the money of the wijk adds to the menu, the start page, Vandaag, the case page and the timeline."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.plain import Plain, phrase
from luisterloket.platform.registries import (
    CasePanel,
    LooseEnd,
    NavigationItem,
    StepLink,
    StepLinks,
    TodayItem,
    case_panels,
    handover_facts,
    holds_back,
    landing,
    loose_ends,
    navigation,
    sentence,
    step_links,
    summary_sentences,
    today,
)
from luisterloket.platform.templatetags.ui import euro

from . import permissions, selectors, terms
from .models import BudgetLine, MaatwerkGrant

# How many of one kind Vandaag gathers: more than a screen, and bounded.
ENOUGH = 50
# How long a no stays on the asker's Vandaag.
REFUSED_DAYS = 7


@navigation.register(order=60)
def menu(user: Any) -> list[NavigationItem]:
    items = []
    if user.has(Permission.SEE_BUDGET):
        items.append(NavigationItem(gettext_lazy("Wijkgeld"), reverse("wijkbegroting:home"), "euro"))
    if user.has(Permission.PAY):
        items.append(NavigationItem(gettext_lazy("Pay out"), reverse("wijkbegroting:pay-list"), "wallet"))
    if user.has(Permission.READ_LEDGER):
        items.append(NavigationItem(gettext_lazy("Ledger"), reverse("wijkbegroting:ledger"), "book"))
    return items


@landing.register(order=60)
def start(user: Any) -> str | None:
    """For who works with money only; who listens begins with people."""
    if user.has(Permission.DECIDE_ABOVE_MANDATE):
        return reverse("wijkbegroting:home")
    if user.has(Permission.PAY):
        return reverse("wijkbegroting:pay-list")
    return reverse("wijkbegroting:ledger") if user.has(Permission.READ_LEDGER) else None


@loose_ends.register(order=30)
def open_grants(cases: Collection[UUID]) -> list[LooseEnd]:
    """Maatwerk that was asked and not decided, and money that is set apart and not paid."""
    states = [MaatwerkGrant.Status.ASKED, MaatwerkGrant.Status.COSIGNED, MaatwerkGrant.Status.APPROVED]
    return [
        LooseEnd(
            "grant",
            one.pk,
            one.case_id,
            _("Maatwerk of %(amount)s: %(state)s") % {"amount": euro(one.amount), "state": str(one.get_status_display()).lower()},
            one.get_absolute_url(),
        )
        for one in MaatwerkGrant.objects.filter(case__in=cases, status__in=states).order_by("asked_at")
    ]


@handover_facts.register(order=30)
def money_at_a_handover(user: Any, case: Any) -> dict[str, list[Any]]:
    """What the new worker must know of: what waits for a signature, and what is reserved and not paid yet."""
    waiting = MaatwerkGrant.objects.visible_to(user).filter(case=case, status__in=["asked", "cosigned", "approved"])
    return {"money": [f"{euro(one.amount)}, {one.get_status_display()}" for one in waiting.order_by("asked_at")]}


@holds_back.register(order=30)
def unsigned_money(case: Any) -> list[Any]:
    """Who signs is of the wijk whose money it is: another team cannot, so this is finished before the case goes there."""
    if not MaatwerkGrant.objects.filter(case=case, status__in=["asked", "cosigned"]).exists():
        return []
    return [_("Maatwerk waits for a signature. Let it be signed, or take it back, before the case goes to another team.")]


# Vandaag ---------------------------------------------------------------------------------------------------------


@today.register(order=40)
def cosignatures(user: Any) -> list[TodayItem]:
    """What colleagues ask me to co-sign, oldest first."""
    if not user.has(Permission.COSIGN):
        return []
    return [
        TodayItem(
            title=_("Co-sign: maatwerk of %(amount)s") % {"amount": euro(grant.amount)},
            url=grant.get_absolute_url(),
            action=_("Look and co-sign"),
            why=grant.line.name,
            due_at=terms.cosign_by(grant),
            tone="money",
            state=_("Co-sign"),
            icon="sign",
            owner=grant.asked_by.name,
        )
        for grant in selectors.waiting_for_cosignature(user).select_related("line", "asked_by")[:ENOUGH]
    ]


@today.register(order=41)
def decisions(user: Any) -> list[TodayItem]:
    """What waits for the wijkwethouder: grants above the mandate, and proposed lines."""
    if not user.has(Permission.DECIDE_ABOVE_MANDATE):
        return []
    grants = [
        TodayItem(
            title=_("Decide: maatwerk of %(amount)s") % {"amount": euro(grant.amount)},
            url=grant.get_absolute_url(),
            action=_("Decide"),
            why=grant.line.name,
            due_at=terms.decide_by(grant),
            tone="money",
            state=_("Above the mandate"),
            icon="sign",
            owner=grant.asked_by.name,
        )
        for grant in selectors.waiting_for_decision(user).select_related("line", "asked_by")[:ENOUGH]
    ]
    proposed = BudgetLine.objects.filter(unit__in=user.units_with(Permission.APPROVE_LINE), status=BudgetLine.Status.PROPOSED)
    lines = [
        TodayItem(
            title=_("Decide: line %(name)s, %(amount)s") % {"name": line.name, "amount": euro(line.amount)},
            url=line.get_absolute_url(),
            action=_("Decide"),
            why=line.intention,
            due_at=terms.decide_line_by(line.proposed_at),
            tone="money",
            state=_("Proposed"),
            icon="euro",
            owner=line.proposed_by.name,
        )
        for line in proposed.exclude(proposed_by=user).select_related("proposed_by").order_by("proposed_at")[:ENOUGH]
    ]
    return grants + lines


@today.register(order=42)
def payments(user: Any) -> list[TodayItem]:
    """What the treasurer has to pay."""
    if not user.has(Permission.PAY):
        return []
    return [
        TodayItem(
            title=_("Pay: %(amount)s, %(method)s") % {"amount": euro(grant.amount), "method": grant.get_method_display()},
            url=grant.get_absolute_url(),
            action=_("Pay"),
            why=grant.line.name,
            due_at=terms.pay_by(grant),
            tone="money",
            state=_("To be paid"),
            icon="wallet",
        )
        for grant in selectors.to_pay(user).select_related("line")[:ENOUGH]
    ]


@today.register(order=43)
def reservations(user: Any) -> list[TodayItem]:
    """Money that was set apart long ago and never paid, for who may release it, and for the asker, whose question it was."""
    if not user.has(Permission.ASK_MAATWERK):
        return []
    long_ago = timezone.now() - timedelta(days=terms.RESERVED_DAYS)
    waiting = MaatwerkGrant.objects.to_pay().filter(decided_at__lt=long_ago).order_by("decided_at")
    units = user.units_with(Permission.DIVIDE_WORK)
    found = waiting.filter(unit__in=units) | waiting.filter(asked_by=user)
    return [
        TodayItem(
            title=_("Set apart and not paid: %(amount)s") % {"amount": euro(grant.amount)},
            url=grant.get_absolute_url(),
            action=_("Pay or release"),
            why=grant.line.name,
            due_at=terms.reserved_until(grant),
            tone="waiting",
            state=_("Stands still"),
            icon="clock",
            owner=grant.asked_by.name,
        )
        for grant in found.select_related("line", "asked_by")[:ENOUGH]
    ]


@today.register(order=44)
def refusals(user: Any) -> list[TodayItem]:
    """A no on what I asked: the resident must hear it, and there may be another way."""
    if not user.has(Permission.ASK_MAATWERK):
        return []
    lately = timezone.now() - timedelta(days=REFUSED_DAYS)
    refused = MaatwerkGrant.objects.filter(asked_by=user, status=MaatwerkGrant.Status.REFUSED, decided_at__gte=lately)
    return [
        TodayItem(
            title=_("Maatwerk of %(amount)s was refused") % {"amount": euro(grant.amount)},
            url=grant.get_absolute_url(),
            action=_("Read why"),
            why=_("Tell the resident, and look for another way."),
            due_at=terms.HOURS.after_working_days(grant.decided_at, 1),
            tone="waiting",
            state=_("Refused"),
            icon="close",
            case_id=grant.case_id,
        )
        for grant in refused.order_by("-decided_at")[:ENOUGH]
        if grant.decided_at
    ]


# The case page ---------------------------------------------------------------------------------------------------

TONES = {
    MaatwerkGrant.Status.ASKED: "waiting",
    MaatwerkGrant.Status.COSIGNED: "waiting",
    MaatwerkGrant.Status.APPROVED: "money",
    MaatwerkGrant.Status.PAID: "done",
}


@case_panels.register(order=40)
def money(user: Any, case: Any) -> CasePanel | None:
    """Maatwerk of this case, for who may ask for it."""
    if not user.has(Permission.ASK_MAATWERK):
        return None
    grants = list(MaatwerkGrant.objects.visible_to(user).filter(case=case).select_related("line", "asked_by").order_by("-asked_at"))
    waits: list[tuple[Any, Any, str]] = [
        (
            terms.cosign_by(grant),
            _("Maatwerk of %(amount)s waits for a co-signature.") % {"amount": euro(grant.amount)},
            grant.get_absolute_url(),
        )
        for grant in grants
        if grant.status == MaatwerkGrant.Status.ASKED
    ]
    waits += [
        (
            terms.decide_by(grant),
            _("Maatwerk of %(amount)s waits for the wijkwethouder.") % {"amount": euro(grant.amount)},
            grant.get_absolute_url(),
        )
        for grant in grants
        if grant.status == MaatwerkGrant.Status.COSIGNED
    ]
    waits += [
        (terms.pay_by(grant), _("Maatwerk of %(amount)s is to be paid.") % {"amount": euro(grant.amount)}, grant.get_absolute_url())
        for grant in grants
        if grant.status == MaatwerkGrant.Status.APPROVED
    ]
    rows = [(grant, TONES.get(MaatwerkGrant.Status(grant.status), "neutral")) for grant in grants]
    context = {
        "grants": rows,
        "ask_url": reverse("wijkbegroting:ask", args=[case.pk]) if may(permissions.check_may_ask, user, case) else "",
    }
    return CasePanel("wijkbegroting/case_panel.html", context, waits)


@step_links.register(order=40)
def steps_that_are_maatwerk(user: Any, case: Any) -> StepLinks | None:
    """The maatwerk of a case, for a step of the plan to point at."""
    if not user.has(Permission.ASK_MAATWERK):
        return None
    found = MaatwerkGrant.objects.visible_to(user).filter(case=case).select_related("line").order_by("-asked_at")
    links = [
        StepLink(
            "grant",
            grant.pk,
            f"{grant.line.name}, {euro(grant.amount)}",
            grant.get_absolute_url(),
            grant.get_status_display(),
            TONES.get(MaatwerkGrant.Status(grant.status), "neutral"),
        )
        for grant in found[:ENOUGH]
    ]
    url = reverse("wijkbegroting:ask", args=[case.pk]) if may(permissions.check_may_ask, user, case) else ""
    return StepLinks("maatwerk", gettext_lazy("Ask for maatwerk"), url, links)


# What the resident reads of money that is not there yet: whose turn it is, and until when. How it went is told in person.
WAITS_FOR_COLLEAGUE = phrase(
    gettext_noop("%(who)s asked for %(amount)s for this: %(purpose)s. A colleague looks along, at the latest on %(day)s.")
)
WAITS_FOR_DECISION = phrase(
    gettext_noop("%(who)s asked for %(amount)s for this: %(purpose)s. The wijkwethouder decides, at the latest on %(day)s.")
)
WAITS_FOR_PAYMENT = phrase(
    gettext_noop("There is %(amount)s for this: %(purpose)s. The treasurer pays it, at the latest on %(day)s.")
)
WAITS = {
    MaatwerkGrant.Status.ASKED: (WAITS_FOR_COLLEAGUE, terms.cosign_by),
    MaatwerkGrant.Status.COSIGNED: (WAITS_FOR_DECISION, terms.decide_by),
    MaatwerkGrant.Status.APPROVED: (WAITS_FOR_PAYMENT, terms.pay_by),
}


@summary_sentences.register(order=40)
def money_that_waits(user: Any, case: Any) -> list[Plain]:
    """For the resident, in plain words: the money that was asked for them, who has to do something for it, and until when."""
    if not user.has(Permission.ASK_MAATWERK):
        return []
    found = MaatwerkGrant.objects.visible_to(user).filter(case=case, status__in=WAITS).select_related("asked_by")
    return [_in_plain_words(grant) for grant in found.order_by("asked_at")]


def _in_plain_words(grant: MaatwerkGrant) -> Plain:
    said, due = WAITS[MaatwerkGrant.Status(grant.status)]
    told = {"who": grant.asked_by, "amount": euro(grant.amount), "purpose": grant.purpose.strip().rstrip("."), "day": due(grant)}
    return Plain(said, told, f"grant-{grant.pk}")


for verb, icon, text in [
    ("budget.opened", "euro", gettext_lazy("%(who)s opened the budget.")),
    ("source.added", "euro", gettext_lazy("%(who)s added a source of money.")),
    ("money.received", "euro", gettext_lazy("%(who)s booked money that came in.")),
    ("mandate.signed", "sign", gettext_lazy("%(who)s signed a mandate.")),
    ("line.proposed", "euro", gettext_lazy("%(who)s proposed a line of the budget.")),
    ("line.approved", "check", gettext_lazy("%(who)s approved a line of the budget.")),
    ("line.returned", "undo", gettext_lazy("%(who)s returned a line of the budget.")),
    ("line.rejected", "close", gettext_lazy("%(who)s rejected a line of the budget.")),
    ("grant.asked", "euro", gettext_lazy("%(who)s asked for maatwerk.")),
    ("grant.cosigned", "sign", gettext_lazy("%(who)s co-signed maatwerk; it waits for the wijkwethouder.")),
    ("grant.approved", "check", gettext_lazy("%(who)s approved maatwerk; the money is set apart.")),
    ("grant.refused", "close", gettext_lazy("%(who)s did not agree with maatwerk.")),
    ("grant.withdrawn", "undo", gettext_lazy("%(who)s took a question for maatwerk back.")),
    ("grant.paid", "wallet", gettext_lazy("%(who)s paid maatwerk.")),
    ("grant.released", "undo", gettext_lazy("%(who)s released maatwerk that was not paid.")),
]:
    sentence(verb, icon, text)
