"""The summary that is read back to a resident: short, plain sentences (B1), made from what was heard and never edited by hand.

A change goes where it was heard; the summary follows. Nothing that is open is left out, and no field label is in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.disclosure import Disclosure

from .actions import household_of
from .domains import LifeDomain, Severity
from .models import CaseMember, Concern, Intake, Strength, SupportPerson

# How a life domain is named inside a sentence.
TOPICS = {
    LifeDomain.HOUSING: gettext_lazy("a place to live"),
    LifeDomain.FINANCES: gettext_lazy("money"),
    LifeDomain.WORK: gettext_lazy("work and learning"),
    LifeDomain.DAYTIME: gettext_lazy("how the day goes"),
    LifeDomain.FAMILY: gettext_lazy("the children and the family"),
    LifeDomain.NETWORK: gettext_lazy("friends and neighbours"),
    LifeDomain.PHYSICAL_HEALTH: gettext_lazy("health"),
    LifeDomain.MENTAL_HEALTH: gettext_lazy("how it feels"),
    LifeDomain.ADDICTION: gettext_lazy("drink, drugs or gambling"),
    LifeDomain.SELF_CARE: gettext_lazy("taking care of oneself"),
    LifeDomain.HOUSEKEEPING: gettext_lazy("the household"),
    LifeDomain.PARTICIPATION: gettext_lazy("language, papers and taking part"),
    LifeDomain.JUSTICE: gettext_lazy("police and justice"),
}
TITLES = {"mevrouw", "mw", "meneer", "mijnheer", "dhr", "mrs", "mr", "ms", "this", "deze", "de", "een"}
WORRIES = {
    Severity.ACUTE: gettext_lazy("There is an acute worry about %(topic)s. Help is needed today."),
    Severity.HEAVY: gettext_lazy("There is a heavy worry about %(topic)s."),
    Severity.HARD: gettext_lazy("It is hard now with %(topic)s."),
    Severity.FAIR: gettext_lazy("There is a small worry about %(topic)s."),
    Severity.GOOD: gettext_lazy("It goes well now with %(topic)s."),
}


@dataclass(frozen=True)
class Worry:
    domain: LifeDomain
    severity: Severity
    text: str
    since: str = ""
    who_helps: str = ""


@dataclass(frozen=True)
class Helper:
    name: str
    relation: str = ""
    can_do: str = ""


@dataclass(frozen=True)
class Told:
    """What was heard, from an intake or a case alike."""

    name: str
    quote: str = ""
    asked_question: str = ""
    question_behind: str = ""
    household: tuple[tuple[str, str], ...] = ()
    worries: tuple[Worry, ...] = ()
    strengths: tuple[str, ...] = ()
    helpers: tuple[Helper, ...] = ()
    # What waits, in whole sentences, as the higher floors give them.
    waits: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True)
class Summary:
    """Paragraphs of whole sentences; the quote stands apart, because it is the resident's own voice."""

    name: str
    quote: str
    paragraphs: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    @property
    def text(self) -> str:
        return " ".join([self.quote, *self.sentences])


def told_in(
    intake: Intake, concerns: Iterable[Concern], strengths: Iterable[Strength], people: Iterable[SupportPerson], *, contact: str
) -> Told:
    """From a conversation that is still being heard, by who hears it."""
    return Told(
        name=intake.name.strip() or intake.known_as.strip() or _("this resident"),
        quote=intake.quote,
        asked_question=intake.asked_question,
        question_behind=intake.question_behind,
        household=tuple((person.name, str(CaseMember.Part(person.part).label)) for person in household_of(intake)),
        worries=tuple(
            Worry(LifeDomain(one.domain), Severity(one.severity), one.text, one.since, one.who_helps)
            for one in sorted(concerns, key=lambda one: one.severity)
        ),
        strengths=tuple(one.text for one in strengths),
        helpers=tuple(Helper(one.name, one.relation, one.can_do) for one in people),
        contact=contact,
    )


