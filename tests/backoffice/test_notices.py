"""Mails say that something waits, and nothing of whom it is about or which desk it is."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from backoffice import actions
from backoffice.sweep import sweep
from casework import actions as casework
from luisterloket.people.models import Appointment
from luisterloket.platform.acting import acting
from luisterloket.platform.models import Notification, OutboxEvent
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice import scene

SECRETS = ["Rachida", "Amrani", "06 00 00 45 12", "opvang", "Slaapplek", "Wonen", "Desk", "Marit", "Joost", "Er is plek"]


def told() -> list:
    mail.outbox.clear()
    with scene.as_jobs():
        deliver_outbox()
    return mail.outbox


def to(mails):
    return sorted(address.split("@")[0] for one in mails for address in one.to)


def test_a_new_request_is_mailed_to_the_people_of_the_desk(city):
    scene.sent(city)
    assert to(told()) == ["ilse", "joost"]


def test_a_question_back_and_an_answer_are_mailed_to_who_asked(city):
    request = scene.taken_up(city)
    told()
    actions.ask_back(actor=city.joost, request=request, text="Hoe oud?")
    assert to(told()) == ["marit"]
    actions.reply_to_desk(actor=city.marit, request=request, text="Vier en een.")
    assert to(told()) == ["joost"]
    actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")
    assert to(told()) == ["marit"]


def test_a_request_taken_back_is_mailed_to_who_had_taken_it_up_without_a_link(city):
    request = scene.taken_up(city)
    told()
    actions.withdraw_request(actor=city.marit, request=request, reason="solved")
    mails = told()
    assert to(mails) == ["joost"]
    assert str(request.pk) not in mails[0].body


@pytest.mark.parametrize(
    ("state", "people"), {"sent": ["ilse"], "taken_up": ["joost"], "asked_back": ["marit"], "answered": ["marit"]}.items()
)
def test_a_stall_is_mailed_to_whose_turn_it_is_and_to_the_lead_when_it_is_nobodys(city, state, people):
    request = scene.AT[state](city)
    told()
    scene.run_out(request, city.marit)
    with scene.as_jobs():
        sweep()
    assert to(told()) == people
    with scene.as_jobs():
        sweep()
    assert told() == []


def test_a_stall_that_is_over_before_the_mail_left_is_not_mailed(city):
    request = scene.sent(city)
    told()
    scene.run_out(request, city.marit)
    with scene.as_jobs():
        sweep()
    actions.take_up_request(actor=city.joost, request=request)
    assert told() == []


def test_no_mail_holds_anything_about_a_person_or_a_desk(city):
    for make in scene.AT.values():
        make(city)
    late = scene.sent(city)
    scene.run_out(late, city.marit)
    with scene.as_jobs():
        sweep()
    mails = told()
    assert len(mails) > 10
    for one in mails:
        text = one.subject + one.body
        assert not [secret for secret in SECRETS if secret in text]
    assert len({one.subject for one in mails}) == 1


def test_an_event_told_twice_is_mailed_once(city):
    scene.sent(city)
    assert len(told()) == 2
    with writes.allowed(), scene.as_jobs():
        OutboxEvent.objects.update(delivered_at=None)
    assert told() == []


def test_a_mail_of_which_the_note_was_lost_goes_again_with_the_same_message_id(city):
    scene.sent(city)
    first = {one.extra_headers["Message-ID"] for one in told()}
    with writes.allowed(), scene.as_jobs():
        Notification.objects.update(mailed_at=None)
    again = {one.extra_headers["Message-ID"] for one in told()}
    assert first == again
    assert len(first) == 2


def asked_by_bram(city, make, **details):
    """Bram asked a desk about a case of Marit."""
    case = scene.a_case(city)
    casework.join_case(actor=city.bram, case=case, reason="asked")
    request = make(city, case=case, actor=city.bram, **details)
    told()
    return case, request


def protected(city, case):
    with acting(city.marit.acting):
        resident = case.residents.get(memberships__part="main")
    casework.protect(actor=city.marit, case=case, resident=resident, reason="safety", named=[city.hakan])


def leaves(city, case):
    with writes.allowed():
        Appointment.objects.filter(user=city.bram).update(until=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize("happens", [protected, leaves])
def test_who_asked_and_may_not_open_the_case_any_more_is_not_mailed_but_its_owner_is(city, happens):
    case, request = asked_by_bram(city, scene.taken_up)
    happens(city, case)
    actions.ask_back(actor=city.joost, request=request, text="Hoe oud?")
    assert to(told()) == ["marit"]
    scene.run_out(request, city.marit)
    with scene.as_jobs():
        sweep()
    assert to(told()) == ["marit"]
    actions.reply_to_desk(actor=city.marit, request=request, text="Vier en een.")
    told()
    actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")
    assert to(told()) == ["marit"]


def test_a_colleague_who_asked_and_may_open_the_case_is_mailed(city):
    case, request = asked_by_bram(city, scene.taken_up)
    actions.ask_back(actor=city.joost, request=request, text="Hoe oud?")
    assert to(told()) == ["bram"]


def test_who_left_gets_no_mail(city):
    request = scene.taken_up(city)
    told()
    with writes.allowed():
        marit = city.marit
        marit.is_active = False
        marit.save(update_fields=["is_active"])
    actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")
    assert told() == []
