"""Who is named for a protected case, who takes over when nobody is left, and who is kept out of a case (capability C35)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import actions, permissions
from casework.models import Case, CaseGuard
from luisterloket.people.models import Appointment
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests import writes
from tests.casework.heard import a_case, address
from tests.casework.protected import RESIDENTS, leave, main_of, protect

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1, address="Hoefkade 12")


# Who is named ----------------------------------------------------------------------------------------------------


def test_the_owner_and_who_protects_are_always_named_and_never_alone(city, case):
    with pytest.raises(actions.Missing) as refused:
        actions.protect(actor=city.marit, case=case, resident=main_of(case, city.marit), reason="safety", named=[])
    assert refused.value.field == "named"
    actions.join_case(actor=city.hakan, case=case, reason="asked")
    protect(city, case, city.hakan, actor=city.hakan)
    with acting(city.marit.acting):
        assert set(CaseGuard.objects.values_list("user__name", flat=True)) == {"Marit Zwanenveld", "Hakan Erdoğmuş"}


def test_a_colleague_of_another_wijk_cannot_be_named_and_a_buddy_of_the_case_can(city, sign_in, case):
    with pytest.raises(actions.Missing):
        protect(city, case, city.noor)
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    protect(city, case, city.fatna)
    assert sign_in(city.fatna).get(address("case", case)).status_code == 200


def test_naming_opens_the_case_and_taking_off_closes_it(city, sign_in, case):
    protect(city, case)
    marit = sign_in(city.marit)
    marit.post(address("case-protection-act", case, "noemen"), {"user": str(city.hakan.pk)})
    assert sign_in(city.hakan).get(address("case", case)).status_code == 200
    marit = sign_in(city.marit)
    marit.post(address("case-protection-act", case, "weghalen"), {"user": str(city.hakan.pk)})
    assert sign_in(city.hakan).get(address("case", case)).status_code == 404


def test_the_owner_stays_and_so_do_two(city, case):
    protect(city, case)
    with pytest.raises(Refused):
        actions.unname_person(actor=city.marit, case=case, user=city.bram)
    with pytest.raises(Refused):
        actions.unname_person(actor=city.marit, case=case, user=city.marit)
    with pytest.raises(NotAllowed):
        actions.unname_person(actor=city.bram, case=case, user=city.marit)


def test_when_the_owner_has_left_who_is_named_decides(city, case):
    protect(city, case)
    leave(city.marit)
    actions.name_person(actor=city.bram, case=case, user=city.hakan)
    with acting(city.hakan.acting):
        assert Case.objects.filter(pk=case.pk).exists()


def test_who_takes_themself_off_is_led_away(city, sign_in, case):
    protect(city, case, city.bram, city.hakan)
    answer = sign_in(city.hakan).post(address("case-protection-act", case, "weghalen"), {"user": str(city.hakan.pk)})
    assert answer.url == "/"
    with acting(city.marit.acting):
        assert HistoryEntry.objects.filter(verb="case.person_unnamed", case_id=case.pk).exists()


def test_a_named_colleague_who_is_neither_owner_nor_coordinator_decides_nothing(city, sign_in, case):
    protect(city, case)
    client = sign_in(city.bram)
    page = client.get(address("case-protection", case))
    assert not page.context["page"].may_guard
    assert client.post(address("case-protection-act", case, "noemen"), {"user": str(city.hakan.pk)}).status_code == 403


def test_each_change_is_in_the_history_with_ids_only(city, case):
    protection = protect(city, case)
    actions.name_person(actor=city.marit, case=case, user=city.hakan)
    actions.lift_protection(actor=city.marit, protection=protection)
    with acting(city.marit.acting):
        verbs = list(HistoryEntry.objects.filter(case_id=case.pk, verb__contains="p").order_by("at").values_list("verb", flat=True))
        details = str(list(HistoryEntry.objects.filter(case_id=case.pk).values_list("details", flat=True)))
    assert [verb for verb in verbs if verb.startswith(("case.protect", "case.person"))] == [
        "case.protected", "case.person_named", "case.protection_lifted",
    ]  # fmt: skip
    assert "Rachida" not in details


# When nobody is left ---------------------------------------------------------------------------------------------


def test_a_coordinator_takes_over_only_when_nobody_is_left(city, sign_in, case):
    protect(city, case)
    client = sign_in(city.hakan)
    url = address("case-take-over", case)
    leave(city.marit)
    assert client.get(url).status_code == 404
    assert url not in client.get("/vandaag/").content.decode()
    leave(city.bram)
    html = client.get("/vandaag/").content.decode()
    assert url in html
    assert "Rachida" not in html
    assert client.get(address("case", case)).status_code == 404
    assert "Rachida" not in client.get(url).content.decode()


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati"])
def test_the_day_is_that_of_the_netherlands_wherever_the_clock_of_the_database_stands(city, case, zone):
    """One of these two is on another day than the Netherlands at any hour."""
    protect(city, case)
    leave(city.marit, city.bram)
    with connection.cursor() as cursor, acting(city.hakan.acting):
        cursor.execute(f"SET LOCAL TIME ZONE '{zone}'")
        assert permissions.left_alone(city.hakan) == [case.pk]
        with writes.allowed():
            Appointment.objects.filter(user=city.bram).update(until=timezone.localdate())
        assert permissions.left_alone(city.hakan) == []
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")


def test_the_coordinator_becomes_owner_together_with_a_colleague(city, sign_in, case):
    protect(city, case, city.bram)
    with writes.allowed():
        stand_in = Appointment.objects.create(
            user=city.noor, unit=city.unit("schilderswijk"), role="wijkwerker", since=timezone.localdate()
        ).user
    leave(city.marit, city.bram)
    client = sign_in(city.hakan)
    answer = client.post(address("case-take-over", case), {"colleague": str(stand_in.pk)})
    assert answer.url == address("case", case)
    assert "Rachida" in client.get(answer.url).content.decode()
    with acting(city.hakan.acting):
        assert Case.objects.get(pk=case.pk).owner == city.hakan
        assert set(CaseGuard.objects.filter(case=case).values_list("user_id", flat=True)) == {city.hakan.pk, stand_in.pk}
        assert HistoryEntry.objects.filter(verb="case.taken_over", case_id=case.pk).count() == 1


@pytest.mark.parametrize("name", ["noor", "sef", "eline", "fatna", "joost"])
def test_nobody_else_takes_over(city, sign_in, case, name):
    protect(city, case)
    leave(city.marit, city.bram)
    assert sign_in(getattr(city, name)).get(address("case-take-over", case)).status_code == 404


def test_the_database_lets_nobody_in_while_someone_is_left(city, case):
    protect(city, case)
    with acting(city.hakan.acting), connection.cursor() as cursor:
        cursor.execute("SELECT enter_guarded(%s)", [case.pk])
        assert cursor.fetchone() == (False,)
        assert not Case.objects.filter(pk=case.pk).exists()


def test_whoever_becomes_the_owner_is_named_as_well(city, case):
    protect(city, case)
    with writes.allowed(), acting(city.marit.acting):
        Case.objects.filter(pk=case.pk).update(owner=city.hakan)
    with acting(city.hakan.acting):
        assert Case.objects.filter(pk=case.pk).exists()


# Kept out --------------------------------------------------------------------------------------------------------


def test_a_neighbour_who_is_kept_out_finds_nothing_while_colleagues_still_do(city, sign_in, case):
    marit = sign_in(city.marit)
    marit.post(address("case-protection-act", case, "buitenhouden"), {"user": str(city.bram.pk), "reason": "neighbour"})
    client = sign_in(city.bram)
    assert client.get(address("case-join", case)).status_code == 404
    assert client.post(reverse(RESIDENTS), {"q": "rachida"}).context["found"].known == []
    with acting(city.bram.acting):
        assert not Case.objects.filter(pk=case.pk).exists()
    assert sign_in(city.hakan).get(address("case-join", case)).status_code == 200
    sign_in(city.marit).post(address("case-protection-act", case, "toelaten"), {"user": str(city.bram.pk)})
    assert sign_in(city.bram).get(address("case-join", case)).status_code == 200


def test_the_owner_cannot_be_kept_out_and_who_is_kept_out_cannot_be_named(city, case):
    actions.join_case(actor=city.hakan, case=case, reason="asked")
    with pytest.raises(actions.Missing):
        actions.keep_out(actor=city.hakan, case=case, user=city.marit, reason="kin")
    actions.keep_out(actor=city.marit, case=case, user=city.bram, reason="kin")
    with pytest.raises(actions.Missing):
        protect(city, case, city.bram)


def test_a_coordinator_who_is_kept_out_does_not_take_over(city, sign_in, case):
    protect(city, case)
    actions.keep_out(actor=city.marit, case=case, user=city.hakan, reason="kin")
    leave(city.marit, city.bram)
    assert sign_in(city.hakan).get(address("case-take-over", case)).status_code == 404


# Forms and queries -----------------------------------------------------------------------------------------------


def test_a_refused_form_keeps_what_was_typed(city, sign_in, case):
    main = main_of(case, city.marit)
    data = {"resident": str(main.pk), "reason": "safety", "explanation": "Haar ex zoekt haar"}
    answer = sign_in(city.marit).post(address("case-protection-act", case, "beschermen"), data)
    assert "named" in answer.context["refused"].errors
    assert "Haar ex zoekt haar" in answer.content.decode()


def test_an_act_that_does_not_exist_is_not_there(city, sign_in, case):
    assert sign_in(city.marit).post(address("case-protection-act", case, "weggeven")).status_code == 404


def test_lists_take_as_many_queries_with_protected_cases_as_without(city, sign_in, case):
    unit = city.unit("schilderswijk")
    client = sign_in(city.marit)
    counts = []
    for _time in range(2):
        client.get(reverse(RESIDENTS))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(RESIDENTS))
            client.get("/vandaag/")
        counts.append(len(queries))
        for number in range(5):
            protect(city, a_case(city.marit, unit, name=f"Beschermd {number}"))
    assert counts[0] == counts[1]
