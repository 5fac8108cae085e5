"""Appointments: two at a home visit, nothing of whom in somebody's own calendar, and none without a word about how it went."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from casework import actions
from casework.models import Involvement, Meeting
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.registries import today
from tests import writes
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db
PLACE = "Hoefkade 12, drie hoog"


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    actions.join_case(actor=city.bram, case=case, reason="asked")
    return case


def soon(hours=20):
    return timezone.now() + timedelta(hours=hours)


def planned(city, case, **more):
    told = {"kind": "loket", "starts_at": soon(), "who": city.marit} | more
    return actions.plan_meeting(actor=city.marit, case=case, **told)


def passed(city, meeting):
    with writes.allowed(), acting(city.marit.acting):
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(hours=2))


def lines(user, case):
    with acting(user.acting):
        page = vandaag.page(user, everything=True)
    return [line.item for line in page.lines if line.item.case_id == case.pk and line.item.icon == "calendar"]


def form(city, **more):
    at = timezone.localtime(soon(48))
    sent = {"kind": "home", "on": f"{at:%Y-%m-%d}", "at": "10:00", "minutes": "60", "place": PLACE, "who": city.marit.pk}
    return {**sent, "command_key": str(uuid4()), **more}


def test_it_is_made_moved_and_kept_how_it_went(city, sign_in, case):
    client, url = sign_in(city.marit), address("case-meetings", case)
    assert client.post(url, form(city, along=city.bram.pk, interpreter="Pools")).url == url
    with acting(city.marit.acting):
        meeting = Meeting.objects.get(case=case)
    html = client.get(url).content.decode()
    assert PLACE in html
    assert "Pools" in html
    assert client.post(address("case-meeting-change", case, meeting.pk), form(city, kind="phone", place="")).url == url
    assert PLACE not in client.get(url).content.decode()
    assert client.post(address("case-meeting-end", case, meeting.pk), {"ended": "called_off"}).url == url
    with acting(city.marit.acting):
        meeting = Meeting.objects.get(case=case)
        assert (meeting.ended, meeting.ended_by) == ("called_off", city.marit)
        assert Meeting.history.filter(id=meeting.pk).count() == 3
    assert client.get(address("case-meeting-change", case, meeting.pk)).status_code == 404
    told = client.get(address("case-history", case)).content.decode()
    assert told.count("afspraak") >= 2


def test_to_a_home_one_goes_with_two_or_says_why_not(city, sign_in, case):
    client, url = sign_in(city.marit), address("case-meetings", case)
    html = client.post(url, form(city, purpose="Kennismaken")).content.decode()
    assert "id_alone_because_error" in html
    assert "Kennismaken" in html
    with pytest.raises(Refused):
        planned(city, case, kind="home")
    with pytest.raises(Refused):
        planned(city, case, kind="home", along=city.marit)
    planned(city, case, kind="home", alone_because="Al jaren bekend")
    planned(city, case, kind="home", along=city.bram)


def test_who_goes_works_on_the_case(city, case):
    with pytest.raises(Refused):
        planned(city, case, who=city.hakan)
    with pytest.raises(Refused):
        planned(city, case, along=city.hakan)


def test_a_moment_that_passed_is_refused_and_one_to_come_can_only_be_called_off(city, case):
    with pytest.raises(Refused):
        planned(city, case, starts_at=timezone.now() - timedelta(minutes=1))
    meeting = planned(city, case)
    with pytest.raises(Refused):
        actions.end_meeting(actor=city.marit, meeting=meeting, ended="held")
    passed(city, meeting)
    actions.end_meeting(actor=city.marit, meeting=meeting, ended="held")
    with pytest.raises(Refused):
        actions.end_meeting(actor=city.marit, meeting=meeting, ended="nobody")


def test_it_stands_on_vandaag_of_both_until_it_is_said_how_it_went(city, case):
    meeting = planned(city, case, kind="home", along=city.bram)
    assert len(lines(city.marit, case)) == len(lines(city.bram, case)) == 1
    assert lines(city.hakan, case) == []
    passed(city, meeting)
    [item] = lines(city.marit, case)
    assert item.tone == "waiting"
    actions.end_meeting(actor=city.bram, meeting=meeting, ended="nobody")
    assert lines(city.marit, case) == lines(city.bram, case) == []


def test_who_has_no_part_in_the_case_any_more_is_told_of_none(city, case):
    planned(city, case, who=city.bram)
    assert len(lines(city.bram, case)) == 1
    with writes.allowed(), acting(city.marit.acting):
        Involvement.objects.filter(case=case, user=city.bram).update(until=timezone.now())
    with acting(city.bram.acting):
        assert not [item for offer in today for item in offer(city.bram) if item.case_id == case.pk]


def test_the_calendar_file_tells_nothing_of_whom(city, sign_in, case):
    meeting = planned(city, case, kind="home", along=city.bram, place=PLACE, purpose="Over de schulden", interpreter="Pools")
    answer = sign_in(city.marit).get(address("case-meeting-calendar", case, meeting.pk))
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert meeting.starts_at.strftime("DTSTART:%Y%m%dT%H%M%SZ") in text
    assert "\r\n" in text
    for secret in ("Rachida", "Amrani", "Hoefkade", "schulden", "Pools", "Bram"):
        assert secret not in text


def test_the_summary_says_who_comes_and_when_until_it_was(city, case):
    meeting = planned(city, case, kind="home", along=city.bram)
    summary = actions.compose_summary(actor=city.marit, case=case, language="nl")
    assert "Marit Zwanenveld komt" in summary.as_composed.text
    actions.end_meeting(actor=city.marit, meeting=meeting, ended="called_off")
    assert "Marit Zwanenveld komt" not in actions.compose_summary(actor=city.marit, case=case, language="nl").as_composed.text


def test_who_may_only_read_how_to_reach_makes_no_appointment(city, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    for user in (city.fatna, city.joost, city.hakan):
        with pytest.raises(NotAllowed):
            actions.plan_meeting(actor=user, case=case, kind="phone", starts_at=soon(), who=city.marit)


def test_a_kept_appointment_is_left_out_for_whom_it_is_kept_from(city, case):
    partner = actions.add_member(actor=city.marit, case=case, name="Karim", part="partner").resident
    meeting = planned(city, case, kind="elsewhere", place=PLACE)
    details = {"things": [("meeting", meeting.pk)], "residents": [partner], "reason": "Hij mag het niet weten"}
    actions.withhold(actor=city.marit, case=case, **details)
    text = actions.compose_summary(actor=city.marit, case=case, language="nl").as_composed.text
    assert "Er is een afspraak" not in text


def test_after_one_that_took_place_the_note_of_it_stands_ready(city, sign_in, case):
    meeting = planned(city, case, kind="home", along=city.bram)
    passed(city, meeting)
    client = sign_in(city.marit)
    answer = client.post(address("case-meeting-end", case, meeting.pk), {"ended": "held"})
    assert answer.url == address("case-contact", case) + "?soort=home_visit"
    form = client.get(answer.url).context["form"]
    assert (form["kind"].value(), form["result"].value()) == ("home_visit", "reached")
