"""Who may do what with a request, per relation to it. The table is the domain's: C21, C22, C58 and always-holds 1."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.urls import reverse

from backoffice import actions
from backoffice.models import SpecialistRequest
from casework import actions as casework
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed
from tests.backoffice import scene

# A person, and how they stand to a request that Marit sent for her case to Desk Wonen.
LOKET = {"marit": "owns the case", "bram": "joined the case"}
DESK = {"joost": "specialist of the desk", "ilse": "leads the desk"}
NOBODY = {
    "hakan": "coordinates, but is not in the case", "noor": "works in another wijk", "sef": "coordinates another wijk",
    "fatna": "buddy in the case", "anouk": "specialist of another desk", "wim": "leads another desk", "eline": "wijkwethouder",
    "ravi": "treasurer", "petra": "keeps the convenant", "daan": "reads the log", "lotte": "handles rights", "gerda": "auditor",
}  # fmt: skip
EVERYONE = [*LOKET, *DESK, *NOBODY]
# Action: the state it starts from, what it gets, who may.
ACTIONS = {
    "take_up_request": ("sent", {}, DESK),
    "open_request": ("sent", {}, DESK),
    "ask_back": ("taken_up", {"text": "Hoe oud?"}, DESK),
    "answer_request": ("taken_up", {"result": "advice", "answer": "Bel de wijk."}, DESK),
    "reply_to_desk": ("asked_back", {"text": "Vier en een."}, LOKET),
    "tell_resident": ("answered", {"told_how": "phone", "outcome": "helps"}, LOKET),
    "withdraw_request": ("sent", {"reason": "solved"}, LOKET),
}


def a_request(city, state):
    case = scene.a_case(city)
    casework.join_case(actor=city.bram, case=case, reason="asked")
    casework.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    return scene.AT[state](city, case=case)


@contextmanager
def taken_back():
    """What was done inside did not happen, so that the next one meets the same request."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def may(action, **details):
    try:
        with taken_back():
            action(**details)
    # Whom the database shows nothing gets no further than that.
    except (NotAllowed, SpecialistRequest.DoesNotExist):
        return False
    return True


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_is_for_its_own_side_only(city, name):
    state, details, allowed = ACTIONS[name]
    request = a_request(city, state)
    action = getattr(actions, name)
    assert {who for who in EVERYONE if may(action, actor=getattr(city, who), request=request, **details)} == set(allowed)


def test_only_who_works_on_the_case_asks_a_desk(city):
    asked = {"title": "Geld", "question": "Kan dat?", "urgency": "normal", "items": []}
    asked |= {"case": a_request(city, "sent").case, "desk": scene.desk(city, "inkomen")}
    assert {who for who in EVERYONE if may(actions.route_request, actor=getattr(city, who), **asked)} == set(LOKET)


@pytest.mark.parametrize("state", scene.AT)
def test_a_request_is_seen_from_the_case_and_by_its_desk_until_withdrawn(city, state, django_assert_max_num_queries):
    request = a_request(city, state)
    seen = set()
    for who in EVERYONE:
        user = getattr(city, who)
        with acting(user.acting), django_assert_max_num_queries(1):
            if SpecialistRequest.objects.visible_to(user).filter(pk=request.pk).exists():
                seen.add(who)
    assert seen == {*LOKET, *(DESK if state != "withdrawn" else ())}


def test_a_worker_who_left_sees_nothing(city):
    request = a_request(city, "sent")
    marit = city.marit
    marit.is_active = False
    with acting(city.marit.acting):
        assert not SpecialistRequest.objects.visible_to(marit).filter(pk=request.pk).exists()


@pytest.mark.parametrize("address", ["request-answer", "request-ask-back"])
def test_the_loket_cannot_even_send_the_desks_form_empty(city, sign_in, address):
    request = scene.taken_up(city)
    assert sign_in(city.marit).post(reverse(f"backoffice:{address}", args=[request.pk])).status_code == 403


@pytest.mark.parametrize("address", ["request-reply", "request-tell", "request-withdraw"])
def test_the_desk_cannot_even_send_the_lokets_form_empty(city, sign_in, address):
    request = scene.taken_up(city)
    assert sign_in(city.joost).post(reverse(f"backoffice:{address}", args=[request.pk])).status_code == 403
