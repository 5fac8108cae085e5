"""Who of a desk has which request in hand: who may change it, what the sender sees, and several in one press."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from backoffice import actions
from backoffice.models import QueueDivision, SpecialistRequest
from backoffice.notices import ASSIGNED
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry, OutboxEvent
from luisterloket.platform.tasks import deliver_outbox
from tests.backoffice import scene
from tests.backoffice.consenting import in_dutch
from tests.backoffice.test_pages import titles


def events(user, *names):
    with acting(user.acting):
        return list(OutboxEvent.objects.filter(event__in=names).values_list("event", flat=True))


def test_the_desk_lead_assigns_and_the_loket_sees_in_whose_hands_it_is(city, sign_in):
    request = scene.sent(city)
    due = scene.now_of(request, city.marit).due_at
    actions.assign_request(actor=city.ilse, request=request, to=city.joost)
    now = scene.now_of(request, city.marit)
    assert (now.assigned_to_id, now.status, now.due_at) == (city.joost.pk, "sent", due), "assigned is not taken up"
    assert events(city.marit, "request.assigned") == ["request.assigned"]
    told = in_dutch("In the hands of %(who)s of %(desk)s.") % {"who": city.joost, "desk": scene.desk(city)}
    assert told in sign_in(city.marit).get(request.get_absolute_url()).content.decode()
    with acting(city.marit.acting):
        assert HistoryEntry.objects.get(verb="request.assigned").details == {"user": str(city.joost.pk)}


def test_who_gets_it_in_hand_is_mailed_without_a_word_of_it(city):
    request = scene.sent(city)
    actions.assign_request(actor=city.ilse, request=request, to=city.joost)
    with scene.as_jobs():
        deliver_outbox()
    [message] = [one for one in mail.outbox if in_dutch(ASSIGNED.text) in one.body]
    assert message.to == [city.joost.email]
    assert "Slaapplek" not in message.body


def test_a_specialist_takes_what_nobody_has_and_not_what_a_colleague_has(city):
    request = actions.give_back_request(actor=city.joost, request=scene.taken_up(city))
    assert scene.now_of(request, city.joost).assigned_to_id is None
    actions.assign_request(actor=city.ilse, request=request, to=city.ilse)
    assert events(city.marit, "request.assigned") == [], "to oneself is no news"
    with pytest.raises(Refused) as refusal:
        actions.assign_request(actor=city.joost, request=request, to=city.joost)
    assert refusal.value.code == "in_other_hands"
    sent = actions.assign_request(actor=city.ilse, request=scene.sent(city), to=city.ilse)
    with pytest.raises(Refused) as refusal:
        actions.take_up_request(actor=city.joost, request=sent)
    assert refusal.value.code == "in_other_hands"


@pytest.mark.parametrize(("who", "to"), [("joost", "ilse"), ("marit", "joost"), ("wim", "joost"), ("marit", "marit")])
def test_only_the_desk_lead_assigns_to_another(city, who, to):
    request = scene.sent(city)
    with pytest.raises((NotAllowed, SpecialistRequest.DoesNotExist)):
        actions.assign_request(actor=getattr(city, who), request=request, to=getattr(city, to))


@pytest.mark.parametrize("to", ["wim", "marit", "petra"])
def test_nobody_of_elsewhere_gets_it_in_hand(city, to):
    request = scene.sent(city)
    with pytest.raises(Refused) as refusal:
        actions.assign_request(actor=city.ilse, request=request, to=getattr(city, to))
    assert refusal.value.code == "not_here"


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_what_is_answered_is_not_divided_any_more(city, state):
    request = scene.AT[state](city)
    for act in (actions.give_back_request, lambda **all: actions.assign_request(to=city.ilse, **all)):
        with pytest.raises(Refused) as refusal:
            act(actor=city.ilse, request=request)
        assert refusal.value.code == "state"


def test_given_back_runs_on_and_the_clock_still_says_who_took_it_up(city, sign_in):
    request = scene.taken_up(city)
    due = scene.now_of(request, city.marit).due_at
    actions.give_back_request(actor=city.joost, request=request)
    now = scene.now_of(request, city.marit)
    assert (now.status, now.due_at, now.assigned_to_id) == ("taken_up", due, None)
    assert events(city.marit, "request.given_back") == ["request.given_back"]
    assert (
        in_dutch("at once, by %(who)s") % {"who": city.joost}
        in sign_in(city.marit).get(request.get_absolute_url()).content.decode()
    )


def test_who_does_not_have_it_does_not_give_it_back(city):
    request = actions.assign_request(actor=city.ilse, request=scene.sent(city), to=city.ilse)
    with pytest.raises(NotAllowed):
        actions.give_back_request(actor=city.joost, request=request)


# Several in one press --------------------------------------------------------------------------------------------


def three(city):
    case = scene.a_case(city)
    requests = [scene.sent(city, case, title=f"Vraag {n}") for n in "abc"]
    actions.withdraw_request(actor=city.marit, request=requests[2], reason="solved")
    return requests


def test_each_is_done_or_refused_by_itself_and_the_refused_stay_ticked(city, sign_in):
    first, second, gone = three(city)
    actions.assign_request(actor=city.ilse, request=second, to=city.ilse)
    joost = sign_in(city.joost)
    queue = scene.desk(city).get_absolute_url()
    key = re.search(r'name="command_key" value="([^"]+)"', joost.get(queue).content.decode())[1]
    data = {"requests": [first.pk, second.pk, gone.pk], "do": "take", "command_key": key}
    answers = [joost.post(reverse("backoffice:queue-divide", args=[scene.desk(city).pk]), data) for _ in range(2)]
    assert answers[0].url == answers[1].url, "sent twice it is done once"
    page = joost.get(answers[0].url).content.decode()
    why = in_dutch("%(who)s has this in hand. They can give it back, or your desk lead assigns it to you.")
    assert why % {"who": city.ilse} in page
    assert re.findall(r'value="([^"]+)" checked', page) == [str(second.pk)]
    assert "Vraag c" not in page
    now = scene.now_of(first, city.marit)
    assert (now.status, now.assigned_to_id) == ("taken_up", city.joost.pk)
    assert scene.now_of(second, city.marit).assigned_to_id == city.ilse.pk
    with acting(city.joost.acting):
        assert QueueDivision.objects.count() == 1


def test_what_is_not_in_this_queue_is_refused_like_what_is_not_there(city):
    theirs = scene.sent(city, to="inkomen")
    made_up = uuid4()
    done = actions.divide_queue(actor=city.joost, desk=scene.desk(city), requests=[theirs.pk, made_up], do="take")
    assert done.results[str(theirs.pk)] == done.results[str(made_up)] != ""
    with acting(city.ilse.acting):
        assert not QueueDivision.objects.exists(), "what someone divided is theirs to see"


def test_the_lead_assigns_several_and_a_specialist_is_offered_no_one(city, sign_in):
    first, second, _gone = three(city)
    divide = reverse("backoffice:queue-divide", args=[scene.desk(city).pk])
    sent = {"requests": [first.pk, second.pk], "do": "assign", "to": city.joost.pk}
    page = sign_in(city.joost).post(divide, sent)
    assert page.status_code == 200
    assert page.content.decode().count(" checked") == 2, "what was ticked is still ticked"
    assert scene.now_of(first, city.marit).assigned_to_id is None
    sign_in(city.ilse).post(divide, sent)
    assert {scene.now_of(one, city.marit).assigned_to_id for one in (first, second)} == {city.joost.pk}


@pytest.mark.parametrize(
    "sent", [{"do": "take"}, {"do": "assign", "requests": [uuid4()]}, {"do": "nonsense", "requests": [uuid4()]}]
)
def test_nothing_ticked_or_nobody_chosen_says_so(city, sign_in, sent):
    page = sign_in(city.ilse).post(reverse("backoffice:queue-divide", args=[scene.desk(city).pk]), sent)
    assert page.status_code == 200
    assert "data-error-summary" in page.content.decode()


# The order -------------------------------------------------------------------------------------------------------


def test_what_is_acute_comes_first_then_the_clock_and_what_waits_comes_last(city, sign_in):
    case = scene.a_case(city)
    waits = scene.asked_back(city, case=case, title="Wacht", urgency="today")
    late = scene.sent(city, case, title="Te laat")
    scene.run_out(late, city.marit)
    scene.sent(city, case, title="Gewoon")
    scene.sent(city, case, title="Acuut", urgency="today")
    assert titles(sign_in(city.joost).get(scene.desk(city).get_absolute_url())) == ["Acuut", "Te laat", "Gewoon", waits.title]


def test_the_order_is_read_from_the_index_and_nothing_is_sorted(city):
    from django.db import connection

    from backoffice.cursors import by_clock

    with acting(city.joost.acting), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = SpecialistRequest.objects.at_desks_of(city.joost).filter(
            desk_unit_id=scene.desk(city).unit_id, status__in=SpecialistRequest.AT_DESK
        )
        seen = []

        def explained(query):
            seen.append(query.explain())
            return query

        for after in ("", f"1~2026-01-01T00:00:00+00:00~{uuid4()}"):
            by_clock(_Explained(found, explained), after)
        for plan in seen:
            assert "queue_of_a_desk" in plan
            assert "Sort" not in plan


class _Explained:
    """Passes on what is asked of a queryset, and looks at the plan where it would be cut."""

    def __init__(self, found, look):
        self.found, self.look = found, look

    def __getattr__(self, name):
        def passed(*args, **kwargs):
            return _Explained(getattr(self.found, name)(*args, **kwargs), self.look)

        return passed

    def __getitem__(self, item):
        return self.look(self.found[item])
