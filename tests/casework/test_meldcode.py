"""The five steps of the meldcode: begun from a sign, never blocked, closed with two decisions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.disclosures import scope_of
from casework.models import Concern, MeldcodeStep, MeldcodeTrack
from luisterloket.convenant.disclosure import collect
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.registries import sentences
from tests.casework.heard import a_case, an_intake
from tests.casework.meldcode import SIGN, WORDS, a_case_with_a_sign, address, decide, lines, now, track_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case_with_a_sign(city)


@pytest.fixture
def track(city, case):
    return track_of(city, case)


# Beginning -------------------------------------------------------------------------------------------------------


def test_a_sign_is_acute_and_lays_the_steps_ready_for_who_marked_it_today(city, case, track):
    with acting(city.marit.acting):
        assert Concern.objects.get(track=track).severity == 1
    assert (track.status, track.owner, track.due_on) == ("to_begin", city.marit, timezone.localdate())


def test_a_second_sign_goes_with_the_steps_that_are_there(city, case, track):
    actions.add_concern(actor=city.hakan, case=case, **(SIGN | {"sign": "child_at_risk"}))
    with acting(city.marit.acting):
        assert MeldcodeTrack.objects.count() == 1
        assert track.signs.count() == 2


def test_a_conversation_alarms_that_the_meldcode_applies_and_one_tap_begins(city, sign_in):
    client = sign_in(city.marit)
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    marks = reverse("casework:intake-marks", args=[intake.pk])
    begin = reverse("casework:intake-meldcode", args=[intake.pk])
    assert begin not in client.get(marks).content.decode()
    sent = {
        "kind": "concern",
        "concern-severity": "1",
        "concern-domain": "family",
        "concern-text": WORDS,
        "concern-sign": "violence",
    }
    assert client.post(marks, sent).status_code == 302
    assert begin in client.get(marks).content.decode()
    assert client.post(begin).url == marks
    assert begin not in client.get(marks).content.decode()
    case = actions.conclude_intake(actor=city.marit, intake=intake)
    with acting(city.marit.acting):
        track = MeldcodeTrack.objects.get(case=case)
    assert (track.status, track.begun_by, track.owner) == ("open", city.marit, city.marit)
    assert str(track.pk) in client.get(address(case)).content.decode()


def test_the_steps_follow_the_conversation_to_who_takes_it_over(city):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    actions.take_over_intake(actor=city.hakan, intake=intake)
    case = actions.conclude_intake(actor=city.hakan, intake=intake)
    with acting(city.hakan.acting):
        track = MeldcodeTrack.objects.get(case=case)
        assert (track.owner, track.noted_by) == (city.hakan, city.marit)


def test_a_sign_in_a_later_conversation_goes_on_in_the_steps_of_the_case(city, case, track):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    mark = actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    with acting(city.marit.acting):
        begun = MeldcodeTrack.objects.get(intake=intake)
    actions.begin_meldcode(actor=city.marit, track=begun)
    actions.connect_intake(actor=city.marit, intake=intake, case=case)
    with acting(city.marit.acting):
        assert MeldcodeTrack.objects.get() == track
        assert Concern.objects.get(pk=mark.pk).track == track
    assert now(city, track).status == "open"


def test_a_mark_that_is_taken_off_takes_steps_along_that_nobody_began(city):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    first = actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    second = actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    actions.unmark(actor=city.marit, thing=first)
    with acting(city.marit.acting):
        assert MeldcodeTrack.objects.count() == 1
    actions.unmark(actor=city.marit, thing=second)
    with acting(city.marit.acting):
        assert not MeldcodeTrack.objects.exists()
    third = actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    with acting(city.marit.acting):
        begun = MeldcodeTrack.objects.get()
    actions.begin_meldcode(actor=city.marit, track=begun)
    actions.unmark(actor=city.marit, thing=third)
    assert now(city, begun).status == "open"


def test_a_conversation_that_is_thrown_away_takes_its_steps_along(city):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    actions.discard_intake(actor=city.marit, intake=intake)
    with acting(city.marit.acting):
        assert not MeldcodeTrack.objects.exists()


def test_the_steps_are_declined_only_with_a_reason(city, sign_in, case, track):
    client = sign_in(city.marit)
    client.post(address(case, track.pk, "niet-nodig", name="case-meldcode-act"), {"why": "  "})
    assert now(city, track).status == "to_begin"
    client.post(address(case, track.pk, "niet-nodig", name="case-meldcode-act"), {"why": "Het ging over een film"})
    after = now(city, track)
    assert (after.status, after.why, after.ended_by) == ("declined", "Het ging over een film", city.marit)
    assert "Het ging over een film" in client.get(address(case)).content.decode()


def test_the_steps_can_begin_without_a_mark(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    client = sign_in(city.marit)
    for _tap in range(2):
        assert client.post(address(case, name="case-meldcode-open")).url == address(case)
    with acting(city.marit.acting):
        assert MeldcodeTrack.objects.get(case=case).status == "open"


# The steps -------------------------------------------------------------------------------------------------------


def test_steps_are_written_in_any_order_and_the_first_that_is_left_is_next(city, case, track):
    write(city, track, 4, found="Ernstig, maar nu veilig bij haar zus")
    assert now(city, track).status == "open"
    write(city, track, 1, found="Blauwe plekken, zij schrikt van de telefoon")
    write(city, track, 2, with_whom="Hakan", veilig_thuis="unnamed", found="Eerst met haar alleen praten")
    [item] = lines_of_page(city, case, track)
    assert item.details["next"] == 3
    write(city, track, 3, why_not="Hij zit er altijd bij; een gesprek is niet veilig")
    [item] = lines_of_page(city, case, track)
    assert item.details["next"] == 5


def lines_of_page(city, case, track):
    with acting(city.marit.acting):
        return [item for item in collect(scope_of(case), frozenset({"safety"})) if item.kind == "meldcode"]


def test_an_empty_step_and_a_wait_without_a_day_are_refused_and_lose_nothing(city, sign_in, case, track):
    client = sign_in(city.marit)
    url = address(case, track.pk, 3, name="case-meldcode-step")
    html = client.post(url, {"revision": "0", "due_on": timezone.localdate().isoformat()}).content.decode()
    assert "error-summary" in html
    answer = client.post(url, {"revision": "0", "with_whom": "Met haar", "found": "Zij wil weg", "due_on": ""})
    html = answer.content.decode()
    assert "error-summary" in html
    assert "Zij wil weg" in html
    assert "Met haar" in html
    with acting(city.marit.acting):
        assert not MeldcodeStep.objects.exists()
    assert now(city, track).status == "to_begin"


def test_two_people_in_one_step_do_not_write_over_each_other_unseen(city, sign_in, case, track):
    write(city, track, 1, found="Wat Hakan zag")
    client = sign_in(city.marit)
    url = address(case, track.pk, 1, name="case-meldcode-step")
    sent = {"revision": "0", "found": "Wat Marit zag", "due_on": timezone.localdate().isoformat()}
    answer = client.post(url, sent)
    html = answer.content.decode()
    assert "Wat Hakan zag" in html
    assert "Wat Marit zag" in html
    form = answer.context["refused"]
    assert form["revision"].value() == 1
    assert client.post(url, sent | {"revision": "1"}).status_code == 302
    with acting(city.marit.acting):
        step = MeldcodeStep.objects.get(track=track, number=1)
        assert step.found == "Wat Marit zag"
        assert [row.found for row in step.history.order_by("history_date")] == ["Wat Hakan zag", "Wat Marit zag"]


def test_what_is_written_is_sealed(city, case, track):
    step = write(city, track, 1, found=WORDS)
    with acting(city.marit.acting), connection.cursor() as cursor:
        cursor.execute("SELECT found FROM casework_meldcodestep WHERE id = %s", [step.pk])
        assert WORDS.encode() not in bytes(cursor.fetchone()[0])


def test_a_day_that_is_past_is_no_day_for_what_waits(city, case, track):
    with pytest.raises(Refused):
        write(city, track, 1, found="Gezien", due_on=timezone.localdate() - timedelta(days=1))


def test_a_decision_about_reporting_says_why_and_help_says_which(city, case, track):
    with pytest.raises(Refused):
        decide(city, track, found="")
    with pytest.raises(Refused):
        decide(city, track, help="")
    with pytest.raises(Refused):
        write(city, track, 5, found="Nog niets")


# Closing ---------------------------------------------------------------------------------------------------------


def test_the_steps_close_with_both_decisions_and_not_before(city, sign_in, case, track):
    client = sign_in(city.marit)
    close = address(case, track.pk, "afsluiten", name="case-meldcode-act")
    actions.begin_meldcode(actor=city.marit, track=track)
    assert "error-summary" in client.post(close).content.decode()
    decide(city, track, helps=None, help="")
    assert "error-summary" in client.post(close).content.decode()
    decide(city, track)
    assert close in client.get(address(case)).content.decode()
    assert client.post(close).status_code == 302
    after = now(city, track)
    assert (after.status, after.ended_by) == ("closed", city.marit)
    assert lines(city.marit, track) == []


def test_who_decided_to_report_writes_when_that_was_done_before_closing(city, case, track):
    decide(city, track, reports=True)
    [item] = lines_of_page(city, case, track)
    assert item.details["next"] == 5
    with pytest.raises(Refused):
        actions.close_meldcode(actor=city.marit, track=track)
    with pytest.raises(Refused):
        decide(city, track, reports=True, reported_on=timezone.localdate() + timedelta(days=1))
    decide(city, track, reports=True, reported_on=timezone.localdate())
    assert actions.close_meldcode(actor=city.marit, track=track).status == "closed"


def test_closed_steps_are_taken_up_again_with_a_reason_and_keep_what_was_written(city, sign_in, case, track):
    decide(city, track)
    actions.close_meldcode(actor=city.marit, track=track)
    with pytest.raises(Refused):
        write(city, track, 1, found="Te laat")
    client = sign_in(city.hakan)
    again = address(case, track.pk, "weer", name="case-meldcode-act")
    assert "error-summary" in client.post(again, {"why": ""}).content.decode()
    client.post(again, {"why": "Nieuw letsel"})
    after = now(city, track)
    assert (after.status, after.owner, after.due_on, after.ended_at) == ("open", city.hakan, timezone.localdate(), None)
    with acting(city.marit.acting):
        assert MeldcodeStep.objects.get(track=track).help == "Praktische hulp door het wijkteam"


def test_each_act_is_kept_with_who_did_it_and_none_is_told_in_the_timeline(city, sign_in, case, track):
    decide(city, track)
    actions.plan_meldcode(actor=city.marit, track=track, owner=city.hakan, due_on=timezone.localdate())
    actions.close_meldcode(actor=city.hakan, track=track)
    with acting(city.marit.acting):
        entries = HistoryEntry.objects.filter(case_id=case.pk, thing_label="casework.meldcodetrack").order_by("at")
        kept = [(entry.verb, entry.actor_id) for entry in entries]
    assert kept == [
        ("meldcode.noted", city.marit.pk),
        ("meldcode.step_written", city.marit.pk),
        ("meldcode.planned", city.marit.pk),
        ("meldcode.closed", city.hakan.pk),
    ]
    assert not [verb for verb in sentences if verb.startswith("meldcode")]
