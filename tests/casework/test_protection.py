"""A protected resident does not exist for anyone but the named people (capability C35), and a colleague can be kept out."""

from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from casework import actions, matching, search_keys
from casework.models import Case, CaseGuard, CaseMember, Involvement, Resident
from luisterloket.people.roles import Permission
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.wijken.models import WayOfWorking
from tests import writes
from tests.backoffice.scene import sent
from tests.casework.heard import a_case, address
from tests.casework.protected import RESIDENTS, main_of, protect
from tests.security.test_access import FRESH

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1, address="Hoefkade 12")


def let_the_team_work_as_one(case):
    with writes.allowed():
        WayOfWorking.objects.create(wijk=case.unit.wijk, version=2, starts_on="2026-02-01", team_is_involved=True, domain_order=[])


def body(answer):
    return FRESH.sub(rb"\1", answer.content).replace(answer.wsgi_request.path.encode(), b"")


# As if it did not exist ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", ["case", "case-summary", "case-access", "case-join", "case-people", "case-protection", "case-update"]
)
def test_for_a_colleague_a_protected_case_is_the_same_as_one_that_never_was(city, sign_in, case, page):
    protect(city, case)
    client = sign_in(city.hakan)
    real = client.get(address(page, case))
    made_up = client.get(reverse(f"casework:{page}", args=[uuid4()]))
    assert (real.status_code, made_up.status_code) == (404, 404)
    assert body(real) == body(made_up)


def test_who_had_joined_before_and_is_not_named_is_out(city, sign_in, case):
    actions.join_case(actor=city.hakan, case=case, reason="calls")
    client = sign_in(city.hakan)
    assert client.get(address("case", case)).status_code == 200
    protect(city, case)
    assert client.get(address("case", case)).status_code == 404
    assert client.get(reverse(RESIDENTS)).context["rows"] == []
    assert "Hakan" not in sign_in(city.marit).get(address("case", case)).content.decode().split("timeline-title")[0]


def test_a_team_that_works_as_one_is_out_as_well(city, sign_in, case):
    let_the_team_work_as_one(case)
    client = sign_in(city.hakan)
    assert client.get(address("case", case)).status_code == 200
    protect(city, case)
    assert client.get(address("case", case)).status_code == 404


def test_a_search_finds_neither_the_resident_nor_that_anyone_is_known(city, sign_in, case):
    a_case(city.bram, city.unit("schilderswijk"), name="Rachida Anders")
    protect(city, case, city.bram)
    found = sign_in(city.hakan).post(reverse(RESIDENTS), {"q": "rachida"}).context["found"]
    assert len(found.known) == 1
    assert found.rows == []
    assert not found.more


def test_named_people_find_the_resident_by_the_reference_and_not_by_name(city, sign_in, case):
    protect(city, case)
    client = sign_in(city.bram)
    reference = client.get(address("case-protection", case)).context["page"].protected[0].reference
    assert client.post(reverse(RESIDENTS), {"q": "rachida"}).context["found"].rows == []
    assert len(client.post(reverse(RESIDENTS), {"q": reference}).context["found"].rows) == 1
    assert sign_in(city.hakan).post(reverse(RESIDENTS), {"q": reference}).context["found"].known == []


def test_a_part_of_the_reference_or_one_that_is_nearly_it_finds_nobody(city, sign_in, case):
    protect(city, case)
    client = sign_in(city.bram)
    reference = client.get(address("case-protection", case)).context["page"].protected[0].reference
    for typed in (
        reference[:9],
        reference[:2],
        reference[1:],
        reference + "a",
        reference[:-1] + ("b" if reference[-1] == "a" else "a"),
    ):
        assert client.post(reverse(RESIDENTS), {"q": typed}).context["found"].rows == []
    assert len(client.post(reverse(RESIDENTS), {"q": reference.upper()}).context["found"].rows) == 1


def test_a_reference_is_never_taken_for_a_telephone_number():
    assert search_keys.reference(Resident(pk=UUID("06123456-7890-4abc-8def-0123456789ab"))) == "a612345678"


# Who is also in a case that is open ------------------------------------------------------------------------------


