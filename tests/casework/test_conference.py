"""An overleg: who sits there sees what the purpose allows and no more, and what was said stays at the table."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.actions import ChangedMeanwhile
from casework.conference_disclosures import on_the_table
from casework.conference_table import can_lie_there
from casework.disclosures import scope_of
from casework.models import (
    AgendaItem,
    Case,
    CaseConference,
    Concern,
    ConferenceAgreement,
    ConferenceItem,
    ConferenceParticipant,
    ConferenceRecord,
    Intake,
    PlanStep,
)
from luisterloket.convenant.disclosure import collect
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.people.models import Appointment
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db
# One word in each life domain, in the story, and in what is said at the table.
MARKED = {
    "family": "merk-gezin",
    "justice": "merk-politie",
    "finances": "merk-geld",
    "mental_health": "merk-gemoed",
    "addiction": "merk-drank",
}
SAID = "Hij wil niet dat zijn vader dit hoort"


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"), name="Samira Merk", household=1, own_words="merk-verhaal")
    for domain, text in MARKED.items():
        actions.add_concern(actor=city.marit, case=case, domain=domain, severity=2, text=text)
    actions.add_concern(actor=city.marit, case=case, domain="family", severity=1, sign="violence", text="merk-veilig")
    return case


def planned(city, case, kind="conference", **more):
    told = {
        "starts_at": timezone.now() + timedelta(days=1),
        "agenda": ["Hoe gaat het op school"],
        "resident_part": "informed",
    } | more
    return actions.plan_conference(actor=city.marit, case=case, kind=kind, **told)


def seat(user):
    post = user.posts[0]
    return f"{user.pk}:{post.unit_id}:{post.role.code}"


def with_all(city, conference, *people):
    """These people at the table, and on it everything that may lie there."""
    for user in people:
        actions.invite(actor=city.marit, conference=conference, guest=seat(user))
    with acting(city.marit.acting):
        everything = list(can_lie_there(city.marit, conference))
    return actions.lay_on_table(actor=city.marit, conference=conference, items=everything)


def read(user, conference):
    with acting(user.acting), writes.allowed():
        return " ".join(item.text for item in on_the_table(conference, user))


def held(city, conference, *came):
    with writes.allowed(), acting(city.marit.acting):
        CaseConference.objects.filter(pk=conference.pk).update(starts_at=timezone.now() - timedelta(hours=2))
        seats = list(ConferenceParticipant.objects.filter(conference=conference, user__in=came))
    return actions.hold_conference(actor=city.marit, conference=conference, came=seats)


def test_each_reads_of_the_table_what_the_purpose_gives_their_post(city, case):
    general = with_all(city, planned(city, case), city.karim, city.mirjam)
    assert {text for text in MARKED.values() if text in read(city.mirjam, general)} == {"merk-gezin"}
    assert "merk-verhaal" in read(city.karim, general)
    assert "merk-verhaal" not in read(city.mirjam, general)
    assert "merk-geld" in read(city.marit, general)
    for text in ("merk-politie", "merk-gemoed", "merk-drank", "merk-veilig"):
        assert text not in read(city.marit, general)
    safety = with_all(city, planned(city, case, "conference_safety"), city.karim, city.mirjam, city.ruud)
    assert "merk-veilig" in read(city.karim, safety)
    assert {text for text in MARKED.values() if text in read(city.ruud, safety)} == {"merk-politie"}
    assert "merk-veilig" not in read(city.ruud, safety)
    assert "merk-geld" not in read(city.marit, safety)


def test_the_police_cannot_be_invited_to_a_general_overleg(city, case):
    conference = with_all(city, planned(city, case), city.mirjam)
    with pytest.raises(Refused):
        actions.invite(actor=city.marit, conference=conference, guest=seat(city.ruud))
    with pytest.raises(NotAllowed):
        read(city.ruud, conference)


def test_until_something_is_chosen_the_table_holds_nothing_and_only_what_is_chosen_lies_there(city, case):
    conference = planned(city, case)
    actions.invite(actor=city.marit, conference=conference, guest=seat(city.karim))
    assert read(city.karim, conference) == ""
    with acting(city.marit.acting):
        can = can_lie_there(city.marit, conference)
    story = next(key for key, item in can.items() if "merk-verhaal" in item.text)
    actions.lay_on_table(actor=city.marit, conference=conference, items=[story])
    assert "merk-verhaal" in read(city.karim, conference)
    assert "merk-gezin" not in read(city.karim, conference)
    actions.lay_on_table(actor=city.marit, conference=conference, items=[])
    assert read(city.karim, conference) == ""
    with acting(city.marit.acting):
        kept = next(key for key, item in collected(city, case).items() if "merk-drank" in item.text)
    with pytest.raises(Refused):
        actions.lay_on_table(actor=city.marit, conference=conference, items=[kept])


def collected(city, case):
    scope = scope_of(case)
    return {item.key: item for item in collect(scope, frozenset(["addiction"]))}


def test_a_seat_opens_no_case_no_list_and_no_search(city, case, sign_in):
    conference = with_all(city, planned(city, case), city.mirjam)
    client = sign_in(city.mirjam)
    assert client.get(reverse("start")).url == reverse("casework:conferences")
    page = client.get(reverse("casework:conference", args=[conference.pk])).content.decode()
    assert "merk-gezin" in page
    assert "merk-geld" not in page
    assert case.get_absolute_url() not in page
    for name in ("case", "case-conferences", "case-history", "case-exceptions"):
        assert client.get(reverse(f"casework:{name}", args=[case.pk])).status_code == 404
    assert "Samira" not in client.get(reverse("casework:residents")).content.decode()
    with acting(city.mirjam.acting):
        assert not Case.objects.filter(pk=case.pk).exists()
        assert not Concern.objects.filter(case=case).exists()


def test_each_look_is_kept_with_the_purpose_of_the_kind(city, case, sign_in):
    conference = with_all(city, planned(city, case, "conference_safety"), city.ruud)
    sign_in(city.ruud).get(reverse("casework:conference", args=[conference.pk]))
    with acting(city.daan.acting):
        entry = AccessLogEntry.objects.filter(actor_id=city.ruud.pk, case_id=case.pk).latest("at")
    assert (entry.purpose, entry.ground_kind, entry.what) == ("conference_safety", "conference", "conference")
    assert set(entry.categories) == {"identity", "justice"}
    told = sign_in(city.marit).get(reverse("casework:case-access", args=[case.pk])).content.decode()
    assert "Overleg over zorgwekkend gedrag en veiligheid" in told


@pytest.mark.parametrize("how", ["taken back", "called off", "post ended", "two weeks later"])
def test_the_table_closes(city, case, how):
    conference = with_all(city, planned(city, case), city.mirjam)
    assert "merk-gezin" in read(city.mirjam, conference)
    if how == "taken back":
        with acting(city.marit.acting):
            one = ConferenceParticipant.objects.select_related("conference").get(conference=conference, user=city.mirjam)
        actions.take_back_invitation(actor=city.marit, participant=one)
    elif how == "called off":
        actions.call_off_conference(actor=city.marit, conference=conference)
    elif how == "post ended":
        with writes.allowed():
            Appointment.objects.filter(user=city.mirjam).update(until=timezone.localdate() - timedelta(days=1))
    else:
        held(city, conference)
        with writes.allowed(), acting(city.marit.acting):
            CaseConference.objects.filter(pk=conference.pk).update(open_until=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NotAllowed):
        read(city.mirjam, conference)
    with acting(city.mirjam.acting):
        # Who only lost their post keeps a session at the most; the database closes what the seat closes.
        assert ConferenceItem.objects.filter(conference=conference).exists() == (how == "post ended")


def test_what_was_said_is_there_for_who_was_at_the_table_and_for_nobody_else_in_the_database_too(city, case):
    actions.join_case(actor=city.bram, case=case, reason="asked")
    actions.involve(actor=city.marit, case=case, user=city.hakan, kind="co_worker")
    conference = actions.plan_conference(
        actor=city.bram, case=case, kind="conference", starts_at=timezone.now() + timedelta(hours=1), agenda=[SAID],
        resident_part="informed",
    )  # fmt: skip
    for user in (city.mirjam, city.karim):
        actions.invite(actor=city.bram, conference=conference, guest=seat(user))
    with writes.allowed(), acting(city.bram.acting):
        CaseConference.objects.filter(pk=conference.pk).update(starts_at=timezone.now() - timedelta(hours=2))
        came = ConferenceParticipant.objects.filter(conference=conference, user=city.mirjam)
        conference = actions.hold_conference(actor=city.bram, conference=conference, came=list(came))
        owner = came.get()
    actions.write_record(actor=city.bram, conference=conference, text=SAID, revision=0)
    actions.agree(actor=city.bram, conference=conference, text=SAID, owner=owner, due_on=timezone.localdate())
    # Marit owns the case, Hakan divides the work, Karim was invited and did not come.
    for user in (city.marit, city.hakan, city.karim, city.anouk, city.noor, city.petra):
        with acting(user.acting):
            for model in (ConferenceRecord, ConferenceAgreement, ConferenceRecord.history.model, ConferenceAgreement.history.model):
                assert not model.objects.exists(), (user, model)
            if user != city.karim:
                assert not AgendaItem.objects.exists(), user
                assert not CaseConference.objects.visible_to(user).exists(), user
    for user in (city.bram, city.mirjam):
        with acting(user.acting):
            assert ConferenceRecord.objects.get().text == SAID


def test_the_case_tells_that_there_was_an_overleg_and_not_what_was_said(city, case, sign_in):
    conference = with_all(city, planned(city, case, "conference_safety", agenda=[SAID]), city.karim)
    held(city, conference, city.karim)
    actions.write_record(actor=city.marit, conference=conference, text=SAID, revision=0)
    actions.join_case(actor=city.bram, case=case, reason="asked")
    client = sign_in(city.bram)
    for name in ("case", "case-conferences", "case-history"):
        html = client.get(reverse(f"casework:{name}", args=[case.pk])).content.decode()
        assert SAID not in html
        assert reverse("casework:conference", args=[conference.pk]) not in html
    timeline = client.get(case.get_absolute_url()).content.decode().partition('id="timeline"')[2]
    assert "Marit Zwanenveld schreef op dat een overleg er was" in timeline
    assert client.get(reverse("casework:conference", args=[conference.pk])).status_code == 404


def test_a_record_is_fixed_after_its_days_and_corrections_stand_below_it(city, case):
    conference = with_all(city, planned(city, case), city.mirjam)
    held(city, conference, city.mirjam)
    actions.write_record(actor=city.marit, conference=conference, text="Eerst", revision=0)
    with pytest.raises(ChangedMeanwhile):
        actions.write_record(actor=city.marit, conference=conference, text="Over een ander heen", revision=0)
    actions.write_record(actor=city.marit, conference=conference, text="Beter", revision=1)
    with pytest.raises(NotAllowed):
        actions.write_record(actor=city.mirjam, conference=conference, text="Van school", revision=2)
    actions.fix_record(actor=city.marit, conference=conference)
    with pytest.raises(Refused):
        actions.write_record(actor=city.marit, conference=conference, text="Te laat", revision=2)
    actions.add_to_record(actor=city.mirjam, conference=conference, text="Het was dinsdag")
    with writes.allowed(), acting(city.marit.acting):
        assert ConferenceRecord.objects.get().text == "Beter"
        with pytest.raises(IntegrityError), transaction.atomic():
            ConferenceRecord.objects.update(fixed_at=None)


def test_an_agreement_is_one_step_in_the_plan_also_when_it_is_sent_twice(city, case):
    conference = with_all(city, planned(city, case), city.mirjam)
    held(city, conference, city.mirjam)
    with acting(city.marit.acting):
        owner = ConferenceParticipant.objects.get(conference=conference, user=city.mirjam)
    told = {"text": "Tekenlokaal open", "owner": owner, "due_on": timezone.localdate(), "in_plan": True, "command_key": uuid4()}
    first = actions.agree(actor=city.marit, conference=conference, **told)
    assert actions.agree(actor=city.marit, conference=conference, **told) == first
    with acting(city.marit.acting):
        step = PlanStep.objects.get(case=case)
    assert (step.pk, step.guard, step.kind) == (first.step_id, city.marit, "local_offer")
    assert "Mirjam" in step.where
    # She finds it on her own Vandaag, without the name of the resident, and says that it is done.
    with acting(city.mirjam.acting), writes.allowed():
        [item] = [line.item for line in vandaag.page(city.mirjam).lines if line.item.icon == "check"]
    assert (item.title, item.case_id) == ("Wat je afsprak op een overleg", None)
    actions.finish_agreement(actor=city.mirjam, agreement=first)
    with acting(city.mirjam.acting), writes.allowed():
        assert not [line for line in vandaag.page(city.mirjam).lines if line.item.icon == "check"]


def test_not_telling_the_resident_asks_why_and_who_comes_reads_nothing_that_is_kept_from_home(city, case):
    with pytest.raises(Refused):
        planned(city, case, resident_part="not_told")
    conference = with_all(city, planned(city, case, resident_part="not_told", resident_why="Hij mag het niet weten"), city.karim)
    assert "merk-verhaal" in read(city.karim, conference)
    partner = actions.add_member(actor=city.marit, case=case, name="Karim", part="partner").resident
    with acting(city.marit.acting):
        intake = Intake.objects.get(case=case)
    told = {"things": [("own_words", intake.pk)], "residents": [partner], "reason": "Hij mag het niet weten"}
    actions.withhold(actor=city.marit, case=case, **told)
    actions.tell_resident(actor=city.marit, conference=conference, resident_part="comes")
    assert "merk-verhaal" not in read(city.karim, conference)


def test_a_protected_case_admits_only_who_may_open_it(city, case):
    conference = with_all(city, planned(city, case), city.karim)
    with acting(city.marit.acting):
        main = case.members.get(part="main").resident
    actions.protect(actor=city.marit, case=case, resident=main, reason="secret_address", named=[city.hakan])
    with pytest.raises(NotAllowed):
        read(city.karim, conference)
    with pytest.raises(Refused):
        actions.invite(actor=city.marit, conference=conference, guest=seat(city.mirjam))
    actions.invite(actor=city.marit, conference=conference, name="Juf Annemiek", comes_from="De Hoefkring")


def test_the_chair_has_the_table_and_others_only_sit_at_it(city, case):
    conference = with_all(city, planned(city, case), city.karim, city.mirjam)
    for user in (city.karim, city.mirjam, city.bram, city.hakan):
        with pytest.raises(NotAllowed):
            actions.lay_on_table(actor=user, conference=conference, items=[])
        with pytest.raises(NotAllowed):
            actions.call_off_conference(actor=user, conference=conference)
    with pytest.raises(NotAllowed):
        actions.plan_conference(
            actor=city.karim, case=case, kind="conference", starts_at=timezone.now() + timedelta(days=1), agenda=["x"],
            resident_part="informed",
        )  # fmt: skip


def test_the_mail_and_the_calendar_tell_nothing_of_whom(city, case, mailoutbox, sign_in):
    conference = with_all(city, planned(city, case, agenda=[SAID], place="Bij Samira thuis"), city.mirjam)
    mailoutbox.clear()
    with as_jobs():
        deliver_outbox()
    [mail] = [one for one in mailoutbox if "overleg" in one.body]
    assert mail.to == [city.mirjam.email]
    file = sign_in(city.mirjam).get(reverse("casework:conference-calendar", args=[conference.pk])).content.decode()
    for text in (mail.subject + mail.body, file):
        for secret in ("Samira", SAID, "gezin", "veiligheid"):
            assert secret not in text


def test_two_changes_at_once_lose_nothing_that_was_typed(city, case, sign_in):
    conference = planned(city, case)
    url = reverse("casework:conference-change", args=[conference.pk])
    at = timezone.localtime(timezone.now() + timedelta(days=3))
    sent = {"on": f"{at:%Y-%m-%d}", "at": "10:00", "minutes": "45", "agenda": "Eerste tekst", "revision": "0"}
    client = sign_in(city.marit)
    assert client.post(url, sent).status_code == 302
    html = client.post(url, sent | {"agenda": "Tweede tekst", "revision": "0"}).content.decode()
    assert "Tweede tekst" in html
    assert 'name="revision" value="1"' in html
