"""A case goes to a colleague: never without an owner, introduced to the resident, with everything that named the old worker."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import ProgrammingError, transaction
from django.utils import timezone

from backoffice import sharing
from backoffice.models import Desk, SpecialistRequest
from casework import actions
from casework.handovers import cases_without_owner
from casework.models import Case, CaseGuard, CaseMember, Handover, Involvement, Meeting
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs, sent
from tests.casework.handing import handed_over, introduced, leaves, now_of, planned, seen_to, soon
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db
NOTE = "Zij praat pas als de thee is ingeschonken"


@pytest.fixture
def team(city):
    return city.unit("schilderswijk")


@pytest.fixture
def case(city, team):
    return a_case(city.marit, team)


def owners(case, user):
    with acting(user.acting):
        found = Involvement.objects.in_force().filter(case=case, kind="owner").values_list("user__name", flat=True)
        return [Case.objects.select_related("owner").get(pk=case.pk).owner.name, *found]


def titles(user):
    with acting(user.acting):
        page = vandaag.page(user, everything=True)
    return [str(line.item.title) for line in [page.alarm, *page.lines] if line]


def test_from_planning_to_a_new_owner_by_the_pages(city, team, sign_in, case):
    page = address("case-handover", case)
    client = sign_in(city.marit)
    to = f"{team.pk}:{city.bram.pk}"
    told = {"to": to, "why": "leaves", "due_on": soon().isoformat(), "command_key": str(uuid4())}
    assert client.post(f"{page}plannen/", told).url == page
    assert "Bram Oosterling" in client.get(case.get_absolute_url()).content.decode()
    # Who receives it knows that it comes, and of the resident nothing yet.
    html = sign_in(city.bram).get(page).content.decode()
    assert "Amrani" not in html
    assert titles(city.bram) == ["Marit Zwanenveld draagt een casus aan je over"] or titles(city.bram)
    client = sign_in(city.marit)
    client.post(f"{page}notitie/", {"text": NOTE, "revision": "0"})
    at = timezone.localtime(timezone.now() + timedelta(days=2))
    client.post(f"{page}kennismaken/", {"kind": "loket", "on": f"{at:%Y-%m-%d}", "at": "10:00", "minutes": "30"})
    with acting(city.marit.acting):
        handover = Handover.objects.get(case=case)
        meeting = handover.meeting
        assert (meeting.who, meeting.along) == (city.bram, city.marit)
    client = sign_in(city.bram)
    html = client.get(page).content.decode()
    assert "Amrani" in html
    assert NOTE in html
    client.post(f"{page}aannemen/")
    assert owners(case, city.marit)[0] == "Marit Zwanenveld"
    with writes.allowed(), acting(city.marit.acting):
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(hours=2))
    actions.end_meeting(actor=city.bram, meeting=meeting, ended="held")
    client.post(f"{page}aannemen/")
    assert owners(case, city.marit)[0] == "Marit Zwanenveld"
    for code in ("plan", "told", "documents", "contact"):
        client.post(f"{page}lijst/", {"code": code, "not_needed_because": "Net gedaan" if code == "plan" else ""})
    assert client.post(f"{page}aannemen/").url == page
    assert owners(case, city.bram) == ["Bram Oosterling", "Bram Oosterling"]
    assert sign_in(city.marit).get(case.get_absolute_url()).status_code == 404


def test_the_introduction_or_a_reason_and_the_list_come_first(city, team, case):
    handover = planned(city.marit, case, city.bram, team)
    with pytest.raises(Refused):
        actions.accept_handover(actor=city.bram, handover=handover)
    with pytest.raises(Refused):
        introduced(city.marit, handover, because=" ")
    introduced(city.marit, handover)
    with pytest.raises(Refused, match="plan"):
        actions.accept_handover(actor=city.bram, handover=handover)
    seen_to(city.bram, handover)
    actions.accept_handover(actor=city.bram, handover=handover)
    with pytest.raises(Refused):
        actions.accept_handover(actor=city.bram, handover=handover)


def test_what_named_the_old_worker_goes_along(city, team, case):
    later = {"starts_at": timezone.now() + timedelta(days=9), "kind": "phone"}
    meeting = actions.plan_meeting(actor=city.marit, case=case, who=city.marit, **later)
    request = sent(city, case)
    handed_over(city.marit, case, city.bram, team)
    with acting(city.bram.acting):
        assert Meeting.objects.get(pk=meeting.pk).who == city.bram
        assert SpecialistRequest.objects.get(pk=request.pk).asked_by == city.bram


def test_who_stays_keeps_a_part(city, team, case):
    handed_over(city.marit, case, city.bram, team, stays=True)
    with acting(city.marit.acting):
        assert Case.objects.visible_to(city.marit).filter(pk=case.pk).exists()


def test_given_back_it_stays_with_its_owner_and_opens_nothing_any_more(city, team, case):
    handover = introduced(city.marit, planned(city.marit, case, city.bram, team))
    with pytest.raises(Refused):
        actions.give_back_handover(actor=city.bram, handover=handover, because="")
    actions.give_back_handover(actor=city.bram, handover=handover, because="Ik ga met verlof")
    with acting(city.bram.acting):
        assert not Case.objects.visible_to(city.bram).filter(pk=case.pk).exists()
    handover = now_of(handover, city.marit)
    assert (handover.status, handover.to_user, handover.given_back_because) == ("planned", None, "Ik ga met verlof")
    assert owners(case, city.marit) == ["Marit Zwanenveld"] * 2
    actions.give_handover(actor=city.marit, handover=handover, to_user=city.hakan, due_on=soon())
    actions.call_off_handover(actor=city.marit, handover=handover)
    assert now_of(handover, city.marit).status == "called_off"


def test_only_owner_and_coordinator_plan_and_only_the_chosen_one_accepts(city, team, case):
    for user in (city.bram, city.joost, city.noor, city.sef):
        with pytest.raises(NotAllowed):
            planned(user, case, city.bram, team)
    handover = planned(city.hakan, case, city.bram, team)
    for user in (city.marit, city.hakan, city.joost):
        with pytest.raises(NotAllowed):
            actions.accept_handover(actor=user, handover=handover)
    with pytest.raises(Refused):
        planned(city.marit, case, city.hakan, team)


def test_who_does_not_work_there_is_kept_out_or_has_it_already_does_not_receive(city, team, case):
    actions.keep_out(actor=city.marit, case=case, user=city.hakan, reason="kin")
    for user in (city.noor, city.marit, city.hakan):
        with pytest.raises(Refused):
            planned(city.marit, case, user, team)
    with pytest.raises(Refused):
        planned(city.marit, case, city.bram, team, due_on=soon(-1))


def test_a_protected_case_names_who_receives_it_and_nobody_else(city, team, case):
    with acting(city.marit.acting):
        member = CaseMember.objects.select_related("resident").get(case=case)
    actions.protect(actor=city.marit, case=case, resident=member.resident, reason="safety", named=[city.hakan])
    handover = planned(city.marit, case, city.bram, team)
    introduced(city.marit, handover)
    with acting(city.bram.acting):
        assert Case.objects.visible_to(city.bram).filter(pk=case.pk).exists()
    actions.give_back_handover(actor=city.bram, handover=handover, because="Te dichtbij")
    with acting(city.bram.acting):
        assert not Handover.objects.visible_to(city.bram).exists()
    with acting(city.marit.acting):
        assert not CaseGuard.objects.filter(case=case, user=city.bram).exists()


def test_two_who_write_the_note_at_once_lose_no_word(city, team, sign_in, case):
    handover = planned(city.marit, case, city.bram, team)
    actions.involve(actor=city.marit, case=case, user=city.hakan, kind="co_worker")
    actions.write_handover_note(actor=city.hakan, handover=handover, text="Van Hakan", revision=0)
    html = sign_in(city.marit).post(f"{address('case-handover', case)}notitie/", {"text": NOTE, "revision": "0"}).content.decode()
    assert "Van Hakan" in html
    assert NOTE in html


def test_the_note_is_for_who_works_on_the_case_and_never_for_a_desk(city, team, sign_in, case):
    handover = planned(city.marit, case, city.bram, team)
    actions.write_handover_note(actor=city.marit, handover=handover, text=NOTE, revision=0)
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    page = address("case-handover", case)
    for user, may in ((city.marit, True), (city.bram, False), (city.hakan, False), (city.fatna, False), (city.joost, False)):
        assert (NOTE in sign_in(user).get(page).content.decode()) == may, user
    with acting(city.marit.acting):
        keys = sharing.shareable(city.marit, case, Desk.objects.get(unit=city.unit("wonen"))).items
    assert any(key.startswith("own_words:") for key in keys)
    assert not any(key.startswith("handover_note:") for key in keys)
    text = actions.compose_summary(actor=city.marit, case=case, language="nl").as_composed.text
    assert NOTE not in text
    with as_jobs(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(Handover.objects.values_list("given_back_because"))


def test_the_resident_reads_who_helps_from_when(city, team, case):
    introduced(city.marit, planned(city.marit, case, city.bram, team))
    assert "Bram Oosterling" in actions.compose_summary(actor=city.marit, case=case, language="nl").as_composed.text


def test_a_case_of_who_left_stands_with_the_coordinator_until_somebody_has_it(city, team, case):
    leaves(city.marit)
    with acting(city.hakan.acting):
        assert [one.pk for one in cases_without_owner(team.pk)] == [case.pk]
    assert len([title for title in titles(city.hakan) if "eigenaar" in title or "owner" in title]) == 1
    handover = planned(city.hakan, case, city.bram, team)
    actions.introduce_handover(actor=city.hakan, handover=handover, because="Marit werkt hier niet meer")
    seen_to(city.bram, handover)
    actions.accept_handover(actor=city.bram, handover=handover)
    assert owners(case, city.bram) == ["Bram Oosterling"] * 2


def test_it_is_mailed_without_a_name(city, team, case):
    with acting(city.marit.acting):
        planned(city.marit, case, city.bram, team)
    with as_jobs():
        deliver_outbox()
    [letter] = [one for one in mail.outbox if one.to == [city.bram.email]]
    assert "Amrani" not in letter.subject + letter.body
