"""Notes and second opinions of a desk: who reads them, when they close, and that the loket never gets a word."""

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from backoffice import actions
from backoffice.models import DeskNote, SecondOpinion
from casework import actions as casework
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice import scene
from tests.casework import rights

NOTE, QUESTION, ANSWER = "Kruidnagel in de kantlijn", "Kaneelstok gevraagd", "Kardemom geantwoord"
WORDS = (NOTE, QUESTION, ANSWER)


def written(city, request):
    """A note, and a second opinion that was given."""
    actions.note_at_desk(actor=city.joost, request=request, text=NOTE)
    asked = actions.ask_second_opinion(actor=city.joost, request=request, colleague=city.ilse, question=QUESTION)
    return actions.give_second_opinion(actor=city.ilse, opinion=asked, answer=ANSWER)


def read_by(user):
    """All words of notes and opinions that the database lets through to this person."""
    with acting(user.acting):
        return {one.text for one in DeskNote.objects.all()} | {
            text for one in SecondOpinion.objects.all() for text in (one.question, one.answer) if text
        }


def test_the_desk_reads_them_and_nobody_else_does(city):
    case = scene.a_case(city)
    request = scene.taken_up(city, case=case)
    written(city, request)
    casework.join_case(actor=city.bram, case=case, reason="asked")
    assert read_by(city.joost) == read_by(city.ilse) == set(WORDS)
    for who in ("marit", "bram", "hakan", "noor", "fatna", "wim", "anouk", "eline", "daan", "lotte", "petra"):
        assert read_by(getattr(city, who)) == set(), who


@pytest.mark.parametrize("state", ["taken_up", "asked_back", "answered", "closed", "withdrawn"])
def test_no_page_of_the_loket_and_no_mail_has_a_word_of_it(city, sign_in, state):
    request = scene.sent(city)
    written(city, request)
    case = request.case_id
    actions.take_up_request(actor=city.joost, request=request)
    if state == "asked_back":
        actions.ask_back(actor=city.joost, request=request, text="Hoe oud?")
    elif state in {"answered", "closed"}:
        actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")
    if state == "closed":
        actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    elif state == "withdrawn":
        actions.withdraw_request(actor=city.marit, request=request, reason="solved")
    pages = [
        request.get_absolute_url(), reverse("backoffice:requests"), reverse("today"),
        *(reverse(f"casework:{name}", args=[case]) for name in ("case", "case-history", "case-plan", "case-summary", "case-who")),
    ]  # fmt: skip
    marit = sign_in(city.marit)
    for url in pages:
        answer = marit.get(url, follow=True)
        assert answer.status_code == 200, url
        assert not [word for word in WORDS if word in answer.content.decode()], url
    refused = marit.post(reverse("backoffice:request-note", args=[request.pk]), {"text": "Ik ook"})
    assert refused.status_code == 403
    with scene.as_jobs():
        deliver_outbox()
    assert mail.outbox
    assert not [word for word in WORDS for message in mail.outbox if word in message.body + message.subject]


@pytest.mark.parametrize("state", ["closed", "withdrawn", "ground_ended"])
def test_they_close_in_the_moment_in_which_what_went_along_closes(city, sign_in, state):
    request = scene.AT["taken_up" if state == "closed" else "sent"](city)
    written(city, request)
    if state == "closed":
        actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")
        assert read_by(city.joost) == set(WORDS), "until the resident was told"
        actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    elif state == "withdrawn":
        actions.withdraw_request(actor=city.marit, request=request, reason="solved")
    else:
        with writes.allowed(), acting(city.marit.acting):
            type(request).objects.filter(pk=request.pk).update(status="ground_ended")
    assert read_by(city.joost) == set()
    page = sign_in(city.joost).get(request.get_absolute_url()).content.decode()
    assert not [word for word in WORDS if word in page]
    late = sign_in(city.joost).post(reverse("backoffice:request-note", args=[request.pk]), {"text": "Nog iets vergeten"})
    assert late.status_code == 200
    assert "Nog iets vergeten" in late.content.decode(), "what was typed is not lost"


def test_a_part_of_the_ground_that_ended_closes_what_was_written_before(city):
    request = scene.taken_up(city)
    written(city, request)
    with writes.allowed(), acting(city.marit.acting):
        type(request).objects.filter(pk=request.pk).update(words_closed_at=request.sent_at)
    assert read_by(city.joost) == set()
    actions.note_at_desk(actor=city.joost, request=request, text="Opnieuw begonnen")
    assert read_by(city.ilse) == {"Opnieuw begonnen"}


