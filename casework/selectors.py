"""What the pages of conversations and cases show, gathered in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, Scope, disclose
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.convenant.selectors import Look, looks
from luisterloket.people.models import Unit, User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.plain import Plain
from luisterloket.platform.registries import CasePanel, case_panels, sentences, summary_sentences
from luisterloket.wijken.models import WayOfWorking

from . import permissions
from .disclosures import scope_with_others
from .domains import ICON_OF, LifeDomain, Severity
from .groups import kept_of
from .models import (
    Case,
    CaseGuard,
    CaseMember,
    Concern,
    Intake,
    IntakeWriter,
    Involvement,
    MeldcodeTrack,
    ResidentMerge,
    Strength,
    SupportPerson,
)
from .network import Picture, picture
from .signs import MELDCODE, SAFETY, Threat
from .threats import OpenThreat, open_threats

TIMELINE = 30
PAGE = 25
# No one to wait for a date: it comes after what has one.
LAST = datetime.max.replace(tzinfo=timezone.get_default_timezone())
# How the main resident is reached, in the order in which one needs it.
REACH = ("phone", "email", "address", "channel", "best_moments", "language", "interpreter")
TONES = {
    Severity.ACUTE: "acute",
    Severity.HEAVY: "waiting",
    Severity.HARD: "waiting",
    Severity.FAIR: "neutral",
    Severity.GOOD: "done",
}
# What happened in a case that says nothing of anyone's situation: all that is told to who may not work on it.
TOLD_TO_ALL = {"case.opened", "case.joined", "case.involved", "case.conversation_added"}

# What happened to two cases at once.
TOLD_OF_TWO = {"resident.merged", "resident.parted"}


def domains_in_order(unit_id: UUID) -> list[LifeDomain]:
    """The life domains in the order in which the wijk of this unit asks about them; what it does not name comes last."""
    order = (
        WayOfWorking.objects.filter(wijk__units=unit_id).order_by("-version").values_list("domain_order", flat=True).first() or []
    )
    named = [LifeDomain(code) for code in dict.fromkeys(order) if code in LifeDomain.values]
    return named + [domain for domain in LifeDomain if domain not in named]


# The conversation ------------------------------------------------------------------------------------------------


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
            Mark(concern.text, _remove(intake, "concern", concern), concern.quote, note, TONES[level], level.label)
        )
    for strength in strengths:
        good[strength.domain].append(Mark(strength.text, _remove(intake, "strength", strength), strength.quote))
    rows = [
        DomainRow(domain.label, ICON_OF[domain], hard[domain], good[domain]) for domain in order if hard[domain] or good[domain]
    ]
    return rows + ([DomainRow(_("In general"), "heart", [], good[""])] if good[""] else [])


def _remove(intake: Intake, kind: str, thing: Any) -> str:
    return reverse("casework:intake-unmark", args=[intake.pk, kind, thing.pk])


# The case --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """Something that happened, as one line of the timeline."""

    at: datetime
    icon: str
    text: str
    # How often in a row on that day: five costs noted at the table are one line.
    times: int = 1


@dataclass(frozen=True)
class Wait:
    """What waits: until when, for what, and where to go."""

    due_at: datetime | None
    text: Any
    url: str
    late: bool


@dataclass(frozen=True)
class Balance:
    """Concerns beside strengths in one life domain."""

    label: Any
    icon: str
    # Each concern with the tone of its severity.
    concerns: list[tuple[str, Item]]
    strengths: list[Item]


@dataclass(frozen=True)
class CasePage:
    """A case for the one who looks: what the convenant does not let them see is simply not here."""

    case: Case
    name: str
    born: str
    facts: list[Item]
    quote: Item | None
    story: list[Item]
    owner: str
    unit: str
    others: list[tuple[str, Any]]
    acute: list[Item]
    balance: list[Balance]
    not_spoken: list[Any]
    network: list[Item]
    household: list[Item]
    picture: Picture | None
    # Who lived there before or comes later, and who decides or speaks for someone.
    former: list[Item]
    deciders: list[Item]
    # Who alone may open this case; empty when it is not protected.
    named: list[str]
    waits: list[Wait]
    timeline: list[Moment]
    panels: list[CasePanel]
    agreed_at: datetime | None
    works: bool
    # The cases that this person may open of the same resident under another row, with when each was opened.
    same_person: list[tuple[str, datetime]]


def case_page(case: Case, user: User) -> CasePage:
    """One disclosure, and a fixed number of queries whatever the case holds; panels of higher floors add their own."""
    scope = scope_with_others(case, user)
    disclosed = disclose(scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what="case page")
    rows = rows_of_main(scope)
    works = may(permissions.check_may_work_on, user, case)
    # Requests and money tell of the situation too, so those parts are only for who works on the case.
    panels = [panel for panel in (offer(user, case) for offer in case_panels) if panel is not None] if works else []
    history = _history(case, works=works)
    agreed_at = next((entry.at for entry in history if entry.verb == "summary.agreed"), None)
    parts = list(Involvement.objects.in_force().filter(case=case).select_related("user").order_by("since"))
    named = dict(CaseGuard.objects.filter(case=case, kind=CaseGuard.Kind.NAMED).values_list("user_id", "user__name"))
    if named:
        # A part from before the protection opens nothing any more.
        parts = [part for part in parts if part.user_id in named]
    balance, not_spoken = _balance(disclosed, domains_in_order(case.unit_id))
    name = next((item.text for row in rows for item in disclosed.of("name", row) if item.text), "")
    return CasePage(
        case=case,
        name=name,
        born=born_in_words(next((item.details["on"] for row in rows for item in disclosed.of("born", row)), "")),
        facts=_facts(disclosed, rows),
        quote=next(iter(disclosed.of("quote")), None),
        story=[item for kind in ("own_words", "asked_question", "question_behind", "answer") for item in disclosed.of(kind)],
        owner=next((part.user.name for part in parts if part.kind == Involvement.Kind.OWNER), ""),
        unit=Unit.objects.values_list("name", flat=True).get(pk=case.unit_id),
        others=[(part.user.name, part.get_kind_display()) for part in parts if part.kind != Involvement.Kind.OWNER],
        acute=[item for item in disclosed.of("concern") if item.details["severity"] == Severity.ACUTE],
        balance=balance,
        not_spoken=not_spoken if works else [],
        network=disclosed.of("support_person"),
        household=disclosed.of("member"),
        picture=picture(name, disclosed.of("member"), disclosed.of("support_person")),
        former=disclosed.of("former_member"),
        deciders=disclosed.of("representative"),
        named=sorted(named.values()),
        waits=_waits(panels),
        timeline=folded(moments(history))[:TIMELINE],
        panels=panels,
        agreed_at=agreed_at,
        works=works,
        same_person=_same_person(case, user, rows),
    )


def rows_of_main(scope: Scope) -> list[UUID]:
    """The rows of whom the case is about, as far as they are in this scope: the one that is kept first."""
    kept = kept_of(scope.subjects)
    main = scope.subjects[0]
    return sorted((one for one in scope.subjects if kept[one] == kept[main]), key=lambda one: one != kept[main])


def _facts(disclosed: Disclosure, rows: list[UUID]) -> list[Item]:
    """How to reach someone, out of all rows of theirs, each thing once."""
    found = [item for kind in REACH for row in rows for item in disclosed.of(kind, row)]
    return list({(str(item.label), item.text): item for item in reversed(found)}.values())[::-1]


def _same_person(case: Case, user: User, rows: list[UUID]) -> list[tuple[str, datetime]]:
    if len(rows) == 1:
        return []
    others = (
        Case.objects.visible_to(user).filter(members__resident__in=rows, members__part=CaseMember.Part.MAIN).exclude(pk=case.pk)
    )
    return [(other.get_absolute_url(), other.opened_at) for other in others.order_by("-opened_at")]


def _history(case: Case, *, works: bool) -> list[HistoryEntry]:
    entries = HistoryEntry.objects.filter(case_id=case.pk, verb__in=list(sentences) if works else TOLD_TO_ALL)
    found = list(entries.order_by("-at")[: 4 * TIMELINE])
    merges = {entry.details["merge"] for entry in found if entry.verb in TOLD_OF_TWO}
    if not merges:
        return found
    # A merge tells that there is another case: of a closed one nothing is told.
    there = {str(pk) for pk in ResidentMerge.objects.filter(pk__in=merges).values_list("pk", flat=True)}
    return [entry for entry in found if entry.verb not in TOLD_OF_TWO or entry.details["merge"] in there]


def moments(entries: Iterable[HistoryEntry]) -> list[Moment]:
    """History as sentences. One query for all the names in it."""
    entries = list(entries)
    ids = {entry.actor_id for entry in entries} | {UUID(entry.details["user"]) for entry in entries if entry.details.get("user")}
    names = {str(pk): name for pk, name in User.objects.filter(pk__in=ids - {None}).values_list("pk", "name")}
    told = []
    for entry in entries:
        icon, text = sentences[entry.verb]
        words = defaultdict(str, {key: str(value) for key, value in entry.details.items()})
        words["who"] = names.get(str(entry.actor_id), "") or _("The system")
        words["user"] = names.get(str(entry.details.get("user")), "")
        told.append(Moment(entry.at, icon, str(text) % words))
    return told


def folded(told: Iterable[Moment]) -> list[Moment]:
    """The same done again at once becomes one line with how often, so that it does not push the rest away."""
    lines: list[Moment] = []
    for moment in told:
        last = lines[-1] if lines else None
        if last and last.text == moment.text and timezone.localdate(last.at) == timezone.localdate(moment.at):
            lines[-1] = replace(last, times=last.times + 1)
        else:
            lines.append(moment)
    return lines


def _balance(disclosed: Disclosure, order: list[LifeDomain]) -> tuple[list[Balance], list[Any]]:
    hard: dict[Any, list[tuple[str, Item]]] = defaultdict(list)
    good: dict[Any, list[Item]] = defaultdict(list)
    for item in disclosed.of("concern"):
        hard[item.details["domain"]].append((TONES[item.details["severity"]], item))
    for item in disclosed.of("strength"):
        good[item.details["domain"]].append(item)
    spoken = [domain for domain in order if hard[domain] or good[domain]]
    rows = [Balance(domain.label, ICON_OF[domain], hard[domain], good[domain]) for domain in spoken]
    if good[None]:
        rows.append(Balance(_("In general"), "heart", [], good[None]))
    return rows, [domain.label for domain in order if domain not in spoken]


def _waits(panels: Iterable[CasePanel]) -> list[Wait]:
    now = timezone.now()
    found = [Wait(due_at, text, url, bool(due_at and due_at < now)) for panel in panels for due_at, text, url in panel.waits]
    return sorted(found, key=lambda wait: wait.due_at or LAST)


def born_in_words(born: str) -> str:
    """An age when the day is known, a year when only that is; what cannot be read is given as it was written."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return _("born in %(year)s") % {"year": born} if born else ""
    today = timezone.localdate()
    return _("%(age)s years old") % {"age": today.year - day.year - ((today.month, today.day) < (day.month, day.day))}


