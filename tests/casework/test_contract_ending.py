"""A contract ends: every case comes on the list, everybody is reminded at the right day and once, and it closes when nothing is left."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework import actions
from casework.contract_endings import ending_page, left_of
from casework.handovers import cases_without_owner
from casework.listing import every_day
from casework.models import (
    Case,
    ContractEnding,
    EarlySign,
    FollowUp,
    Handover,
    PlanStep,
    Resident,
    SignAttempt,
    months_before,
)
from casework.tasks import list_contracts_that_end
from luisterloket.people.models import Appointment, User
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.tasks import deliver_outbox
from luisterloket.platform.walls import APP, JOBS
from tests import writes
from tests.architecture.test_moving import STAYS, tables_with
from tests.backoffice.scene import as_jobs
from tests.casework.handing import days_pass, ending, introduced, leaves, now_of, owner, reminded, seen_to, soon
from tests.casework.heard import a_case, an_intake
from tests.casework.protected import main_of

pytestmark = pytest.mark.django_db
MARK = "Zilverberk"
SOUGHT = {"kind": "phone", "result": "not_reached", "part_of_day": "morning", "text": MARK}


@pytest.fixture
def old(city):
    return city.unit("vreewijk")


@pytest.fixture
def new(city):
    return city.unit("goedebuur")


def list_now():
    with as_jobs():
        return list_contracts_that_end()


def on_the_list(user, found):
    with acting(user.acting):
        return list(Handover.objects.open().filter(part_of=found))


def asleep(city, unit):
    """On waakvlam, with a step of the plan."""
    case = a_case(city.noor, unit, name=f"{MARK} slaapt")
    actions.add_step(actor=city.noor, case=case, kind="loket", text=MARK, guard=city.noor, due_on=soon(200))
    actions.start_waakvlam(actor=city.noor, case=case, goes="better", changed=MARK, agreed_how="phone")
    return case


def ended(city, unit, *, protected=False):
    case = a_case(city.noor, unit, household=1, name=f"{MARK} klaar")
    if protected:
        actions.protect(actor=city.noor, case=case, resident=main_of(case, city.noor), reason="safety", named=[city.noor, city.sef])
    actions.end_case(actor=city.noor, case=case, goes="better", changed=MARK)
    return case


def all_is_with_the_successor(city, unit, cases, sign):
    """Every row of every case, the sign with its attempt, and of all this nothing for the team before."""
    tables = tables_with("unit_id", "case_id") - set(STAYS)
    wanted = {case.pk for case in cases}
    with owner(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT DISTINCT unit_id FROM {table} WHERE case_id = ANY (%s)", [list(wanted)])
            assert {pk for (pk,) in cursor.fetchall()} <= {unit.pk}, table
        assert set(Case.objects.filter(unit=unit).values_list("pk", flat=True)) >= wanted
        now = EarlySign.objects.get(pk=sign.pk)
        assert (now.unit, now.owner) == (unit, city.ruben)
        assert set(now.attempts.values_list("unit", flat=True)) == {unit.pk}
    for user in (city.noor, city.sef):
        with acting(user.acting), connection.cursor() as cursor:
            assert not EarlySign.objects.exists()
            assert not SignAttempt.objects.exists()
            assert not Resident.objects.exists()
            # That they took part is of their own.
            for table in tables - {"casework_involvement"}:
                cursor.execute(f"SELECT count(*) FROM {table} WHERE case_id = ANY (%s)", [list(wanted)])
                assert cursor.fetchone() == (0,), (user, table)


def goes(city, found, handover, to_user):
    """All that is done for one case."""
    giver = city.sef
    actions.give_handover(actor=giver, handover=handover, to_user=to_user, due_on=soon(3))
    introduced(giver, handover)
    seen_to(to_user, handover)
    return actions.accept_handover(actor=to_user, handover=handover)


@pytest.mark.parametrize(
    ("ends", "begins"),
    [
        (date(2027, 6, 30), date(2027, 2, 28)),
        (date(2028, 6, 30), date(2028, 2, 29)),
        (date(2027, 12, 31), date(2027, 8, 31)),
        (date(2027, 3, 31), date(2026, 11, 30)),
        (date(2027, 1, 1), date(2026, 9, 1)),
    ],
)
def test_it_begins_four_calendar_months_before(ends, begins):
    assert months_before(ends, 4) == begins


def test_only_the_convenant_administrator_announces_and_to_a_team_with_a_coordinator(city, old, new):
    for user in (city.sef, city.noor, city.tamara, city.ruben):
        with pytest.raises(NotAllowed):
            ending(user, old, new)
    with pytest.raises(Refused):
        ending(city.petra, old, new, days=0)
    with pytest.raises(Refused):
        ending(city.petra, old, city.unit("moerwijk"))
    with pytest.raises(Refused):
        actions.announce_ending(actor=city.petra, organisation=new.organisation, ends_on=soon(90), successors=[(old, new)])
    ending(city.petra, old, new)
    with pytest.raises(Refused):
        ending(city.petra, old, new)


def test_the_list_begins_on_its_day_and_new_cases_join(city, old, new):
    a_case(city.noor, old)
    found = ending(city.petra, old, new, days=200)
    list_now()
    assert on_the_list(city.sef, found) == []
    days_pass(found, 100)
    list_now()
    assert len(on_the_list(city.sef, found)) == 1
    a_case(city.sef, old, name="Later")
    list_now()
    list_now()
    assert len(on_the_list(city.sef, found)) == 2
    assert len(on_the_list(city.ruben, found)) == 2


def test_four_months_are_walked_through(city, old, new, sign_in):
    """The owner each month, then each week; the coordinators when it is late; after the end everybody, every day."""
    first, second = a_case(city.noor, old, name=MARK), a_case(city.noor, old, name="Tweede")
    sleeps, gone, kept = asleep(city, old), ended(city, old), ended(city, old, protected=True)
    sign = actions.note_early_sign(actor=city.noor, unit=old, kind="neighbour", seen=MARK)
    actions.seek_contact(actor=city.noor, sign=sign, **SOUGHT, on=timezone.localdate(), next_on=timezone.localdate())
    # Four months from today, counted the other way.
    length = (months_before(timezone.localdate(), -4) - timezone.localdate()).days
    found = ending(city.petra, old, new, days=length)
    told = []
    for day in range(length + 3):
        before = set(reminded(found))
        list_now()
        if day % 5 == 0:
            assert list_now() == 0
        told += [(day, *one) for one in sorted(set(reminded(found)) - before)]
        if day == 60:
            listed = {one.case_id: one for one in on_the_list(city.sef, found)}
            assert set(listed) == {first.pk, second.pk, sleeps.pk}
            goes(city, found, listed[first.pk], city.imke)
            goes(city, found, listed[sleeps.pk], city.imke)
        days_pass(found, 1)
        found.refresh_from_db()
    noors = [(day, moment) for day, who, kind, moment in told if who == city.noor.name and kind == "owner"]
    weeks = [day for day, moment in noors if moment.startswith("week")]
    months = [day for day, moment in noors if moment.startswith("month")]
    assert len(months) == 3
    assert months[0] == 0
    assert all(24 <= later - day <= 34 for day, later in zip(months, [*months[1:], weeks[0]], strict=True))
    assert len(weeks) in (4, 5, 6)
    assert {later - day for day, later in zip(weeks[1:], weeks[2:], strict=False)} == {7}
    assert weeks[1] - weeks[0] <= 7
    late = [(day, who) for day, who, kind, _moment in told if kind == "late"]
    assert late
    assert {who for _day, who in late} == {city.sef.name, city.ruben.name}
    assert all(day > length - 14 for day, _who in late)
    over = [(day, who) for day, who, kind, _moment in told if kind == "over"]
    assert {day for day, _who in over} == {length + 1, length + 2}
    # Sef's post at the old team has ended by then; Ruben got one there, to reach what is left.
    assert {city.tamara.name, city.petra.name, city.ruben.name} <= {who for _day, who in over}
    with pytest.raises(Refused):
        actions.settle_ending(actor=city.petra, ending=found)
    assert Appointment.objects.in_force().filter(user=city.noor).count() == 0
    with acting(city.noor.acting):
        assert not Case.objects.filter(pk=second.pk).exists()
    ruben = city.ruben
    [left] = on_the_list(ruben, found)
    actions.give_handover(actor=ruben, handover=left, to_user=city.imke, due_on=soon(1))
    actions.introduce_handover(actor=ruben, handover=left, because="Noor is er niet meer")
    seen_to(city.imke, left)
    actions.accept_handover(actor=city.imke, handover=left)
    with acting(city.petra.acting):
        assert [(one.count, one.ended, one.signs) for one in left_of(found)] == [(0, 2, 1)]
    actions.settle_ending(actor=city.petra, ending=found)
    all_is_with_the_successor(city, new, [first, second, sleeps, gone, kept], sign)
    with acting(city.ruben.acting):
        assert {one.owner_id for one in Case.objects.filter(pk__in=[gone.pk, kept.pk])} == {ruben.pk}
        assert HistoryEntry.objects.filter(case_id=gone.pk, actor_id=city.noor.pk).exists()
        # Nobody was introduced in these, so they are not counted among what was handed over.
        assert {team.done for team in ending_page(found, ruben).teams} == {3}
    with acting(city.imke.acting):
        assert FollowUp.objects.to_come().get(case=sleeps).who == city.imke
        assert PlanStep.objects.get(case=sleeps).guard == city.imke
        assert Case.objects.filter(pk=gone.pk).exists()
        assert not Case.objects.filter(pk=kept.pk).exists()
    assert MARK in sign_in(ruben).get(gone.get_absolute_url()).content.decode()
    assert actions.wake_case(actor=ruben, case=gone, text="Zij belde").status == "active"
    assert Appointment.objects.in_force().filter(user=ruben, unit=old, until=None).count() == 0
    with as_jobs():
        while deliver_outbox():
            pass
    letters = [one for one in mail.outbox if "contract" in one.body.lower()]
    assert letters
    assert not [one for one in letters if MARK in one.subject + one.body]


def test_settling_waits_for_an_owner_who_can_act_and_ends_the_posts(city, old, new):
    a_case(city.noor, old)
    found = ending(city.petra, old, new, days=100)
    list_now()
    with pytest.raises(Refused):
        actions.settle_ending(actor=city.petra, ending=found)
    with writes.allowed(), pytest.raises(DatabaseError), transaction.atomic():
        ContractEnding.objects.filter(pk=found.pk).update(status="settled")
    [one] = on_the_list(city.sef, found)
    with pytest.raises(Refused):
        actions.call_off_handover(actor=city.sef, handover=one)
    goes(city, found, one, city.imke)
    leaves(city.imke)
    with pytest.raises(Refused):
        actions.settle_ending(actor=city.petra, ending=found)
    with writes.allowed():
        city.imke.appointments.update(until=None)
    with pytest.raises(NotAllowed):
        actions.settle_ending(actor=city.sef, ending=found)
    talk = an_intake(city.noor, old)
    with pytest.raises(Refused):
        actions.settle_ending(actor=city.petra, ending=found)
    actions.discard_intake(actor=city.noor, intake=talk)
    actions.settle_ending(actor=city.petra, ending=found)
    assert set(Appointment.objects.filter(unit=old, role__in=["wijkwerker", "coordinator"]).values_list("until", flat=True)) == {
        timezone.localdate()
    }
    # The wijkwethouder and the treasurer are of the wijk, not of this organisation.
    assert Appointment.objects.filter(unit=old, until=None).count() == 2


def test_many_go_to_one_colleague_in_one_form_or_none(city, old, new, sign_in):
    cases = [a_case(city.noor, old, name=f"{MARK} {number}") for number in range(3)]
    found = ending(city.petra, old, new, days=100)
    list_now()
    page = found.get_absolute_url()
    html = sign_in(city.sef).get(page).content.decode()
    assert MARK not in html
    chosen = [str(one.pk) for one in on_the_list(city.sef, found)]
    told = {"handovers": chosen[:2], "to_user": str(city.imke.pk), "due_on": soon(-1).isoformat()}
    html = sign_in(city.sef).post(f"{page}geven/", told).content.decode()
    assert html.count(" checked") == 2
    assert all(one.to_user_id is None for one in on_the_list(city.sef, found))
    assert sign_in(city.ruben).post(f"{page}geven/", told | {"due_on": soon(9).isoformat()}).url == page
    assert [one.to_user_id for one in on_the_list(city.sef, found)].count(city.imke.pk) == 2
    assert len(cases) == 3
    for user, code in ((city.petra, 200), (city.tamara, 200), (city.noor, 404), (city.eline, 404), (city.joost, 404)):
        answer = sign_in(user).get(page)
        assert answer.status_code == code, user
        assert MARK not in answer.content.decode()
    assert sign_in(city.petra).post(f"{page}geven/", told).status_code == 403


def test_vandaag_says_it_once_however_many_cases_it_is(city, old, new):
    for number in range(3):
        a_case(city.noor, old, name=f"{MARK} {number}")
    found = ending(city.petra, old, new, days=100)
    list_now()
    for user in (city.noor, city.sef, city.ruben, city.tamara, city.petra):
        with acting(user.acting):
            page = vandaag.page(user, everything=True)
        assert len([line for line in page.lines if line.item.icon == "swap"]) == 1, user
    [first, *_rest] = on_the_list(city.sef, found)
    actions.give_handover(actor=city.sef, handover=first, to_user=city.imke, due_on=soon(5))
    with acting(city.imke.acting):
        [line] = [line for line in vandaag.page(city.imke).lines if line.item.icon == "swap"]
    assert MARK not in str(line)
    actions.call_off_ending(actor=city.petra, ending=found)
    actions.call_off_handover(actor=city.sef, handover=now_of(first, city.sef))


def test_the_job_reads_no_word(city, old, new):
    a_case(city.noor, old)
    found = ending(city.petra, old, new, days=100)
    with as_jobs():
        every_day()
        assert ContractEnding.objects.get(pk=found.pk).status == "under_way"
    with owner():
        assert Handover.objects.filter(part_of=found).count() == 1
    assert found.ends_on - timedelta(days=14) == on_the_list(city.sef, found)[0].due_on


def test_a_case_that_is_ended_leaves_the_list_and_comes_back_when_it_wakes(city, old, new):
    case = a_case(city.noor, old)
    found = ending(city.petra, old, new, days=100)
    list_now()
    [listed] = on_the_list(city.sef, found)
    actions.give_handover(actor=city.sef, handover=listed, to_user=city.imke, due_on=soon(3))
    introduced(city.sef, listed)
    actions.end_case(actor=city.noor, case=case, goes="better", changed=MARK)
    list_now()
    assert on_the_list(city.sef, found) == []
    with acting(city.imke.acting):
        # What the receiver got because of it is theirs no more.
        assert not Case.objects.filter(pk=case.pk).exists()
    actions.wake_case(actor=city.noor, case=case, text="Zij belde")
    list_now()
    assert len(on_the_list(city.sef, found)) == 1
    actions.end_case(actor=city.noor, case=case, goes="better", changed=MARK)
    leaves(city.noor)
    with acting(city.sef.acting):
        assert not cases_without_owner(old.pk).exists()


def test_an_ended_case_that_can_go_to_nobody_keeps_it_from_being_settled(city, old, new):
    """Who is kept out of it cannot receive it, also not by a settling."""
    case = ended(city, old)
    for user in User.objects.filter(appointments__unit=new, appointments__role__in=["wijkwerker", "coordinator"]).distinct():
        actions.keep_out(actor=city.noor, case=case, user=user, reason="kin")
    found = ending(city.petra, old, new, days=100)
    list_now()
    with pytest.raises(Refused):
        actions.settle_ending(actor=city.petra, ending=found)
    with acting(city.noor.acting):
        assert Case.objects.get(pk=case.pk).unit == old


def test_nobody_carries_a_case_by_hand(city, old, new):
    for name in ("carry_case(uuid, uuid)", "carry_ended_case(uuid, uuid, uuid, uuid, uuid)", "carry_signs(uuid, uuid, uuid)"):
        with connection.cursor() as cursor:
            for role in (APP, JOBS):
                cursor.execute("SELECT has_function_privilege(%s, %s, 'EXECUTE')", [role, name])
                assert cursor.fetchone() == (False,), (role, name)
