"""Ways by which someone could read or keep what is not theirs, in what lies beside the case itself: tables, papers, signs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import actions, plan_paper
from casework.conference_disclosures import on_the_table
from casework.conference_table import can_lie_there
from casework.follow_up_panels import still_open_after_the_end
from casework.handover_permissions import check_may_give
from casework.models import CaseConference, CaseMember, Concern, ConferenceParticipant, Intake, Involvement
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed
from tests import writes
from tests.casework.handing import handed_over, introduced, planned
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db
SECRET = "zilverberk"


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"), household=1, own_words=f"Zij vertelde {SECRET}")
    actions.join_case(actor=city.hakan, case=case, reason="asked")
    return case


def seat(user):
    post = user.posts[0]
    return f"{user.pk}:{post.unit_id}:{post.role.code}"


def a_table(city, case, *people, by=None, **more):
    told = {"starts_at": timezone.now() + timedelta(days=1), "agenda": ["Hoe gaat het"], "resident_part": "informed"} | more
    conference = actions.plan_conference(actor=by or city.marit, case=case, kind="conference", **told)
    for user in people:
        actions.invite(actor=city.marit, conference=conference, guest=seat(user))
    return conference


def lays_all(city, conference, by=None):
    by = by or city.marit
    with acting(by.acting):
        everything = list(can_lie_there(by, conference))
    return actions.lay_on_table(actor=by, conference=conference, items=everything)


def read(user, conference):
    with acting(user.acting), writes.allowed():
        return " ".join(item.text for item in on_the_table(CaseConference.objects.get(pk=conference.pk), user))


def partner(city, case):
    return actions.add_member(actor=city.marit, case=case, name="Karim", part="partner").resident


def keep(city, case, resident, *things, by=None):
    actions.withhold(actor=by or city.marit, case=case, things=things, residents=[resident], reason="Hij mag dit niet weten")


# At a table ------------------------------------------------------------------------------------------------------


def test_the_note_of_one_worker_to_another_never_lies_on_a_table(city, case):
    handover = introduced(city.marit, planned(city.marit, case, city.bram, city.unit("schilderswijk")))
    actions.write_handover_note(actor=city.marit, handover=handover, text="merk-overdracht", revision=0)
    conference = lays_all(city, a_table(city, case, city.karim))
    assert SECRET in read(city.karim, conference)
    assert "merk-overdracht" not in read(city.karim, conference)


def test_what_is_kept_from_home_after_it_was_laid_there_does_not_stay_on_the_table_at_which_the_resident_sits(city, case):
    conference = lays_all(city, a_table(city, case, city.karim, resident_part="comes"))
    assert SECRET in read(city.karim, conference)
    with acting(city.marit.acting):
        intake = Intake.objects.get(case=case)
    with acting(city.marit.acting):
        concern = Concern.objects.get(case=case, domain="finances")
    karim = partner(city, case)
    keep(city, case, karim, ("own_words", intake.pk))
    assert SECRET not in read(city.karim, conference)
    # Also when who keeps it back has no seat there.
    assert "veertig euro" in read(city.marit, conference)
    keep(city, case, karim, ("concern", concern.pk), by=city.hakan)
    assert "veertig euro" not in read(city.marit, conference)
    assert "vier talen" in read(city.marit, conference)


def test_who_lost_the_post_in_which_they_came_finds_no_record_and_no_calendar(city, case, sign_in):
    conference = a_table(city, case, city.mirjam)
    with writes.allowed(), acting(city.marit.acting):
        seats = list(ConferenceParticipant.objects.filter(conference=conference, user=city.mirjam))
    at = timezone.now() + timedelta(days=1)
    actions.change_conference(
        actor=city.marit, conference=conference, revision=0, starts_at=at, agenda=["x"], minute_taker=seats[0]
    )
    with writes.allowed(), acting(city.marit.acting):
        CaseConference.objects.filter(pk=conference.pk).update(starts_at=timezone.now() - timedelta(hours=2))
    actions.hold_conference(actor=city.marit, conference=conference, came=seats)
    actions.write_record(actor=city.marit, conference=conference, text=SECRET, revision=0)
    url = reverse("casework:conference-record", args=[conference.pk])
    assert SECRET in sign_in(city.mirjam).get(url).content.decode()
    with writes.allowed():
        city.mirjam.appointments.update(until=timezone.localdate() - timedelta(days=1))
    client = sign_in(city.mirjam)
    answer = client.get(url)
    assert SECRET not in answer.content.decode()
    assert client.get(reverse("casework:conference", args=[conference.pk])).status_code in {403, 404}
    assert client.get(reverse("casework:conference-calendar", args=[conference.pk])).status_code in {403, 404}
    assert client.get(reverse("casework:conferences")).status_code == 200


# On paper --------------------------------------------------------------------------------------------------------


def told_to(city, case, conference):
    with acting(city.marit.acting):
        return " ".join(item.text for item in can_lie_there(city.marit, conference).values())


def test_a_letter_tells_of_what_it_was_filled_with(city, case):
    details = {"code": "over", "language": "nl", "name": "Over", "category": "story", "version": 0}
    actions.keep_letter_template(actor=city.petra, subject="Over {{ zorg_finances }}", body="Beste {{ naam }}", **details)
    with acting(city.marit.acting):
        concern = Concern.objects.get(case=case, domain="finances")
        main = CaseMember.objects.select_related("resident").get(case=case, part="main").resident
    actions.write_letter(actor=city.marit, case=case, text="over.nl", to="household", way="in_hand", resident=main)
    conference = a_table(city, case, city.karim, resident_part="comes")
    assert "Over Nog veertig euro" in told_to(city, case, conference)
    keep(city, case, partner(city, case), ("concern", concern.pk))
    assert "veertig euro" not in told_to(city, case, conference)


def test_why_something_stayed_open_is_kept_with_the_thing_itself(city, case):
    meeting = actions.plan_meeting(
        actor=city.marit, case=case, kind="phone", starts_at=timezone.now() + timedelta(days=3), who=city.marit
    )
    until = timezone.localdate() + timedelta(days=9)
    decision = {"who": city.marit, "until": until, "because": "merk-opvanghuis"}
    conference = a_table(city, case, city.karim, resident_part="comes")
    decisions = {f"meeting-{meeting.pk}": decision, f"conference-{conference.pk}": decision | {"because": "Gaat door"}}
    actions.end_case(actor=city.marit, case=case, goes="better", changed="Rust", decisions=decisions)
    assert "merk-opvanghuis" in told_to(city, case, conference)
    keep(city, case, partner(city, case), ("meeting", meeting.pk))
    assert "merk-opvanghuis" not in told_to(city, case, conference)


def test_a_plan_is_read_again_when_something_more_is_kept_since_or_someone_came_to_live_there(city, case):
    day = timezone.localdate() + timedelta(days=7)
    actions.add_step(actor=city.marit, case=case, kind="loket", text="Belt over de klap van zondag", guard=city.marit, due_on=day)
    karim = partner(city, case)
    with acting(city.marit.acting):
        housing, money = (Concern.objects.get(case=case, domain=one).pk for one in ("housing", "finances"))
    keep(city, case, karim, ("concern", money))

    def sheet():
        with acting(city.hakan.acting), writes.allowed():
            return plan_paper.paper_of(case, city.hakan, reader=None)

    def reads():
        actions.check_plan_paper(actor=city.hakan, case=case, fingerprint=sheet().fingerprint)

    assert not sheet().may_go
    reads()
    assert sheet().may_go
    keep(city, case, karim, ("concern", housing))
    assert not sheet().may_go
    reads()
    assert sheet().may_go
    actions.add_member(actor=city.marit, case=case, name="Oom Ali", part="other")
    assert not sheet().may_go


# Who has no part in it -------------------------------------------------------------------------------------------


def test_an_early_sign_that_came_into_a_case_is_read_by_who_may_open_that_case(city, case, sign_in):
    sign = actions.note_early_sign(
        actor=city.marit, unit=city.unit("schilderswijk"), kind="neighbour", seen=SECRET, about="mevrouw Merk"
    )
    url = reverse("casework:early-sign", args=[sign.pk])
    assert SECRET in sign_in(city.bram).get(url).content.decode()
    actions.link_sign_to_case(actor=city.marit, sign=sign, case=case)
    client = sign_in(city.bram)
    assert SECRET not in client.get(url).content.decode()
    assert "mevrouw Merk" not in client.get(reverse("casework:early-signs")).content.decode()
    assert SECRET in sign_in(city.marit).get(url).content.decode()


def test_who_lost_their_part_is_not_told_any_more_what_stayed_open(city, case):
    meeting = actions.plan_meeting(
        actor=city.marit, case=case, kind="phone", starts_at=timezone.now() + timedelta(days=3), who=city.marit
    )
    decision = {"who": city.hakan, "until": timezone.localdate() + timedelta(days=9), "because": "Hij belt"}
    actions.end_case(actor=city.marit, case=case, goes="better", changed="Rust", decisions={f"meeting-{meeting.pk}": decision})

    def titles(user):
        with acting(user.acting):
            return " ".join(str(item.title) for item in still_open_after_the_end(user))

    told = titles(city.hakan)
    assert told
    with writes.allowed(), acting(city.marit.acting):
        Involvement.objects.in_force().filter(case=case, user=city.hakan).update(until=timezone.now())
    assert titles(city.hakan) != told


def test_the_team_that_takes_over_chooses_nobody_else_once_the_resident_met_someone(city):
    case = a_case(city.noor, city.unit("vreewijk"))
    actions.involve(actor=city.noor, case=case, user=city.imke, kind="co_worker")
    handover = planned(city.noor, case, city.imke, city.unit("goedebuur"))
    with acting(city.ruben.acting):
        check_may_give(city.ruben, handover)
    handover = introduced(city.noor, handover)
    with acting(city.ruben.acting), pytest.raises(NotAllowed):
        check_may_give(city.ruben, handover)


def test_a_team_that_the_case_left_does_not_keep_its_seat_at_the_table(city):
    case = a_case(city.noor, city.unit("vreewijk"), own_words=f"Zij vertelde {SECRET}")
    conference = lays_all(city, a_table(city, case, by=city.noor), by=city.noor)
    assert SECRET in read(city.noor, conference)
    handed_over(city.noor, case, city.imke, city.unit("goedebuur"))
    with pytest.raises(NotAllowed), acting(city.noor.acting), writes.allowed():
        on_the_table(conference, city.noor)
    with acting(city.noor.acting):
        assert not CaseConference.objects.visible_to(city.noor).exists()
