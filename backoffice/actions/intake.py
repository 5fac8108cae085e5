"""What a desk asks of whoever sends it a request, kept by who leads it; and the loket's answers, read over."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import desk_permissions as permissions
from backoffice import intake
from backoffice.models import Desk, DeskQuestion, IntakeAnswer, SpecialistRequest
from casework.models import Case
from luisterloket.convenant.models import DataCategory
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .parts import RefusedAt, filled_in

Kind = DeskQuestion.Kind
# More would be a form of its own.
MOST_QUESTIONS = 12


@command
def add_question(
    *, actor: Any, desk: Desk, text: str, kind: str, hint: str = "", choices: list[str] | None = None, required: bool = False,
    category: DataCategory | None = None,
) -> DeskQuestion:  # fmt: skip
    """The desk asks one thing more, of every request from now on. For who leads it; what is under way does not change."""
    permissions.check_may_keep_desk(actor, desk)
    desk = _held(desk)
    last = desk.questions.asked_now().last()
    if desk.questions.asked_now().count() >= MOST_QUESTIONS:
        message = _("A desk asks %(n)d things at most. Take one away first.")
        raise Refused(message % {"n": MOST_QUESTIONS}, code="too_many")
    question = DeskQuestion(desk=desk, order=last.order + 1 if last else 0, category=category, required=required)
    _worded(question, text, hint, kind, choices)
    question.put()
    _changed(desk)
    record(actor, "desk.question_added", desk, question=str(question.pk), kind=kind)
    return question


@command
def change_question(
    *, actor: Any, question: DeskQuestion, text: str, kind: str, hint: str = "", choices: list[str] | None = None,
    required: bool = False, category: DataCategory | None = None,
) -> DeskQuestion:  # fmt: skip
    """Ask it in other words. Requests that were sent keep the question as it was; whoever is typing one looks again."""
    permissions.check_may_keep_desk(actor, question.desk)
    desk = _held(question.desk)
    before = _asked_now(question)
    after = DeskQuestion(desk=desk, code=before.code, order=before.order, category=category, required=required)
    _worded(after, text, hint, kind, choices)
    before.retired_at = timezone.now()
    before.save(update_fields=["retired_at"])
    after.put()
    _changed(desk)
    record(actor, "desk.question_changed", desk, question=str(after.pk), before=str(before.pk), kind=kind)
    return after


@command
def retire_question(*, actor: Any, question: DeskQuestion) -> DeskQuestion:
    """It is not asked any more. What was answered stays with its request."""
    permissions.check_may_keep_desk(actor, question.desk)
    desk = _held(question.desk)
    question = _asked_now(question)
    question.retired_at = timezone.now()
    question.save(update_fields=["retired_at"])
    _changed(desk)
    record(actor, "desk.question_retired", desk, question=str(question.pk))
    return question


@command
def raise_question(*, actor: Any, question: DeskQuestion) -> DeskQuestion:
    """One place up in the order in which it is asked."""
    permissions.check_may_keep_desk(actor, question.desk)
    desk = _held(question.desk)
    question = _asked_now(question)
    asked = list(desk.questions.asked_now())
    place = asked.index(question)
    if place:
        asked[place - 1], asked[place] = asked[place], asked[place - 1]
        for order, one in enumerate(asked):
            one.order = order
            one.save(update_fields=["order"])
        record(actor, "desk.question_raised", desk, question=str(question.pk))
    return question


def read_over(actor: Any, request: SpecialistRequest, answers: Mapping[str, str] | None) -> None:
    """Part of rewording a question: an answer stays, is said otherwise, or is taken out. What is not given back is out."""
    given = {code: text.strip() for code, text in (answers or {}).items()}
    may_stay = {one.pk for one in intake.to_read_over(request, Case.objects.get(pk=request.case_id))}
    anew = []
    for answer in intake.answers_of(request):
        text = given.get(str(answer.question.code), "") if answer.pk in may_stay else ""
        if text == answer.text:
            continue
        IntakeAnswer.objects.filter(pk=answer.pk).update(replaced_at=timezone.now())
        if text:
            anew.append((answer.question, text))
    put_answers(request, anew, actor)


def put_answers(request: SpecialistRequest, asked: Iterable[tuple[DeskQuestion, str]], actor: Any) -> None:
    """Part of sending: the answers go along."""
    for question, text in asked:
        IntakeAnswer(
            request=request, unit_id=request.unit_id, desk_unit_id=request.desk_unit_id, case_id=request.case_id,
            question=question, by=actor, text=text,
        ).put()  # fmt: skip


def _held(desk: Desk) -> Desk:
    """Two who change the questions of a desk wait for each other."""
    return Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)


def _asked_now(question: DeskQuestion) -> DeskQuestion:
    found = DeskQuestion.objects.get(pk=question.pk)
    if found.retired_at:
        raise Refused(_("This question was changed or taken away meanwhile. Look at the list again."), code="retired")
    return found


def _changed(desk: Desk) -> None:
    desk.questions_version += 1
    desk.save(update_fields=["questions_version"])


def _worded(question: DeskQuestion, text: str, hint: str, kind: str, choices: list[str] | None) -> None:
    filled_in("text", text, _("Write down the question."))
    question.text, question.hint, question.kind = text.strip(), hint.strip(), kind
    if kind != Kind.CHOICE:
        return
    question.choices = list(dict.fromkeys(one.strip() for one in choices or [] if one.strip()))
    if len(question.choices) < 2:
        raise RefusedAt("choices", _("Write down at least two answers to choose from, each on a line."), "choices")
    if any(len(one) > 80 for one in question.choices):
        raise RefusedAt("choices", _("An answer to choose is 80 characters at most."), "long")
