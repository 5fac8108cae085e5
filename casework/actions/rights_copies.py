"""The copy of everything: what goes along, who read it first, and that it was given."""

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import rights_permissions as permissions
from casework.models import Case, CopyChoice, RightsCopy, RightsRequest
from casework.rights_copy import Copy, copy_of
from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .refusals import Missing

Found = RightsCopy.Found


@command
def choose_for_copy(*, actor: User, request: RightsRequest, key: str, give: bool, reason: str) -> CopyChoice:
    """Give one thing after all, or keep it back after all, with the reason (UAVG article 41). For the handler.

    Raises `Missing` for what is not there, or without a reason.
    """
    request = _copy_in_hand(actor, request)
    found = copy_of(request, actor, what="copy of everything").find(key)
    if found is None:
        raise Missing(_("This is not in the copy any more."), code="not_there", field="key")
    if not reason.strip():
        raise Missing(_("Write down why: who reads the copy along must be able to judge it."), code="no_reason", field="reason")
    case = Case.objects.get(pk=found.case_id)
    choice = CopyChoice.objects.filter(request=request, kind=found.item.kind, thing=found.item.ref).first()
    choice = choice or CopyChoice(request=request, case=case, unit_id=case.unit_id, kind=found.item.kind, thing=found.item.ref)
    choice.give, choice.reason, choice.by, choice.at = give, reason.strip(), actor, timezone.now()
    choice.save()
    record(actor, "rights.copy_chosen", request, give=give)
    return choice


@command
def ask_copy_reader(*, actor: User, request: RightsRequest, reader: User) -> RightsCopy:
    """Ask one colleague to read this very copy before it is given: someone else who handles requests, or who works in the wijk.

    Who was asked before and did not read yet need not any more. Raises `Refused` for who cannot be the reader.
    """
    request = _copy_in_hand(actor, request)
    if not permissions.could_read(actor, request).filter(pk=reader.pk).exists():
        raise Refused(_("Choose a colleague who handles requests, or who works in this wijk."), code="reader")
    if not permissions.sees_as_much(actor, reader, request):
        raise Refused(_("The convenant does not let this colleague see all that is in the copy. Choose another."), code="sees_less")
    copy = copy_of(request, actor, what="copy of everything")
    if any(section.for_handlers for section in copy.sections) and not reader.has(Permission.HANDLE_RIGHTS):
        message = _("This copy holds notes that people of the wijk may not read. Choose a colleague who handles requests.")
        raise Refused(message, code="for_handlers")
    RightsCopy.objects.filter(request=request, read_at=None).update(read_at=timezone.now())
    asked = RightsCopy(
        request=request, case_id=request.case_id, unit_id=request.unit_id, fingerprint=copy.fingerprint, held=copy.counts,
        kept_back=copy.kept_counts, asked_by=actor, reader=reader,
    ).put()  # fmt: skip
    record(actor, "rights.copy_asked", request, user=str(reader.pk))
    emit("rights.copy_asked", asked)
    return asked


@command
def read_copy(*, actor: User, copy: RightsCopy, found: str, note: str = "") -> RightsCopy:
    """The second person has read it. From now on they see nothing of it any more.

    Raises `Missing` when it is not said what is wrong, and `Refused` when it is another text by now.
    """
    asked = RightsCopy.objects.select_for_update(no_key=True, of=("self",)).select_related("request").get(pk=copy.pk)
    if asked.reader_id != actor.pk or asked.read_at is not None:
        raise NotAllowed(_("Only the colleague who was asked may do this, once."))
    if found not in Found.values:
        raise Missing(_("Choose whether it may be given."), code="found", field="found")
    if found == Found.WRONG and not note.strip():
        raise Missing(_("Say what must not be in it."), code="no_note", field="note")
    if found == Found.RIGHT and copy_of(asked.request, actor, what="copy to read").fingerprint != asked.fingerprint:
        raise Refused(_("The copy was changed meanwhile. Ask the handler to send it to you again."), code="changed")
    asked.found, asked.note, asked.read_at = found, note.strip(), timezone.now()
    asked.save(update_fields=["found", "note", "read_at"])
    record(actor, "rights.copy_read", asked.request, found=found)
    emit("rights.copy_read", asked)
    return asked


@command
def give_copy(*, actor: User, request: RightsRequest, how: str) -> RightsCopy:
    """It was given to the resident: how, and what it held by kind of data. Only the very copy that was read and found right."""
    request = _copy_in_hand(actor, request)
    copy = copy_of(request, actor, what="copy of everything")
    ready = ready_to_give(request, copy)
    if ready is None:
        raise Refused(
            _("A second person has not found this copy right yet, or it was changed since. Ask for it again."), code="unread"
        )
    ready.given_how, ready.given_by, ready.given_at = how, actor, timezone.now()
    ready.full_clean(exclude=[field.name for field in ready._meta.concrete_fields if field.is_relation])
    ready.save(update_fields=["given_how", "given_by", "given_at"])
    record(actor, "rights.copy_given", request, how=how, held=ready.held, kept_back=ready.kept_back)
    return ready


def ready_to_give(request: RightsRequest, copy: Copy) -> RightsCopy | None:
    """The reading in which a second person found this very copy right."""
    found = RightsCopy.objects.filter(request=request, found=Found.RIGHT, fingerprint=copy.fingerprint)
    return found.order_by("-read_at").first()


def _copy_in_hand(actor: User, request: RightsRequest) -> RightsRequest:
    request = RightsRequest.locked(request.pk)
    permissions.check_has_in_hand(actor, request)
    if not request.asks_a_copy:
        raise Refused(_("This request asks no copy."), code="kind")
    return request
