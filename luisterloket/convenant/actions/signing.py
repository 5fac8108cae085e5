"""Who signed, who left. Recorded per party by the administrator, from the paper that was signed."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant import permissions
from luisterloket.convenant.models import ConvenantParty, ConvenantVersion
from luisterloket.convenant.refusals import RefusedAt, filled_in
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

Status = ConvenantVersion.Status


@command
def sign_for_party(
    *, actor: Any, party: ConvenantParty, name: str, function: str, signed_on: date, secrecy_signed_on: date | None = None
) -> ConvenantParty:
    """Record that a party signed: who for it, in what function, on what day. When all core parties did, the version is signed.

    An incidental party signs for secrecy too, and may do so as long as the version holds. Raises `Refused` when the version is
    not offered, when the party signed already, and for a day to come.
    """
    permissions.check_may_configure(actor)
    version = ConvenantVersion.locked(party.version_id)
    party = ConvenantParty.objects.select_for_update(no_key=True, of=("self",)).get(pk=party.pk)
    late = party.is_incidental and version.status in (Status.SIGNED, Status.IN_FORCE)
    if version.status != Status.OFFERED and not late:
        raise Refused(_("Only a version that is offered can be signed."), code="state")
    if party.signed_on is not None:
        raise Refused(_("This party signed already."), code="signed")
    if party.is_incidental and secrecy_signed_on is None:
        raise RefusedAt(
            _("An incidental partner signs for secrecy too. Choose the day on which that was signed."), code="secrecy",
            field="secrecy_signed_on",
        )  # fmt: skip
    for field, day in (("signed_on", signed_on), ("secrecy_signed_on", secrecy_signed_on)):
        if day is not None and day > timezone.localdate():
            raise RefusedAt(_("This day is still to come."), code="future", field=field)
    party.signed_by = filled_in("name", name, _("Write who signed."))
    party.signed_function = filled_in("function", function, _("Write in what function."))
    party.signed_on = signed_on
    party.secrecy_signed_on = secrecy_signed_on if party.is_incidental else None
    party.signature_recorded_by, party.signature_recorded_at = actor, timezone.now()
    party.save(
        update_fields=[
            "signed_by", "signed_function", "signed_on", "secrecy_signed_on", "signature_recorded_by", "signature_recorded_at",
        ]
    )  # fmt: skip
    record(actor, "convenant.party_signed", party, version=str(version.pk), on=signed_on.isoformat())
    waiting = ConvenantParty.objects.filter(version=version, kind=ConvenantParty.Kind.CORE, signed_on=None)
    if version.status == Status.OFFERED and not waiting.exists():
        version.move_to(Status.SIGNED)
        version.signed_at = timezone.now()
        version.save(update_fields=["status", "signed_at"])
        record(actor, "convenant.signed", version, number=version.number)
    return party


@command
def leave(*, actor: Any, party: ConvenantParty) -> ConvenantParty:
    """A party leaves the version in force: from this moment it is given nothing under it. Others go on."""
    permissions.check_may_configure(actor)
    version = ConvenantVersion.locked(party.version_id)
    party = ConvenantParty.objects.select_for_update(no_key=True, of=("self",)).get(pk=party.pk)
    if version.status not in (Status.SIGNED, Status.IN_FORCE):
        raise Refused(_("A party leaves a version that is signed or in force. Take it out of the draft instead."), code="state")
    if party.left_on is not None:
        raise Refused(_("This party left already."), code="left")
    party.left_on = timezone.localdate()
    party.save(update_fields=["left_on"])
    record(actor, "convenant.party_left", party, version=str(version.pk))
    return party
