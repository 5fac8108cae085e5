"""The plan: the resident's own goals, steps that they agreed to or declined, and nobody who reads more than is theirs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework import actions
from casework.case_page import case_page
from casework.models import CaseMember, Concern, Goal, PlanStep, Reading, Review, Strength, SupportPerson
from casework.plan_page import plan_page
from luisterloket.people.models import User
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.backoffice.scene import sent
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db
WISH = "Ik wil weer slapen zonder de wekker van de zorgen"


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    actions.join_case(actor=city.hakan, case=case, reason="asked")
    return case


def in_days(days=7):
    return timezone.localdate() + timedelta(days=days)


def step(city, case, **more):
    told = {"kind": "resident", "text": "Belt de school", "guard": city.marit, "due_on": in_days()} | more
    return actions.add_step(actor=city.marit, case=case, **told)


def goal(city, case, **more):
    return actions.add_goal(actor=city.marit, case=case, **({"text": WISH} | more))


def answer(city, one, said, **more):
    return actions.answer_step(actor=city.marit, step=one, version=one.version, answer=said, **more)


def one_of(city, model, case):
    with acting(city.marit.acting):
        return model.objects.filter(case=case).first()


# Steps -----------------------------------------------------------------------------------------------------------


def test_a_step_says_what_who_and_when(city, case):
    one = step(city, case)
    with acting(city.marit.acting):
        assert PlanStep.objects.get(case=case).text == "Belt de school"
        assert PlanStep.history.filter(id=one.pk).count() == 1
    for wrong, field in (
        ({"text": " "}, "text"),
        ({"kind": "local_offer"}, "where"),
        ({"due_on": in_days(-1)}, "due_on"),
        ({"guard": city.joost}, "guard"),
    ):
        with pytest.raises(actions.Missing) as refused:
            step(city, case, **wrong)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        actions.add_step(actor=city.joost, case=case, kind="loket", text="x", guard=city.joost, due_on=in_days())


def test_what_the_resident_declined_is_not_taken_up_and_no_statement_can_make_it_so(city, case):
    one = answer(city, step(city, case), "declined")
    for to in ("doing", "done"):
        with pytest.raises(Refused) as refused:
            actions.move_step(actor=city.marit, step=one, to=to)
        assert refused.value.code == "declined"
    with acting(city.marit.acting), writes.allowed():
        for status in ("doing", "done"):
            with pytest.raises(IntegrityError), transaction.atomic():
                PlanStep.objects.filter(pk=one.pk).update(status=status, ended_at=timezone.now() if status == "done" else None)
    assert actions.move_step(actor=city.marit, step=one, to="stopped").answer == "declined"
    with pytest.raises(Refused):
        actions.move_step(actor=city.marit, step=one, to="planned")
    running = actions.move_step(actor=city.marit, step=step(city, case), to="doing")
    assert answer(city, running, "declined").status == "stopped"


def test_another_text_or_doer_is_asked_anew_and_another_day_is_not(city, case):
    one = answer(city, step(city, case), "agreed")
    moved = actions.change_step(actor=city.marit, step=one, version=one.version, due_on=in_days(9))
    assert moved.answer == "agreed"
    other = actions.change_step(actor=city.marit, step=one, version=moved.version, text="Mailt de school")
    assert (other.answer, other.answered_on, other.answer_noted_by) == ("", None, None)
    with acting(city.marit.acting):
        assert "agreed" in PlanStep.history.filter(id=one.pk).values_list("answer", flat=True)


def test_done_and_it_helps_is_one_tap_and_a_wrong_tap_is_taken_back(city, sign_in, case):
    client, one = sign_in(city.marit), step(city, case)
    client.post(address("case-step-move", case, one.pk), {"to": "done-helps"})
    with acting(city.marit.acting):
        one = PlanStep.objects.get(pk=one.pk)
        assert (one.status, one.effect) == ("done", "helps")
    client.post(address("case-step-effect", case, one.pk), {"effect": "bit", "effect_word": "Ze belde terug"})
    assert "Ze belde terug" in client.get(address("case-plan", case)).content.decode()
    client.post(address("case-step-move", case, one.pk), {"to": "doing"})
    with acting(city.marit.acting):
        one = PlanStep.objects.get(pk=one.pk)
        assert (one.status, one.effect, one.effect_word, one.ended_at) == ("doing", "", "", None)


def test_who_decides_for_the_resident_is_asked_about_money_or_it_is_said_why_not(city, sign_in, case):
    with acting(city.marit.acting):
        main = CaseMember.objects.get(case=case, part="main").resident
    actions.add_representative(
        actor=city.marit, case=case, resident=main, kind="bewindvoerder", scope="money", name="Bureau Dakraam"
    )
    about_money = goal(city, case, domain="finances", resident=main)
    client, one = sign_in(city.marit), step(city, case, goal=about_money, kind="maatwerk", text="Betaalt de boete")
    url = address("case-step-answer", case, one.pk)
    html = client.post(url, {"answer": "agreed", "version": "1"}).content.decode()
    assert "Bureau Dakraam" in html
    assert "id_without_because_error" in html
    assert client.post(url, {"answer": "agreed", "version": "1", "without_because": "Op vakantie, belt maandag"}).status_code == 302
    with acting(city.marit.acting):
        one = PlanStep.objects.get(pk=one.pk)
        assert (one.answer, one.without_because, one.representative) == ("agreed", "Op vakantie, belt maandag", None)
    assert answer(city, one, "agreed", representative_agreed=True).representative.name == "Bureau Dakraam"
    # Elsewhere, and for a no, nobody is asked.
    assert answer(city, step(city, case), "agreed").representative is None
    assert answer(city, one, "declined").answer == "declined"


def test_what_was_changed_meanwhile_is_shown_beside_what_was_typed_and_nothing_is_lost(city, sign_in, case):
    client, one = sign_in(city.marit), step(city, case)
    sent = {
        "kind": "resident", "text": "Belt de juf zelf", "due_on": f"{in_days(3)}", "guard": city.marit.pk, "version": "1",
        "command_key": str(uuid4()),
    }  # fmt: skip
    actions.change_step(actor=city.hakan, step=one, version=1, text="Schrijft de school een brief")
    html = client.post(address("case-step", case, one.pk), sent).content.decode()
    assert "Schrijft de school een brief" in html
    assert html.count("Belt de juf zelf") >= 2
    # What was read out is not what it says now, so the yes does not count.
    read = client.post(address("case-step-answer", case, one.pk), {"answer": "agreed", "version": "1"}).content.decode()
    assert "Schrijft de school een brief" in read
    with acting(city.marit.acting):
        assert PlanStep.objects.get(pk=one.pk).answer == ""
    assert client.post(address("case-step", case, one.pk), sent | {"version": "2"}).status_code == 302
    wish = goal(city, case)
    actions.change_goal(actor=city.hakan, goal=wish, version=1, text="Ik wil rust")
    html = client.post(address("case-goal", case, wish.pk), {"text": "Ik wil slapen", "version": "1"}).content.decode()
    assert "Ik wil rust" in html
    assert "Ik wil slapen" in html


def test_a_strength_is_offered_until_a_step_makes_use_of_it(city, case):
    talent = one_of(city, Strength, case)
    with acting(city.marit.acting):
        assert [item.ref for item in plan_page(case, city.marit).unused] == [talent.pk]
    step(city, case, text="Tolkt bij de moeders", talent=talent)
    with acting(city.marit.acting):
        page = plan_page(case, city.marit)
    assert page.unused == []
    assert page.loose[0].item.details["talent"] == "Spreekt vier talen"


def test_a_step_shows_where_its_request_stands_and_only_to_who_may_see_that(city, sign_in, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    with acting(city.marit.acting):
        request = sent(city, case)
        wish = goal(city, case, domain="network")
    one = step(city, case, goal=wish, kind="request", text="Vraagt een slaapplek", linked_label="request", linked_id=request.pk)
    html = sign_in(city.marit).get(address("case-plan", case)).content.decode()
    assert request.get_absolute_url() in html
    assert f"request:{request.pk}" in plan_row(city, case, one).item.tells
    html = sign_in(city.fatna).get(address("case-plan", case)).content.decode()
    assert "Vraagt een slaapplek" in html
    assert request.get_absolute_url() not in html


def plan_row(city, case, one):
    with acting(city.marit.acting):
        page = plan_page(case, city.marit)
    return next(row for goal in page.goals for row in goal.steps if row.item.ref == one.pk)


# Who reads it ----------------------------------------------------------------------------------------------------


def test_a_buddy_reads_only_what_is_of_the_network_and_no_name_of_what_is_not(city, sign_in, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    person, talent = one_of(city, SupportPerson, case), one_of(city, Strength, case)
    marks = {}
    for domain in ("", "physical_health", "finances", "housing", "network"):
        marks[domain] = f"MERK{domain or 'verhaal'}"
        wish = goal(city, case, text=f"{marks[domain]}wens", domain=domain)
        step(city, case, goal=wish, kind="network", text=f"{marks[domain]}stap", person=person, talent=talent)
    actions.note_review(actor=city.marit, case=case, kind="start", on=in_days(0), readings={"finances": 2, "network": 4})
    buddy, worker = sign_in(city.fatna), address("case-plan", case)
    for page in (address("case-plan", case), address("case-history", case), case.get_absolute_url()):
        html = buddy.get(page).content.decode()
        assert [domain for domain, mark in marks.items() if mark in html and domain != "network"] == []
    html = buddy.get(worker).content.decode()
    assert marks["network"] in html
    assert '<th scope="row">Geld' not in html
    assert '<th scope="row">Vrienden en buren' in html
    assert buddy.get(address("case-plan-paper", case)).status_code == 403
    html = sign_in(city.marit).get(worker).content.decode()
    assert all(mark in html for mark in marks.values())


def test_a_step_of_a_health_goal_stays_of_health_in_its_past(city, case):
    wish = goal(city, case, domain="network")
    one = step(city, case, goal=wish, text="Gaat mee naar de dokter")
    actions.change_goal(actor=city.marit, goal=wish, version=1, text=WISH, domain="physical_health")
    with acting(city.marit.acting):
        assert PlanStep.objects.get(pk=one.pk).category == "health"
        assert PlanStep.history.filter(id=one.pk).first().domain == "physical_health"


def test_what_is_kept_from_someone_at_home_is_not_on_their_paper_nor_who_it_is_about(city, sign_in, case):
    karim = actions.add_member(actor=city.marit, case=case, name="Karim", part="partner").resident
    person = one_of(city, SupportPerson, case)
    by_hatice = step(city, case, kind="network", text="Bewaart de sleutel", person=person)
    secret = step(city, case, text="Spaart voor een eigen huis")
    step(city, case, text="Vraagt de huurtoeslag aan")
    actions.note_review(actor=city.marit, case=case, kind="start", on=in_days(0), readings={"finances": 2, "housing": 1})
    with acting(city.marit.acting):
        concern = Concern.objects.get(case=case, domain="finances")
    things = [("support_person", person.pk), ("plan_step", secret.pk), ("concern", concern.pk)]
    actions.withhold(actor=city.marit, case=case, things=things, residents=[karim], reason="Hij mag dit niet weten")
    url = address("case-plan-paper", case)
    client = sign_in(city.marit)
    for address_ in (url, f"{url}?voor={karim.pk}"):
        html = client.get(address_).content.decode()
        assert "Vraagt de huurtoeslag aan" in html
        assert "Spaart voor" not in html
        assert "Bewaart de sleutel" not in html
        # How it goes with money would tell of the concern that is kept.
        assert '<th scope="row">Wonen' in html
        assert '<th scope="row">Geld' not in html
        assert "not-on-paper" in html
    assert client.get(f"{url}pdf/").status_code == 302
    assert "Bewaart de sleutel" in client.get(address("case-plan", case)).content.decode()
    # Who wrote it is no second reader; a colleague is, of this very text.
    text = html.partition('name="text" value="')[2].partition('"')[0]
    assert text == ""

    def asked(user):
        with acting(user.acting):
            return [line.item.url for line in vandaag.page(user, everything=True).lines if line.item.url == url]

    assert asked(city.hakan) == []
    assert client.post(f"{url}vragen/").status_code == 302
    assert (asked(city.hakan), asked(city.marit), asked(city.joost)) == ([url], [], [])
    colleague = sign_in(city.hakan)
    html = colleague.get(url).content.decode()
    text = html.partition('name="text" value="')[2].partition('"')[0]
    assert colleague.post(f"{url}nagelezen/", {"text": text}).status_code == 302
    assert asked(city.hakan) == []
    assert "not-on-paper" not in sign_in(city.marit).get(url).content.decode()
    actions.change_step(actor=city.marit, step=by_hatice, version=1, due_on=in_days(8))
    assert "not-on-paper" not in sign_in(city.marit).get(url).content.decode()
    step(city, case, text="Nog iets")
    assert "not-on-paper" in sign_in(city.marit).get(url).content.decode()


# How it goes -----------------------------------------------------------------------------------------------------


def test_the_start_is_filled_in_from_what_was_heard_and_shown_as_figures_and_picture(city, sign_in, case):
    goal(city, case, domain="housing")
    client, url = sign_in(city.marit), address("case-plan-review", case)
    html = client.get(url).content.decode()
    assert '<option value="1" selected>' in html
    sent = {"kind": "start", "on": f"{in_days(0)}", "housing": "1", "finances": "2", "command_key": str(uuid4())}
    assert client.post(url, sent).status_code == 302
    with acting(city.marit.acting):
        assert dict(Reading.objects.filter(case=case).values_list("domain", "severity")) == {"housing": 1, "finances": 2}
    actions.note_review(actor=city.marit, case=case, kind="end", on=in_days(0), readings={"housing": 4, "finances": 2})
    html = client.get(address("case-plan", case)).content.decode()
    assert html.count("<polyline") == 2
    assert html.count('role="img" aria-label="') >= 2
    with acting(city.marit.acting):
        lines = plan_page(case, city.marit).chart.lines
    assert {line.domain.value: [cell.severity.value for cell in line.cells] for line in lines} == {
        "housing": [1, 4],
        "finances": [2, 2],
    }


def test_a_reading_is_put_right_on_the_same_day_and_never_written_for_a_day_to_come(city, case):
    def noted(**more):
        told = {"kind": "review", "on": in_days(0), "readings": {"housing": 2, "finances": 3}} | more
        return actions.note_review(actor=city.marit, case=case, **told)

    first = noted()
    assert noted(readings={"housing": 3, "finances": 0}).pk == first.pk
    with acting(city.marit.acting):
        assert list(Reading.objects.filter(case=case).values_list("domain", "severity")) == [("housing", 3)]
        assert Review.objects.filter(case=case).count() == 1
    for wrong in ({"on": in_days(1)}, {"readings": {}}, {"readings": {"housing": 7}}, {"kind": "later"}):
        with pytest.raises(Refused):
            noted(**wrong)


def test_from_a_worker_no_road_leads_to_their_steps_or_readings_so_nobody_is_counted(city):
    reached = {relation.related_model for relation in User._meta.related_objects if not relation.hidden}
    assert reached & {Goal, PlanStep, Review, Reading} == set()


# Where people look -----------------------------------------------------------------------------------------------


def test_a_step_past_its_day_is_on_vandaag_of_who_keeps_an_eye_on_it_and_nobody_elses(city, case):
    actions.join_case(actor=city.bram, case=case, reason="asked")
    one, other = step(city, case, guard=city.bram), step(city, case, guard=city.bram, text="Nooit gewild")
    answer(city, other, "declined")
    with acting(city.marit.acting), writes.allowed():
        PlanStep.objects.filter(case=case).update(due_on=in_days(-2))

    def lines(user):
        with acting(user.acting):
            return [line.item for line in vandaag.page(user, everything=True).lines if line.item.icon == "clipboard"]

    assert [item.url for item in lines(city.bram)] == [f"{address('case-plan', case)}#step-{one.pk}"]
    assert "Belt" not in str(lines(city.bram))
    assert lines(city.marit) == []
    with acting(city.marit.acting):
        assert any("Belt de school" in wait.text and wait.late for wait in case_page(case, city.marit).waits)
