"""Who may do what with an overleg. Each check is the first line of its action."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.platform.exceptions import NotAllowed

from .models import Case, CaseConference, ConferenceAgreement, ConferenceParticipant
from .permissions import check_may_work_on
from .seats import post_at


def check_may_plan_conference(actor: Any, case: Case, kind: str) -> None:
    """Who works on the case, when the convenant gives them a seat at a table of this kind."""
    check_may_work_on(actor, case)
    if post_at(actor, case, kind) is None:
        raise NotAllowed(_("The convenant gives you no seat at a table of this kind."))


def seat_of(actor: Any, conference: CaseConference) -> ConferenceParticipant | None:
    """The seat of this person at this table, when there is one and it was not taken back."""
    if not CaseConference.objects.visible_to(actor).filter(pk=conference.pk).exists():
        return None
    return ConferenceParticipant.objects.seated().filter(conference=conference, user=actor.pk).first()


def check_may_chair(actor: Any, conference: CaseConference) -> None:
    if seat_of(actor, conference) is None:
        raise NotAllowed()
    if conference.chair_id != actor.pk:
        raise NotAllowed(_("The chair of this overleg may do this."))


def check_may_lay_down(actor: Any, conference: CaseConference) -> None:
    """The chair, as long as they work on the case: what they may not see they cannot lay on a table."""
    check_may_chair(actor, conference)
    check_may_work_on(actor, Case(pk=conference.case_id, unit_id=conference.unit_id))


def check_was_there(actor: Any, conference: CaseConference) -> None:
    """Record and agreements are of who was at the table, whatever part they have in the case."""
    seat = seat_of(actor, conference)
    if seat is None:
        raise NotAllowed()
    if not seat.came:
        raise NotAllowed(_("Only who was at the table sees what was said there."))


def check_may_write_record(actor: Any, conference: CaseConference) -> None:
    check_was_there(actor, conference)
    if actor.pk not in (conference.chair_id, conference.minute_taker_id):
        raise NotAllowed(_("The chair or who keeps the record may do this."))


def check_may_finish(actor: Any, agreement: ConferenceAgreement) -> None:
    """Whose agreement it is, or the chair."""
    if agreement.owner_user_id == actor.pk:
        return
    check_may_chair(actor, agreement.conference)
