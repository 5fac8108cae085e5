"""The page of a conversation as far as it was heard: what was said in each life domain, and what is acute."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from luisterloket.people.models import User
from luisterloket.people.roles import Permission

from .domains import ICON_OF, TONE_OF, LifeDomain, Severity
from .models import Concern, Intake, IntakeWriter, MeldcodeTrack, Strength, SupportPerson
from .selectors import domains_in_order
from .signs import Threat
from .threats import OpenThreat, open_threats


@dataclass(frozen=True)
class Mark:
    """One mark on the story, with where it is taken off again."""

    text: str
    remove: str
    quote: str = ""
    note: str = ""
    tone: str = ""
    label: Any = ""


@dataclass(frozen=True)
class DomainRow:
    """What is hard and what goes well in one life domain, beside each other."""

    label: Any
    icon: str
    concerns: list[Mark]
    strengths: list[Mark]


@dataclass(frozen=True)
class IntakePage:
    """A conversation as far as it was heard."""

    intake: Intake
    title: str
    order: list[LifeDomain]
    rows: list[DomainRow]
    people: list[Mark]
    concerns: list[Concern]
    strengths: list[Strength]
    helpers: list[SupportPerson]
    # Who divides the work: told of what is acute.
    coordinators: list[str]
    # Whether a colleague writes along: then the page looks for what they change.
    writers: bool = False
    acute: list[Any] = field(default_factory=list)
    # Threats that the law names, and the steps of the meldcode that a mark led to.
    threats: list[OpenThreat] = field(default_factory=list)
    track: MeldcodeTrack | None = None

    @property
    def empty(self) -> list[tuple[Any, str]]:
        """What was not spoken about, with where it can be added. Nothing of it is obliged."""
        sheet = [
            (self.intake.quote, _("a sentence in the resident's own words"), "story"),
            (self.intake.asked_question, _("the question"), "story"),
            (self.intake.question_behind, _("the question behind it"), "story"),
            (self.concerns, _("what is hard"), "marks"),
            (self.strengths, _("what goes well"), "marks"),
            (self.helpers, _("people around the resident"), "marks"),
            (self.intake.phone or self.intake.address, _("how to reach the resident"), "who"),
            (self.intake.household, _("the household"), "who"),
        ]
        return [(label, reverse(f"casework:intake-{step}", args=[self.intake.pk])) for there, label, step in sheet if not there]


def intake_page(intake: Intake) -> IntakePage:
    """Six queries, and two more only when something is acute."""
    concerns = list(Concern.objects.filter(intake=intake))
    strengths = list(Strength.objects.filter(intake=intake))
    helpers = list(SupportPerson.objects.filter(intake=intake))
    order = domains_in_order(intake.unit_id)
    acute = [LifeDomain(one.domain).label for one in concerns if one.severity == Severity.ACUTE]
    tracks = MeldcodeTrack.objects.unfinished().filter(intake=intake) if acute else MeldcodeTrack.objects.none()
    return IntakePage(
        intake=intake,
        title=intake.name.strip() or intake.known_as.strip(),
        order=order,
        rows=_domain_rows(intake, order, concerns, strengths),
        people=[
            Mark(", ".join(filter(None, [one.name, one.relation])), _remove(intake, "person", one), one.quote, one.can_do)
            for one in helpers
        ],
        concerns=concerns,
        strengths=strengths,
        helpers=helpers,
        coordinators=coordinators_of(intake.unit_id) if acute else [],
        writers=IntakeWriter.objects.in_force().filter(intake=intake).exists(),
        acute=list(dict.fromkeys(acute)),
        threats=open_threats([one for one in concerns if one.sign in Threat.values and one.severity == Severity.ACUTE], []),
        track=tracks.select_related("owner").first(),
    )


def coordinators_of(unit_id: UUID) -> list[str]:
    return list(User.objects.holding(Permission.DIVIDE_WORK, unit_id=unit_id).order_by("name").values_list("name", flat=True))


def _domain_rows(intake: Intake, order: list[LifeDomain], concerns: list[Concern], strengths: list[Strength]) -> list[DomainRow]:
    hard: dict[str, list[Mark]] = defaultdict(list)
    good: dict[str, list[Mark]] = defaultdict(list)
    for concern in sorted(concerns, key=lambda one: one.severity):
        level = Severity(concern.severity)
        more = [
            concern.get_sign_display(),
            concern.get_urgency_display(),
            concern.since,
            concern.who_helps,
            concern.tried,
            concern.wanted,
        ]
        note = ". ".join(str(one) for one in more if one)
        hard[concern.domain].append(
            Mark(concern.text, _remove(intake, "concern", concern), concern.quote, note, TONE_OF[level], level.label)
        )
    for strength in strengths:
        good[strength.domain].append(Mark(strength.text, _remove(intake, "strength", strength), strength.quote))
    rows = [
        DomainRow(domain.label, ICON_OF[domain], hard[domain], good[domain]) for domain in order if hard[domain] or good[domain]
    ]
    return rows + ([DomainRow(_("In general"), "heart", [], good[""])] if good[""] else [])


def _remove(intake: Intake, kind: str, thing: Any) -> str:
    return reverse("casework:intake-unmark", args=[intake.pk, kind, thing.pk])
