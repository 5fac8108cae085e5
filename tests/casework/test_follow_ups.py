"""A case that is not ended has exactly one next contact, whoever writes; and what is late is on somebody's Vandaag."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from casework import actions
from casework.models import Case, ContactMoment, FollowUp, Involvement
from casework.sweep import sweep
from luisterloket.people.models import Appointment
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry, OutboxEvent
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case, address, an_intake

pytestmark = pytest.mark.django_db
WORDS = "De fysio helpt, zij loopt weer de trap op"


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"))


def to_come(user, case):
    with acting(user.acting):
        return list(FollowUp.objects.to_come().filter(case=case).select_related("who"))


def later(days=10):
    return timezone.localdate() + timedelta(days=days)


def overdue(user, case, days=20):
    day = timezone.localdate() - timedelta(days=days)
    with writes.allowed(), acting(user.acting):
        FollowUp.objects.to_come().filter(case=case).update(due_on=day, late_on=day)


def swept():
    with as_jobs():
        return sweep()


def leaves(user):
    with writes.allowed():
        Appointment.objects.filter(user=user).update(since="2020-01-01", until=timezone.localdate() - timedelta(days=1))


def lines(user, case, *, about="opvolging"):
    with acting(user.acting):
        page = vandaag.page(user, everything=True)
    everything = [*page.lines, *([page.alarm] if page.alarm else [])]
    return [line.item for line in everything if line.item.case_id == case.pk and about in line.item.url]


def held():
    """What the database asks at the end of every transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_opening_a_case_gives_the_first_and_doing_one_gives_the_next(city, sign_in, case):
    [first] = to_come(city.marit, case)
    assert (first.who, first.kind) == (city.marit, "check_in")
    assert first.due_on >= later(7)
    client, url = sign_in(city.marit), address("case-follow-up", case)
    sent = {"follow_up": first.pk, "result": "reached", "kind": "phone", "text": WORDS, "next_on": later(), "next_about": "de trap"}
    assert client.post(url, sent).status_code == 302
    [following] = to_come(city.marit, case)
    assert (following.due_on, following.who, following.about) == (later(), city.marit, "de trap")
    with acting(city.marit.acting):
        assert ContactMoment.objects.get(case=case).text == WORDS
    assert "de trap" in client.get(url).content.decode()
    # Whoever sends the form of the first again is told, and keeps what was typed.
    html = client.post(url, {**sent, "text": "Nog iets anders gehoord"}).content.decode()
    assert "Nog iets anders gehoord" in html
    assert str(following.pk) in html
    assert len(to_come(city.marit, case)) == 1
    assert (
        "Marit Zwanenveld asks how it goes" in actions.compose_summary(actor=city.marit, case=case, language="en").as_composed.text
    )
    held()


def test_one_tap_on_the_case_page_is_enough(city, sign_in, case):
    client = sign_in(city.marit)
    html = client.get(address("case", case)).content.decode()
    [first] = to_come(city.marit, case)
    assert str(first.pk) in html
    client.post(address("case-follow-up", case), {"follow_up": first.pk, "result": "reached", "kind": "phone", "next_on": later(7)})
    assert to_come(city.marit, case)[0].pk != first.pk


@pytest.mark.parametrize(
    "wrong", ["DELETE FROM casework_followup WHERE case_id = %s", "UPDATE casework_case SET status = 'ended' WHERE id = %s"]
)
def test_the_database_refuses_a_case_without_one(city, case, wrong):
    with writes.allowed(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(wrong, [case.pk])
        with pytest.raises(IntegrityError, match="follow-ups to come"):
            held()


def test_moving_needs_a_reason_and_two_at_once_do_not_pass_each_other_by(city, case):
    [first] = to_come(city.marit, case)
    told = {"follow_up": first, "version": 0, "who": city.bram, "due_on": later()}
    with pytest.raises(Refused):
        actions.move_follow_up(actor=city.hakan, because=" ", **told)
    # The coordinator need not open the case; whoever gets it works on it from then on.
    moved = actions.move_follow_up(actor=city.hakan, because="Marit is ziek", **told)
    assert moved.who == city.bram
    with acting(city.bram.acting):
        assert Involvement.objects.in_force().filter(case=case, user=city.bram).exists()
    with pytest.raises(Refused, match="zojuist|just now"):
        actions.move_follow_up(actor=city.marit, because="Liever ik", **(told | {"who": city.marit}))
    for nobody in (city.fatna, city.joost, city.noor):
        with pytest.raises(NotAllowed):
            actions.move_follow_up(actor=nobody, because="Zomaar", **(told | {"version": 1}))


def test_a_late_one_goes_from_the_owner_to_the_coordinator_once(city, case):
    assert swept() == 0
    overdue(city.marit, case)
    assert len(lines(city.marit, case)) == 1
    assert lines(city.hakan, case) == []
    assert [swept(), swept()] == [1, 0]
    [item] = lines(city.hakan, case)
    assert item.owner == city.marit.name
    assert len(lines(city.marit, case)) == 1
    with as_jobs():
        assert HistoryEntry.objects.filter(verb="follow_up.flagged").count() == 1
        assert OutboxEvent.objects.filter(event="follow_up.flagged").count() == 1
    [late] = to_come(city.marit, case)
    actions.move_follow_up(actor=city.hakan, follow_up=late, version=0, who=city.bram, due_on=later(), because="Marit is ziek")
    assert lines(city.hakan, case) == lines(city.marit, case) == []
    overdue(city.bram, case)
    assert swept() == 1


def test_what_is_nobodys_comes_to_the_coordinator_or_to_all_who_work_there(city, case):
    leaves(city.marit)
    assert swept() == 1
    assert len(lines(city.hakan, case)) == 1
    leaves(city.hakan)
    assert len(lines(city.bram, case)) == 1
    assert lines(city.noor, case) == []


def test_who_is_kept_out_keeps_no_next_contact(city, case):
    [first] = to_come(city.marit, case)
    actions.move_follow_up(actor=city.marit, follow_up=first, version=0, who=city.bram, due_on=later(), because="Hij kent haar")
    actions.keep_out(actor=city.marit, case=case, user=city.bram, reason="kin")
    assert to_come(city.marit, case)[0].who == city.marit


def waakvlam(city, case, **more):
    told = {"goes": "better", "changed": "Zij redt het zelf", "agreed_how": "in_person"} | more
    return actions.start_waakvlam(actor=city.marit, case=case, **told)


def test_waakvlam_fades_out_and_not_now_is_an_answer(city, case):
    with pytest.raises(Refused):
        waakvlam(city, case, agreed_how="")
    waakvlam(city, case)
    [one] = to_come(city.marit, case)
    assert (one.kind, one.step) == ("waakvlam", 0)
    for step, result in enumerate(("not_now", "reached", "not_reached", "reached"), 1):
        one = actions.do_follow_up(actor=city.marit, follow_up=one, result=result, next_on=later(30))
        assert one.step == [1, 2, 2, 3][step - 1]
    held()


def test_it_is_needed_again_in_one_step_or_by_a_new_conversation(city, case):
    waakvlam(city, case)
    woken = actions.wake_case(actor=city.marit, case=case, text=WORDS)
    assert woken.status == Case.Status.ACTIVE
    with acting(city.marit.acting):
        assert ContactMoment.objects.get(case=case).text == WORDS
    actions.end_case(actor=city.marit, case=case, goes="better", changed="Klaar")
    assert to_come(city.marit, case) == []
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    actions.connect_intake(actor=city.marit, intake=intake, case=case)
    [again] = to_come(city.marit, case)
    assert again.kind == "check_in"
    held()
