"""A conversation is seldom one person's: writing along, taking up, several sittings, the wijk's own questions, what was checked."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import Answer, Check, Conversation, Intake, Involvement
from casework.questions import questions_for
from luisterloket.platform import today
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.wijken.models import WayOfWorking
from tests import writes
from tests.casework.heard import an_intake

pytestmark = pytest.mark.django_db
ASKED = "Ken je de moestuin op het Teniersplantsoen?"


@pytest.fixture
def intake(city):
    return an_intake(city.marit, city.unit("schilderswijk"))


def page(name, intake):
    return reverse(f"casework:intake-{name}", args=[intake.pk])


def now(intake, who):
    with acting(who.acting):
        return Intake.objects.get(pk=intake.pk)


def titles(user):
    with acting(user.acting):
        found = today.page(user, everything=True)
        return [line.item.title for line in ([found.alarm] if found.alarm else []) + found.lines]


def asks(unit, *questions):
    """A new version of the way of working of this wijk."""
    with writes.allowed():
        last = unit.wijk.way_of_working
        return WayOfWorking.objects.create(
            wijk=unit.wijk,
            version=last.version + 1,
            starts_on=last.starts_on,
            domain_order=last.domain_order,
            questions=list(questions),
        )


# Writing along ---------------------------------------------------------------------------------------------------


def test_a_colleague_sees_and_writes_only_after_being_asked_along_and_until_it_is_enough(city, sign_in, intake):
    bram = sign_in(city.bram)
    assert bram.get(page("story", intake)).status_code == 404
    actions.let_write_along(actor=city.marit, intake=intake, colleague=city.bram)
    assert bram.get(page("story", intake)).status_code == 200
    actions.save_sheet(actor=city.bram, intake=intake, revision=intake.revision, values={"asked_question": "Waar slapen we?"})
    assert now(intake, city.marit).asked_question == "Waar slapen we?"
    actions.stop_writing_along(actor=city.marit, intake=intake, colleague=city.bram)
    assert bram.get(page("story", intake)).status_code == 404
    with pytest.raises(NotAllowed):
        actions.save_sheet(actor=city.bram, intake=intake, revision=9, values={"quote": "x"})


@pytest.mark.parametrize("name", ["noor", "fatna", "joost", "eline"])
def test_only_who_works_in_this_wijk_can_be_asked_along_or_be_left_a_conversation(city, intake, name):
    for ask in (actions.let_write_along, actions.offer_intake):
        with pytest.raises(Refused):
            ask(actor=city.marit, intake=intake, colleague=getattr(city, name))


def test_who_writes_along_does_not_end_it_and_comes_along_into_the_case(city, intake):
    actions.let_write_along(actor=city.marit, intake=intake, colleague=city.bram)
    for end in (actions.conclude_intake, actions.discard_intake, actions.offer_intake):
        with pytest.raises(NotAllowed):
            end(actor=city.bram, intake=intake)
    case = actions.conclude_intake(actor=city.marit, intake=intake)
    with acting(city.marit.acting):
        parts = dict(Involvement.objects.filter(case=case).values_list("user__name", "kind"))
    assert parts == {city.marit.name: "owner", city.bram.name: "co_worker"}


def test_two_who_type_in_two_fields_do_not_disturb_each_other_and_in_one_field_nothing_is_overwritten(city, intake):
    actions.let_write_along(actor=city.marit, intake=intake, colleague=city.bram)
    start = intake.revision
    actions.save_sheet(actor=city.marit, intake=intake, revision=start, values={"quote": "Ik slaap niet meer."})
    actions.save_sheet(actor=city.bram, intake=intake, revision=start, values={"asked_question": "Een bed"})
    both = now(intake, city.marit)
    assert (both.quote, both.asked_question) == ("Ik slaap niet meer.", "Een bed")
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        actions.save_sheet(actor=city.bram, intake=intake, revision=start, values={"quote": "Iets anders"})
    assert refused.value.current.quote == "Ik slaap niet meer."
    assert now(intake, city.marit).quote == "Ik slaap niet meer."


# Taking up -------------------------------------------------------------------------------------------------------


def test_a_conversation_left_behind_is_found_and_taken_up_whole_by_one_colleague(city, sign_in, intake):
    assert sign_in(city.bram).get(page("take-over", intake)).status_code == 404
    sign_in(city.marit).post(page("together", intake), {"do": "offer", "offer-note": "Komt om drie uur terug"})
    assert now(intake, city.marit).held_by == city.marit
    assert len(titles(city.bram)) == 1
    bram = sign_in(city.bram)
    assert "Komt om drie uur terug" in bram.get(page("take-over", intake)).content.decode()
    bram.post(page("take-over", intake))
    assert now(intake, city.bram).held_by == city.bram
    assert now(intake, city.bram).own_words == intake.own_words
    assert sign_in(city.marit).get(page("story", intake)).status_code == 404
    assert any(city.bram.name in str(title) for title in titles(city.marit))


def test_who_divides_the_work_takes_over_for_a_colleague_who_cannot_go_on(city, sign_in, intake):
    assert sign_in(city.hakan).get(page("take-over", intake)).status_code == 200
    actions.take_over_intake(actor=city.hakan, intake=intake)
    assert now(intake, city.hakan).held_by == city.hakan
    assert any(city.hakan.name in str(title) for title in titles(city.marit))


def test_left_for_one_colleague_it_is_not_for_another(city, sign_in, intake):
    with writes.allowed():
        from tests.wijkbegroting.scene import also

        also(city.noor, city.unit("schilderswijk"), "wijkwerker")
    actions.offer_intake(actor=city.marit, intake=intake, colleague=city.noor)
    assert sign_in(city.bram).get(page("take-over", intake)).status_code == 404
    with pytest.raises(NotAllowed):
        actions.take_over_intake(actor=city.bram, intake=intake)
    assert titles(city.bram) == []
    actions.take_over_intake(actor=city.noor, intake=intake)


def test_who_goes_on_after_all_keeps_it(city, sign_in, intake):
    actions.offer_intake(actor=city.marit, intake=intake)
    sign_in(city.marit).post(page("together", intake), {"do": "keep"})
    assert titles(city.bram) == []
    with pytest.raises(NotAllowed):
        actions.take_over_intake(actor=city.bram, intake=intake)


# Several sittings ------------------------------------------------------------------------------------------------


def test_a_story_is_told_in_several_sittings_each_with_place_and_who_was_there(city, sign_in, intake):
    marit, day = sign_in(city.marit), timezone.localdate()
    for place, present, held_on in (("home", "Haar zus", day - timedelta(days=3)), ("loket", "", day)):
        marit.post(page("meetings", intake), {"held_on": held_on.isoformat(), "place": place, "present": present})
    html = marit.get(page("meetings", intake)).content.decode()
    assert "Haar zus" in html
    case = actions.conclude_intake(actor=city.marit, intake=intake)
    with acting(city.marit.acting):
        assert [one.place for one in Conversation.objects.filter(case=case)] == ["home", "loket"]


def test_a_sitting_that_has_not_come_yet_is_refused_and_what_was_typed_is_kept(city, sign_in, intake):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    sent = {"held_on": tomorrow, "place": "home", "present": "Haar broer Ilyas"}
    html = sign_in(city.marit).post(page("meetings", intake), sent).content.decode()
    assert "Haar broer Ilyas" in html
    assert "data-error-summary" in html
    with acting(city.marit.acting):
        assert not Conversation.objects.exists()


# The wijk's own questions ----------------------------------------------------------------------------------------


def test_a_wijk_without_questions_has_no_such_page(city, sign_in, intake):
    marit = sign_in(city.marit)
    assert marit.get(page("questions", intake)).url == page("conclude", intake)
    assert page("questions", intake) not in marit.get(page("story", intake)).content.decode()


def test_an_answer_keeps_its_question_whatever_the_wijk_asks_later(city, sign_in, intake):
    unit, marit = city.unit("schilderswijk"), sign_in(city.marit)
    asks(unit, {"code": "garden", "text": ASKED, "category": "participation"})
    assert ASKED in marit.get(page("questions", intake)).content.decode()
    sent = {"revision": intake.revision, "answer-garden": "Ja, ze tuiniert er elke week"}
    assert marit.post(page("questions", intake), sent).url == page("conclude", intake)
    asks(unit, {"code": "sport", "text": "Sport je ergens?", "category": "daily_life"})
    with acting(city.marit.acting):
        found = questions_for(Intake.objects.get(pk=intake.pk))
    assert [(one.text, one.answer) for one in found] == [(ASKED, "Ja, ze tuiniert er elke week"), ("Sport je ergens?", "")]
    case = actions.conclude_intake(actor=city.marit, intake=intake)
    assert "ze tuiniert er elke week" in marit.get(case.get_absolute_url()).content.decode()
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind=Involvement.Kind.BUDDY)
    assert "ze tuiniert er elke week" not in sign_in(city.fatna).get(case.get_absolute_url()).content.decode()


def test_an_answer_saves_itself_and_is_guarded_like_the_story(city, sign_in, intake):
    asks(city.unit("schilderswijk"), {"code": "garden", "text": ASKED, "category": "story"})
    marit, sheet = sign_in(city.marit), page("sheet", intake)

    def patch(revision, text):
        body = json.dumps({"revision": revision, "values": {"answer-garden": text}})
        return marit.patch(sheet, body, content_type="application/json")

    assert patch(intake.revision, "Nee").status_code == 200
    refused = patch(intake.revision, "Ja")
    assert (refused.status_code, refused.json()["values"]["answer-garden"]) == (409, "Nee")
    assert patch(intake.revision + 1, "Ja").status_code == 200
    with acting(city.marit.acting):
        assert [one.text for one in Answer.objects.all()] == ["Ja"]
    assert marit.patch(
        sheet, json.dumps({"revision": 9, "values": {"answer-unknown": "x"}}), content_type="application/json"
    ).status_code in (200, 409)
    with acting(city.marit.acting):
        assert Answer.objects.count() == 1


# What is checked -------------------------------------------------------------------------------------------------


def test_nothing_can_be_checked_before_someone_listened(city, sign_in):
    intake = an_intake(city.marit, city.unit("schilderswijk"), own_words="")
    assert sign_in(city.marit).get(page("checks", intake)).url == intake.get_absolute_url()
    with pytest.raises(NotAllowed):
        actions.check_seen(actor=city.marit, intake=intake, what="identity", moment="offered")


def test_a_check_keeps_why_this_was_the_moment_and_never_blocks(city, sign_in, intake):
    marit = sign_in(city.marit)
    case = actions.conclude_intake(actor=city.marit, intake=intake)
    refused = marit.post(page("checks", intake), {"what": "identity", "do": "seen", "identity-note": "Paspoort gezien"})
    assert "Paspoort gezien" in refused.content.decode()
    assert "data-error-summary" in refused.content.decode()
    sent = {"what": "identity", "do": "seen", "identity-moment": "money", "identity-note": "Paspoort gezien"}
    marit.post(page("checks", intake), sent)
    with acting(city.marit.acting):
        [check] = Check.objects.filter(case=case)
    assert (check.status, check.moment, check.note, check.by) == ("done", "money", "Paspoort gezien", city.marit)


def test_what_was_put_off_comes_back_on_its_day_and_not_before(city, intake):
    day = timezone.localdate() + timedelta(days=4)
    check = actions.postpone_check(actor=city.marit, intake=intake, what="income", until=day)
    with pytest.raises(Refused):
        actions.postpone_check(actor=city.marit, intake=intake, what="address", until=timezone.localdate())
    before = titles(city.marit)
    with writes.allowed(), acting(city.marit.acting):
        Check.objects.filter(pk=check.pk).update(postponed_until=timezone.localdate())
    assert len(titles(city.marit)) == len(before) + 1
    actions.check_not_needed(actor=city.marit, intake=intake, what="income")
    assert titles(city.marit) == before


# How a wijk listens ----------------------------------------------------------------------------------------------


def test_the_coordinator_chooses_what_the_wijk_asks_and_in_what_order(city, sign_in, intake):
    unit = city.unit("schilderswijk")
    address = reverse("casework:way-of-working", args=[unit.pk])
    before = unit.wijk.way_of_working.version
    sent = {"text-0": ASKED, "category-0": "participation", "code-0": "", "place-work": "1", "place-housing": "2"}
    assert sign_in(city.hakan).post(address, sent).status_code == 302
    way = unit.wijk.way_of_working
    assert (way.version, way.team_is_involved) == (before + 1, False)
    assert way.domain_order[:2] == ["work", "housing"]
    assert [(one["text"], one["category"]) for one in way.questions] == [(ASKED, "participation")]
    marit = sign_in(city.marit)
    assert ASKED in marit.get(page("questions", intake)).content.decode()
    assert ASKED in marit.get(address).content.decode()
    # The same question with other words keeps its code, so that an answer stays its answer.
    code = way.questions[0]["code"]
    sign_in(city.hakan).post(address, {"text-0": "Tuinier je?", "category-0": "participation", "code-0": code})
    assert [one["code"] for one in unit.wijk.way_of_working.questions] == [code]
