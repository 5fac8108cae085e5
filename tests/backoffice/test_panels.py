"""What requests add to the menu, the start, Vandaag, the case page, the summary and the timeline."""

import re

import pytest
from django.urls import reverse

from backoffice import actions, panels, stall_panels
from backoffice.sweep import sweep
from casework import actions as casework
from casework.wording import own_wording
from luisterloket.platform.acting import acting
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.registries import sentences
from tests import writes
from tests.backoffice import scene


def swept(request, user):
    scene.run_out(request, user)
    with scene.as_jobs():
        sweep()
    return request


def today_of(user):
    with acting(user.acting):
        return [
            item
            for offer in (panels.my_turn, stall_panels.stalled_in_the_wijk, stall_panels.stalled_at_my_desk)
            for item in offer(user)
        ]


@pytest.mark.parametrize(
    ("who", "labels"), {"marit": ["backoffice:requests"], "hakan": ["backoffice:requests"], "joost": ["queue"], "eline": []}.items()
)
def test_each_role_gets_its_own_place_in_the_menu(city, who, labels):
    user = getattr(city, who)
    with acting(user.acting):
        urls = [item.url for offer in (panels.queues, panels.requests) for item in offer(user)]
    wanted = [scene.desk(city).get_absolute_url() if label == "queue" else reverse(label) for label in labels]
    assert urls == wanted


def test_people_of_a_desk_begin_at_its_queue(city, sign_in):
    assert sign_in(city.joost).get("/").url == scene.desk(city).get_absolute_url()
    assert sign_in(city.ilse).get("/").url == scene.desk(city).get_absolute_url()
    assert sign_in(city.marit).get("/").url != scene.desk(city).get_absolute_url()


@pytest.mark.parametrize(
    ("state", "waits"), {"sent": 0, "taken_up": 0, "asked_back": 1, "answered": 1, "closed": 0, "withdrawn": 0}.items()
)
def test_vandaag_shows_the_asker_an_answer_and_a_question_back(city, state, waits):
    request = scene.AT[state](city)
    found = today_of(city.marit)
    assert len(found) == waits
    assert [item.case_id for item in found] == [request.case_id] * waits
    assert [item.url for item in found] == [request.get_absolute_url()] * waits


def test_vandaag_shows_one_line_per_case_the_worst_clock_first(city):
    case = scene.a_case(city)
    scene.answered(city, case=case)
    worst = swept(scene.sent(city, case, title="Het ergst"), city.marit)
    scene.sent(city, case)
    [item] = today_of(city.marit)
    assert item.url == worst.get_absolute_url()


def test_a_coordinator_sees_what_stalled_in_the_wijk_and_not_what_it_is_about(city, sign_in):
    request = swept(scene.sent(city), city.marit)
    # The desk has a while to mend it by itself.
    assert today_of(city.hakan) == []
    scene.raised(request, city.marit, "coordinator")
    [item] = today_of(city.hakan)
    assert item.case_id == request.case_id
    assert "Slaapplek" not in f"{item.title} {item.why}"
    # Who may not open the case yet is asked why they would join, and finds no dead link.
    assert sign_in(city.hakan).get(item.url).status_code == 200
    assert today_of(city.sef) == []


def test_a_desk_sees_what_stalled_there_and_is_its_turn(city):
    request = swept(scene.sent(city), city.marit)
    swept(scene.answered(city), city.marit)
    assert [item.url for item in today_of(city.ilse)] == [request.get_absolute_url()]
    assert today_of(city.anouk) == []


def test_the_case_page_shows_requests_with_clocks_and_what_waits(city):
    case = scene.a_case(city)
    request = scene.asked_back(city, case=case)
    with acting(city.marit.acting):
        panel = panels.requests_of_the_case(city.marit, case)
    assert [row["request"].pk for row in panel.context["rows"]] == [request.pk]
    assert [clock.state for clock in panel.context["rows"][0]["clocks"]] == ["done", "paused", "todo"]
    assert [url for _when, _text, url in panel.waits] == [request.get_absolute_url()]


def test_the_case_page_shows_a_buddy_no_requests(city):
    case = scene.a_case(city)
    casework.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    scene.sent(city, case)
    with acting(city.fatna.acting):
        assert panels.requests_of_the_case(city.fatna, case) is None


def test_the_panel_of_the_case_page_can_be_drawn(city, rf):
    from django.template.loader import render_to_string

    case = scene.a_case(city)
    swept(scene.sent(city, case), city.marit)
    scene.closed(city, case=case)
    with acting(city.marit.acting):
        panel = panels.requests_of_the_case(city.marit, case)
        text = render_to_string(panel.template, dict(panel.context))
    assert reverse("backoffice:request-new", args=[case.pk]) in text
    assert "clock--late" in text


@pytest.mark.parametrize("state", scene.AT)
def test_the_summary_says_what_was_asked_and_what_came_of_it(city, state):
    case = scene.a_case(city)
    scene.AT[state](city, case=case)
    with acting(city.marit.acting):
        said = [own_wording("nl").tell(plain) for plain in panels.what_was_asked(city.marit, case)]
    assert len(said) == (0 if state in ("withdrawn", "ground_ended") else 1)
    assert all("Slaapplek voor vannacht" in one for one in said)
    if state == "closed":
        assert "Er is plek." in said[0]
    elif said:
        # Whose turn it is, and until when, as a day that holds on paper.
        assert ("Marit Zwanenveld" if state in {"asked_back", "answered"} else "Desk Wonen en opvang") in said[0]
        assert re.search(r"\d+ [a-z]+ \d{4}, \d\d\.\d\d", said[0])


def test_everything_that_happens_to_a_request_reads_as_a_sentence_in_the_timeline(city):
    request = scene.asked_back(city)
    actions.open_request(actor=city.joost, request=request)
    actions.reply_to_desk(actor=city.marit, request=request, text="Vier.")
    actions.answer_request(actor=city.joost, request=request, result="granted", answer="Ja.")
    swept(request, city.marit)
    actions.tell_resident(actor=city.marit, request=request, told_how="phone", outcome="helps")
    scene.withdrawn(city)
    with acting(city.marit.acting):
        for entry in HistoryEntry.objects.filter(thing_label="backoffice.specialistrequest"):
            _icon, text = sentences[entry.verb]
            assert text % {"who": "Marit", **entry.details}


def test_a_request_brings_its_case_to_the_top(city):
    from casework.models import Case

    case = scene.a_case(city)
    with writes.allowed(), acting(city.marit.acting):
        Case.objects.update(last_activity_at="2026-01-01T00:00:00Z")
    scene.sent(city, case)
    with acting(city.marit.acting):
        assert Case.objects.get(pk=case.pk).last_activity_at.isoformat() > "2026-01-02"