@pytest.fixture
def also_in_an_open_case(city, case):
    """The child of a case belongs to an open case of Bram too; no action does this, a household brought in from elsewhere may."""
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    own = a_case(city.bram, city.unit("schilderswijk"), name="Omar Haddad", phone="06 33 33 33 33")
    with acting(city.marit.acting):
        child = CaseMember.objects.select_related("resident").get(case=case, part="child").resident
    with writes.allowed(), acting(city.bram.acting):
        CaseMember.objects.create(case=own, resident=child, unit_id=own.unit_id, part="child")
    return own, child


def test_who_is_of_a_closed_household_and_not_protected_stays_workable_in_an_open_case(city, sign_in, case, also_in_an_open_case):
    own, child = also_in_an_open_case
    client = sign_in(city.bram)
    before = [item.text for item in client.get(own.get_absolute_url()).context["page"].household]
    protect(city, case, city.fatna)
    assert [item.text for item in client.get(own.get_absolute_url()).context["page"].household] == before != []
    assert client.get(address("case-person", own, child.pk)).status_code == 200
    found = client.post(reverse(RESIDENTS), {"q": "kind"}).context["found"]
    assert ([row.case_id for row in found.rows], found.known) == ([own.pk], [])
    # A colleague learns of the open case only.
    [known] = sign_in(city.hakan).post(reverse(RESIDENTS), {"q": "kind"}).context["found"].known
    assert known.case_id == own.pk
    assert client.get(case.get_absolute_url()).status_code == 404


def test_who_is_protected_is_closed_wherever_they_are(city, sign_in, case, also_in_an_open_case):
    own, child = also_in_an_open_case
    actions.protect(actor=city.marit, case=case, resident=child, reason="safety", named=[city.fatna])
    client = sign_in(city.bram)
    assert client.get(own.get_absolute_url()).context["page"].household == []
    found = client.post(reverse(RESIDENTS), {"q": "kind"}).context["found"]
    assert (found.rows, found.known) == ([], [])


def test_who_is_kept_out_of_the_case_of_kin_does_not_find_them_elsewhere_either(city, sign_in, case):
    main = main_of(case, city.marit)
    own = a_case(city.hakan, city.unit("schilderswijk"), name="Omar Haddad", phone="06 33 33 33 33")
    with writes.allowed(), acting(city.hakan.acting):
        CaseMember.objects.create(case=own, resident=main, unit_id=own.unit_id, part="partner")
    actions.keep_out(actor=city.marit, case=case, user=city.hakan, reason="kin")
    found = sign_in(city.hakan).post(reverse(RESIDENTS), {"q": "rachida"}).context["found"]
    assert (found.rows, found.known) == ([], [])


def test_lifting_the_protection_brings_back_the_name_and_who_had_a_part(city, sign_in, case):
    actions.join_case(actor=city.hakan, case=case, reason="calls")
    protection = protect(city, case)
    actions.lift_protection(actor=city.marit, protection=protection)
    client = sign_in(city.hakan)
    assert client.get(address("case", case)).status_code == 200
    assert len(client.post(reverse(RESIDENTS), {"q": "rachida"}).context["found"].rows) == 1


def test_the_case_stays_closed_while_someone_else_of_it_is_protected(city, case):
    first = protect(city, case)
    with acting(city.marit.acting):
        child = CaseMember.objects.select_related("resident").get(case=case, part="child").resident
    actions.protect(actor=city.marit, case=case, resident=child, reason="colleague", named=[])
    actions.lift_protection(actor=city.marit, protection=first)
    with acting(city.hakan.acting):
        assert not Case.objects.filter(pk=case.pk).exists()


# The database itself ---------------------------------------------------------------------------------------------


def tables_of(case):
    """Every table with a case, and what it must hold for the test to mean something."""
    for model in apps.get_models(include_auto_created=True):
        columns = {field.column for field in model._meta.concrete_fields}
        if "case_id" in columns and model._meta.db_table not in {"platform_draft"}:
            yield model._meta.db_table, "case_id", case.pk
    yield "casework_case", "id", case.pk
    yield "casework_historicalcase", "id", case.pk


