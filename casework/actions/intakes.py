"""Everything that changes a conversation, until it is a case."""

import json
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions, search_keys
from casework.domains import Severity
from casework.models import (
    Answer,
    Case,
    CaseMember,
    Check,
    Concern,
    Conversation,
    EarlySign,
    Heard,
    Intake,
    IntakeWriter,
    Involvement,
    MeldcodeTrack,
    Resident,
    ShortContact,
    Strength,
    SupportPerson,
)
from casework.questions import LONGEST as LONGEST_ANSWER
from casework.questions import PREFIX, Question, questions_for
from luisterloket.people.models import Unit, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.registries import became_part, thrown_away

from .next_contact import give_first
from .refusals import ChangedMeanwhile, Missing, text_or_quote
from .sign_state import open_again
from .signs import drop_sign, set_sign, tracks_to_case

# What someone may type on the sheets of an intake, each by its own name.
SHEET = (
    "own_words",
    "quote",
    "asked_question",
    "question_behind",
    "name",
    "known_as",
    "born",
    "phone",
    "address",
    "language",
    "household",
)
# How much of it fits: far more than a conversation, far less than what would stall the page.
LONGEST = dict.fromkeys(SHEET, 2_000) | {"own_words": 200_000, "household": 20_000, "language": 50}


@dataclass(frozen=True)
class Person:
    """Someone of the household, as told: rough is fine."""

    name: str
    part: str
    born: str = ""


@command
def start_intake(*, actor: User, unit: Unit) -> Intake:
    """Open a quiet sheet to listen on. A sheet that is still blank is used again, so that a second tap makes no second one."""
    permissions.check_may_listen(actor, unit.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"start intake {actor.pk}"])
    blank = Intake.objects.open().blank().filter(held_by=actor, unit=unit).first()
    if blank is not None:
        return blank
    intake = Intake.objects.create(unit=unit, held_by=actor)
    record(actor, "intake.started", intake)
    return intake


@command
def save_sheet(*, actor: User, intake: Intake, revision: int, values: dict[str, str]) -> Intake:
    """Keep what is being typed. Who changed one field and who changed another do not disturb each other.

    Raises `ChangedMeanwhile` when a field is another than it was at `revision`, and `values` would put a third text in it.
    """
    intake = Intake.locked(intake.pk)
    permissions.check_may_write_intake(actor, intake)
    still_listening(intake)
    check_fits(values)
    # PostgreSQL keeps no NUL, and nobody types one.
    values = {name: text.replace("\x00", "") for name, text in values.items()}
    questions = {one.field: one for one in questions_for(intake)} if any(map(_is_answer, values)) else {}
    changed = [name for name in SHEET if name in values and values[name] != getattr(intake, name)]
    answered = [name for name, one in questions.items() if name in values and values[name] != one.answer]
    if any(intake.changed_at.get(name, 0) > revision for name in [*changed, *answered]):
        raise ChangedMeanwhile(intake)
    # The same text sent twice, as by a second tap, changes nothing and surprises nobody.
    if not (changed or answered) and revision <= intake.revision:
        return intake
    for name in changed:
        setattr(intake, name, values[name])
    for name in answered:
        _answer(actor, intake, questions[name], values[name])
    intake.revision += 1
    intake.changed_at |= dict.fromkeys([*changed, *answered], intake.revision)
    intake.saved_at = timezone.now()
    intake.save(update_fields=[*changed, "revision", "changed_at", "saved_at"])
    return intake


@command
def mark_concern(
    *,
    actor: User,
    intake: Intake,
    domain: str,
    severity: int,
    text: str,
    quote: str = "",
    urgency: str = "",
    since: str = "",
    who_helps: str = "",
    tried: str = "",
    wanted: str = "",
    sign: str = "",
) -> Concern:
    """Something in the story is a concern in one life domain; its text may be just what was quoted.

    What is a `sign` is acute, and begins its term or its steps.
    """
    _may_mark(actor, intake)
    text = text_or_quote(text, quote)
    concern = Concern(
        unit_id=intake.unit_id,
        intake=intake,
        domain=domain,
        severity=severity,
        text=text,
        quote=quote,
        urgency=urgency,
        since=since,
        who_helps=who_helps,
        tried=tried,
        wanted=wanted,
    )
    set_sign(actor, concern, sign)
    concern.put()
    record(actor, "concern.marked", concern, domain=domain, severity=int(concern.severity), intake=str(intake.pk))
    if int(concern.severity) == Severity.ACUTE:
        emit("intake.acute", intake)
    return concern


