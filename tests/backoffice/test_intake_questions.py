"""What a desk asks when a request is sent: asked, answered, read where the question is read, and kept as it was."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from backoffice import actions, intake
from backoffice.models import IntakeAnswer
from backoffice.rights import requests as copy_of
from luisterloket.convenant.models import DataCategory
from luisterloket.platform.acting import acting
from luisterloket.platform.drafts import draft_of, save_draft, values_of
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.backoffice import consenting, scene
from tests.backoffice.presence_scene import colleague

pytestmark = pytest.mark.django_db
ASKED, ANSWER = "Waar slaapt iemand vannacht?", "Bij haar zus op de bank."


def ask(city, text=ASKED, *, kind="words", by=None, at="wonen", **details):
    return actions.add_question(actor=by or city.ilse, desk=scene.desk(city, at), text=text, kind=kind, **details)


def asked_along(city, question, text=ANSWER, **details):
    return scene.sent(city, answers={str(question.code): text}, **details)


def read_by(user, request):
    with acting(user.acting):
        return [(one.question.text, one.in_words) for one in intake.answers_of(request)]


def page_of(sign_in, user, request):
    return sign_in(user).get(request.get_absolute_url()).content.decode()


def new_page(case):
    return reverse("backoffice:request-new", args=[case.pk])


def form_of(city, case, **details):
    at = scene.desk(city)
    return {
        "desk": at.pk, "shown_desk": at.pk, "title": "Slaapplek", "question": "Kan zij in de opvang?", "urgency": "normal",
        "items": scene.usual(city.marit, case, at), "asked_version": at.questions_version, **details,
    }  # fmt: skip


# Asking ----------------------------------------------------------------------------------------------------------


def test_only_who_leads_the_desk_says_what_it_asks(city):
    question = ask(city)
    said = {"question": question, "text": "Anders?", "kind": "words"}
    for other in (city.joost, city.wim, city.marit, city.petra, city.olga):
        with pytest.raises(NotAllowed):
            ask(city, by=other)
        with pytest.raises(NotAllowed):
            actions.change_question(actor=other, **said)
        with pytest.raises(NotAllowed):
            actions.retire_question(actor=other, question=question)


def test_a_question_has_words_and_a_choice_has_answers(city):
    for details, field in (({"text": " "}, "text"), ({"kind": "choice", "choices": ["Ja"]}, "choices")):
        with pytest.raises(Refused) as refusal:
            ask(city, **details)
        assert refusal.value.field == field


def test_the_order_is_the_desks_own(city):
    first, second = ask(city, "Een?"), ask(city, "Twee?")
    actions.raise_question(actor=city.ilse, question=second)
    assert list(scene.desk(city).questions.asked_now()) == [second, first]


def test_the_page_of_sending_asks_them_and_the_answers_go_along(city, sign_in):
    case = scene.a_case(city)
    words, day = ask(city, required=True), ask(city, "Tot wanneer?", kind="date")
    choice = ask(city, "Met wie?", kind="choice", choices=["Alleen", "Met kinderen"])
    marit = sign_in(city.marit)
    first = marit.get(new_page(case), {"desk": scene.desk(city).pk}).content.decode()
    assert ASKED in first
    assert "Met kinderen" in first
    page = marit.post(new_page(case), form_of(city, case))
    assert page.status_code == 200
    assert f'id="id_{words.field}_error"' in page.content.decode()
    answered = {words.field: ANSWER, day.field: "2026-12-01", choice.field: "Met kinderen"}
    look = marit.post(new_page(case), form_of(city, case, **answered, preview="1")).content.decode()
    assert look.count(ANSWER) == 2, "in the field, and in the picture of how the desk sees it"
    sent = marit.post(new_page(case), form_of(city, case, **answered))
    assert sent.status_code == 302
    at_desk = sign_in(city.joost).get(sent.url).content.decode()
    for text in (ASKED, ANSWER, "1 december 2026", "Met kinderen"):
        assert text in at_desk


@pytest.mark.parametrize(("kind", "bad"), [("yes_no", "misschien"), ("choice", "Nee"), ("date", "morgen"), ("words", "x" * 2001)])
def test_an_answer_that_is_none_is_refused_beside_its_question(city, kind, bad):
    question = ask(city, kind=kind, choices=["Een", "Twee"])
    with pytest.raises(Refused) as refusal:
        asked_along(city, question, bad)
    assert refusal.value.field == question.field


def test_what_the_desk_needs_is_not_left_out_and_another_question_is_not_answered(city):
    ask(city, required=True)
    with pytest.raises(Refused):
        scene.sent(city)
    elsewhere = ask(city, by=city.wim, at="schuldhulp")
    with pytest.raises(Refused):
        asked_along(city, elsewhere)


def test_a_question_that_changed_while_one_typed_comes_back_with_the_answer_still_there(city, sign_in):
    case, question = scene.a_case(city), ask(city)
    typed = form_of(city, case, **{question.field: ANSWER})
    actions.change_question(actor=city.ilse, question=question, text="Waar slaapt iemand nu?", kind="words")
    page = sign_in(city.marit).post(new_page(case), typed)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Waar slaapt iemand nu?" in text
    assert ANSWER in text
    again = form_of(city, case, **{question.field: ANSWER})
    assert sign_in(city.marit).post(new_page(case), again).status_code == 302


def test_a_draft_keeps_the_answers(city, sign_in):
    case, question = scene.a_case(city), ask(city)
    values = {"desk": str(scene.desk(city).pk), question.field: ANSWER}
    save_draft(actor=city.marit, form=f"request:{case.pk}", revision=0, values=values)
    assert ANSWER in sign_in(city.marit).get(new_page(case)).content.decode()
    page = form_of(city, case, **{question.field: "Bij een vriend"}, ask_consent="1")
    sign_in(city.marit).post(new_page(case), page)
    with acting(city.marit.acting):
        assert values_of(draft_of(city.marit, f"request:{case.pk}"))[question.field] == "Bij een vriend"


# What the convenant says -----------------------------------------------------------------------------------------


def test_what_the_desk_may_not_know_is_not_asked_and_not_taken(city, sign_in):
    health = DataCategory.objects.get(pk="health")
    question = ask(city, "Is iemand ziek?", category=health, required=True)
    case = scene.a_case(city)
    page = sign_in(city.marit).get(new_page(case), {"desk": scene.desk(city).pk}).content.decode()
    assert "Is iemand ziek?" not in page
    scene.sent(city, case)
    with pytest.raises(Refused):
        asked_along(city, question, case=case)


def test_what_the_resident_closes_is_asked_only_after_a_yes(city):
    mental, lead = DataCategory.objects.get(pk="mental_health"), colleague(city, "leider", "jeugd", "desk_lead")
    question, case = ask(city, by=lead, at="jeugd", category=mental), consenting.a_case(city)

    def asked():
        with acting(city.marit.acting):
            return intake.questions_for(scene.desk(city, "jeugd"), case)

    assert asked() == []
    consenting.says(city, case, "given")
    assert asked() == [question]
    consenting.says(city, case, "withdrawn")
    assert asked() == []


# Reading ---------------------------------------------------------------------------------------------------------


def test_the_question_stays_as_it_was_asked(city, sign_in):
    question = ask(city)
    request = asked_along(city, question)
    actions.change_question(actor=city.ilse, question=question, text="Iets anders?", kind="yes_no")
    assert read_by(city.joost, request) == [(ASKED, ANSWER)]
    assert ASKED in page_of(sign_in, city.marit, request)


@pytest.mark.parametrize("state", scene.AT)
def test_the_desk_reads_the_answers_where_it_reads_the_question(city, sign_in, state):
    question = ask(city)
    if state == "ground_ended":
        request = scene.ground_ended(city, answers={str(question.code): ANSWER})
    else:
        request = scene.AT[state](city, answers={str(question.code): ANSWER})
    hidden = state in ("withdrawn", "ground_ended")
    assert read_by(city.joost, request) == ([] if hidden else [(ASKED, ANSWER)])
    assert read_by(city.anouk, request) == []
    assert read_by(city.noor, request) == []
    assert read_by(city.marit, request) == [(ASKED, ANSWER)]
    page = sign_in(city.joost).get(request.get_absolute_url())
    assert (ANSWER in page.content.decode()) != hidden
    assert ANSWER in page_of(sign_in, city.marit, request)


def test_nobody_rewrites_what_was_asked_or_answered(city):
    question = ask(city)
    request = asked_along(city, question)
    for sql, pk in (
        ("UPDATE backoffice_deskquestion SET text = 'x' WHERE id = %s", question.pk),
        ("UPDATE backoffice_intakeanswer SET text = '' WHERE request_id = %s", request.pk),
        ("DELETE FROM backoffice_intakeanswer WHERE request_id = %s", request.pk),
    ):
        with (
            pytest.raises(ProgrammingError),
            acting(city.marit.acting),
            transaction.atomic(),
            connection.cursor() as cursor,
            scene.writes.allowed(),
        ):
            cursor.execute(sql, [pk])


def test_the_answers_are_in_the_copy_of_everything(city):
    request = asked_along(city, ask(city))
    with acting(city.marit.acting):
        sections = copy_of(city.marit, [request.case_id], request.subjects)
    assert f"{ASKED} {ANSWER}" in sections[0].lines[0].details["asked"]


def test_the_loket_reads_its_answers_over_when_a_part_of_the_ground_ended(city, sign_in):
    lead = colleague(city, "leider", "jeugd", "desk_lead")
    first, second = (ask(city, text, by=lead, at="jeugd") for text in (ASKED, "Nog iets?"))
    request = _ended_partly(city, {str(first.code): ANSWER, str(second.code): "Dit verraadt iets"})
    assert read_by(city.karim, request) == []
    page = page_of(sign_in, city.marit, request)
    assert 'id="reword-title"' in page
    assert "Dit verraadt iets" in page
    form = {"title": "Hulp", "question": "Kan dit?", first.field: ANSWER, second.field: "Niets"}
    assert sign_in(city.marit).post(reverse("backoffice:request-reword", args=[request.pk]), form).status_code == 302
    assert read_by(city.karim, request) == [(ASKED, ANSWER), ("Nog iets?", "Niets")]
    with acting(city.marit.acting):
        assert IntakeAnswer.objects.filter(request=request).count() == 3, "the loket keeps what it said before"


def test_what_is_not_read_over_stays_closed(city):
    question = ask(city, by=colleague(city, "leider", "jeugd", "desk_lead"), at="jeugd")
    request = _ended_partly(city, {str(question.code): ANSWER})
    actions.reword_question(actor=city.marit, request=request, title="Hulp", question="Kan dit?")
    assert read_by(city.karim, request) == []


def _ended_partly(city, answers):
    case = consenting.a_case(city)
    consenting.says(city, case, "given")
    request = consenting.ask(city, case, answers=answers)
    consenting.says(city, case, "withdrawn")
    return scene.now_of(request, city.marit)
