"""A job raises what is out of the ordinary, once, as the role that can read no name; the privacy officer answers it."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework import actions as casework
from casework.disclosures import scope_of
from casework.look_patterns import surnames
from luisterloket.convenant import actions
from luisterloket.convenant.access_log import reference_of
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.convenant.models import AccessLogEntry, UnusualLook, WatchedHome
from luisterloket.convenant.watching import watch
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db
Kind = UnusualLook.Kind
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def raised(city, *kinds):
    with acting(city.daan.acting):
        return list(UnusualLook.objects.filter(kind__in=kinds or Kind.values).order_by("kind", "raised_at"))


def watched():
    with as_jobs():
        return watch()


def kept(who, *, residents=1, at=None, result="given", ground="wijk"):
    """A line of the log, at a moment."""
    with acting(who.acting), writes.allowed():
        AccessLogEntry(
            actor_id=who.pk, role=who.posts[0].role.code, purpose="listening", ground_kind=ground, what="search", result=result,
            categories=["known"], subjects=[uuid4() for _ in range(residents)], at=at or timezone.now(),
        ).save(force_insert=True)  # fmt: skip


def look(who, case):
    with acting(who.acting):
        disclose(scope_of(case), to=who, purpose="listening", ground=Ground("involvement", case.pk), what="plan")


def at_hour(hour, days_ago=1):
    day = timezone.localdate() - timedelta(days=days_ago)
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=AMSTERDAM)


def test_many_residents_in_an_hour_are_raised_once_a_day(city, settings):
    settings.UNUSUAL_RESIDENTS = 10
    for _ in range(3):
        kept(city.bram, residents=4)
    kept(city.marit, residents=9)
    watched()
    [one] = raised(city, Kind.MANY)
    assert (one.actor_id, one.count, one.status) == (city.bram.pk, 12, "open")
    kept(city.bram, residents=10)
    watched()
    assert len(raised(city, Kind.MANY)) == 1


def test_many_in_a_day_that_are_not_many_in_an_hour_are_work(city, settings):
    settings.UNUSUAL_RESIDENTS = 10
    for hours in (1, 3, 5):
        kept(city.bram, residents=6, at=timezone.now() - timedelta(hours=hours))
    kept(city.marit, residents=25, ground="own_cases")
    watched()
    assert raised(city, Kind.MANY) == []


def test_looks_at_night_are_raised_when_the_night_is_over(city):
    kept(city.bram, at=at_hour(23, 2))
    kept(city.bram, at=at_hour(2, 1))
    kept(city.marit, at=at_hour(14, 1))
    watched()
    found = raised(city, Kind.NIGHT)
    assert {one.actor_id for one in found} == {city.bram.pk}
    assert sum(one.count for one in found) <= 2
    watched()
    assert len(raised(city, Kind.NIGHT)) == len(found)


def test_a_night_that_was_not_over_is_raised_by_a_later_run(city, monkeypatch):
    kept(city.bram, at=at_hour(23, 1))
    before, after = at_hour(4, 0), at_hour(7, 0)
    monkeypatch.setattr("luisterloket.convenant.watching.timezone.now", lambda: before)
    watched()
    assert raised(city, Kind.NIGHT) == []
    monkeypatch.setattr("luisterloket.convenant.watching.timezone.now", lambda: after)
    watched()
    assert len(raised(city, Kind.NIGHT)) == 1


def test_refused_again_and_again_is_raised(city, settings):
    settings.UNUSUAL_DENIALS = 3
    case = a_case(city.marit, city.unit("schilderswijk"))
    with acting(city.marit.acting):
        scope = scope_of(case)
    for _ in range(3):
        with acting(city.bram.acting), pytest.raises(NotAllowed):
            disclose(scope, to=city.bram, purpose="listening", ground=Ground("involvement", case.pk), what="plan")
    watched()
    [one] = raised(city, Kind.DENIED)
    assert (one.actor_id, one.count) == (city.bram.pk, 3)


def test_someone_with_the_same_surname_is_raised_and_not_who_shares_a_first_name(city):
    same = a_case(city.marit, city.unit("schilderswijk"), name="Anna Zwanenveld")
    first = a_case(city.marit, city.unit("schilderswijk"), name="Marit Jansen")
    look(city.marit, same)
    look(city.marit, first)
    watched()
    [one] = raised(city, Kind.OWN_NAME)
    with acting(city.marit.acting):
        assert one.subject[:12] == reference_of(scope_of(same).subjects[0])
    look(city.marit, same)
    watched()
    assert len(raised(city, Kind.OWN_NAME)) == 1
    assert surnames("Anne de Vries-Bakker") == {"vries", "bakker"}
    assert surnames("Orlando") == set()


def test_a_look_at_the_own_street_is_raised_when_the_postcode_is_known(city):
    case = a_case(city.marit, city.unit("schilderswijk"), address="Hoefkade 12, 2526 BT Den Haag")
    look(city.marit, case)
    watched()
    assert raised(city, Kind.OWN_HOME) == []
    actions.note_home(actor=city.daan, user=city.marit, postcode="2526bt")
    look(city.marit, case)
    watched()
    assert [one.actor_id for one in raised(city, Kind.OWN_HOME)] == [city.marit.pk]


def test_where_a_colleague_lives_is_kept_as_a_code_and_can_be_forgotten(city, sign_in):
    client = sign_in(city.daan)
    address = reverse("watched-homes")
    assert client.post(address, {"user": str(city.marit.pk), "postcode": "2526 BT"}).status_code == 302
    with acting(city.daan.acting):
        assert "2526" not in WatchedHome.objects.get().key[:6]
    assert "Marit Zwanenveld" in client.get(address).content.decode()
    with acting(city.marit.acting):
        assert not WatchedHome.objects.exists()
    assert "2512 AB" in client.post(address, {"user": str(city.marit.pk), "postcode": "straat"}).content.decode()
    client.post(address, {"user": str(city.marit.pk), "postcode": ""})
    with acting(city.daan.acting):
        assert not WatchedHome.objects.exists()


def test_work_in_another_wijk_is_raised_for_each_resident_once(city):
    case = a_case(city.noor, city.unit("vreewijk"))
    casework.involve(actor=city.noor, case=case, user=city.marit, kind="co_worker")
    look(city.noor, case)
    look(city.marit, case)
    watched()
    found = raised(city, Kind.OUTSIDE)
    assert {one.actor_id for one in found} == {city.marit.pk}
    watched()
    assert len(raised(city, Kind.OUTSIDE)) == len(found)


def test_an_answer_needs_a_reason_and_what_was_reported_stays_so(city):
    kept(city.bram, at=at_hour(2, 1))
    watched()
    [one] = raised(city, Kind.NIGHT)
    with pytest.raises(NotAllowed):
        actions.answer_unusual_look(actor=city.marit, look=one, status="explained", reason="x")
    with pytest.raises(Refused):
        actions.answer_unusual_look(actor=city.daan, look=one, status="explained", reason=" ")
    actions.answer_unusual_look(actor=city.daan, look=one, status="explained", reason="Bereikbaarheidsdienst.")
    actions.answer_unusual_look(actor=city.daan, look=one, status="reported", reason="Die dienst was er niet.")
    with pytest.raises(Refused):
        actions.answer_unusual_look(actor=city.daan, look=one, status="explained", reason="Toch wel.")
    watched()
    [one] = raised(city, Kind.NIGHT)
    assert (one.status, one.reason, one.answered_by_id) == ("reported", "Die dienst was er niet.", city.daan.pk)


def test_nobody_answers_for_their_own_looks(city, sign_in):
    kept(city.daan, at=at_hour(2, 1))
    watched()
    [one] = raised(city, Kind.NIGHT)
    with pytest.raises(NotAllowed):
        actions.answer_unusual_look(actor=city.daan, look=one, status="explained", reason="Ik werkte.")
    page = sign_in(city.daan).get(reverse("unusual-look", args=[one.pk]))
    assert "<textarea" not in page.content.decode()


def test_it_stands_on_vandaag_until_it_was_answered_and_on_the_page_without_a_name_of_a_resident(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"), name="Anna Zwanenveld")
    look(city.marit, case)
    watched()
    [one] = raised(city, Kind.OWN_NAME)
    client = sign_in(city.daan)
    address = reverse("unusual-look", args=[one.pk])
    assert address in client.get(reverse("today")).content.decode()
    assert address in client.get(reverse("unusual-looks")).content.decode()
    page = client.get(address).content.decode()
    assert "Marit Zwanenveld" in page
    assert "Anna" not in page
    assert client.post(address, {"status": "explained", "reason": "Geen familie."}).status_code == 302
    assert address not in client.get(reverse("today")).content.decode()
    assert "Geen familie." in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("luisterloket_jobs", "UPDATE convenant_unusuallook SET status = 'explained'"),
        ("luisterloket_jobs", "DELETE FROM convenant_unusuallook"),
        ("luisterloket_jobs", "SELECT reason FROM convenant_unusuallook"),
        ("luisterloket_jobs", "SELECT key FROM casework_searchkey"),
        ("luisterloket_app", "DELETE FROM convenant_unusuallook"),
        ("luisterloket_app", "UPDATE convenant_unusuallook SET actor_id = gen_random_uuid()"),
        ("luisterloket_app", "SELECT * FROM residents_alike('{}', '{}', '{}', '{}', '{}')"),
    ],
)
def test_the_walls_around_what_was_raised(city, role, statement):
    kept(city.bram, at=at_hour(2, 1))
    watched()
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        writes.allowed(),
        acting(city.daan.acting),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET LOCAL ROLE {role}; {statement}")
