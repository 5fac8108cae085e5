"""Requests of residents about their data for these tests, made as a worker and a handler make them."""

from typing import Any

from django.utils import timezone

from casework import actions
from casework.models import Case, CaseMember, Resident, RightsRequest
from luisterloket.platform.acting import acting
from tests.city import TestCity


def resident_of(user: Any, case: Case, name: str = "") -> Resident:
    """Someone of the case, by a part of their name; who it is about without one."""
    with acting(user.acting):
        members = CaseMember.objects.filter(case=case).select_related("resident")
        if not name:
            return members.get(part="main").resident
        return next(one.resident for one in members if name in one.resident.name)


def asked(city: TestCity, case: Case, kind: str = "copy", *, of: str = "", actor: Any = None, **more: Any) -> RightsRequest:
    actor = actor or city.marit
    told = {
        "resident": more.get("resident") or resident_of(actor, case, of),
        "kind": kind,
        "how": "desk",
        "received_on": timezone.localdate(),
        "text": "Ik wil weten wat er over mij staat",
        "identity_how": "known",
    } | more
    return actions.record_rights_request(actor=actor, case=case, **told)


def in_hand(city: TestCity, case: Case, kind: str = "copy", **more: Any) -> RightsRequest:
    return actions.take_rights_request(actor=city.lotte, request=asked(city, case, kind, **more))


def now_of(request: RightsRequest, user: Any) -> RightsRequest:
    with acting(user.acting):
        return RightsRequest.objects.get(pk=request.pk)


def read_and_right(city: TestCity, request: RightsRequest, reader: Any = None) -> None:
    """A second person read the copy and found it right."""
    copy = actions.ask_copy_reader(actor=city.lotte, request=request, reader=reader or city.marit)
    name = (reader or city.marit).email.partition("@")[0]
    actions.read_copy(actor=getattr(city, name), copy=copy, found="right")