@command
def mark_strength(
    *, actor: User, intake: Intake, text: str, kind: str = Strength.Kind.GOES_WELL, domain: str = "", quote: str = ""
) -> Strength:
    """Something in the story is a strength, a talent or a wish; its text may be just what was quoted."""
    _may_mark(actor, intake)
    text = text_or_quote(text, quote)
    strength = Strength(unit_id=intake.unit_id, intake=intake, kind=kind, domain=domain, text=text, quote=quote)
    strength.put()
    record(actor, "strength.marked", strength, intake=str(intake.pk))
    return strength


@command
def mark_person(*, actor: User, intake: Intake, name: str, relation: str = "", can_do: str = "", quote: str = "") -> SupportPerson:
    """Someone around the resident was mentioned."""
    _may_mark(actor, intake)
    person = SupportPerson(unit_id=intake.unit_id, intake=intake, name=name, relation=relation, can_do=can_do, quote=quote)
    person.put()
    record(actor, "person.marked", person, intake=str(intake.pk))
    return person


@command
def unmark(*, actor: User, thing: Heard) -> Intake:
    """Take a mark off again, while the conversation is still being heard. Later marks belong to the case and stay."""
    if thing.intake_id is None:
        raise Refused(_("This conversation has become a case already. Add it in the case."), code="state")
    intake = Intake.locked(thing.intake_id)
    permissions.check_may_write_intake(actor, intake)
    still_listening(intake)
    record(actor, "mark.removed", thing, intake=str(intake.pk))
    track = thing.track_id if isinstance(thing, Concern) else None
    thing.delete()
    drop_sign(track)
    _forget_thrown_away(intake)
    return intake