def told_of(disclosed: Disclosure, main: UUID, *, waits: Iterable[Any], contact: str) -> Told:
    """From a case, out of what was disclosed to who asks."""
    return Told(
        name=disclosed.text("name", main) or _("this resident"),
        quote=disclosed.text("quote"),
        asked_question=disclosed.text("asked_question"),
        question_behind=disclosed.text("question_behind"),
        household=tuple(
            (item.details["name"], str(CaseMember.Part(item.details["part"]).label)) for item in disclosed.of("member")
        ),
        worries=tuple(
            Worry(item.details["domain"], item.details["severity"], item.text, item.details["since"], item.details["who_helps"])
            for item in disclosed.of("concern")
        ),
        strengths=tuple(item.text for item in disclosed.of("strength")),
        helpers=tuple(
            Helper(item.details["name"], item.details["relation"], item.details["can_do"])
            for item in disclosed.of("support_person")
        ),
        waits=tuple(str(wait) for wait in waits),
        contact=contact,
    )


def summarise(told: Told) -> Summary:
    """Say it in plain words. Everything in `told` is in what comes out."""
    first = _first(told.name)
    paragraphs = [_opening(told, first), _strengths(told), *map(_worry, told.worries), _helpers(told, first), _waits(told)]
    return Summary(told.name, told.quote.strip(), tuple(tuple(paragraph) for paragraph in paragraphs if paragraph))


def _opening(told: Told, first: str) -> list[str]:
    said = [_("This is the story of %(name)s.") % {"name": told.name}]
    if told.household:
        people = [f"{name} ({part})" if name else part for name, part in told.household]
        text = _("%(people)s belong to the household.") if len(people) > 1 else _("%(people)s belongs to the household.")
        said.append(whole(text % {"people": _listed(people)}))
    if told.asked_question.strip():
        said.append(whole(_("%(name)s asks: %(text)s") % {"name": first, "text": told.asked_question.strip()}))
    if told.question_behind.strip():
        said.append(whole(_("Behind it is the question: %(text)s") % {"text": told.question_behind.strip()}))
    return said


def _strengths(told: Told) -> list[str]:
    return [_("This goes well, or is a wish."), *map(whole, told.strengths)] if told.strengths else []


def _worry(worry: Worry) -> list[str]:
    text = worry.text.strip().rstrip(".")
    if worry.since.strip():
        text = f"{text} ({worry.since.strip()})"
    said = [str(WORRIES[worry.severity]) % {"topic": TOPICS[worry.domain]}, whole(text)]
    if worry.who_helps.strip():
        said.append(whole(_("There is help already from %(who)s.") % {"who": worry.who_helps.strip().rstrip(".")}))
    return said


def _helpers(told: Told, first: str) -> list[str]:
    said = []
    for one in told.helpers:
        who = f"{one.name} ({one.relation.strip()})" if one.relation.strip() else one.name
        said.append(whole(_("%(who)s is there for %(name)s.") % {"who": who, "name": first}))
        if one.can_do.strip():
            said.append(whole(_("%(who)s can do this: %(what)s") % {"who": one.name, "what": one.can_do.strip()}))
    return said


def _waits(told: Told) -> list[str]:
    said = list(map(whole, told.waits))
    if told.contact:
        said.append(_("%(who)s is the one to call with questions.") % {"who": told.contact})
    return said


def whole(text: str) -> str:
    """A text as a sentence: it begins with a capital and ends with a stop."""
    text = " ".join(text.split())
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in '.!?…”"' else f"{text}."


def _first(name: str) -> str:
    """How someone is called in the sentences: by the first name, or in full when the name begins with a title."""
    words = name.split()
    return words[0] if words and words[0].casefold().rstrip(".") not in TITLES else name


def _listed(names: list[str]) -> str:
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]} if len(names) > 1 else "".join(names)
