"""Texts to begin an answer from: who keeps them, what they are filled with, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from backoffice import actions
from backoffice.models import AnswerTemplate
from luisterloket.platform.acting import acting
from luisterloket.platform.drafts import draft_of, values_of
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.backoffice import scene

TEXT = "Beste collega van {wijk}, {desk} antwoordt. Groet, {collega}. Uiterlijk {termijn}. {"


def made(city, **details):
    told = {"name": "Geen plek", "answer": TEXT, "next_step": "Bel {desk}.", "result": "refused", **details}
    return actions.make_answer_template(actor=city.ilse, desk=scene.desk(city), **told)


def begin(client, request, **typed):
    return client.post(reverse("backoffice:request-begin-answer", args=[request.pk]), typed)


def test_it_is_put_behind_what_was_typed_and_filled_with_what_the_page_shows(city, sign_in):
    text, request = made(city), scene.taken_up(city)
    page = begin(sign_in(city.joost), request, template=text.pk, answer="Ik belde al.", next_step="").content.decode()
    assert "Ik belde al.\n\nBeste collega van Schilderswijk, Desk Wonen en opvang antwoordt. Groet, Joost Hemmelder." in page
    assert "Bel Desk Wonen en opvang." in page
    assert "data-error-summary" not in page
    assert scene.now_of(request, city.joost).status == "taken_up", "nothing was sent"
    with acting(city.joost.acting):
        kept = values_of(draft_of(city.joost, f"answer:{request.pk}"))
    assert kept["answer"].startswith("Ik belde al.")
    assert kept["result"] == "refused"


def test_what_one_chose_stays_chosen(city, sign_in):
    page = begin(sign_in(city.joost), scene.taken_up(city), template=made(city).pk, result="granted", answer="").content.decode()
    assert 'value="granted" id="id_answer_result_0" checked' in page or 'value="granted"' in page.split("checked")[0]


@pytest.mark.parametrize("chosen", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_without_a_text_nothing_is_lost(city, sign_in, chosen):
    page = begin(sign_in(city.joost), scene.taken_up(city), template=chosen, answer="Half getypt")
    assert "Half getypt" in page.content.decode()


def test_a_text_of_another_desk_is_not_there(city, sign_in):
    theirs = actions.make_answer_template(
        actor=city.wim, desk=scene.desk(city, "schuldhulp"), name="Schulden", answer="Alleen van schuldhulp"
    )
    page = begin(sign_in(city.joost), scene.taken_up(city), template=theirs.pk, answer="Half getypt").content.decode()
    assert "Half getypt" in page
    assert "Alleen van schuldhulp" not in page
    assert sign_in(city.ilse).get(reverse("backoffice:answer-template", args=[theirs.pk])).status_code == 404


def test_the_loket_begins_no_answer(city, sign_in):
    assert begin(sign_in(city.marit), scene.taken_up(city), template=made(city).pk).status_code == 403


def test_a_field_that_is_not_there_is_named_and_the_text_stays(city, sign_in):
    page = sign_in(city.ilse).post(
        reverse("backoffice:answer-template-new", args=[scene.desk(city).pk]), {"name": "Fout", "answer": "Beste {inwoner}, {bsn}"}
    )
    text = page.content.decode()
    assert "{inwoner}, {bsn}" in text
    assert "data-error-summary" in text
    assert not AnswerTemplate.objects.exists()


def test_a_change_over_a_colleagues_change_is_refused(city):
    text = made(city)
    changed = {"name": "Geen plek", "answer": "Nieuw", "version": 1}
    actions.change_answer_template(actor=city.ilse, template=text, **changed)
    with pytest.raises(Refused) as refusal:
        actions.change_answer_template(actor=city.ilse, template=text, **{**changed, "answer": "Ook nieuw"})
    assert refusal.value.code == "changed"
    assert AnswerTemplate.objects.get().answer == "Nieuw"


def test_a_retired_text_is_not_offered_and_its_name_is_free(city, sign_in):
    text = made(city)
    with pytest.raises(Refused):
        made(city)
    actions.retire_answer_template(actor=city.ilse, template=text)
    page = begin(sign_in(city.joost), scene.taken_up(city), template=text.pk, answer="Half getypt").content.decode()
    assert "Half getypt" in page
    assert "Beste collega" not in page
    made(city)


@pytest.mark.parametrize("who", ["joost", "marit", "wim", "petra"])
def test_only_the_desk_lead_keeps_them(city, who):
    text, actor = made(city), getattr(city, who)
    for act in (
        lambda: actions.make_answer_template(actor=actor, desk=scene.desk(city), name="x", answer="x"),
        lambda: actions.change_answer_template(actor=actor, template=text, name="x", answer="x", version=1),
        lambda: actions.retire_answer_template(actor=actor, template=text),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_pages_of_the_texts(city, sign_in):
    desk, text = scene.desk(city), made(city)
    everything, change = (
        reverse("backoffice:answer-templates", args=[desk.pk]),
        reverse("backoffice:answer-template", args=[text.pk]),
    )
    assert "Geen plek" in sign_in(city.joost).get(everything).content.decode()
    assert sign_in(city.joost).get(change).status_code == 403
    assert sign_in(city.marit).get(everything).status_code == 404
    ilse = sign_in(city.ilse)
    assert ilse.post(change, {"name": "Vol", "answer": "Alles is vol.", "version": 1}).url == everything
    assert "Alles is vol." in ilse.get(everything).content.decode()
    ilse.post(reverse("backoffice:answer-template-retire", args=[text.pk]))
    assert "Alles is vol." not in ilse.get(everything).content.decode()
