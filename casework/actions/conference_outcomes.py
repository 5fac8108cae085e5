"""What came of an overleg: it was held or called off, its record, and the agreements that go into the plan."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import conference_permissions as permissions
from casework.models import (
    Case,
    CaseConference,
    ConferenceAddition,
    ConferenceAgreement,
    ConferenceParticipant,
    ConferenceRecord,
    PlanStep,
)
from casework.models.conference_records import READING_TIME
from casework.models.conferences import READ_FOR
from casework.permissions import works_on
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .cases import touch
from .conferences import planned
from .plans import add_step
from .refusals import ChangedMeanwhile, Missing

Status, ResidentPart = CaseConference.Status, CaseConference.ResidentPart


@command
def call_off_conference(*, actor: User, conference: CaseConference) -> CaseConference:
    """It does not take place: nothing of it can be seen any more, and who was invited hears so."""
    conference = planned(actor, conference, permissions.check_may_chair)
    conference.move_to(Status.CALLED_OFF)
    conference.save(update_fields=["status"])
    record(actor, "conference.called_off", conference)
    emit("conference.called_off", conference)
    touch(Case(pk=conference.case_id), protects=True)
    return conference


@command
def hold_conference(
    *, actor: User, conference: CaseConference, came: Iterable[ConferenceParticipant], resident_came: bool = False
) -> CaseConference:
    """It took place, with these people. The agenda stands; what lies on the table can be read for two weeks more.

    The chair was there. Raises `Refused` before it has begun.
    """
    conference = planned(actor, conference, permissions.check_may_chair)
    if not conference.has_begun:
        raise Refused(_("This overleg is still to come. It can only be called off."), code="to_come")
    conference.move_to(Status.HELD)
    conference.held_at = timezone.now()
    conference.open_until = conference.held_at + READ_FOR
    conference.resident_came = resident_came and conference.resident_part == ResidentPart.COMES
    conference.save(update_fields=["status", "held_at", "open_until", "resident_came"])
    there = {one.pk for one in came}
    for one in ConferenceParticipant.objects.seated().filter(conference=conference):
        one.came = one.pk in there or one.user_id == conference.chair_id
        one.save(update_fields=["came"])
    record(actor, "conference.held", conference)
    touch(Case(pk=conference.case_id))
    return conference


@command
def write_record(*, actor: User, conference: CaseConference, text: str, revision: int) -> ConferenceRecord:
    """The record of an overleg, by the chair or who keeps it, until it is fixed. The first writing starts the days for reading.

    `revision` is what the form began with: raises `ChangedMeanwhile` when the other one wrote since, `Refused` when it is fixed.
    """
    conference = _held(conference)
    permissions.check_may_write_record(actor, conference)
    if not text.strip():
        raise Missing(_("Write down what was said and why."), code="no_text", field="text")
    found = ConferenceRecord.objects.filter(conference=conference).first()
    if (found.revision if found else 0) != revision:
        raise ChangedMeanwhile(found)
    if found is None:
        found = ConferenceRecord(
            conference=conference, case_id=conference.case_id, unit_id=conference.unit_id, text=text.strip(), written_by=actor,
            reading_until=timezone.now() + READING_TIME,
        )  # fmt: skip
        found.put()
    else:
        _not_fixed(found)
        found.text, found.written_by, found.written_at = text.strip(), actor, timezone.now()
        found.revision += 1
        found.save()
    record(actor, "conference.record_written", conference)
    return found


@command
def fix_record(*, actor: User, conference: CaseConference) -> ConferenceRecord:
    """The chair says that it stands: from now on what is wrong is put right below it."""
    conference = _held(conference)
    permissions.check_may_chair(actor, conference)
    permissions.check_was_there(actor, conference)
    found = ConferenceRecord.objects.filter(conference=conference).first()
    if found is None:
        raise Refused(_("There is no record yet."), code="no_record")
    _not_fixed(found)
    found.fixed_at = timezone.now()
    found.save(update_fields=["fixed_at"])
    record(actor, "conference.record_fixed", conference)
    return found


@command
def add_to_record(*, actor: User, conference: CaseConference, text: str) -> ConferenceAddition:
    """Something put right or added, by anyone who was at the table; it stands below the record with their name."""
    conference = _held(conference)
    permissions.check_was_there(actor, conference)
    if not text.strip():
        raise Missing(_("Write down what was different."), code="no_text", field="text")
    one = ConferenceAddition(
        conference=conference, case_id=conference.case_id, unit_id=conference.unit_id, text=text.strip(), by=actor
    )
    one.put()
    record(actor, "conference.record_added", conference)
    return one


@command
def agree(
    *, actor: User, conference: CaseConference, text: str, owner: ConferenceParticipant, due_on: date, in_plan: bool = False
) -> ConferenceAgreement:
    """What was agreed, who does it, and by when. The chair notes it.

    `in_plan` makes it a step of the plan at once: of the loket when its owner works on the case, else of their organisation, with
    the chair to keep an eye on it. Raises `Missing` for a day that has passed.
    """
    conference = _held(conference)
    permissions.check_may_chair(actor, conference)
    text = text.strip()
    if not text:
        raise Missing(_("Say in a few words what was agreed."), code="no_text", field="text")
    if owner.conference_id != conference.pk or owner.withdrawn_at is not None:
        raise Missing(_("Choose someone of this table."), code="elsewhere", field="owner")
    if due_on < timezone.localdate():
        raise Missing(_("This day has passed. Choose one that is to come."), code="past", field="due_on")
    step = _as_step(actor, conference, text, owner, due_on) if in_plan else None
    one = ConferenceAgreement(
        conference=conference, case_id=conference.case_id, unit_id=conference.unit_id, text=text, owner=owner,
        owner_user=owner.user, due_on=due_on, step=step,
    )  # fmt: skip
    one.put()
    record(actor, "conference.agreed", one, user=str(owner.user_id or ""), in_plan=in_plan)
    return one


@command
def finish_agreement(*, actor: User, agreement: ConferenceAgreement) -> ConferenceAgreement:
    """Who promised it did it. The step in the plan is of who works on the case, and stays theirs."""
    agreement = (
        ConferenceAgreement.objects.select_for_update(no_key=True, of=("self",)).select_related("conference").get(pk=agreement.pk)
    )
    permissions.check_may_finish(actor, agreement)
    if agreement.done_at is not None:
        raise Refused(_("This was said already."), code="done")
    agreement.done_at, agreement.done_by = timezone.now(), actor
    agreement.save(update_fields=["done_at", "done_by"])
    record(actor, "conference.agreement_kept", agreement)
    return agreement


def _as_step(actor: User, conference: CaseConference, text: str, owner: ConferenceParticipant, due_on: date) -> PlanStep:
    case = Case.objects.get(pk=conference.case_id)
    if owner.user is not None and works_on(owner.user, case):
        return add_step(actor=actor, case=case, kind=PlanStep.Kind.LOKET, text=text, guard=owner.user, due_on=due_on)
    who = ", ".join(filter(None, [owner.called, owner.of]))
    return add_step(actor=actor, case=case, kind=PlanStep.Kind.LOCAL_OFFER, text=text, guard=actor, due_on=due_on, where=who)


def _held(conference: CaseConference) -> CaseConference:
    """The overleg as it is now, held until the transaction ends. Raises `Refused` when it was not held."""
    found = CaseConference.objects.filter(pk=conference.pk).select_for_update(no_key=True).first()
    if found is None or found.status != Status.HELD:
        raise Refused(_("First keep that this overleg took place, and who was there."), code="not_held")
    return found


def _not_fixed(found: ConferenceRecord) -> None:
    if found.is_fixed:
        raise Refused(_("This record is fixed. Write below it what was different."), code="fixed")