def _forget_thrown_away(intake: Intake) -> None:
    """Nothing of what was taken off stays behind in the history of the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_thrown_away(%s)", [intake.pk])


@command
def conclude_intake(*, actor: User, intake: Intake, own_words: str = "", name: str = "") -> Case:
    """What was heard becomes a case, owned by who listened. Only own words and one way to know the person are obliged.

    `own_words` and `name` fill what is still empty on the sheet, and never replace what is there. Raises `Missing`.
    """
    intake = Intake.locked(intake.pk)
    permissions.check_may_hand_on(actor, intake)
    intake.move_to(Intake.Status.CONCLUDED)
    check_fits({"own_words": own_words, "name": name})
    intake.own_words = intake.own_words if intake.own_words.strip() else own_words
    if not (intake.name.strip() or intake.known_as.strip()):
        intake.name = name
    if not intake.own_words.strip():
        raise Missing(_("Write down first what the resident told, in their own words."), code="no_story", field="own_words")
    if not (intake.name.strip() or intake.known_as.strip()):
        raise Missing(_("Give one way to recognise this person: a name or a nickname."), code="no_name", field="name")
    resident = Resident(
        unit_id=intake.unit_id,
        name=intake.name,
        known_as=intake.known_as,
        born=intake.born,
        phone=intake.phone,
        address=intake.address,
        language=intake.language,
    )
    case = Case.objects.create(unit_id=intake.unit_id, owner=actor)
    Involvement.objects.create(case=case, user=actor, unit_id=case.unit_id, kind=Involvement.Kind.OWNER)
    put_in_household(case, resident, CaseMember.Part.MAIN)
    for person in household_of(intake):
        other = Resident(unit_id=intake.unit_id, name=person.name, born=person.born)
        put_in_household(case, other, person.part)
    intake.case = case
    intake.save(update_fields=["status", "case", "own_words", "name"])
    hand_to_case(intake, case)
    give_first(actor, case)
    record(actor, "case.opened", case, intake=str(intake.pk))
    emit("case.opened", case)
    return case


@command
def discard_intake(*, actor: User, intake: Intake) -> Intake:
    """The conversation came to nothing: what was typed is removed, its past too; that it took place is kept."""
    intake = Intake.locked(intake.pk)
    permissions.check_may_hand_on(actor, intake)
    intake.move_to(Intake.Status.DISCARDED)
    for name in SHEET:
        setattr(intake, name, "")
    intake.save()
    for kind in (Concern, Strength, SupportPerson, Conversation, Answer, Check):
        kind.objects.filter(intake=intake).delete()
    MeldcodeTrack.objects.filter(intake=intake).delete()
    for sign in EarlySign.objects.filter(intake=intake):
        open_again(actor, sign)
    # The help of a minute before it did take place: it stays, and may become something again.
    ShortContact.objects.filter(intake=intake).update(intake=None)
    for follow in thrown_away:
        follow(actor, intake)
    _forget_thrown_away(intake)
    record(actor, "intake.discarded", intake)
    return intake


def hand_to_case(intake: Intake, case: Case) -> None:
    """All that was heard belongs to the case from now, and who wrote along works on it: they heard it all."""
    for kind in (Concern, Strength, SupportPerson, Conversation, Answer, Check, ShortContact, EarlySign):
        kind.objects.filter(intake=intake).update(case=case)
    involved = set(Involvement.objects.in_force().filter(case=case).values_list("user_id", flat=True))
    for writer in IntakeWriter.objects.in_force().filter(intake=intake).exclude(user__in=involved):
        Involvement(case=case, user_id=writer.user_id, unit_id=case.unit_id, kind=Involvement.Kind.CO_WORKER).put()
    tracks_to_case(intake, case)
    for follow in became_part:
        follow(intake, case)


def household_of(intake: Intake) -> list[Person]:
    """The others of the household, as written down so far."""
    return [Person(**person) for person in json.loads(intake.household or "[]")]


def _may_mark(actor: User, intake: Intake) -> None:
    intake = Intake.locked(intake.pk)
    permissions.check_may_write_intake(actor, intake)
    still_listening(intake)


def still_listening(intake: Intake) -> None:
    """Raises `Refused` when the conversation has ended, with where to go instead."""
    if intake.status == Intake.Status.CONCLUDED:
        raise Refused(_("This conversation has become a case already. Add it in the case."), code="state")
    if intake.status != Intake.Status.LISTENING:
        raise Refused(_("This conversation was thrown away. Start a new conversation."), code="state")


def _is_answer(name: str) -> bool:
    return name.startswith(PREFIX)


def _answer(actor: User, intake: Intake, question: Question, text: str) -> None:
    """The first answer fixes the question as it was asked; a later one changes only the answer."""
    answer = Answer.objects.filter(intake=intake, question=question.code).first() or Answer(
        intake=intake, unit_id=intake.unit_id, question=question.code, category=question.category
    )
    if not answer.text:
        answer.version, answer.asked_as = question.version, question.text
    answer.text, answer.by, answer.at = text, actor, timezone.now()
    answer.put() if answer._state.adding else answer.save()


def check_fits(values: dict[str, str]) -> None:
    """Raises `Missing` for a text that is too long."""
    limits = LONGEST | {name: LONGEST_ANSWER for name in values if _is_answer(name)}
    for name, most in limits.items():
        if len(values.get(name, "")) > most:
            raise Missing(
                _("This text is too long: %(most)s characters fit. Make it shorter; what was saved before is still there.")
                % {"most": most},
                code="too_long",
                field=name,
            )


def put_in_household(case: Case, resident: Resident, part: str) -> None:
    """Someone new in the household of a case, who can be found from now on."""
    resident.put()
    CaseMember.objects.create(case=case, resident=resident, unit_id=case.unit_id, part=part)
    search_keys.refresh(resident)
