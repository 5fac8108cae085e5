"""The summary that is read back to a resident: short, plain sentences (B1), composed from what was heard.

A change goes where it was heard; the summary follows. Nothing that is open is left out, and no field label is in it. Only that
someone is not safe is never in it: paper lies about, and who must not know may read it. What people said themselves stands as they
said it; the sentences around it are phrases, in the language of the wording.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_noop

from luisterloket.convenant.disclosure import Disclosure, Item
from luisterloket.platform.plain import Plain, phrase

from . import summary_follow_up, summary_meetings, summary_plan
from .domains import LifeDomain, Severity
from .models import CaseMember, Concern, Intake, Strength, SupportPerson
from .signs import SAFETY, SafetySign
from .summary_money import TALK, Owed, owed_in, owed_in_words, waits
from .texts import Part, Summary
from .wording import Wording

# What the sentences are made of, of a disclosure.
KINDS = ("name", "quote", "asked_question", "question_behind", "member", "concern", "strength", "support_person")
TITLES = {"mevrouw", "mw", "meneer", "mijnheer", "dhr", "mrs", "mr", "ms", "this", "deze", "de", "een"}

# How a life domain is named inside a sentence.
TOPICS = {
    LifeDomain.HOUSING: phrase(gettext_noop("a place to live")),
    LifeDomain.FINANCES: phrase(gettext_noop("money")),
    LifeDomain.WORK: phrase(gettext_noop("work and learning")),
    LifeDomain.DAYTIME: phrase(gettext_noop("how the day goes")),
    LifeDomain.FAMILY: phrase(gettext_noop("the children and the family")),
    LifeDomain.NETWORK: phrase(gettext_noop("friends and neighbours")),
    LifeDomain.PHYSICAL_HEALTH: phrase(gettext_noop("health")),
    LifeDomain.MENTAL_HEALTH: phrase(gettext_noop("how it feels")),
    LifeDomain.ADDICTION: phrase(gettext_noop("drink, drugs or gambling")),
    LifeDomain.SELF_CARE: phrase(gettext_noop("taking care of oneself")),
    LifeDomain.HOUSEKEEPING: phrase(gettext_noop("the household")),
    LifeDomain.PARTICIPATION: phrase(gettext_noop("language, papers and taking part")),
    LifeDomain.JUSTICE: phrase(gettext_noop("police and justice")),
}
WORRIES = {
    Severity.ACUTE: phrase(gettext_noop("There is an acute worry about %(topic)s. Help is needed today.")),
    Severity.HEAVY: phrase(gettext_noop("There is a heavy worry about %(topic)s.")),
    Severity.HARD: phrase(gettext_noop("It is hard now with %(topic)s.")),
    Severity.FAIR: phrase(gettext_noop("There is a small worry about %(topic)s.")),
    Severity.GOOD: phrase(gettext_noop("It goes well now with %(topic)s.")),
}
PARTS = {
    CaseMember.Part.PARTNER: phrase(gettext_noop("partner")),
    CaseMember.Part.CHILD: phrase(gettext_noop("child")),
    CaseMember.Part.OTHER: phrase(gettext_noop("other")),
}
SOMEONE = phrase(gettext_noop("this resident"))
STORY_OF = phrase(gettext_noop("This is the story of %(name)s."))
BELONGS = phrase(gettext_noop("%(people)s belongs to the household."))
BELONG = phrase(gettext_noop("%(people)s belong to the household."))
ASKS = phrase(gettext_noop("%(name)s asks: %(text)s"))
BEHIND = phrase(gettext_noop("Behind it is the question: %(text)s"))
GOES_WELL = phrase(gettext_noop("This goes well, or is a wish."))
HELP_FROM = phrase(gettext_noop("There is help already from %(who)s."))
IS_THERE = phrase(gettext_noop("%(who)s is there for %(name)s."))
CAN_DO = phrase(gettext_noop("%(who)s can do this: %(what)s"))
TO_CALL = phrase(gettext_noop("%(who)s is the one to call with questions."))
AND = phrase(gettext_noop("%(names)s and %(last)s"))


@dataclass(frozen=True)
class Worry:
    domain: LifeDomain
    severity: Severity
    text: str
    since: str = ""
    who_helps: str = ""
    ref: str = ""
    # A threat that the law names, and until when there must be a first conversation about it.
    threat: str = ""
    talk_by: datetime | None = None


@dataclass(frozen=True)
class Helper:
    name: str
    relation: str = ""
    can_do: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Told:
    """What was heard, from an intake or a case alike."""

    name: str = ""
    quote: str = ""
    asked_question: str = ""
    question_behind: str = ""
    # Name and part of each of the others.
    household: tuple[tuple[str, str], ...] = ()
    worries: tuple[Worry, ...] = ()
    # Each with what it is called by.
    strengths: tuple[tuple[str, str], ...] = ()
    helpers: tuple[Helper, ...] = ()
    debts: tuple[Owed, ...] = ()
    # Appointments to come.
    meetings: tuple[Item, ...] = ()
    # The next contact.
    follow_ups: tuple[Item, ...] = ()
    # Steps of the plan that are agreed on or still to be asked, and the names of who does them.
    steps: tuple[Item, ...] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)
    # What waits, as the higher floors give it.
    waits: tuple[Plain, ...] = ()
    contact: str = ""


def told_in(
    intake: Intake,
    concerns: Iterable[Concern],
    strengths: Iterable[Strength],
    people: Iterable[SupportPerson],
    *,
    household: Iterable[tuple[str, str]],
    contact: str,
) -> Told:
    """From a conversation that is still being heard, by who hears it."""
    return Told(
        name=intake.name.strip() or intake.known_as.strip(),
        quote=intake.quote,
        asked_question=intake.asked_question,
        question_behind=intake.question_behind,
        household=tuple(household),
        worries=tuple(
            Worry(LifeDomain(one.domain), Severity(one.severity), one.text, one.since, one.who_helps, str(one.pk))
            for one in sorted(concerns, key=lambda one: one.severity)
            if one.sign not in SafetySign.values
        ),
        strengths=tuple((str(one.pk), one.text) for one in strengths),
        helpers=tuple(Helper(one.name, one.relation, one.can_do, str(one.pk)) for one in people),
        contact=contact,
    )


def told_of(disclosed: Disclosure, main: UUID, *, asked: Iterable[Plain], contact: str) -> Told:
    """From a case, out of what was disclosed to who asks."""
    return Told(
        name=disclosed.text("name", main),
        quote=disclosed.text("quote"),
        asked_question=disclosed.text("asked_question"),
        question_behind=disclosed.text("question_behind"),
        household=tuple((item.details["name"], item.details["part"]) for item in disclosed.of("member")),
        worries=tuple(
            Worry(
                item.details["domain"],
                item.details["severity"],
                item.text,
                item.details["since"],
                item.details["who_helps"],
                str(item.ref),
                item.details["sign"],
                item.details["talk_by"],
            )
            for item in disclosed.of("concern")
            if item.category != SAFETY
        ),
        strengths=tuple((str(item.ref), item.text) for item in disclosed.of("strength")),
        helpers=tuple(
            Helper(item.details["name"], item.details["relation"], item.details["can_do"], str(item.ref))
            for item in disclosed.of("support_person")
        ),
        debts=tuple(owed_in(item) for item in disclosed if waits(item)),
        meetings=tuple(item for item in disclosed if summary_meetings.is_to_come(item)),
        follow_ups=tuple(item for item in disclosed if summary_follow_up.is_to_come(item)),
        steps=tuple(item for item in disclosed if summary_plan.is_agreed_on(item)),
        names={item.subject_id: item.text for item in disclosed.of("name") if item.text},
        waits=tuple(asked),
        contact=contact,
    )


def categories_in(disclosed: Disclosure) -> list[str]:
    """The categories of which something is said in the summary of what was disclosed."""
    told = (waits, summary_meetings.is_to_come, summary_follow_up.is_to_come, summary_plan.is_agreed_on)
    said = (item for item in disclosed if item.kind in KINDS or any(tells(item) for tells in told))
    return sorted({item.category for item in said if item.category != SAFETY})


def summarise(told: Told, wording: Wording) -> Summary:
    """Say it in plain words. Everything in `told` is in what comes out."""
    name = told.name or wording.say(SOMEONE)
    first = _first(name)
    parts = [
        *_opening(told, name, first, wording),
        *_strengths(told, wording),
        *(_worry(worry, told, first, wording) for worry in told.worries),
        *(_helper(helper, first, wording) for helper in told.helpers),
        *_debts(told, first, wording),
        *(Part(f"meeting-{item.ref}", "waits", whole(summary_meetings.in_words(item, wording))) for item in told.meetings),
        *(Part(f"followup-{item.ref}", "waits", whole(summary_follow_up.in_words(item, wording))) for item in told.follow_ups),
        *(
            Part(f"plan_step-{item.ref}", "waits", " ".join(map(whole, summary_plan.in_words(item, told.names, wording))))
            for item in told.steps
        ),
        *(Part(f"wait-{wait.about}", "waits", whole(wording.tell(wait))) for wait in told.waits),
    ]
    if told.contact:
        parts.append(Part("contact", "waits", wording.say(TO_CALL, who=told.contact)))
    return Summary(name, told.quote.strip(), tuple(parts))


def _opening(told: Told, name: str, first: str, wording: Wording) -> list[Part]:
    said = {"story": wording.say(STORY_OF, name=name)}
    if told.household:
        parts = [(who, wording.say(PARTS[CaseMember.Part(part)])) for who, part in told.household]
        people = [f"{who} ({part})" if who else part for who, part in parts]
        said["household"] = wording.say(BELONG if len(people) > 1 else BELONGS, people=_listed(people, wording))
    if told.asked_question.strip():
        said["asked"] = wording.say(ASKS, name=first, text=told.asked_question.strip())
    if told.question_behind.strip():
        said["behind"] = wording.say(BEHIND, text=told.question_behind.strip())
    return [Part(key, "opening", whole(text)) for key, text in said.items()]


def _strengths(told: Told, wording: Wording) -> list[Part]:
    if not told.strengths:
        return []
    said = [Part(f"strength-{ref}", "strengths", whole(text)) for ref, text in told.strengths]
    return [Part("goes-well", "strengths", wording.say(GOES_WELL)), *said]


def _worry(worry: Worry, told: Told, first: str, wording: Wording) -> Part:
    text = worry.text.strip().rstrip(".")
    if worry.since.strip():
        text = f"{text} ({worry.since.strip()})"
    said = [wording.say(WORRIES[worry.severity], topic=wording.say(TOPICS[worry.domain])), whole(text)]
    if worry.who_helps.strip():
        said.append(whole(wording.say(HELP_FROM, who=worry.who_helps.strip().rstrip("."))))
    # Said once: of a debt with the same threat it is said there.
    if worry.talk_by and worry.threat not in {debt.threat for debt in told.debts}:
        said.append(whole(wording.say(TALK, owner=told.contact, name=first, day=worry.talk_by)))
    return Part(f"concern-{worry.ref}", f"concern-{worry.ref}", " ".join(said))


def _debts(told: Told, first: str, wording: Wording) -> list[Part]:
    """What of a debt waits, with who and until when; what is owed itself stands on the money sheet."""
    said = {owed.ref: owed_in_words(owed, name=first, owner=told.contact, wording=wording) for owed in told.debts}
    return [Part(f"debt-{ref}", "waits", " ".join(map(whole, sentences))) for ref, sentences in said.items()]


def _helper(helper: Helper, first: str, wording: Wording) -> Part:
    who = f"{helper.name} ({helper.relation.strip()})" if helper.relation.strip() else helper.name
    said = [whole(wording.say(IS_THERE, who=who, name=first))]
    if helper.can_do.strip():
        said.append(whole(wording.say(CAN_DO, who=helper.name, what=helper.can_do.strip())))
    return Part(f"person-{helper.ref}", "people", " ".join(said))


def whole(text: str) -> str:
    """A text as a sentence: it begins with a capital and ends with a stop."""
    text = " ".join(text.split())
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in '.!?…”"؟。।' else f"{text}."


def _first(name: str) -> str:
    """How someone is called in the sentences: by the first name, or in full when the name begins with a title."""
    words = name.split()
    return words[0] if words and words[0].casefold().rstrip(".") not in TITLES else name


def _listed(names: list[str], wording: Wording) -> str:
    return wording.say(AND, names=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else "".join(names)
