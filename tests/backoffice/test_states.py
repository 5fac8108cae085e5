"""The table of transitions is what happens: every step, from every state, by everyone, leads where the table says or nowhere."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from backoffice import actions
from backoffice.models import SpecialistRequest
from backoffice.transitions import ENDED, GOES_ON, OPEN, TABLE, Who, as_markdown
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry, OutboxEvent
from tests import writes
from tests.backoffice import scene
from tests.backoffice.test_permissions import DESK, EVERYONE, LOKET, a_request

Status = SpecialistRequest.Status
# The action behind each step, with what it is given. Sending, going on elsewhere and the end of a ground begin differently:
# test_once.py, test_elsewhere.py, test_consent_at_a_desk.py; who looks again: test_contests.py;
# whose hands: test_dividing.py; the time of an answer: test_pausing.py.
STEPS = {
    "take_up": ("take_up_request", {}),
    "ask_back": ("ask_back", {"text": "Hoe oud?"}),
    "reply": ("reply_to_desk", {"text": "Vier en een."}),
    "answer": ("answer_request", {"result": "granted", "answer": "Ja."}),
    "tell": ("tell_resident", {"told_how": "phone", "outcome": "helps"}),
    "check_outcome": ("check_outcome", {"worked": "worked"}),
    "withdraw": ("withdraw_request", {"reason": "solved"}),
    "reword": ("reword_question", {"title": "Slaapplek", "question": "Is er plek?"}),
    "judge": ("judge_question", {"quality": "clear"}),
    "seen": ("see_ground_ended", {}),
    "contest": ("contest_answer", {"why": "Er is een brief bij gekomen."}),
    "take_contest_back": ("take_contest_back", {}),
}
ELSEWHERE = {
    "route", "go_on", "end_ground", "reconsider", "escalate", "decide", "assign", "give_back", "pause", "resume", "extend",
}  # fmt: skip
SIDES = {Who.LOKET: set(LOKET), Who.DESK: set(DESK)}


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tried(city, name, request, who):
    """What came of it: where it stands after, or why not."""
    action, details = STEPS[name]
    try:
        with taken_back():
            getattr(actions, action)(actor=getattr(city, who), request=request, **details)
            return scene.now_of(request, city.marit).status
    except (NotAllowed, PermissionDenied, SpecialistRequest.DoesNotExist):
        return "not theirs"
    except Refused:
        return "refused"


def words_wait(city, request):
    """A part of the ground ended, so that the loket has something to read over."""
    with writes.allowed(), acting(city.marit.acting):
        SpecialistRequest.objects.filter(pk=request.pk).update(words_closed_at=request.sent_at)


def test_every_step_of_the_table_is_walked_here_or_named():
    assert set(STEPS) | ELSEWHERE == set(TABLE)
    assert set(OPEN) | set(ENDED) == set(Status)
    assert set(scene.AT) == set(Status.values)


@pytest.mark.parametrize("state", scene.AT)
def test_every_step_by_everyone_from_each_state(city, state):
    request = a_request(city, state)
    words_wait(city, request)
    for name in STEPS:
        row = TABLE[name]
        after = row.target.value if row.target else state
        for who in EVERYONE:
            expected = "not theirs" if who not in SIDES[row.who] else after if state in row.sources else "refused"
            # What a desk no longer sees it cannot do anything with either.
            if who in DESK and state == Status.WITHDRAWN and row.who is Who.DESK:
                expected = "refused"
            assert tried(city, name, request, who) == expected, (name, state, who)


@pytest.mark.parametrize("name", STEPS)
def test_each_step_leaves_the_clock_the_history_and_the_event_of_its_row(city, name):
    row, (action, details) = TABLE[name], STEPS[name]
    who = city.joost if row.who is Who.DESK else city.marit
    state = sorted(row.sources)[-1]
    request = scene.AT[state](city)
    words_wait(city, request)
    clock = scene.now_of(request, city.marit).clock
    getattr(actions, action)(actor=who, request=request, **details)
    now = scene.now_of(request, city.marit)
    assert now.clock == (clock if row.clock == GOES_ON else row.clock)
    with acting(city.marit.acting):
        assert HistoryEntry.objects.filter(thing_id=request.pk, verb=row.verb).exists()
        told = set(OutboxEvent.objects.filter(thing_id=request.pk).values_list("event", flat=True))
    assert row.event in told or not row.event


@pytest.mark.parametrize(("name", "field"), [(name, field) for name in STEPS for field in TABLE[name].needs])
def test_what_a_step_needs_must_be_filled_in(city, name, field):
    row, (action, details) = TABLE[name], STEPS[name]
    request = scene.AT[sorted(row.sources)[-1]](city)
    words_wait(city, request)
    before = scene.now_of(request, city.marit)
    with pytest.raises(Refused) as refusal:
        getattr(actions, action)(
            actor=city.joost if row.who is Who.DESK else city.marit, request=request, **{**details, field: "  "}
        )
    assert refusal.value.field == field
    after = scene.now_of(request, city.marit)
    assert (after.status, after.clock, after.due_at) == (before.status, before.clock, before.due_at)


def test_the_page_of_states_has_a_line_for_each_step():
    lines = as_markdown().splitlines()[2:]
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines] == list(TABLE)


def test_a_refusal_needs_a_reason_a_ground_and_a_next_step(city):
    request = scene.taken_up(city)
    whole = {"result": "refused", "answer": "Vol.", "refused_under": "Wmo 2015, artikel 1.2.1", "next_step": "Bel de wijk."}
    for result in ("refused", "partly"):
        for field in ("answer", "refused_under", "next_step"):
            with pytest.raises(Refused) as refusal:
                actions.answer_request(actor=city.joost, request=request, **{**whole, "result": result, field: "  "})
            assert refusal.value.field == field
    assert scene.now_of(request, city.joost).status == Status.TAKEN_UP
    answered = actions.answer_request(actor=city.joost, request=request, **whole)
    assert (answered.result, answered.refused_under, answered.next_step) == ("refused", "Wmo 2015, artikel 1.2.1", "Bel de wijk.")


def test_one_line_told_by_phone_helps_saves_all(city):
    request = scene.answered(city)
    actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    now = scene.now_of(request, city.marit)
    assert (now.status, now.told_how, now.outcome, now.clock) == (Status.CLOSED, "phone", "helps", "outcome")


def test_opening_is_seen_by_the_sender_once_and_each_look_is_kept(city):
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
