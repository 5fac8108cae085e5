"""What of casework goes along to the new owner of a case. The higher floors fill the same registry in their own actions.

Letters, documents and exceptions name who made or asked them, and that stays so: whoever owns the case sees to them. An agreement
of an overleg stays of who promised it at that table; as a step of the plan it goes along.
"""

from django.utils import timezone

from casework import loose_ends
from casework.models import (
    Case,
    CaseConference,
    ConferenceParticipant,
    FlaggedBecause,
    FollowUp,
    Involvement,
    LooseEndDecision,
    MeldcodeTrack,
    PlanStep,
)
from casework.seats import post_at
from luisterloket.people.models import User
from luisterloket.platform.history import record
from luisterloket.platform.registries import moves_along

from .appointments import give_meetings


@moves_along.register(order=10)
def appointments_go_along(actor: User, case: Case, before: User, after: User) -> None:
    give_meetings(case, before, after)


@moves_along.register(order=11)
def meldcode_goes_along(actor: User, case: Case, before: User, after: User) -> None:
    """Someone still does the next step, by the same day."""
    for track in MeldcodeTrack.objects.filter(case=case, owner=before):
        track.owner = after
        track.save(update_fields=["owner"])


@moves_along.register(order=12)
def next_contact_goes_along(actor: User, case: Case, before: User, after: User) -> None:
    """On the same day. That it had nobody is over; that it is late is not."""
    for one in FollowUp.objects.to_come().filter(case=case, who=before).select_for_update(no_key=True):
        one.who = after
        one.version += 1
        if one.flagged_because == FlaggedBecause.NOBODY:
            one.flagged_at, one.flagged_because = None, ""
        one.save(update_fields=["who", "version", "flagged_at", "flagged_because"])


@moves_along.register(order=13)
def steps_go_along(actor: User, case: Case, before: User, after: User) -> None:
    """Someone still keeps an eye on what was agreed. Who watched what is over stays in the plan."""
    for step in PlanStep.objects.open().filter(case=case, guard=before).select_for_update(no_key=True, of=("self",)):
        step.guard = after
        step.version += 1
        step.save(update_fields=["guard", "version"])


@moves_along.register(order=14)
def loose_ends_go_along(actor: User, case: Case, before: User, after: User) -> None:
    """What was left open at the end of a case and still is, is watched until the same day."""
    still = {(one.kind, one.ref) for one in loose_ends.of(case.pk)}
    decisions = LooseEndDecision.objects.filter(case=case, who=before)
    mine = [one.pk for one in decisions.only("kind", "ref") if (one.kind, one.ref) in still]
    LooseEndDecision.objects.filter(pk__in=mine).update(who=after)


@moves_along.register(order=15)
def seats_go_along(actor: User, case: Case, before: User, after: User) -> None:
    """The seat at an overleg to come, with the chair and the record, when the convenant gives the new owner one at such a table.

    Else the table stays as it was planned; the checklist says so. Who keeps a part in the case keeps a seat as well.
    """
    seats = ConferenceParticipant.objects.seated().filter(case=case, conference__status=CaseConference.Status.PLANNED)
    for seat in seats.filter(user=before).select_related("conference"):
        conference = CaseConference.locked(seat.conference_id)
        post = post_at(after, case, conference.kind)
        if post is None:
            continue
        if not seats.filter(conference=conference, user=after).exists():
            ConferenceParticipant(
                conference=conference, case=case, unit_id=conference.unit_id, user=after, role=post.role.code,
                post_unit_id=post.unit_id, organisation_id=post.organisation_id, invited_by=actor,
            ).put()  # fmt: skip
        conference.chair = after if conference.chair_id == before.pk else conference.chair
        conference.minute_taker = after if conference.minute_taker_id == before.pk else conference.minute_taker
        conference.revision += 1
        conference.save(update_fields=["chair", "minute_taker", "revision"])
        if not Involvement.objects.in_force().filter(case=case, user=before).exists():
            seat.withdrawn_at = timezone.now()
            seat.save(update_fields=["withdrawn_at"])
        record(actor, "conference.changed", conference, moved=False)
