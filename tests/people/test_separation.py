"""Nobody appoints themself, nobody has two roles that do not go together, nobody gives alone what reads logs or rights."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from luisterloket.people import actions, separation
from luisterloket.people.models import Appointment, Proposal, User
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests import writes
from tests.casework.erasing import as_owner
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db


def appointed(city, user, role, unit, **more):
    return actions.appoint(actor=city.olga, user=user, unit=city.unit(unit), role=role, **more)


def test_the_database_knows_the_same_rules():
    with connection.cursor() as cursor:
        cursor.execute("SELECT role, other, same_unit FROM people_rolesapart")
        assert set(cursor.fetchall()) == separation.pairs()


@pytest.mark.parametrize(
    ("name", "role", "unit"),
    [
        ("eline", "wijkwerker", "moerwijk"),
        ("marit", "wijkwethouder", "moerwijk"),
        ("ravi", "coordinator", "schilderswijk"),
        ("petra", "specialist", "wonen"),
        ("fatna", "treasurer", "schilderswijk"),
    ],
)
def test_roles_that_do_not_go_together_are_refused_here_and_in_the_database(city, name, role, unit):
    user = getattr(city, name)
    if name == "fatna":
        # A volunteer reads of residents, and may keep the till of another team; not ask for money there.
        appointed(city, user, "treasurer", unit)
        role = "coordinator"
    with pytest.raises(Refused) as refusal:
        appointed(city, user, role, unit)
    assert refusal.value.code == "apart"
    row = Appointment(user=user, unit=city.unit(unit), role=role, since=timezone.localdate())
    with writes.allowed(), pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_in_another_unit_or_after_the_other_has_ended_it_is_possible(city):
    appointed(city, city.ravi, "coordinator", "moerwijk")
    today = timezone.localdate()
    [post] = city.eline.appointments.all()
    actions.end_appointment(actor=city.olga, appointment=post, until=today)
    with pytest.raises(Refused):
        appointed(city, city.eline, "wijkwerker", "moerwijk", since=today)
    appointed(city, city.eline, "wijkwerker", "moerwijk", since=today + timedelta(days=1))


@pytest.mark.parametrize("role", sorted(separation.NEEDS_TWO))
def test_what_reads_logs_or_rights_nobody_gives_alone(city, role):
    with pytest.raises(Refused) as refusal:
        appointed(city, city.tamara if role == "auditor" else _newcomer(city), role, "jeugd")
    assert refusal.value.code == "needs_two"
    row = Appointment(user=_newcomer(city, "2"), unit=city.unit("jeugd"), role=role, since=timezone.localdate())
    with writes.allowed(), acting(city.olga.acting), pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_one_proposes_another_agrees_and_then_it_is_an_appointment(city):
    user = _newcomer(city)
    proposal = actions.propose_appointment(actor=city.olga, user=user, unit=city.unit("jeugd"), role="privacy_officer")
    assert not user.appointments.exists()
    for nobody in (city.olga, city.petra, city.marit):
        with pytest.raises(NotAllowed):
            actions.answer_proposal(actor=nobody, proposal=proposal, agreed=True)
    with acting(city.daan.acting), writes.allowed():
        assert "people" in {line.item.icon for line in vandaag.page(city.daan, everything=True).lines}
    actions.answer_proposal(actor=city.daan, proposal=proposal, agreed=True)
    assert [post.role for post in user.appointments.all()] == ["privacy_officer"]
    with pytest.raises(Refused):
        actions.answer_proposal(actor=city.daan, proposal=proposal, agreed=True)
    with writes.allowed(), acting(city.olga.acting), pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            user=user, unit=city.unit("jeugd"), role="auditor", since=timezone.localdate(), proposed_by=city.olga,
            status="agreed", answered_by=city.olga, answered_at=timezone.now(),
        )  # fmt: skip


def test_what_someone_proposed_who_is_blocked_since_can_only_be_refused(city):
    proposal = actions.propose_appointment(actor=city.olga, user=_newcomer(city), unit=city.unit("jeugd"), role="auditor")
    with as_owner(), writes.as_the_owner(connection):
        User.objects.filter(pk=city.olga.pk).update(is_active=False)
    with pytest.raises(Refused) as refusal:
        actions.answer_proposal(actor=city.daan, proposal=proposal, agreed=True)
    assert refusal.value.code == "proposer_blocked"
    actions.answer_proposal(actor=city.daan, proposal=proposal, agreed=False)


def test_what_was_proposed_is_not_rewritten(city):
    proposal = actions.propose_appointment(actor=city.olga, user=_newcomer(city), unit=city.unit("jeugd"), role="auditor")
    with writes.allowed(), acting(city.olga.acting), transaction.atomic(), pytest.raises(Exception, match="permission denied"):
        Proposal.objects.filter(pk=proposal.pk).update(role="privacy_officer")


def test_nobody_appoints_themself_in_the_database_either(city):
    row = Appointment(user=city.olga, unit=city.unit("jeugd"), role="specialist", since=timezone.localdate())
    with writes.allowed(), acting(city.olga.acting), pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_who_leaves_leaves_no_case_behind(city, sign_in):
    a_case(city.marit, city.unit("schilderswijk"))
    [post] = city.marit.appointments.all()
    with pytest.raises(Refused) as refusal:
        actions.end_appointment(actor=city.olga, appointment=post)
    assert refusal.value.code == "in_hands"
    page = sign_in(city.olga).get(reverse("accounts-end", args=[city.marit.pk, post.pk])).content.decode()
    assert "1 " in page
    later = timezone.localdate() + timedelta(days=14)
    assert actions.end_appointment(actor=city.olga, appointment=post, until=later).until == later


def test_who_supervises_sees_what_was_done_to_whom_and_no_one_else_does(city, sign_in):
    user = _newcomer(city)
    proposal = actions.propose_appointment(actor=city.olga, user=user, unit=city.unit("jeugd"), role="auditor")
    actions.answer_proposal(actor=city.daan, proposal=proposal, agreed=True)
    appointed(city, city.bram, "wijkwerker", "moerwijk")
    client = sign_in(city.daan)
    html = client.get(reverse("account-changes")).content.decode()
    assert user.name in html
    assert city.bram.name not in html
    assert city.bram.name in client.get(reverse("account-changes") + "?all").content.decode()
    assert sign_in(city.olga).get(reverse("account-changes")).status_code == 403
    with acting(city.hakan.acting):
        assert not HistoryEntry.objects.filter(thing_label="people.proposal").exists()


def test_a_unit_closes_when_nobody_works_there_and_nothing_waits(city, sign_in):
    unit = actions.open_unit(actor=city.olga, kind="office", name="Kantoor Zuid", organisation=city.unit("wonen").organisation)
    post = actions.appoint(actor=city.olga, user=city.mirjam, unit=unit, role="participant")
    with pytest.raises(Refused):
        actions.close_unit(actor=city.olga, unit=unit)
    actions.end_appointment(actor=city.olga, appointment=post)
    with pytest.raises(Refused):
        actions.close_unit(actor=city.olga, unit=unit)
    with writes.allowed():
        day = timezone.localdate() - timedelta(days=1)
        Appointment.objects.filter(pk=post.pk).update(since=day, until=day)
    actions.close_unit(actor=city.olga, unit=unit)
    with pytest.raises(Refused):
        actions.appoint(actor=city.olga, user=city.mirjam, unit=unit, role="participant")
    a_case(city.marit, city.unit("schilderswijk"))
    with pytest.raises(Refused) as refusal:
        actions.close_unit(actor=city.olga, unit=city.unit("schilderswijk"))
    assert refusal.value.code == "in_hands"


def _newcomer(city, more=""):
    return actions.open_account(actor=city.olga, email=f"nieuw{more}@oefenstad.example", name=f"Nieuwe Collega{more}")
