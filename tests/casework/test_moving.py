"""A case goes to a team of another organisation: that reads all of it, and the old one nothing but its own acts."""

import pytest
from django.db import DatabaseError, connection, transaction

from backoffice.models import SpecialistRequest
from casework import actions
from casework.case_page import case_page
from casework.models import Case, IdentityNumber, Involvement, SearchKey
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.walls import APP
from tests.architecture.test_moving import STAYS, tables_with
from tests.backoffice.scene import sent
from tests.casework.handing import handed_over, introduced, owner, planned, seen_to
from tests.casework.heard import a_case, address
from tests.convenant.numbers import NUMBER, numbers_in_use
from tests.wijkbegroting.scene import ARGUMENT, SHOP, the_line
from wijkbegroting import actions as money
from wijkbegroting.models import MaatwerkGrant

pytestmark = pytest.mark.django_db
MARK = "Zilverberk"


@pytest.fixture
def case(city):
    unit = city.unit("vreewijk")
    case = a_case(city.noor, unit, household=1, name=MARK, own_words=f"{MARK} vertelt")
    actions.involve(actor=city.noor, case=case, user=city.sef, kind="co_worker")
    short = actions.note_short_contact(actor=city.noor, unit=unit, done="letter", text=f"Brief voor {MARK}")
    actions.link_to_case(actor=city.noor, contact=short, case=case)
    sent(city, case, actor=city.noor)
    return case


def rows(user, table, case, columns="unit_id"):
    with acting(user.acting), connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE case_id = %s", [case.pk])
        return cursor.fetchall()


def test_the_new_team_reads_all_and_the_old_one_nothing(city, sign_in, case):
    to_unit = city.unit("goedebuur")
    before = {table: len(rows(city.noor, table, case)) for table in tables_with("unit_id", "case_id") - set(STAYS)}
    assert before["casework_shortcontact"] == before["backoffice_specialistrequest"] == 1
    handed_over(city.noor, case, city.imke, to_unit)
    imke = city.imke
    for table, count in before.items():
        found = rows(imke, table, case)
        assert len(found) >= count, table
        assert {unit for (unit,) in found} <= {to_unit.pk}, table
        # That they took part is of their own.
        assert rows(city.noor, table, case) == [] or table == "casework_involvement", table
        assert rows(city.sef, table, case) == [] or table == "casework_involvement", table
    with acting(imke.acting):
        page = case_page(Case.objects.get(pk=case.pk), imke)
        assert page.name == MARK
        assert [moment for moment in page.timeline if "Noor" in moment.text]
        assert SearchKey.objects.filter(unit=to_unit).exists()
        assert HistoryEntry.objects.filter(case_id=case.pk, actor_id=city.noor.pk).exists()
    with acting(city.sef.acting):
        own = set(HistoryEntry.objects.filter(case_id=case.pk).values_list("actor_id", flat=True))
        assert own <= {city.sef.pk}
        assert not SearchKey.objects.filter(resident__memberships__case=case).exists()
    for user in (city.noor, city.sef):
        answer = sign_in(user).get(case.get_absolute_url())
        assert answer.status_code == 404
        assert MARK not in sign_in(user).get("/vandaag/").content.decode()
    assert MARK in sign_in(imke).get(case.get_absolute_url()).content.decode()
    assert sign_in(imke).get(address("case-handover", case)).status_code == 200


def test_the_desk_goes_on_with_what_it_was_asked(city, case):
    handed_over(city.noor, case, city.imke, city.unit("goedebuur"))
    with acting(city.joost.acting):
        request = SpecialistRequest.objects.visible_to(city.joost).get(case_id=case.pk)
    assert request.asked_by_id == city.imke.pk
    with acting(city.imke.acting):
        assert SpecialistRequest.objects.visible_to(city.imke).filter(pk=request.pk).exists()


def test_who_stays_keeps_reading_and_the_rest_of_the_old_team_does_not(city, case):
    handed_over(city.noor, case, city.imke, city.unit("goedebuur"), stays=True)
    with acting(city.noor.acting):
        assert Case.objects.visible_to(city.noor).filter(pk=case.pk).exists()
        assert set(Involvement.objects.in_force().filter(case=case).values_list("user__name", flat=True)) == {
            "Imke Dijkgraaf",
            "Noor Veldkamp",
        }


def test_maatwerk_is_signed_first_and_stays_with_the_budget_that_pays(city, case):
    grant = money.ask_maatwerk(
        actor=city.noor, case=case, line=the_line(unit="Luisterloket Vreewijk"), amount=85_00, **(ARGUMENT | SHOP)
    )
    handover = introduced(city.noor, planned(city.noor, case, city.imke, city.unit("goedebuur")))
    seen_to(city.noor, handover)
    with pytest.raises(Refused):
        actions.accept_handover(actor=city.imke, handover=handover)
    money.cosign_grant(actor=city.sef, grant=grant)
    actions.accept_handover(actor=city.imke, handover=handover)
    for user, sees in ((city.imke, True), (city.ravi, True), (city.noor, False), (city.sef, False)):
        with acting(user.acting):
            assert MaatwerkGrant.objects.filter(pk=grant.pk).exists() == sees, user
    money.pay_grant(actor=city.ravi, grant=grant, reference="Winkel 0412")


def test_an_identity_number_goes_nowhere_it_may_not_be(city, case):
    numbers_in_use(city, city.unit("vreewijk"))
    with acting(city.noor.acting):
        member = case.members.select_related("resident").get(part="main")
    actions.change_member(actor=city.noor, case=case, member=member, name=MARK, part="main", identity_number=NUMBER)
    handed_over(city.noor, case, city.imke, city.unit("goedebuur"))
    with owner():
        assert not IdentityNumber.objects.filter(case=case).exists()
        assert not SearchKey.objects.filter(resident=member.resident, kind="bsn").exists()


def test_the_database_moves_nothing_that_was_not_accepted(city, case):
    handover = introduced(city.noor, planned(city.noor, case, city.imke, city.unit("goedebuur")))
    for user in (city.noor, city.imke, city.ruben):
        with acting(user.acting), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT move_case('{handover.pk}')")
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_function_privilege(%s, 'move_case(uuid)', 'EXECUTE')", ["luisterloket_jobs"])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_function_privilege(%s, 'move_case(uuid)', 'EXECUTE')", [APP])
        assert cursor.fetchone() == (True,)
