"""Each action, from each state: it moves along the table or refuses and stays."""

import pytest

from backoffice import actions
from backoffice.models import SpecialistRequest
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from tests.backoffice import scene

Status = SpecialistRequest.Status
# Action, who does it, with what, from which states, to which state.
ACTIONS = {
    "take_up_request": ("joost", {}, {Status.SENT}, Status.TAKEN_UP),
    "ask_back": ("joost", {"text": "Hoe oud?"}, {Status.TAKEN_UP}, Status.ASKED_BACK),
    "reply_to_desk": ("marit", {"text": "Vier en een."}, {Status.ASKED_BACK}, Status.TAKEN_UP),
    "answer_request": ("joost", {"result": "granted", "answer": "Ja."}, {Status.TAKEN_UP}, Status.ANSWERED),
    "tell_resident": ("marit", {"told_how": "phone", "outcome": "helps"}, {Status.ANSWERED}, Status.CLOSED),
    "withdraw_request": ("marit", {"reason": "solved"}, {Status.SENT, Status.TAKEN_UP, Status.ASKED_BACK}, Status.WITHDRAWN),
}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_moves_along_the_table_or_refuses_and_stays(city, name, status):
    who, details, sources, target = ACTIONS[name]
    request = scene.AT[status](city)
    before = scene.now_of(request, city.marit)
    action = getattr(actions, name)
    if status in sources:
        assert action(actor=getattr(city, who), request=request, **details).status == target
        assert scene.now_of(request, city.marit).status == target
    else:
        with pytest.raises(Refused):
            action(actor=getattr(city, who), request=request, **details)
        after = scene.now_of(request, city.marit)
        assert (after.status, after.clock, after.due_at) == (before.status, before.clock, before.due_at)


def test_every_way_in_the_table_has_an_action():
    ways = {(source, target) for source, targets in SpecialistRequest.TRANSITIONS.items() for target in targets}
    # Taking back a yes does these: tests/backoffice/test_consent_at_a_desk.py.
    ended = {(source, Status.GROUND_ENDED) for source in (Status.SENT, Status.TAKEN_UP, Status.ASKED_BACK)}
    assert ways == ended | {(source, target) for _who, _details, sources, target in ACTIONS.values() for source in sources}


def test_a_refusal_needs_a_reason_and_a_next_step(city):
    request = scene.taken_up(city)
    with pytest.raises(Refused) as refusal:
        actions.answer_request(actor=city.joost, request=request, result="refused", answer="Vol.", next_step="  ")
    assert refusal.value.field == "next_step"
    with pytest.raises(Refused) as refusal:
        actions.answer_request(actor=city.joost, request=request, result="refused", answer="", next_step="Bel de wijk.")
    assert refusal.value.field == "answer"
    assert scene.now_of(request, city.joost).status == Status.TAKEN_UP
    answered = actions.answer_request(actor=city.joost, request=request, result="refused", answer="Vol.", next_step="Bel de wijk.")
    assert (answered.result, answered.next_step) == ("refused", "Bel de wijk.")


def test_one_line_told_by_phone_helps_saves_all(city):
    request = scene.answered(city)
    actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    now = scene.now_of(request, city.marit)
    assert (now.status, now.told_how, now.outcome, now.clock) == (Status.CLOSED, "phone", "helps", "")


def test_opening_is_seen_by_the_sender_once_and_each_look_is_kept(city):
    from luisterloket.convenant.models import AccessLogEntry
    from luisterloket.platform.models import HistoryEntry

    request = scene.sent(city)
    actions.open_request(actor=city.joost, request=request)
    first = scene.now_of(request, city.marit).opened_at
    actions.open_request(actor=city.ilse, request=scene.now_of(request, city.ilse))
    assert first is not None
    assert scene.now_of(request, city.marit).opened_at == first
    with acting(city.marit.acting):
        assert HistoryEntry.objects.filter(thing_id=request.pk, verb="request.opened").count() == 1
    with acting(city.daan.acting):
        looks = AccessLogEntry.objects.filter(ground_kind="request", ground_id=request.pk)
        assert {look.actor_id for look in looks} == {city.joost.pk, city.ilse.pk}
        assert {look.purpose for look in looks} == {"shelter"}
        assert all(set(look.categories) == {"identity", "contact", "household", "housing"} for look in looks)
        assert all(look.subjects for look in looks)
