"""What a desk asks of whoever sends it a request: which questions, checked answers, and who reads them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from casework.disclosures import scope_of
from casework.models import Case
from luisterloket.convenant.disclosure import Allowed, closed
from luisterloket.platform.exceptions import Refused

from . import sharing
from .models import Desk, DeskQuestion, IntakeAnswer, SpecialistRequest

Kind = DeskQuestion.Kind
Asked = list[tuple[DeskQuestion, str]]
MOST = 2000


class BadAnswer(Refused):
    """A refusal about one answer, shown beside its question."""

    def __init__(self, question: DeskQuestion, message: str):
        super().__init__(message, code="answer")
        self.field = question.field


def questions_for(desk: Desk, case: Case) -> list[DeskQuestion]:
    """What this desk asks about this case. See `asked_about`."""
    return asked_about(desk, case, scope_of(case).subjects[0], sharing.desk_may_see(desk, case))


def asked_about(desk: Desk, case: Case, main: UUID, allowed: Mapping[str, Allowed]) -> list[DeskQuestion]:
    """The questions of a desk, without those of which it may not know the answer: the convenant does not give it that category, or
    the resident closes it.
    """
    found = list(desk.questions.asked_now())
    categories = {one.category_id for one in found} - {None}
    shut = closed({main}, case.pk, desk.purpose_id, allowed) if categories else {}
    return [one for one in found if one.category_id is None or (one.category_id in allowed and (main, one.category_id) not in shut)]


def checked(
    desk: Desk, case: Case, main: UUID, allowed: Mapping[str, Allowed], answers: Mapping[str, str] | None, version: int | None
) -> Asked:
    """The answers by the questions of now, in their order. `answers` are by the code of a question; `version` says which questions
    were on the screen. Raises `Refused` when the desk changed them since, and beside the field for an answer that is not good.
    """
    given = {code: text.strip() for code, text in (answers or {}).items() if text.strip()}
    questions = asked_about(desk, case, main, allowed)
    changed = version is not None and version != Desk.objects.values_list("questions_version", flat=True).get(pk=desk.pk)
    if changed or set(given) - {str(one.code) for one in questions}:
        message = _("The desk has changed its questions meanwhile. Look whether your answers still fit, and send it again.")
        raise Refused(message, code="questions_changed")
    return [(one, text) for one in questions if (text := _checked(one, given.get(str(one.code), "")))]


def _checked(question: DeskQuestion, text: str) -> str:
    if not text and question.required:
        raise BadAnswer(question, _("The desk needs an answer to this."))
    good = {
        Kind.YES_NO: text in ("yes", "no"),
        Kind.CHOICE: text in question.choices,
        Kind.DATE: _is_day(text),
    }.get(Kind(question.kind), len(text) <= MOST)
    if text and not good:
        raise BadAnswer(question, _("This is no answer to the question."))
    return text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def answers_of(request: SpecialistRequest) -> list[IntakeAnswer]:
    """What was answered, as it is now. The wall gives a desk nothing while the loket reads its words over, or after the end."""
    return list(IntakeAnswer.objects.filter(request=request, replaced_at=None).select_related("question"))


def to_read_over(request: SpecialistRequest, case: Case) -> list[IntakeAnswer]:
    """The answers that the desk may still know of; the others go when the loket has read its words over."""
    given = answers_of(request)
    categories = {one.question.category_id for one in given} - {None}
    desk: Desk = request.desk_unit.desk
    main, allowed = scope_of(case).subjects[0], sharing.desk_may_see(desk, case)
    shut = {one for _resident, one in closed({main}, case.pk, desk.purpose_id, allowed)} if categories else set()
    return [one for one in given if one.question.category_id is None or one.question.category_id in set(allowed) - shut]


def shown(questions: Iterable[DeskQuestion], typed: Mapping[str, Any]) -> list[tuple[DeskQuestion, str]]:
    """What stands in the form, for the picture of how the desk sees it."""
    return [(one, one.in_words(str(typed[one.field]))) for one in questions if typed.get(one.field)]


def may_not_open(request: SpecialistRequest, case: Case) -> bool:
    """Whether something that was answered may not be known to the desk any more."""
    return len(to_read_over(request, case)) < len(answers_of(request))


def tells_of(request: SpecialistRequest, category: str, residents: frozenset[UUID]) -> bool:
    """Whether an answer tells of this category, of one of these rows of a person: the answers are about whom the case is about."""
    if not residents & set(scope_of(Case(pk=request.case_id, unit_id=request.unit_id)).subjects[:1]):
        return False
    return any(one.question.category_id == category for one in answers_of(request))
