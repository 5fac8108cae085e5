"""Who of a desk has which request in hand: assigned, taken, given back, one at a time or several in one press.

The sender goes on seeing whose hands it is in, and no clock stands still for it: what is assigned is not taken up yet.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backoffice import permissions
from backoffice.models import Desk, QueueDivision, SpecialistRequest
from backoffice.presence import assignable
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .at_desk import take_up_request
from .parts import RefusedAt, begin, desk_at, finish, not_in_other_hands

Status = SpecialistRequest.Status
# More than this is no choice that someone made by looking.
AT_MOST = 100


@command
def assign_request(*, actor: Any, request: SpecialistRequest, to: User) -> SpecialistRequest:
    """Put the request in the hands of a colleague of the same desk, who is told; or in one's own.

    For the desk lead; a specialist takes what nobody has. Raises `Refused` for who cannot have it, or when it is not at the desk.
    """
    permissions.check_may_assign(actor, request, to)
    request = begin(actor, request, "assign")
    not_in_other_hands(actor, request)
    if not assignable(desk_at(request)).filter(pk=to.pk).exists():
        raise RefusedAt("to", _("%(who)s cannot be given a request of this desk now.") % {"who": to}, "not_here")
    if request.assigned_to_id == to.pk:
        raise RefusedAt("to", _("%(who)s has this already.") % {"who": to}, "same")
    request.assigned_to = to
    finish(actor, request, "assign", changed=("assigned_to",), user=str(to.pk))
    if to.pk != actor.pk:
        emit("request.assigned", request)
    return request


@command
def give_back_request(*, actor: Any, request: SpecialistRequest) -> SpecialistRequest:
    """Put it back in the queue, for any colleague; who leads the desk is told. For who has it, and for the desk lead."""
    permissions.check_may_give_back(actor, SpecialistRequest.locked(request.pk))
    request = begin(actor, request, "give_back")
    if request.assigned_to_id is None:
        raise Refused(_("Nobody has this in hand: it is in the queue already."), code="same")
    request.assigned_to = None
    finish(actor, request, "give_back", changed=("assigned_to",))
    return request


@command
def divide_queue(*, actor: Any, desk: Desk, requests: Iterable[Any], do: str, to: User | None = None) -> QueueDivision:
    """The same with several requests in one press. Each is done or refused by itself, and the result says why.

    Raises `Refused` when nothing was chosen, too much was, or not to whom. What is not in this queue is like what is not there.
    """
    permissions.check_may_see_queue(actor, desk)
    chosen = list(dict.fromkeys(str(one) for one in requests))
    if not chosen:
        raise RefusedAt("requests", _("Tick the requests first."), "none")
    if len(chosen) > AT_MOST:
        raise RefusedAt("requests", _("Choose at most %(n)d requests at a time.") % {"n": AT_MOST}, "too_many")
    if do == QueueDivision.Do.ASSIGN and to is None:
        raise RefusedAt("to", _("Choose to whom you assign these."), "nobody")
    found = SpecialistRequest.objects.at_desks_of(actor).filter(desk_unit_id=desk.unit_id, pk__in=chosen)
    there = {str(one.pk): one for one in found.only("pk")}
    # In one order, so that two who divide at once never wait for each other.
    results = {pk: _one(actor, there.get(pk), do, to) for pk in sorted(chosen)}
    division = QueueDivision(by=actor, desk=desk, do=do, to=to, results=results).put()
    record(actor, "queue.divided", desk, do=do, done=len(division.done), refused=len(division.refused))
    return division


def _one(actor: Any, request: SpecialistRequest | None, do: str, to: User | None) -> str:
    """Why it was refused; nothing when it was done. What a refusal undid is of this request alone."""
    if request is None:
        return _("This is not in the queue any more.")
    try:
        with transaction.atomic():
            _carry_out(actor, request, do, to)
    except NotAllowed as no:
        return str(no.who_may)
    except Refused as no:
        return " ".join(no.messages)
    return ""


def _carry_out(actor: Any, request: SpecialistRequest, do: str, to: User | None) -> None:
    if do == QueueDivision.Do.GIVE_BACK:
        give_back_request(actor=actor, request=request)
    elif do == QueueDivision.Do.ASSIGN and to is not None:
        assign_request(actor=actor, request=request, to=to)
    elif SpecialistRequest.locked(request.pk).status == Status.SENT:
        take_up_request(actor=actor, request=request)
    else:
        assign_request(actor=actor, request=request, to=actor)