def people_in(case: Case) -> models.QuerySet:
    """The ids of who has a part in this case."""
    return Involvement.objects.in_force().filter(case=case).values("user_id")


def what_waits(case: Case, user: User) -> list[Plain]:
    """Sentences of the higher floors about what was asked and what waits."""
    return [sentence for tell in summary_sentences for sentence in tell(user, case)]


# Who looked ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AccessPage:
    """Who looked into a case; `following` is the key of the next page."""

    case: Case
    name: str
    lines: list[Look]
    following: str


def access_page(case: Case, user: User, *, before: tuple[datetime, UUID] | None = None) -> AccessPage:
    """Who looked into this case, newest first. Looking at this is itself a look, and kept."""
    disclosed = disclose(
        scope_with_others(case, user),
        to=user,
        purpose="listening",
        ground=Ground("involvement", case.pk),
        what="who looked",
        only=["identity"],
    )
    entries = AccessLogEntry.objects.filter(case_id=case.pk).order_by("-at", "-id")
    sees_safety = permissions.may_read(user, SAFETY, case.unit_id)
    if not sees_safety:
        # Not even that there are steps to look at.
        entries = entries.exclude(what=MELDCODE)
    if before is not None:
        entries = entries.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]))
    found = list(entries[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    for entry in found:
        entry.categories = [one for one in entry.categories if sees_safety or one != SAFETY]
    return AccessPage(case, disclosed.text("name"), looks(found[:PAGE]), f"{last.at.isoformat()}_{last.pk}" if last else "")
