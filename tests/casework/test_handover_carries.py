"""A handover leaves nothing with the worker before: contacts, steps, what was left open, and the chair at a table."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework import actions
from casework.handovers import checklist
from casework.models import Case, CaseConference, ConferenceParticipant, FollowUp, LooseEndDecision, PlanStep
from luisterloket.platform.acting import acting
from tests import writes
from tests.casework.handing import handed_over, introduced, now_of, planned, seen_to, soon
from tests.casework.heard import a_case
from tests.casework.test_letters import ready, written

pytestmark = pytest.mark.django_db
TEXT = "merk-verhaal"


@pytest.fixture
def team(city):
    return city.unit("schilderswijk")


@pytest.fixture
def case(city, team):
    return a_case(city.marit, team)


def step(city, case, **more):
    return actions.add_step(actor=city.marit, case=case, kind="loket", text=TEXT, guard=city.marit, due_on=soon(7), **more)


def overleg(actor, case, kind="conference"):
    return actions.plan_conference(
        actor=actor, case=case, kind=kind, starts_at=timezone.now() + timedelta(days=2), agenda=[TEXT], resident_part="informed"
    )


def facts(user, handover, code):
    with acting(user.acting):
        return next(point.facts for point in checklist(now_of(handover, user), user) if point.code == code)


def test_everything_that_named_the_worker_before_names_the_new_one(city, team, case):
    open_step, over = step(city, case), step(city, case)
    actions.move_step(actor=city.marit, step=over, to="done")
    table = overleg(city.marit, case)
    with writes.allowed(), acting(city.marit.acting):
        FollowUp.objects.filter(case=case).update(flagged_at=timezone.now(), flagged_because="nobody")
    handed_over(city.marit, case, city.bram, team)
    with acting(city.bram.acting):
        contact = FollowUp.objects.to_come().get(case=case)
        assert (contact.who, contact.flagged_at, contact.flagged_because) == (city.bram, None, "")
        assert PlanStep.objects.get(pk=open_step.pk).guard == city.bram
        assert PlanStep.objects.get(pk=over.pk).guard == city.marit
        found = CaseConference.objects.get(pk=table.pk)
        assert (found.chair, found.minute_taker) == (city.bram, city.bram)
        seats = ConferenceParticipant.objects.seated().filter(conference=table)
        assert [one.user for one in seats] == [city.bram]
    with acting(city.marit.acting):
        assert not CaseConference.objects.visible_to(city.marit).exists()


def test_a_late_contact_stays_late_and_who_stays_keeps_a_seat(city, team, case):
    table = overleg(city.marit, case)
    with writes.allowed(), acting(city.marit.acting):
        FollowUp.objects.filter(case=case).update(flagged_at=timezone.now(), flagged_because="late")
    handed_over(city.marit, case, city.bram, team, stays=True)
    with acting(city.bram.acting):
        assert FollowUp.objects.to_come().get(case=case).flagged_because == "late"
        seats = ConferenceParticipant.objects.seated().filter(conference=table)
        assert {one.user for one in seats} == {city.marit, city.bram}


def test_what_was_left_open_at_the_end_is_watched_by_the_new_owner(city, team, case):
    """An ended case can be handed over: what somebody watches after the end must not stay with who leaves."""
    meeting = actions.plan_meeting(
        actor=city.marit, case=case, kind="phone", starts_at=timezone.now() + timedelta(days=2), who=city.marit
    )
    decision = {"who": city.marit, "until": soon(7), "because": TEXT}
    actions.end_case(actor=city.marit, case=case, goes="better", changed=TEXT, decisions={f"meeting-{meeting.pk}": decision})
    handed_over(city.marit, case, city.bram, team)
    with acting(city.bram.acting):
        assert Case.objects.get(pk=case.pk).owner == city.bram
        assert LooseEndDecision.objects.get(case=case).who == city.bram
        assert LooseEndDecision.objects.get(case=case).because == TEXT


def test_the_checklist_says_what_waits_and_no_word_of_the_story(city, team, case):
    step(city, case)
    overleg(city.marit, case)
    asked = {"rule": TEXT, "why": TEXT, "since": timezone.localdate(), "review_on": soon(30)}
    actions.ask_exception(actor=city.marit, case=case, kind="other_wijk", **asked)
    ready(city, written(city, case))
    handover = introduced(city.marit, planned(city.marit, case, city.bram, team))
    seen = {code: facts(city.bram, handover, code) for code in ("plan", "contact", "documents", "meetings")}
    assert [len(lines) for lines in seen.values()] == [2, 1, 1, 1]
    assert TEXT not in str(seen)


def test_the_chair_stays_where_the_new_owner_may_not_sit(city, team, case, monkeypatch):
    table = overleg(city.marit, case)
    for module in ("casework.handover_facts", "casework.actions.moving"):
        monkeypatch.setattr(f"{module}.post_at", lambda *asked: None)
    handover = introduced(city.marit, planned(city.marit, case, city.bram, team))
    assert len(facts(city.bram, handover, "meetings")) == 2
    seen_to(city.marit, handover)
    actions.accept_handover(actor=city.bram, handover=handover)
    with acting(city.bram.acting):
        assert CaseConference.objects.get(pk=table.pk).chair == city.marit
