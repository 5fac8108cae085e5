"""A contract ends: every case comes on the list, everybody is reminded at the right day and once, and it closes when nothing is left."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from casework import actions
from casework.listing import every_day
from casework.models import Case, ContractEnding, Handover, months_before
from casework.tasks import list_contracts_that_end
from luisterloket.people.models import Appointment
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.handing import days_pass, ending, introduced, leaves, now_of, owner, reminded, seen_to, soon
from tests.casework.heard import a_case, an_intake

pytestmark = pytest.mark.django_db
MARK = "Zilverberk"


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


def test_four_months_are_walked_through(city, old, new):
    """The owner each month, then each week; the coordinators when it is late; after the end everybody, every day."""
    first, second = a_case(city.noor, old, name=MARK), a_case(city.noor, old, name="Tweede")
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
            goes(city, found, next(one for one in on_the_list(city.sef, found) if one.case_id == first.pk), city.imke)
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
    actions.settle_ending(actor=city.petra, ending=found)
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
