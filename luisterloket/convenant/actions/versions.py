"""The life of a version: offered, taken back, into force, ended. Never edited in place: what was offered stays as it was."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from luisterloket.convenant import permissions
from luisterloket.convenant.models import Authorisation, ConvenantParty, ConvenantVersion, DataCategory, RetentionTerm
from luisterloket.convenant.refusals import filled_in
from luisterloket.platform.acting import Job
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .drafts import draft_of

Status = ConvenantVersion.Status


@command
def offer_convenant(*, actor: Any, version: ConvenantVersion) -> ConvenantVersion:
    """Offer a draft for signing. From now on nothing in it changes.

    Raises `Refused` without a core party or without anything that anyone may see, when its last day or its review has passed, and
    as long as it says of a kind of data not how long it is kept: that would be kept for ever, and the case with it (AVG 5(1)(e)).
    """
    version = draft_of(actor, version)
    today = timezone.localdate()
    if not ConvenantParty.objects.filter(version=version, kind=ConvenantParty.Kind.CORE).exists():
        raise Refused(_("There is no core partner yet to sign it. Add the parties first."), code="no_party")
    if not Authorisation.objects.filter(version=version).exists():
        raise Refused(_("Nobody may see anything in this version yet. Fill in the matrix first."), code="no_cells")
    endless = DataCategory.objects.exclude(pk__in=RetentionTerm.objects.filter(version=version).values("category"))
    if names := list(endless.order_by("order").values_list("name", flat=True)):
        raise Refused(
            _("It is not said yet how long this is kept: %(kinds)s. Choose a term for it first.") % {"kinds": ", ".join(names)},
            code="no_term",
        )
    if version.ends_on < today or version.review_on < today:
        raise Refused(_("Its last day or its day of review has passed. Choose other days first."), code="past")
    version.move_to(Status.OFFERED)
    version.offered_at = timezone.now()
    version.save(update_fields=["status", "offered_at"])
    record(actor, "convenant.offered", version, number=version.number)
    return version


@command
def take_back(*, actor: Any, version: ConvenantVersion) -> ConvenantVersion:
    """Make it a draft again, because something has to change. The signatures under it are void; the history tells whose."""
    permissions.check_may_configure(actor)
    version = ConvenantVersion.locked(version.pk)
    version.move_to(Status.DRAFT)
    version.offered_at = None
    version.save(update_fields=["status", "offered_at"])
    parties = ConvenantParty.objects.filter(version=version)
    void = [str(pk) for pk in parties.exclude(signed_on=None).values_list("organisation_id", flat=True)]
    parties.update(
        signed_by="", signed_function="", signed_on=None, signature_recorded_by=None, signature_recorded_at=None,
        secrecy_signed_on=None, left_on=None,
    )  # fmt: skip
    record(actor, "convenant.taken_back", version, number=version.number, void=void)
    return version


@command
def bring_into_force(*, actor: Any, version: ConvenantVersion) -> ConvenantVersion:
    """From now on this version decides what is disclosed; the one before is replaced in the same moment.

    By the administrator from its first day on, or by the job of that day. Raises `Refused` before that day and after its last.
    """
    if not isinstance(actor, Job):
        permissions.check_may_configure(actor)
    today = timezone.localdate()
    # In the order of their numbers, so that two at once come one after the other.
    locked = ConvenantVersion.objects.select_for_update(no_key=True).filter(Q(pk=version.pk) | Q(status=Status.IN_FORCE))
    found = {one.pk: one for one in locked.order_by("number")}
    version = found.pop(version.pk)
    if version.starts_on > today:
        day = date_format(version.starts_on, "j F Y")
        raise Refused(_("This version begins on %(day)s. Until then the present one decides.") % {"day": day}, code="early")
    if version.ends_on < today:
        raise Refused(_("The last day of this version has passed. Make a new version."), code="past")
    version.move_to(Status.IN_FORCE)
    now = timezone.now()
    for before in found.values():
        before.move_to(Status.SUPERSEDED)
        before.ended_at = now
        before.save(update_fields=["status", "ended_at"])
        record(actor, "convenant.superseded", before, number=before.number, by=str(version.pk))
    version.in_force_at = now
    version.save(update_fields=["status", "in_force_at"])
    record(actor, "convenant.in_force", version, number=version.number)
    return version


@command
def end_convenant(*, actor: Any, version: ConvenantVersion, reason: str) -> ConvenantVersion:
    """End the version in force, so that nothing is shared any more, or drop a signed one before its first day."""
    permissions.check_may_configure(actor)
    version = ConvenantVersion.locked(version.pk)
    version.ended_because = filled_in("reason", reason, _("Write why it ends."))
    return _end(actor, version)


@command
def run_out(*, actor: Job, version: ConvenantVersion) -> ConvenantVersion:
    """The last day of the version in force has passed. It decided nothing any more since that day; now its state says so too."""
    version = ConvenantVersion.locked(version.pk)
    if version.ends_on >= timezone.localdate():
        raise Refused(_("Its last day has not passed."), code="early")
    return _end(actor, version)


def _end(actor: Any, version: ConvenantVersion) -> ConvenantVersion:
    version.move_to(Status.ENDED)
    version.ended_at = timezone.now()
    version.save(update_fields=["status", "ended_at", "ended_because"])
    record(actor, "convenant.ended", version, number=version.number)
    return version