def count(table, column, value):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [value])
        return cursor.fetchone()[0]


def test_no_table_gives_a_colleague_of_the_unit_a_row_of_a_protected_case(city, case):
    sent(city, case, to="inkomen", actor=city.marit)
    main = main_of(case, city.marit)
    actions.set_reach(actor=city.marit, case=case, resident=main, never_call=True)
    actions.add_representative(actor=city.marit, case=case, resident=main, kind="bewindvoerder", scope="money", name="J. de Wit")
    with acting(city.hakan.acting):
        before = {table for table, column, value in tables_of(case) if count(table, column, value)}
    assert {"casework_case", "casework_concern", "backoffice_specialistrequest", "platform_historyentry"} <= before
    protect(city, case)
    with acting(city.hakan.acting):
        assert [table for table, column, value in tables_of(case) if count(table, column, value)] == []
        for table, column in (
            ("casework_resident", "id"), ("casework_historicalresident", "id"), ("casework_searchkey", "resident_id"),
        ):  # fmt: skip
            assert count(table, column, main.pk) == 0, table
    with acting(city.bram.acting):
        assert before <= {table for table, column, value in tables_of(case) if count(table, column, value)}


def test_who_is_out_cannot_put_themself_in(city, case):
    protect(city, case)
    with acting(city.hakan.acting), writes.allowed(), pytest.raises(ProgrammingError), transaction.atomic():
        CaseGuard.objects.create(unit_id=case.unit_id, case=case, user=city.hakan, kind="named")
    with acting(city.hakan.acting), writes.allowed(), pytest.raises(ProgrammingError), transaction.atomic():
        Involvement.objects.create(unit_id=case.unit_id, case=case, user=city.hakan, kind="joined")


def test_an_action_is_refused_to_who_is_out(city, case):
    protect(city, case)
    with pytest.raises(NotAllowed):
        actions.join_case(actor=city.hakan, case=case, reason="calls")
    with pytest.raises(Refused):
        actions.involve(actor=city.marit, case=case, user=city.hakan, kind="co_worker")


def test_the_lists_know_it_too_where_the_wall_would_let_someone_through(city, case):
    """Two layers: here the wall stands open, because it is the owner who acts."""
    protect(city, case)
    with acting(city.marit.acting):
        assert list(Case.objects.known_to(city.bram)) == [case]
        assert list(Case.objects.visible_to(city.hakan)) == []
        assert list(Case.objects.known_to(city.hakan)) == []
        assert list(Case.objects.filter(pk=case.pk).open_to(city.hakan)) == []


# Who is known under two rows -------------------------------------------------------------------------------------


def found_by(user, text):
    with acting(user.acting):
        hits, _many = matching.find(user.units_with(Permission.LISTEN), search_keys.parse(text))
        return {hit.resident_id for hit in hits}


def test_who_is_protected_is_found_by_name_under_no_row_of_theirs(city, case):
    other = a_case(city.marit, city.unit("schilderswijk"), name="Rashida Amrani")
    both = {main_of(case, city.marit).pk, main_of(other, city.marit).pk}
    assert found_by(city.hakan, "Amrani") == both
    merge = actions.merge_residents(actor=city.marit, case=case, other=other, keep="this", reason="Zij zei het zelf")
    protection = protect(city, case)
    assert found_by(city.hakan, "Amrani") == found_by(city.marit, "Amrani") == set()
    actions.lift_protection(actor=city.marit, protection=protection)
    assert found_by(city.hakan, "Amrani") == both
    # Brought together while one is protected, the other is hidden; parted again it is somebody else's name.
    actions.undo_merge(actor=city.marit, merge=merge)
    protect(city, case)
    assert found_by(city.hakan, "Amrani") == both - {main_of(case, city.marit).pk}
    merge = actions.merge_residents(actor=city.marit, case=case, other=other, keep="this", reason="Zij zei het zelf")
    assert found_by(city.marit, "Amrani") == set()
    actions.undo_merge(actor=city.marit, merge=merge)
    assert found_by(city.hakan, "Amrani") == both - {main_of(case, city.marit).pk}
