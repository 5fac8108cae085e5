"""What a preview makes and takes back, and the one line that stays: that it was made."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant import permissions
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.convenant.previews import Seat, Stage, is_running
from luisterloket.people.models import Appointment, Organisation, Proposal, Unit, User
from luisterloket.people.separation import NEEDS_TWO
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed
from luisterloket.platform.history import record
from luisterloket.wijken.models import WayOfWorking, Wijk

BUILDS, HELP = "wijkwerker", ("coordinator", "wijkwethouder", "treasurer")


@command
def note_preview(*, actor: Any, version: ConvenantVersion, seat: Seat) -> ConvenantVersion:
    """Keep that a preview of this version was made, as which role. For who keeps the convenant, on a made-up case."""
    permissions.check_may_configure(actor)
    record(actor, "convenant.previewed", version, role=seat.role.code, unit=str(seat.unit.pk))
    return version


@command
def set_stage(*, actor: Any, seat: Seat, team: Unit | None = None, case: Any = None) -> Stage:
    """Make up who plays the part and where; without a real `case` also who works on a made-up one, and their wijk team.

    Only inside a preview, in which all of it is taken back. The units are as the real ones and empty, so that no page of
    them can show anything else.
    """
    if not is_running():
        raise NotAllowed()
    marker = uuid4().hex
    # Of these two names there can be one: a preview that is made at the same moment waits until this one is taken back.
    wijk = _wijk(seat)
    if team is not None and seat.unit.kind == Unit.Kind.WIJKTEAM:
        unit = team
    else:
        unit = _unit(seat.unit.kind, seat.unit.name, seat.unit.organisation, wijk if seat.unit.wijk_id else None)
    stand_in = _person(_("Someone in this role"), marker, seat.role.code, unit, seat.organisation)
    if team is not None:
        return Stage(seat, stand_in, unit, actor, team, case=case)
    made_up = Organisation.objects.create(name=_("Made-up organisation"))
    team = unit if unit.kind == Unit.Kind.WIJKTEAM else _unit(Unit.Kind.WIJKTEAM, _("Made-up wijk"), made_up, wijk)
    builder = _person(_("A wijkwerker"), f"{marker}-{BUILDS}", BUILDS, team, made_up)
    helpers = {role: _person(_("A colleague"), f"{marker}-{role}", role, team, made_up) for role in HELP}
    return Stage(seat, stand_in, unit, builder, team, helpers=helpers)


def _wijk(seat: Seat) -> Wijk:
    """A wijk that works as the real one does; a desk has none, and then as wijken do that chose nothing yet."""
    wijk = Wijk.objects.create(name=_("Made-up wijk"), city=seat.unit.wijk.city if seat.unit.wijk else "")
    chosen = WayOfWorking.objects.filter(wijk=seat.unit.wijk_id).order_by("-version").first()
    way = chosen or WayOfWorking(version=1, starts_on=timezone.localdate())
    way.pk, way.wijk = uuid4(), wijk
    way.save(force_insert=True)
    return wijk


def _unit(kind: str, name: str, organisation: Organisation, wijk: Wijk | None) -> Unit:
    group = Group.objects.create(name=f"preview {uuid4().hex}")
    return Unit.objects.create(kind=kind, name=name, organisation=organisation, wijk=wijk, group=group)


def _person(name: str, marker: str, role: str, unit: Unit, organisation: Organisation) -> User:
    user = _account(name, marker)
    of = None if organisation.pk == unit.organisation_id else organisation
    since = timezone.localdate()
    proposal = _agreed(user, marker, role, unit) if role in NEEDS_TWO else None
    Appointment.objects.create(user=user, unit=unit, role=role, since=since, on_behalf_of=of, proposal=proposal)
    return user


def _account(name: str, marker: str) -> User:
    user = User(email=f"{marker}@voorbeeld.invalid", name=name)
    user.set_unusable_password()
    user.save(force_insert=True)
    return user


def _agreed(user: User, marker: str, role: str, unit: Unit) -> Proposal:
    """Two who are made up as well gave this role: the database lets nobody give it alone, on no stage either."""
    one, other = (_account(_("A colleague"), f"{marker}-{number}") for number in (1, 2))
    return Proposal.objects.create(
        user=user, unit=unit, role=role, since=timezone.localdate(), status=Proposal.Status.AGREED,
        proposed_by=one, answered_by=other, answered_at=timezone.now(),
    )  # fmt: skip
