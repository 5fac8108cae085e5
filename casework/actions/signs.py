"""What follows from a mark that is a sign: the term of a threat, the steps of the meldcode."""

from uuid import UUID

from django.utils import timezone

from casework import permissions
from casework.domains import Severity
from casework.models import Case, Concern, Debt, Intake, Involvement, MeldcodeTrack
from casework.signs import SafetySign, Threat
from casework.threats import first_talk_by
from luisterloket.people.models import User
from luisterloket.platform.history import record


def set_sign(actor: User, concern: Concern, sign: str) -> None:
    """Make a concern the sign of something, or of nothing any more. What is a sign cannot wait: it is acute.

    The term of a threat is worked out here, once. Raises `NotAllowed` for a sign that someone is not safe when the convenant
    does not let `actor` write about that.
    """
    concern.sign, concern.talk_by, concern.talked_on = sign, None, None
    if not sign:
        return
    concern.severity = Severity.ACUTE
    if sign in Threat.values:
        concern.talk_by = first_talk_by(timezone.now())
    if sign in SafetySign.values:
        permissions.check_may_mark_safety(actor, concern.unit_id)
        concern.track = concern.track or _track_for(actor, concern)


def _track_for(actor: User, concern: Concern) -> MeldcodeTrack:
    """The steps that are not finished yet, or new ones: to begin today, by who saw the sign."""
    of = {"case_id": concern.case_id} if concern.case_id else {"intake_id": concern.intake_id, "case": None}
    if concern.case_id:
        # Two colleagues at once must not begin twice; a conversation is held already by who marks in it.
        Case.locked(concern.case_id)
    there = MeldcodeTrack.objects.unfinished().filter(**of).first()
    if there is not None:
        return there
    track = MeldcodeTrack(
        unit_id=concern.unit_id, case_id=concern.case_id, intake_id=concern.intake_id, owner=actor, noted_by=actor
    ).put()
    record(actor, "meldcode.noted", track, sign=concern.sign)
    return track


def drop_sign(track_id: UUID | None) -> None:
    """A mark was taken off again: steps that nobody began, and of which it was the only sign, go with it."""
    track = MeldcodeTrack.locked(track_id) if track_id else None
    if track is not None and track.status == MeldcodeTrack.Status.TO_BEGIN and not track.signs.exists():
        track.delete()


def tracks_to_case(intake: Intake, case: Case) -> None:
    """The steps belong to the case from now; an owner who has no part in it gives way to the case's own.

    Where steps wait in the case already, these go on in those: nothing was written in them yet.
    """
    parts = set(Involvement.objects.in_force().filter(case=case).values_list("user_id", flat=True))
    for track in MeldcodeTrack.objects.filter(intake=intake):
        there = MeldcodeTrack.objects.unfinished().filter(case=case).first()
        if track.unfinished and there is not None:
            _go_on_in(there, track)
            continue
        track.case = case
        if track.owner_id not in parts:
            track.owner_id = case.owner_id
        track.save()


def _go_on_in(there: MeldcodeTrack, track: MeldcodeTrack) -> None:
    Concern.objects.filter(track=track).update(track=there)
    if track.begun_at and there.begun_at is None:
        there.move_to(MeldcodeTrack.Status.OPEN)
        there.begun_at, there.begun_by = track.begun_at, track.begun_by
    there.due_on = min(there.due_on, track.due_on)
    there.save()
    track.delete()


def stop_terms(case: Case, threat: str) -> None:
    """The first conversation about this threat was held: it counts for the debt and for what was marked alike."""
    today = timezone.localdate()
    for debt in Debt.objects.filter(case=case, threat=threat, talked_on=None):
        debt.talked_on = today
        debt.save(update_fields=["talked_on"])
    for concern in Concern.objects.filter(case=case, sign=threat, talked_on=None):
        concern.talked_on = today
        concern.save(update_fields=["talked_on"])
