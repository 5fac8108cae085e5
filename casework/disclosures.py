"""What each data category means in a case, and on what grounds someone may look."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Ground, Item, Scope, Standing, ground, source
from luisterloket.people.roles import Permission

from .domains import CATEGORY_OF, LifeDomain, Severity
from .groups import others_of, people_of
from .models import Answer, Case, CaseMember, Concern, Intake, Resident, Strength, SupportPerson, closed_residents
from .permissions import posts_for
from .questions import ASKABLE
from .signs import CAREFUL, SAFETY, SafetySign, category_of_concern

# Of a person, whichever row of theirs it comes from.
PERSONAL = {"identity", "contact"}

# Grounds ---------------------------------------------------------------------------------------------------------


@ground("involvement")
def involved(actor: Any, look: Ground, scope: Scope) -> Standing | None:
    """Someone with a part in this case, looking at people of this case."""
    case = Case.objects.visible_to(actor).filter(pk=look.ref).values("pk", "unit_id").first() if look.ref else None
    if case is None or scope.case_id != case["pk"] or not _are_of(scope.subjects, case["pk"], actor):
        return None
    return Standing(posts_for(actor, case["unit_id"]), case["pk"])


@ground("own_cases")
def own_cases(actor: Any, look: Ground, scope: Scope) -> Standing | None:
    """A list of one's own cases: each of these people is in a case that this person may open."""
    visible = Case.objects.visible_to(actor)
    found = CaseMember.objects.filter(case__in=visible, resident__in=scope.subjects).values_list("resident_id", flat=True)
    return Standing(actor.posts) if set(scope.subjects) <= set(found) else None


@ground("wijk")
def of_the_wijk(actor: Any, look: Ground, scope: Scope) -> Standing | None:
    """In one's own wijk one may know that somebody is known (capability C58)."""
    units = actor.units_with(Permission.LISTEN)
    known = Resident.objects.filter(pk__in=scope.subjects, unit__in=units).exclude(pk__in=closed_residents(actor)).count()
    return Standing(tuple(post for post in actor.posts if post.unit_id in units)) if known == len(scope.subjects) else None


def _are_of(subjects: tuple[UUID, ...], case: UUID, actor: Any) -> bool:
    """Whether all of these are people of the case: its members, or other rows of theirs in a case that the actor may open too."""
    members = set(CaseMember.objects.filter(case=case).values_list("resident_id", flat=True))
    return set(subjects) <= members or set(subjects) <= members.union(others_of(members, actor))


def scope_of(case: Case) -> Scope:
    """Everybody of a case, who it is about first."""
    members = CaseMember.objects.filter(case=case).order_by("part", "pk").values_list("resident_id", "part")
    ordered = sorted(members, key=lambda member: member[1] != CaseMember.Part.MAIN)
    return Scope(tuple(resident for resident, _part in ordered), case.pk)


def scope_with_others(case: Case, user: Any, *, for_all: bool = False) -> Scope:
    """The same, and after them the other rows of these people that `user` may see. `for_all` when it will be kept or sent."""
    scope = scope_of(case)
    return Scope((*scope.subjects, *others_of(scope.subjects, user, for_all=for_all)), case.pk)


def of_the_case(items: Iterable[Item], case: Case) -> list[Item]:
    """What is of the people of the case itself: the number that someone gave elsewhere stays there. Each person's name once."""
    people = people_of(scope_of(case).subjects)
    person = {row: rows[0] for rows in people for row in rows}
    own = [item for item in items if item.subject_id in person]
    once = {
        (item.category, item.kind, person[item.subject_id], item.text) if item.category in PERSONAL else item.key: item
        for item in reversed(own)
    }
    return list(once.values())[::-1]


# Sources ---------------------------------------------------------------------------------------------------------


@source("story")
def story(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """The newest conversation first."""
    if scope.case_id is None:
        return
    subject = scope.subjects[0]
    for intake in Intake.objects.filter(case_id=scope.case_id).order_by("-started_at"):
        texts = [
            ("quote", _("In their own words"), intake.quote),
            ("own_words", _("The story"), intake.own_words),
            ("asked_question", _("The question asked"), intake.asked_question),
            ("question_behind", _("The question behind it"), intake.question_behind),
        ]
        for kind, label, text in texts:
            if text.strip():
                yield Item("story", kind, subject, intake.pk, label, text, {"at": intake.started_at})


@source(*set(CATEGORY_OF.values()), SAFETY)
def concerns(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    if scope.case_id is None:
        return
    domains = [domain for domain, category in CATEGORY_OF.items() if category in categories]
    # Who is not safe is told in a category of its own, whatever the domain in which it was heard.
    may_give = Q(domain__in=domains) & ~Q(sign__in=SafetySign.values)
    if SAFETY in categories:
        may_give |= Q(sign__in=SafetySign.values)
    for one in Concern.objects.filter(may_give, case_id=scope.case_id).order_by("severity", "heard_at"):
        if not one.text:
            # Erased, all but the number that is counted (decision 0032).
            continue
        domain = LifeDomain(one.domain)
        category = category_of_concern(one.domain, one.sign)
        yield Item(
            category,
            "concern",
            scope.subjects[0],
            one.pk,
            domain.label,
            one.text,
            {
                "domain": domain,
                "severity": Severity(one.severity),
                "since": one.since,
                "who_helps": one.who_helps,
                "urgency": one.urgency,
                "urgency_label": one.get_urgency_display(),
                "tried": one.tried,
                "wanted": one.wanted,
                "quote": one.quote,
                "sign": one.sign,
                "sign_name": one.get_sign_display() if one.sign else "",
                "talk_by": one.talk_by if one.severity == Severity.ACUTE and one.talked_on is None else None,
                "talked_on": one.talked_on,
            },
            careful=CAREFUL if category == SAFETY else "",
        )


@source(*ASKABLE)
def answers(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """Answers to the wijk's own questions, each in the category that its question belongs to."""
    if scope.case_id is None:
        return
    for one in Answer.objects.filter(case_id=scope.case_id, category__in=categories):
        yield Item(one.category, "answer", scope.subjects[0], one.pk, one.asked_as, one.text)


@source("strengths")
def strengths(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    if scope.case_id is None:
        return
    for one in Strength.objects.filter(case_id=scope.case_id):
        yield Item(
            "strengths",
            "strength",
            scope.subjects[0],
            one.pk,
            one.get_kind_display(),
            one.text,
            {"domain": LifeDomain(one.domain) if one.domain else None, "kind_of": one.kind, "quote": one.quote},
        )


@source("network")
def network(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    if scope.case_id is None:
        return
    for one in SupportPerson.objects.filter(case_id=scope.case_id):
        text = ", ".join(filter(None, [one.name, one.relation]))
        yield Item(
            "network",
            "support_person",
            scope.subjects[0],
            one.pk,
            _("Someone around them"),
            text,
            {"name": one.name, "relation": one.relation, "can_do": one.can_do, "quote": one.quote},
        )
