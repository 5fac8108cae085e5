"""Everything that changes what a resident was told of the use of their data, and what they said yes or no to (decision 28)."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.consent_rules import GIVES, OTHER, must_say_yes, representatives_of, ties_of
from casework.consents import hold_ground, last_steps, rows_of, words_for
from casework.models import Case, ConsentStep, Document, Informing, Resident
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.convenant.uses import uses_of_today
from luisterloket.people.models import Organisation, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.registries import GroundEnded, grounds_end

from .cases import touch
from .households import resident_in
from .refusals import Missing

State, GivenBy, How = ConsentStep.State, ConsentStep.GivenBy, ConsentStep.How


@command
def note_informing(*, actor: User, case: Case, resident: Resident, purposes: Iterable[str], how: str) -> Case:
    """A resident was told what is done with their data for these purposes. For who works on the case.

    Raises `Missing` without a purpose of the agreement in force, and `Refused` when none is in force.
    """
    permissions.check_may_work_on(actor, case)
    member = resident_in(case, resident)
    if how not in Informing.How.values:
        raise Missing(_("Choose how it was told."), code="how", field="how")
    told = set(purposes) & {use.purpose for use in uses_of_today()}
    if not told:
        raise Missing(_("Choose what you told about."), code="no_purpose", field="purposes")
    for purpose in sorted(told):
        put_informing(actor, case, member.resident_id, purpose, how)
    touch(case)
    return case


def put_informing(actor: User, case: Case, resident_id: UUID, purpose: str, how: str) -> Informing:
    """One more moment at which someone was told. Inside an action that has checked who acts."""
    version = ConvenantVersion.in_force()
    if version is None:
        raise Refused(_("No agreement is in force, so there is nothing to tell of."), code="no_convenant")
    one = Informing(
        case_id=case.pk, unit_id=case.unit_id, resident_id=resident_id, purpose_id=purpose, how=how, by=actor,
        convenant_version_id=version.pk,
    )  # fmt: skip
    one.put()
    record(actor, "resident.informed", one, how=how)
    return one


@command
def note_consent(
    *,
    actor: User,
    case: Case,
    resident: Resident,
    purpose: str,
    category: str,
    organisation: Organisation,
    state: str,
    how: str = How.SPOKEN,
    given_by: str = GivenBy.SELF,
    who: str = "",
    document: Document | None = None,
    note: str = "",
) -> ConsentStep:
    """A resident said yes or no to one category for one purpose and party, or took their yes back. For who works on the case.

    `who` names the representative or the tie of who decides for them. A yes needs everyone who has to say it; a no and taking
    back need only one. Taking back closes at once what was open under it. Raises `Missing` for what is not said, and `Refused`
    for what follows no ground of consent, or no step before it.
    """
    permissions.check_may_work_on(actor, case)
    hold_ground(case.pk)
    resident = resident_in(case, resident).resident
    rows = rows_of(case, resident.pk)
    last = last_steps(case.pk, rows).get((purpose, category, organisation.pk))
    if state not in ConsentStep.NEXT.get(last.state if last else "", ()):
        raise Refused(_("This is not possible any more. Look at what stands here now."), code="state")
    step = ConsentStep(
        case=case, unit_id=case.unit_id, resident=resident, purpose_id=purpose, category_id=category, organisation=organisation,
        state=state, how=how, recorded_by=actor, note=note.strip(), document=_of_the_case(document, case, how),
    )  # fmt: skip
    _say(step, last)
    _by_whom(step, given_by, who)
    return _add(step, rows)


@command
def withdraw_all_consent(
    *,
    actor: User,
    case: Case,
    resident: Resident,
    how: str = How.SPOKEN,
    given_by: str = GivenBy.SELF,
    who: str = "",
    note: str = "",
) -> Case:
    """A resident takes back every yes in this case. Raises `Refused` when there is none."""
    permissions.check_may_work_on(actor, case)
    hold_ground(case.pk)
    resident = resident_in(case, resident).resident
    rows = rows_of(case, resident.pk)
    given = [step for step in last_steps(case.pk, rows).values() if step.state == State.GIVEN]
    if not given:
        raise Refused(_("There is no consent to take back."), code="none")
    for last in given:
        step = ConsentStep(
            case=case, unit_id=case.unit_id, resident=resident, purpose_id=last.purpose_id, category_id=last.category_id,
            organisation_id=last.organisation_id, state=State.WITHDRAWN, how=how, recorded_by=actor, note=note.strip(),
        )  # fmt: skip
        _say(step, last)
        _by_whom(step, given_by, who)
        _add(step, rows)
    return case


def _say(step: ConsentStep, last: ConsentStep | None) -> None:
    """The words that were put to them. Taking back needs no ground any more, and is about the words of before."""
    if step.state == State.WITHDRAWN and last is not None:
        step.words, step.convenant_version_id = last.words, last.convenant_version_id
        return
    about = (step.purpose_id, step.category_id, step.organisation_id)
    use = next((one for one in uses_of_today() if (one.purpose, one.category, one.organisation_id) == about), None)
    if use is None or not use.needs_consent:
        raise Refused(_("No consent is asked for this: it rests on another ground, or is not shared at all."), code="no_consent")
    step.words, step.convenant_version_id = words_for(use), use.version_id


def _by_whom(step: ConsentStep, given_by: str, who: str) -> None:
    """Who said it. Raises `Missing` when somebody else has to say yes as well, or is not known to decide for them."""
    if given_by not in GivenBy.values:
        raise Missing(_("Choose who said it."), code="given_by", field="given_by")
    step.given_by = given_by
    if step.state == State.GIVEN:
        lacking = must_say_yes(step.resident, step.category_id) - GIVES[GivenBy(given_by)]
        if OTHER in lacking:
            message = _(
                "Who decides for this resident has to say yes. Choose who that is; write them down first if they are not here."
            )
            raise Missing(message, code="other_must", field="who")
        if lacking:
            raise Missing(_("The resident has to say yes too."), code="self_must", field="given_by")
    if given_by == GivenBy.SELF:
        return
    step.representative = next((one for one in representatives_of(step.resident) if str(one.pk) == who), None)
    if step.representative is None:
        step.tie = next((one for one in ties_of(step.resident) if str(one.pk) == who), None)
    if step.representative is None and step.tie is None:
        raise Missing(_("Choose who decides for this resident."), code="who", field="who")


def _of_the_case(document: Document | None, case: Case, how: str) -> Document | None:
    if document is not None and (document.case_id != case.pk or how != How.SIGNED):
        raise Missing(_("Choose a paper of this case, that was signed."), code="document", field="document")
    return document


def _add(step: ConsentStep, rows: frozenset[UUID]) -> ConsentStep:
    """One more step; when it takes a yes back, everything that was open under it closes in the same transaction."""
    if step.how not in How.values:
        raise Missing(_("Choose how it was said."), code="how", field="how")
    newest = ConsentStep.objects.filter(case=step.case_id).order_by("-number").values_list("number", flat=True).first()
    step.number, step.at = (newest or 0) + 1, timezone.now()
    step.put()
    record(step.recorded_by, f"consent.{step.state}", step, by=step.given_by)
    if step.state == State.WITHDRAWN:
        ended = GroundEnded(step.case_id, step.purpose_id, step.category_id, step.organisation_id, rows)
        for end in grounds_end:
            end(step.recorded_by, ended)
    # A no, and taking back a yes, is never held up.
    touch(step.case, protects=step.state != State.GIVEN)
    return step