def test_the_database_opens_them_to_nobody_again(city):
    request = scene.withdrawn(city)
    with writes.allowed(), acting(city.joost.acting), connection.cursor() as cursor:
        cursor.execute("UPDATE backoffice_desknote SET open_to_desk = true")
        assert cursor.rowcount == 0
    assert request.pk


@pytest.mark.parametrize("who", ["marit", "noor", "wim", "daan"])
def test_who_is_not_of_the_desk_writes_and_asks_nothing(city, who):
    request = scene.taken_up(city)
    for act in (
        lambda actor: actions.note_at_desk(actor=actor, request=request, text="x"),
        lambda actor: actions.ask_second_opinion(actor=actor, request=request, colleague=city.ilse, question="x"),
    ):
        with pytest.raises((NotAllowed, type(request).DoesNotExist)):
            act(getattr(city, who))


@pytest.mark.parametrize("colleague", ["joost", "marit", "wim"])
def test_only_a_colleague_of_the_desk_is_asked_and_never_oneself(city, colleague):
    request = scene.taken_up(city)
    with pytest.raises(Refused) as refusal:
        actions.ask_second_opinion(actor=city.joost, request=request, colleague=getattr(city, colleague), question="?")
    assert refusal.value.field == "colleague"


def test_who_was_asked_finds_it_and_answers_once_and_who_asked_is_told(city, sign_in):
    request = scene.taken_up(city)
    opinion = actions.ask_second_opinion(actor=city.joost, request=request, colleague=city.ilse, question=QUESTION)
    with pytest.raises(Refused) as refusal:
        actions.ask_second_opinion(actor=city.joost, request=request, colleague=city.ilse, question="Nog eens")
    assert refusal.value.code == "asked"
    ilse = sign_in(city.ilse)
    assert request.get_absolute_url() in ilse.get(reverse("today")).content.decode()
    queue = scene.desk(city).get_absolute_url()
    assert request.title in ilse.get(queue, {"filter": "asked"}).content.decode()
    with pytest.raises(NotAllowed):
        actions.give_second_opinion(actor=city.joost, opinion=opinion, answer="Zelf bedacht")
    url = reverse("backoffice:request-opinion-give", args=[request.pk, opinion.pk])
    assert ilse.post(url, {"answer": ANSWER}).url == request.get_absolute_url()
    assert request.title not in ilse.get(queue, {"filter": "asked"}).content.decode()
    again = ilse.post(url, {"answer": "Bij nader inzien"})
    assert again.status_code == 200
    with acting(city.joost.acting):
        assert SecondOpinion.objects.get().answer == ANSWER
        assert scene.now_of(request, city.joost).assigned_to_id == city.joost.pk, "the request stays with who has it"
    with scene.as_jobs():
        assert OutboxEvent.objects.filter(event="desk.opinion_given").count() == 1
        deliver_outbox()
    assert {city.joost.email, city.ilse.email} <= {to for message in mail.outbox for to in message.to}


def test_jobs_read_whom_to_tell_and_no_word(city):
    written(city, scene.taken_up(city))
    with scene.as_jobs(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('backoffice_desknote', 'SELECT'),"
            " has_column_privilege('backoffice_secondopinion', 'question', 'SELECT')"
        )
        assert cursor.fetchone() == (False, False)


# A copy of everything --------------------------------------------------------------------------------------------


def test_a_copy_of_everything_holds_them_and_the_wijk_does_not_read_it_along(city, sign_in):
    case = scene.a_case(city)
    request = scene.taken_up(city, case=case)
    written(city, request)
    actions.answer_request(actor=city.joost, request=request, result="granted", answer="Er is plek.")
    actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    asked = rights.in_hand(city, case)
    page = sign_in(city.lotte).get(reverse("casework:rights-copy", args=[asked.pk])).content.decode()
    assert [word for word in WORDS if word not in page] == []
    with pytest.raises(Refused) as refusal:
        casework.ask_copy_reader(actor=city.lotte, request=asked, reader=city.marit)
    assert refusal.value.code == "for_handlers"
    assert read_by(city.marit) == set()


# Who has it open too ---------------------------------------------------------------------------------------------


def test_colleagues_see_who_has_it_open_too_and_the_loket_is_not_told_of(city, sign_in):
    request = scene.sent(city)
    url, who = request.get_absolute_url(), reverse("backoffice:request-who", args=[request.pk])
    sign_in(city.marit).get(url)
    assert "Ilse" not in sign_in(city.joost).get(who, HTTP_HX_REQUEST="true").content.decode()
    assert "Joost Hemmelder" in sign_in(city.ilse).get(url).content.decode()
    seen = sign_in(city.joost).get(who, HTTP_HX_REQUEST="true").content.decode()
    assert "Ilse Brinkhof" in seen
    assert str(city.marit) not in seen
    assert sign_in(city.marit).get(who).status_code == 404
