"""What the convenant lets someone read of the plan of a case: goals, steps, and how it goes."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.disclosure import Item, Scope, source
from luisterloket.platform.templatetags.ui import when_amid

from .domains import CATEGORY_OF, LifeDomain, Severity
from .models import CaseMember, Concern, ErasureLine, Goal, PlanStep, Reading
from .models.plans import WITHOUT_DOMAIN
from .plan_tells import keys_told, somebody

CAREFUL = gettext_lazy("Of the plan. Let it go along only when this desk cannot do without.")
OF_THE_PLAN = frozenset(CATEGORY_OF.values()) | {WITHOUT_DOMAIN}
# What a step may tell besides: a strength that it makes use of, and that somebody decides for the resident.
HELD = OF_THE_PLAN | {"strengths", "contact", "household"}


@source(*HELD)
def plan(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """Goals in the order in which they came, steps by their day, readings by theirs."""
    if scope.case_id is None or not categories & OF_THE_PLAN:
        return
    domains = [domain.value for domain, category in CATEGORY_OF.items() if category in categories]
    if WITHOUT_DOMAIN in categories:
        domains.append("")
    main = scope.subjects[0]
    members = dict(CaseMember.objects.filter(case=scope.case_id).values_list("resident_id", "pk"))
    for goal in Goal.objects.filter(case_id=scope.case_id, domain__in=domains):
        yield _goal(goal, main, members)
    for step in PlanStep.objects.filter(case_id=scope.case_id, domain__in=domains).select_related(
        "goal", "person", "talent", "guard", "representative"
    ):
        yield _step(step, main, members, categories)
    yield from _readings(scope.case_id, main, domains)


def _goal(goal: Goal, main: UUID, members: dict[UUID, UUID]) -> Item:
    details = {
        "domain": LifeDomain(goal.domain) if goal.domain else None,
        "resident": goal.resident_id,
        "status": goal.status,
        "status_name": goal.get_status_display(),
        "begun_at": goal.begun_at,
        "version": goal.version,
    }
    tells = somebody(goal.resident_id, members)
    return Item(goal.category, "goal", main, goal.pk, _("A goal"), goal.text, details, careful=CAREFUL, tells=tells)


def _step(step: PlanStep, main: UUID, members: dict[UUID, UUID], categories: frozenset[str]) -> Item:
    person = step.person.name if step.person and "network" in categories else ""
    talent = step.talent.text if step.talent and "strengths" in categories else ""
    represented = step.representative is not None and step.representative.category in categories
    who = ", ".join(filter(None, [person, step.where]))
    details: dict[str, Any] = {
        "says": step.text,
        "goal": step.goal_id,
        "domain": LifeDomain(step.domain) if step.domain else None,
        "kind": step.kind,
        "kind_name": step.get_kind_display(),
        "resident": step.resident_id,
        "who": who,
        "talent": talent,
        "guard": step.guard.name,
        "due_on": step.due_on,
        "status": step.status,
        "status_name": step.get_status_display(),
        "late": step.is_late,
        "begun_at": step.begun_at,
        "ended_at": step.ended_at,
        "answer": step.answer,
        "answered_on": step.answered_on,
        "represented": represented,
        # That nobody who decides was asked tells of that person too: only for who may read about money or care anyway.
        "without_because": step.without_because if {"finances", "health"} & categories else "",
        "effect": step.effect,
        "effect_name": step.get_effect_display() if step.effect else "",
        "effect_word": step.effect_word,
        "link": step.link_key,
        "version": step.version,
    }
    text = ", ".join(filter(None, [step.text, who, when_amid(step.due_on), str(step.get_status_display())]))
    tells = keys_told(step, members)
    if step.goal:
        tells |= somebody(step.goal.resident_id, members)
    return Item(step.category, "plan_step", main, step.pk, _("A step of the plan"), text, details, careful=CAREFUL, tells=tells)


def _readings(case_id: UUID, main: UUID, domains: list[str]) -> Iterator[Item]:
    """A reading tells of the concerns in its domain: what is kept of those from someone at home is kept of this."""
    # What was erased is kept as a number to count, and told of nobody any more (decision 0032).
    gone = ErasureLine.objects.erased().filter(kind=ErasureLine.Kind.CASE, thing=case_id)
    erased: dict[str, Any] = dict(gone.values_list("category", "decided_at"))
    found = list(Reading.objects.filter(case_id=case_id, domain__in=domains).select_related("review"))
    found = [one for one in found if one.category not in erased or one.review.noted_at > erased[one.category]]
    if not found:
        return
    concerns: dict[str, set[str]] = defaultdict(set)
    for domain, pk in Concern.objects.filter(case_id=case_id).values_list("domain", "pk"):
        concerns[domain].add(f"concern:{pk}")
    for one in sorted(found, key=lambda one: (one.review.on, one.review.noted_at)):
        domain, severity, review = LifeDomain(one.domain), Severity(one.severity), one.review
        details = {
            "domain": domain,
            "severity": severity,
            "review": review.pk,
            "moment": review.kind,
            "moment_name": review.get_kind_display(),
            "on": review.on,
        }
        text = f"{domain.label}: {severity.label} ({review.get_kind_display()}, {when_amid(review.on)})"
        yield Item(
            one.category,
            "reading",
            main,
            one.pk,
            _("How it goes"),
            text,
            details,
            careful=CAREFUL,
            tells=frozenset(concerns[one.domain]),
        )
