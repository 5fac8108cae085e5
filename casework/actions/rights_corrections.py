"""What a resident says is wrong: named, put right, or left as it is with their own statement beside it (AVG articles 16 and 19)."""

from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import rights_permissions as permissions
from casework.models import Case, CaseConference, RightsCorrection, RightsRequest
from casework.permissions import check_may_add
from casework.rights_items import as_it_says, items_to_name, said_before, says_the_same
from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit
from luisterloket.platform.registries import corrected

from .refusals import Missing

Kind, Status = RightsRequest.Kind, RightsCorrection.Status


@command
def ask_correction(*, actor: User, request: RightsRequest, key: str, must_be: str) -> RightsCorrection:
    """Name one thing that the resident says is wrong, and what it must be. For who works on the case, of what they see there; and
    for the handler, of every case. What it says now is kept, sealed.

    Raises `Missing` for a thing that is not there or without what it must be, and `Refused` when it was named already.
    """
    permissions.check_may_see_to(actor, request)
    request = RightsRequest.locked(request.pk)
    if request.kind != Kind.CORRECTION or request.status not in {"identified", "in_hand"}:
        raise Refused(_("Only in a request to put something right, when it is sure who asks and it is not decided."), code="state")
    found = items_to_name(actor, request).get(key)
    if found is None:
        raise Missing(_("Choose what is wrong."), code="not_there", field="key")
    if not must_be.strip():
        raise Missing(_("Write down what it must be."), code="no_text", field="must_be")
    case, item = found
    if RightsCorrection.objects.filter(request=request, kind=item.kind, thing=item.ref).exists():
        raise Refused(_("This was named already."), code="twice")
    correction = RightsCorrection(
        request=request, case=case, unit_id=case.unit_id, kind=item.kind, thing=item.ref, category=item.category,
        label=str(item.label)[:100], was=as_it_says(item), must_be=must_be.strip(), asked_by=actor,
    ).put()  # fmt: skip
    record(actor, "rights.correction_asked", correction)
    emit("rights.correction_asked", correction)
    return correction


@command
def correction_done(*, actor: User, correction: RightsCorrection) -> RightsCorrection:
    """It was put right, in the case itself, by who may write there. Whoever got it before is told that it was, and not what.

    Raises `Refused` as long as it says the same as before.
    """
    correction = _asked(actor, correction)
    if says_the_same(correction):
        raise Refused(_("It still says the same. Put it right in the case first, and then press here."), code="same")
    was = said_before(correction)["text"]
    correction.move_to(Status.DONE)
    correction.told = sum(tell(actor, correction.case_id, correction.kind, correction.thing, was) for tell in corrected)
    _settle(correction, actor)
    correction.save(update_fields=["status", "settled_by", "settled_at", "told"])
    record(actor, "rights.corrected", correction, told=correction.told)
    return correction


@command
def refuse_correction(*, actor: User, correction: RightsCorrection, statement: str) -> RightsCorrection:
    """It stays as it is; what the resident says of it stands beside it from now on, wherever it goes. For the handler.

    Raises `Missing` without a statement: who has nothing to add says so there.
    """
    permissions.check_has_in_hand(actor, correction.request)
    correction = _locked(correction)
    if not statement.strip():
        raise Missing(_("Write down what the resident says of it, in their own words."), code="no_text", field="statement")
    correction.move_to(Status.REFUSED)
    correction.statement = statement.strip()
    _settle(correction, actor)
    correction.save(update_fields=["status", "settled_by", "settled_at", "statement"])
    record(actor, "rights.correction_refused", correction)
    return correction


@corrected.register(order=5)
def tell_tables(actor: User, case: UUID, kind: str, thing: UUID, was: str) -> int:
    """Who sat at a table where it lay is told that something was put right, and not what. How many tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tables_with(%s, %s, %s)", [case, kind, thing])
        (tables,) = cursor.fetchone()
    for conference in CaseConference.objects.filter(pk__in=tables):
        record(actor, "conference.item_corrected", conference)
        emit("conference.item_corrected", conference)
    return len(tables)


def _asked(actor: User, correction: RightsCorrection) -> RightsCorrection:
    """For who may write of it in the case, or has the request in hand. A worker cannot always see the request: it can be of another
    wijk.
    """
    if not (actor.has(Permission.HANDLE_RIGHTS) and may(permissions.check_has_in_hand, actor, correction.request)):
        check_may_add(actor, Case(pk=correction.case_id, unit_id=correction.unit_id), correction.category)
    return _locked(correction)


def _locked(correction: RightsCorrection) -> RightsCorrection:
    return RightsCorrection.locked(correction.pk)


def _settle(correction: RightsCorrection, actor: User) -> None:
    correction.settled_by, correction.settled_at = actor, timezone.now()
