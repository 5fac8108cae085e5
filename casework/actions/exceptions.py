"""Everything that changes an exception to a rule: it is asked, answered by another, looked at again, and ended."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.domains import LifeDomain
from casework.exception_permissions import check_may_answer_exception
from casework.models import Case, RuleException, category_of_exception
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .cases import touch
from .next_contact import refuse_when_ended
from .refusals import Missing

Kind, Status = RuleException.Kind, RuleException.Status


@command
def ask_exception(
    *, actor: User, case: Case, kind: str, rule: str, why: str, since: date, review_on: date, domain: str = ""
) -> RuleException:
    """Ask to help outside a rule: which one, and why its purpose asks otherwise. For who works on the case and may write of it.

    Raises `Missing` without a rule, a reason or a day to look again, and for another rule of which it is not said what it is about.
    """
    domain = _domain(kind, domain)
    permissions.check_may_add(actor, case, category_of_exception(kind, domain))
    refuse_when_ended(case)
    for field, text, said in (
        ("rule", rule, _("Write down which rule stands in the way.")),
        ("why", why, _("Write down why the purpose of the rule asks something else here.")),
    ):
        if not text.strip():
            raise Missing(said, code="no_text", field=field)
    if review_on < since or review_on <= timezone.localdate():
        raise Missing(_("Choose a day to come on which you look at it again."), code="review", field="review_on")
    one = RuleException(
        case=case, unit_id=case.unit_id, kind=kind, domain=domain, rule=rule.strip(), why=why.strip(), since=since,
        review_on=review_on, asked_by=actor,
    )  # fmt: skip
    one.put()
    record(actor, "exception.asked", one)
    emit("exception.asked", one)
    touch(case)
    return one


@command
def answer_exception(*, actor: User, exception: RuleException, agreed: bool, answer: str = "") -> RuleException:
    """Agree or refuse, by another than who asked. A refusal says why and what can be done instead."""
    check_may_answer_exception(actor, exception)
    exception = _locked(exception)
    if not agreed and not answer.strip():
        raise Missing(_("Write down why not, and what can be done instead."), code="no_text", field="answer")
    exception.move_to(Status.AGREED if agreed else Status.REFUSED)
    exception.answered_by, exception.answered_at, exception.answer = actor, timezone.now(), answer.strip()
    exception.save(update_fields=["status", "answered_by", "answered_at", "answer"])
    record(actor, f"exception.{exception.status}", exception)
    emit("exception.answered", exception)
    touch(exception.case)
    return exception


@command
def go_on_with_exception(*, actor: User, exception: RuleException, review_on: date) -> RuleException:
    """It was looked at, and goes on until another day."""
    permissions.check_may_add(actor, exception.case, exception.category)
    exception = _locked(exception)
    if exception.status != Status.AGREED:
        raise Refused(_("Only an exception that was agreed goes on."), code="state")
    if review_on <= timezone.localdate():
        raise Missing(_("Choose a day to come on which you look at it again."), code="review", field="review_on")
    exception.review_on = review_on
    exception.save(update_fields=["review_on"])
    record(actor, "exception.reviewed", exception)
    touch(exception.case)
    return exception


@command
def end_exception(*, actor: User, exception: RuleException) -> RuleException:
    """It is not needed any more, or is not asked after all."""
    permissions.check_may_add(actor, exception.case, exception.category)
    exception = _locked(exception)
    exception.move_to(Status.ENDED)
    exception.ended_at, exception.ended_by = timezone.now(), actor
    exception.save(update_fields=["status", "ended_at", "ended_by"])
    record(actor, "exception.ended", exception)
    touch(exception.case)
    return exception


def _locked(exception: RuleException) -> RuleException:
    found = RuleException.objects.select_for_update(no_key=True, of=("self",)).select_related("case")
    return found.get(pk=exception.pk)


def _domain(kind: Any, domain: str) -> str:
    """What another rule is about; of the other kinds the kind says it. Raises `Missing` when it is not said."""
    if kind not in Kind.values:
        raise Missing(_("Choose which kind of rule."), code="kind", field="kind")
    if kind != Kind.OTHER:
        return ""
    if domain not in LifeDomain.values:
        raise Missing(_("Choose what this rule is about."), code="domain", field="domain")
    return domain
