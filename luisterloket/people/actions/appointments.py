"""Who plays which role where, from when until when."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.people import permissions
from luisterloket.people.hands import left_in_hands
from luisterloket.people.models import Appointment, Organisation, Proposal, Unit, User
from luisterloket.people.roles import ROLES, Permission
from luisterloket.people.separation import NEEDS_TWO, OF_MACHINES, clash
from luisterloket.platform.acting import Job
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

# Without one of these nobody could mend or supervise anything.
NEVER_EMPTY = (Permission.MANAGE_ACCOUNTS, Permission.SUPERVISE_ACCESS)


@command
def appoint(
    *,
    actor: Any,
    user: User,
    unit: Unit,
    role: str,
    since: date | None = None,
    until: date | None = None,
    on_behalf_of: Organisation | None = None,
) -> Appointment:
    """Let someone play a role in a unit, for the organisation of that unit or `on_behalf_of` another.

    Raises `Refused` for a role that one person does not give alone (`propose_appointment`), for one that does not go with what
    this person does already (`separation.py`), and for a blocked account or a closed unit.
    """
    permissions.check_may_manage_account(actor, user)
    if role in NEEDS_TWO and not isinstance(actor, Job):
        raise Refused(_("Nobody gives this role alone: propose it, and another agrees."), code="needs_two")
    since = since or timezone.localdate()
    _check(user, unit, role, since, until)
    return _made(actor, Appointment(user=user, unit=unit, role=role, since=since, until=until, on_behalf_of=on_behalf_of))


@command
def propose_appointment(
    *,
    actor: User,
    user: User,
    unit: Unit,
    role: str,
    since: date | None = None,
    until: date | None = None,
    on_behalf_of: Organisation | None = None,
) -> Proposal:
    """Ask another to agree to a role that reads logs or rights, or gives rights. Raises `Refused` as `appoint` does."""
    permissions.check_may_manage_account(actor, user)
    since = since or timezone.localdate()
    _check(user, unit, role, since, until)
    if Proposal.objects.filter(user=user, unit=unit, role=role, status=Proposal.Status.PROPOSED).exists():
        raise Refused(_("This was proposed already, and waits for who agrees."), code="twice")
    proposal = Proposal(
        user=user, unit=unit, role=role, since=since, until=until, on_behalf_of=on_behalf_of, proposed_by=actor
    ).put()
    record(actor, "appointment.proposed", proposal, user=str(user.pk), role=role)
    emit("appointment.proposed", proposal)
    return proposal


@command
def answer_proposal(*, actor: User, proposal: Proposal, agreed: bool) -> Proposal:
    """Agree, and the appointment is made; or refuse. By another than who proposed it, and never about oneself."""
    permissions.check_may_answer_proposal(actor, proposal)
    proposal = Proposal.locked(proposal.pk)
    if agreed and not proposal.proposed_by.is_active:
        raise Refused(_("Who proposed this is blocked. Refuse it; another can propose it anew."), code="proposer_blocked")
    proposal.move_to(Proposal.Status.AGREED if agreed else Proposal.Status.REFUSED)
    proposal.answered_by, proposal.answered_at = actor, timezone.now()
    proposal.save(update_fields=["status", "answered_by", "answered_at"])
    if agreed:
        # Nobody has held a role on a day on which nobody had agreed to it yet.
        since = max(proposal.since, timezone.localdate())
        if proposal.until and proposal.until < since:
            raise Refused(_("The last day of this has passed. Propose it anew."), code="passed")
        _check(proposal.user, proposal.unit, proposal.role, since, proposal.until)
        post = Appointment(
            user=proposal.user, unit=proposal.unit, role=proposal.role, since=since, until=proposal.until,
            on_behalf_of=proposal.on_behalf_of, proposal=proposal,
        )  # fmt: skip
        _made(actor, post, proposed_by=str(proposal.proposed_by_id))
    else:
        record(actor, "appointment.refused", proposal, user=str(proposal.user_id), role=proposal.role)
    return proposal


@command
def end_appointment(*, actor: Any, appointment: Appointment, until: date | None = None) -> Appointment:
    """It ends after `until` (by default today: a last day one still works).

    Raises `Refused` as long as cases or requests are in this person's hands when it ends now: nothing is left without anyone.
    A later last day leaves time to hand over. To shut someone out at once, block the account.
    """
    permissions.check_may_manage_account(actor, appointment.user)
    return end(actor, appointment, until or timezone.localdate())


def end(actor: Any, appointment: Appointment, until: date) -> Appointment:
    """What ending does, whoever may decide it."""
    User.objects.select_for_update(no_key=True).get(pk=appointment.user_id)
    appointment = Appointment.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=appointment.pk)
    today = timezone.localdate()
    if appointment.until and appointment.until < today:
        raise Refused(_("This appointment has ended already."), code="ended")
    if until < today:
        raise Refused(_("This day has passed. Choose today or later."), code="past")
    if appointment.until and until > appointment.until:
        # Longer is a new appointment, with all that is held to one: two who agree, and no other role that it does not go with.
        raise Refused(_("This ends earlier already. To let someone go on longer, appoint them anew."), code="longer")
    if until < appointment.since:
        # It never began.
        until = appointment.since
    check_someone_stays(appointment.user, [appointment])
    if until == today and not _works_on_there(appointment):
        left = left_in_hands(appointment.user_id, appointment.unit_id)
        if left:
            raise Refused(" ".join(map(str, left)), code="in_hands")
    appointment.until = until
    appointment.save(update_fields=["until"])
    record(actor, "appointment.ended", appointment, user=str(appointment.user_id), role=appointment.role, until=str(until))
    return appointment


def check_someone_stays(user: User, ending: list[Appointment]) -> None:
    """The last who keeps the accounts, and the last who supervises, cannot leave before there is another."""
    for permission in NEVER_EMPTY:
        roles = [role.code for role in ROLES.values() if permission in role.permissions]
        there = Appointment.objects.in_force().filter(role__in=roles, user__is_active=True)
        if any(one.role in roles for one in ending) and not there.exclude(pk__in=[one.pk for one in ending]).exists():
            raise Refused(_("This is the last who may do this work. Appoint another first."), code="last")


def _works_on_there(appointment: Appointment) -> bool:
    """Whether this person keeps a role there by which files open, so that nothing is left behind."""
    opens = [role.code for role in ROLES.values() if role.opens_files]
    others = Appointment.objects.in_force().filter(user=appointment.user_id, unit=appointment.unit_id, role__in=opens)
    return others.exclude(pk=appointment.pk).exists()


def _check(user: User, unit: Unit, role: str, since: date, until: date | None) -> None:
    # Two appointments of one person wait for each other, so that the second sees the first.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if role not in ROLES:
        raise Refused(_("Choose a role."), code="role")
    if user.is_machine and role not in OF_MACHINES:
        raise Refused(_("This is a system and not a person: it cannot have this role."), code="machine")
    if not user.is_active:
        raise Refused(_("This account is blocked. Unblock it first."), code="blocked")
    # As it is now: closing it waits for this, or this for that.
    if Unit.objects.select_for_update(no_key=True).get(pk=unit.pk).closed_on:
        raise Refused(_("%(unit)s is closed.") % {"unit": unit.name}, code="closed")
    if until and until < max(since, timezone.localdate()):
        raise Refused(_("The last day comes before the first, or has passed."), code="until")
    same_time = [one for one in Appointment.objects.in_force_or_later().filter(user=user) if _overlap(one, since, until)]
    if any(one.role == role and one.unit_id == unit.pk for one in same_time):
        raise Refused(_("This person has this role there already."), code="twice")
    found = clash(role, unit.pk, [(one.role, one.unit_id) for one in same_time])
    if found:
        other, rule = found
        raise Refused(
            _("This does not go with %(role)s, which this person is already. %(why)s End that first, or choose someone else.")
            % {"role": str(ROLES[other].name), "why": str(rule.why)},
            code="apart",
        )


def _overlap(one: Appointment, since: date, until: date | None) -> bool:
    return (until is None or one.since <= until) and (one.until is None or one.until >= since)


def _made(actor: Any, appointment: Appointment, **details: Any) -> Appointment:
    appointment.put()
    record(actor, "appointment.made", appointment, user=str(appointment.user_id), role=appointment.role, **details)
    return appointment
