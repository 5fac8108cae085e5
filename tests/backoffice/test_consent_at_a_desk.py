"""Where the ground is the resident's own yes: nothing without it, everything closes when it is taken back, and the desk reads only
that the ground ended."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from backoffice import actions, sharing
from backoffice.models import Message, RequestItem, SpecialistRequest
from backoffice.sweep import sweep
from casework.disclosures import scope_of
from casework.models import Informing
from luisterloket.convenant.disclosure import collect
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice import consenting, scene
from tests.backoffice.consenting import FAMILY, MENTAL, QUESTION, SECRET, TITLE, in_dutch, says

ENDED = "The ground for this request has ended"
GIVEN_BEFORE = "Already given before. Ask these back, and say that the ground ended:"
NOT_TOLD = "Nobody noted yet that this was told. Tell it now if you can, and tick it here; it may also be later."
WITHOUT_FAMILY = ("identity", "contact", "mental_health")


@pytest.fixture
def case(city):
    return consenting.a_case(city)


def things(case):
    return collect(scope_of(case), frozenset({"mental_health"}))


def shared(city, case):
    with acting(city.marit.acting):
        return [item.text for item in sharing.shareable(city.marit, case, scene.desk(city, "jeugd")).items.values()]


def page_of(sign_in, user, request):
    return sign_in(user).get(request.get_absolute_url()).content.decode()


def form_of(city, sign_in, case):
    return (
        sign_in(city.marit)
        .get(reverse("backoffice:request-new", args=[case.pk]), {"desk": scene.desk(city, "jeugd").pk})
        .content.decode()
    )


STATES = {
    "none": ([], False),
    "given": (["given"], True),
    "refused": (["refused"], False),
    "withdrawn": (["given", "withdrawn"], False),
    "given again": (["given", "withdrawn", "given"], True),
    "yes after no": (["refused", "given"], True),
}


@pytest.mark.parametrize("state", STATES)
def test_what_goes_along_follows_the_last_word_of_the_resident(city, sign_in, case, state):
    steps, goes = STATES[state]
    for step in steps:
        says(city, case, step)
    assert (SECRET in shared(city, case)) is goes
    assert FAMILY in shared(city, case)
    text = form_of(city, sign_in, case)
    assert (SECRET in text) is goes
    assert (f"{MENTAL} (Jayden Cruden)" in text) is not goes
    # The form is not believed: the key itself is refused.
    with acting(city.marit.acting):
        key = next(item.key for item in things(case) if item.kind == "concern")
    send = {"case": case, "to": "jeugd", "items": [key]}
    if goes:
        assert scene.sent(city, **send).pk
    else:
        with pytest.raises(Refused):
            scene.sent(city, **send)


def test_without_an_agreement_in_force_a_yes_opens_nothing(city, sign_in, case):
    says(city, case, "given")
    request = consenting.taken_up(city, case)
    with writes.allowed():
        ConvenantVersion.objects.update(status="ended")
    assert shared(city, case) == []
    assert SECRET not in page_of(sign_in, city.karim, request)


def test_each_resident_says_it_for_themself(city, case):
    child = consenting.main_of(case, city.marit, part="child")
    with pytest.raises(Refused):
        says(city, case, "given", resident=child)
    assert SECRET not in shared(city, case)
    says(city, case, "refused", resident=child)
    says(city, case, "given")
    assert SECRET in shared(city, case)


def test_the_desk_loses_that_part_at_once_and_the_rest_goes_on(city, sign_in, case):
    says(city, case, "given")
    request = consenting.taken_up(city, case)
    assert SECRET in page_of(sign_in, city.karim, request)
    says(city, case, "withdrawn")
    text = page_of(sign_in, city.karim, request)
    assert FAMILY in text
    for gone in (SECRET, MENTAL, TITLE, QUESTION, "toestemming", "ingetrokken"):
        assert gone not in text
    assert scene.now_of(request, city.marit).status == "taken_up"
    queue = sign_in(city.karim).get(scene.desk(city, "jeugd").get_absolute_url()).content.decode()
    assert TITLE not in queue
    with acting(city.karim.acting):
        assert not RequestItem.objects.filter(request=request, category="mental_health").exists()
    # The loket reads its words over, and only then are they there again; the old ones stay with the loket.
    assert QUESTION in page_of(sign_in, city.marit, request)
    actions.reword_question(actor=city.marit, request=request, title="Meekijken op school", question="Kan iemand meekijken?")
    text = page_of(sign_in, city.karim, request)
    assert "Kan iemand meekijken?" in text
    assert "Meekijken op school" in text
    assert QUESTION not in text
    assert QUESTION in page_of(sign_in, city.marit, request)
    with pytest.raises(Refused):
        actions.reword_question(actor=city.marit, request=request, title="Nog eens", question="Nog eens")


@pytest.mark.parametrize("state", ["sent", "taken_up", "asked_back"])
def test_a_request_that_cannot_stand_without_ends_and_the_desk_reads_one_sentence(city, sign_in, case, state):
    says(city, case, "given")
    request = consenting.ask(city, case, only=WITHOUT_FAMILY)
    if state != "sent":
        actions.take_up_request(actor=city.karim, request=request)
    if state == "asked_back":
        actions.ask_back(actor=city.karim, request=request, text="Hoe lang al wakker?")
    says(city, case, "withdrawn")
    now = scene.now_of(request, city.marit)
    assert (now.status, now.clock, now.due_at) == ("ground_ended", "", None)
    with scene.as_jobs(), writes.allowed():
        assert sweep() == 0
    page = sign_in(city.karim).get(request.get_absolute_url())
    queue = sign_in(city.karim).get(scene.desk(city, "jeugd").get_absolute_url(), {"filter": "closed"})
    for answer in (page, queue):
        text = answer.content.decode()
        assert answer.status_code == 200
        assert in_dutch(ENDED) in text
        for gone in (SECRET, MENTAL, TITLE, QUESTION, "Jayden", "toestemming", "ingetrokken", "Hoe lang al wakker", FAMILY):
            assert gone not in text
    assert "Marit" not in page.content.decode()
    assert in_dutch(ENDED) not in sign_in(city.karim).get(scene.desk(city, "jeugd").get_absolute_url()).content.decode()
    with acting(city.karim.acting):
        assert not RequestItem.objects.filter(request=request).exists()
        assert not Message.objects.filter(request=request).exists()
        told = HistoryEntry.objects.filter(thing_id=request.pk, verb="request.ground_ended").get()
    assert told.details == {}


def test_the_asker_reads_what_happened_and_what_can_be_done(city, sign_in, case):
    says(city, case, "given")
    request = consenting.taken_up(city, case, only=WITHOUT_FAMILY)
    says(city, case, "withdrawn")
    text = page_of(sign_in, city.marit, request)
    assert in_dutch(ENDED) in text
    assert reverse("backoffice:request-new", args=[case.pk]) in text
    assert QUESTION in text
    today = reverse("today")
    assert request.get_absolute_url() in sign_in(city.marit).get(today).content.decode()
    sign_in(city.marit).post(reverse("backoffice:request-seen", args=[request.pk]))
    assert request.get_absolute_url() not in sign_in(city.marit).get(today).content.decode()


def test_both_hear_in_a_mail_that_it_ended_and_nothing_else(city, case):
    says(city, case, "given")
    consenting.taken_up(city, case, only=WITHOUT_FAMILY)
    with scene.as_jobs(), writes.allowed():
        deliver_outbox()
    mail.outbox.clear()
    says(city, case, "withdrawn")
    with scene.as_jobs(), writes.allowed():
        deliver_outbox()
    assert {to for one in mail.outbox for to in one.to} == {city.karim.email, city.marit.email}
    for one in mail.outbox:
        told = f"{one.subject} {one.body}"
        assert in_dutch("The ground for a request has ended.") in told
        assert not re.search("Jayden|toestemming|voelt|ingetrokken|wakker", told)


def test_what_the_desk_was_typing_is_given_back_and_changes_nothing(city, sign_in, case):
    says(city, case, "given")
    request = consenting.taken_up(city, case, only=WITHOUT_FAMILY)
    says(city, case, "withdrawn")
    page = sign_in(city.karim).post(
        reverse("backoffice:request-answer", args=[request.pk]), {"result": "granted", "answer": "Er kan iemand komen."}
    )
    text = page.content.decode()
    assert "Er kan iemand komen." in text
    assert in_dutch(ENDED) in text
    assert "Jayden" not in text
    assert scene.now_of(request, city.marit).status == "ground_ended"


def test_an_answer_that_was_given_stays_and_is_told(city, sign_in, case):
    says(city, case, "given")
    request = consenting.taken_up(city, case, only=WITHOUT_FAMILY)
    actions.answer_request(actor=city.karim, request=request, result="granted", answer="Er komt iemand kijken.")
    says(city, case, "withdrawn")
    text = page_of(sign_in, city.karim, request)
    assert "Er komt iemand kijken." in text
    for gone in (SECRET, QUESTION, TITLE):
        assert gone not in text
    closed = actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    assert closed.status == "closed"
    text = page_of(sign_in, city.karim, request)
    assert "Er komt iemand kijken." in text
    assert QUESTION not in text


def test_what_was_closed_before_is_named_so_that_it_can_be_asked_back(city, sign_in, case):
    says(city, case, "given")
    request = consenting.taken_up(city, case)
    actions.answer_request(actor=city.karim, request=request, result="granted", answer="Er komt iemand kijken.")
    actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    says(city, case, "withdrawn")
    text = sign_in(city.marit).get(reverse("casework:case-consent", args=[case.pk])).content.decode()
    assert text.index(in_dutch(GIVEN_BEFORE)) < text.index(request.get_absolute_url())


def test_a_new_yes_opens_nothing_that_was_closed(city, sign_in, case):
    says(city, case, "given")
    request = consenting.taken_up(city, case)
    says(city, case, "withdrawn")
    says(city, case, "given")
    assert SECRET not in page_of(sign_in, city.karim, request)
    assert SECRET in shared(city, case)


def test_a_ground_that_became_consent_closes_what_went_along_before(city, sign_in, case):
    request = consenting.taken_up(city, case)
    assert FAMILY in page_of(sign_in, city.karim, request)
    with writes.allowed():
        ConvenantVersion.in_force().parties.get(organisation__name="Gemeente Den Haag").grounds.filter(
            purpose="youth", category="family"
        ).update(avg_basis="6(1)(a)")
    assert FAMILY not in page_of(sign_in, city.karim, request)
    assert actions.visible_categories(actions.post_at_desk(city.karim, request), request).count("family") == 0


def test_telling_at_sending_is_kept_as_informing(city, sign_in, case):
    assert in_dutch(NOT_TOLD) in form_of(city, sign_in, case)
    consenting.ask(city, case, knows=False)
    with acting(city.marit.acting):
        assert not Informing.objects.filter(case=case).exists()
    consenting.ask(city, case, knows=True)
    with acting(city.marit.acting):
        told = Informing.objects.get(case=case)
    assert (told.purpose_id, told.how, told.by, told.resident_id) == (
        "youth", "spoken", city.marit, consenting.main_of(case, city.marit).pk,
    )  # fmt: skip
    assert in_dutch(NOT_TOLD) not in form_of(city, sign_in, case)


def test_asking_for_consent_keeps_what_was_typed(city, sign_in, case):
    url = reverse("backoffice:request-new", args=[case.pk])
    desk = scene.desk(city, "jeugd")
    sent = {"desk": desk.pk, "shown_desk": desk.pk, "title": TITLE, "question": QUESTION, "urgency": "normal", "ask_consent": "1"}
    answer = sign_in(city.marit).post(url, sent)
    assert answer.url.startswith(reverse("casework:case-consent", args=[case.pk]))
    page = sign_in(city.marit).get(answer.url)
    back = page.context["back"]
    assert back == f"{url}?desk={desk.pk}"
    text = sign_in(city.marit).get(back).content.decode()
    assert QUESTION in text
    assert TITLE in text


def test_only_who_works_on_the_case_reads_over_and_sees(city, case):
    says(city, case, "given")
    request = consenting.taken_up(city, case)
    says(city, case, "withdrawn")
    for user in (city.karim, city.noor, city.fatna, city.petra):
        with pytest.raises(NotAllowed):
            actions.reword_question(actor=user, request=request, title="x", question="y")
    with acting(city.marit.acting):
        assert SpecialistRequest.objects.get(pk=request.pk).question == QUESTION
