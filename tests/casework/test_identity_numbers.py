"""The identity number of a resident: only where it is switched on, shown in part, found exactly, and gone when it is switched off."""

import logging

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from casework import actions, identity_numbers, search_keys
from casework.models import CaseMember, IdentityNumber, SearchKey
from luisterloket.convenant import actions as convenant
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests import writes
from tests.casework.heard import a_case
from tests.convenant.numbers import NUMBER, OTHER, cell, numbers_in_use, organisation_of, switch_on

pytestmark = pytest.mark.django_db
RESIDENTS = "casework:residents"


@pytest.fixture
def unit(city):
    return city.unit("schilderswijk")


@pytest.fixture
def case(city, unit):
    return a_case(city.marit, unit, household=1)


@pytest.fixture
def allowed(city, unit):
    return numbers_in_use(city, unit)


def main_of(user, case):
    with acting(user.acting):
        return CaseMember.objects.select_related("resident").get(case=case, part="main")


def address(name, case, user):
    return reverse(f"casework:{name}", args=[case.pk, main_of(user, case).resident_id])


def write(user, case, number=NUMBER, **more):
    with acting(user.acting):
        name = main_of(user, case).resident.name
    details = {"name": name, "part": "main", "identity_number": number, **more}
    return actions.change_member(actor=user, case=case, member=main_of(user, case), **details)


def number_of(user, case):
    with acting(user.acting):
        one = IdentityNumber.objects.filter(resident=main_of(user, case).resident_id).first()
        return one.number if one else None


def in_the_database(question, *values):
    """Asked as the owner, past every wall."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            cursor.execute(question, values)
            return cursor.fetchall()
        finally:
            cursor.execute("SET ROLE luisterloket_app")


def keys_with_numbers():
    return in_the_database("SELECT count(*) FROM casework_searchkey WHERE kind = 'bsn'")[0][0]


# Off -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["nothing", "only the switch", "only the convenant", "another organisation", "only reading"])
def test_unless_all_of_it_is_there_the_form_has_no_field_and_takes_no_number(city, sign_in, unit, case, what):
    organisation = organisation_of(unit)
    if what in {"only the switch", "only reading"}:
        switch_on(city, organisation)
    if what == "only the convenant":
        cell(organisation, "wijkwerker")
    if what == "only reading":
        cell(organisation, "wijkwerker", level="read")
    if what == "another organisation":
        numbers_in_use(city, city.unit("vreewijk"))
    client, url = sign_in(city.marit), address("case-person-household", case, city.marit)
    assert "identity_number" not in client.get(url).content.decode()
    answer = client.post(url, {"name": "Rachida Amrani", "part": "main", "identity_number": NUMBER, "forget_number": "on"})
    assert answer.status_code == 302
    assert number_of(city.marit, case) is None
    assert in_the_database("SELECT count(*) FROM casework_historicalidentitynumber") == [(0,)]
    with pytest.raises(NotAllowed):
        write(city.marit, case)


def test_the_database_takes_no_number_where_it_is_off(city, unit, case):
    member = main_of(city.marit, case)
    with acting(city.marit.acting), writes.allowed(), pytest.raises(DatabaseError), transaction.atomic():
        IdentityNumber(
            unit=unit, case=case, resident=member.resident, organisation=organisation_of(unit), number=NUMBER
        ).save(force_insert=True)  # fmt: skip


def test_who_was_brought_in_from_elsewhere_may_not_use_it_here(city, sign_in, unit, allowed, case):
    numbers_in_use(city, city.unit("vreewijk"))
    write(city.marit, case)
    actions.involve(actor=city.marit, case=case, user=city.noor, kind="co_worker")
    html = sign_in(city.noor).get(address("case-person", case, city.marit)).content.decode()
    assert "•••" not in html
    page = sign_in(city.noor).get(reverse("casework:case-history", args=[case.pk])).context["page"]
    assert not [change for change in page.changes if change.icon == "key"]
    with pytest.raises(NotAllowed):
        actions.show_identity_number(actor=city.noor, case=case, resident=main_of(city.marit, case).resident)


# Writing it down ---------------------------------------------------------------------------------------------------


def test_it_is_written_down_encrypted_and_shown_in_part(city, sign_in, allowed, case):
    client = sign_in(city.marit)
    form = client.get(address("case-person-household", case, city.marit)).content.decode()
    assert 'name="identity_number"' in form
    assert "forget_number" not in form
    answer = client.post(
        address("case-person-household", case, city.marit),
        {"name": "Rachida Amrani", "part": "main", "identity_number": "9999 90.019"},
    )
    assert answer.url == address("case-person", case, city.marit)
    assert number_of(city.marit, case) == NUMBER
    html = client.get(answer.url).content.decode()
    assert "••••••019" in html
    form = client.get(address("case-person-household", case, city.marit)).content.decode()
    assert NUMBER not in html + form
    assert "forget_number" in form
    [(sealed,)] = in_the_database("SELECT number FROM casework_identitynumber")
    assert NUMBER.encode() not in bytes(sealed)
    with acting(city.marit.acting):
        assert IdentityNumber.objects.get().organisation == allowed


@pytest.mark.parametrize(
    "typed", ["000000000", "999990018", "99999", "9999900190", "99999001a", "٩٩٩٩٩٠٠١٩"], ids=["zeros", "wrong digit", "short", "long", "letter", "other digits"]
)  # fmt: skip
def test_what_is_no_number_is_refused_in_words_beside_the_field(city, sign_in, allowed, case, typed):
    url = address("case-person-household", case, city.marit)
    answer = sign_in(city.marit).post(url, {"name": "Rachida Amrani", "part": "main", "identity_number": typed})
    assert answer.status_code == 200
    assert answer.context["form"].errors["identity_number"]
    assert number_of(city.marit, case) is None


def test_only_zeros_pass_the_test_and_are_refused_with_what_to_do():
    with pytest.raises(identity_numbers.NoNumber) as refusal:
        identity_numbers.checked("000000000")
    assert str(refusal.value) == gettext("Only zeros is no identity number. Leave it empty when it is not known.")


def test_every_wrong_digit_and_every_swap_of_neighbours_is_seen():
    wrong = [NUMBER[:place] + digit + NUMBER[place + 1 :] for place in range(9) for digit in "0123456789" if digit != NUMBER[place]]
    swaps = [NUMBER[:at] + NUMBER[at + 1] + NUMBER[at] + NUMBER[at + 2 :] for at in range(8) if NUMBER[at] != NUMBER[at + 1]]
    for one in wrong + swaps:
        with pytest.raises(identity_numbers.NoNumber):
            identity_numbers.checked(one)


def test_saving_without_a_number_keeps_it_and_it_can_be_taken_out(city, sign_in, allowed, case):
    write(city.marit, case)
    client, url = sign_in(city.marit), address("case-person-household", case, city.marit)
    same = {"name": "Rachida Amrani", "part": "main", "born": "1989"}
    client.post(url, same | {"identity_number": ""})
    assert number_of(city.marit, case) == NUMBER
    answer = client.post(url, same | {"identity_number": OTHER, "forget_number": "on"})
    assert answer.context["form"].errors["identity_number"]
    client.post(url, same | {"forget_number": "on"})
    assert number_of(city.marit, case) == ""
    assert keys_with_numbers() == 0
    assert "•••" not in client.get(address("case-person", case, city.marit)).content.decode()


def test_the_past_tells_that_it_changed_and_never_the_number(city, sign_in, allowed, case):
    write(city.marit, case)
    write(city.marit, case, OTHER)
    write(city.marit, case, "", forget_number=True)
    client = sign_in(city.marit)
    page = client.get(reverse("casework:case-history", args=[case.pk])).context["page"]
    told = [change for change in page.changes if change.icon == "key"]
    assert len(told) == 3
    for number in (NUMBER, OTHER):
        assert not any(number[-3:] in change.text for change in told)
    with acting(city.daan.acting):
        look = AccessLogEntry.objects.filter(what="history of a case").latest("at")
    assert "bsn" in look.categories
    convenant.switch_off_identity_numbers(actor=city.petra, organisation=allowed, reason="De wet is vervallen")
    page = client.get(reverse("casework:case-history", args=[case.pk])).context["page"]
    assert not [change for change in page.changes if change.icon == "key"]


# Showing it --------------------------------------------------------------------------------------------------------


def test_in_full_only_when_asked_and_that_is_a_look_of_its_own(city, sign_in, allowed, case):
    write(city.marit, case)
    client, url = sign_in(city.marit), address("case-person-number", case, city.marit)
    assert client.get(url).status_code == 405
    assert NUMBER in client.post(url).content.decode()
    with acting(city.daan.acting):
        [look] = AccessLogEntry.objects.filter(what="identity number shown")
    assert (look.actor_id, look.categories, look.subjects) == (city.marit.pk, ["bsn"], [main_of(city.marit, case).resident_id])
    assert look.case_id == case.pk
    with acting(city.marit.acting):
        assert HistoryEntry.objects.filter(verb="identity_number.shown", case_id=case.pk).count() == 1


def test_a_buddy_never_sees_it_not_even_in_part(city, sign_in, allowed, case):
    write(city.marit, case)
    cell(allowed, "buddy", level="read")
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    client = sign_in(city.fatna)
    assert "•••" not in client.get(address("case-person", case, city.marit)).content.decode()
    assert client.post(address("case-person-number", case, city.marit)).status_code == 403


def test_where_none_is_known_there_is_nothing_to_show(city, sign_in, allowed, case):
    answer = sign_in(city.marit).post(address("case-person-number", case, city.marit))
    assert answer.url == address("case-person", case, city.marit)
    with pytest.raises(Refused):
        actions.show_identity_number(actor=city.marit, case=case, resident=main_of(city.marit, case).resident)


# The same number twice -----------------------------------------------------------------------------------------------


def said(client, url, data):
    return [str(message) for message in client.post(url, data, follow=True).context["messages"]]


def test_the_same_number_is_no_error_and_names_whom_to_ask_in_ones_own_wijk(city, sign_in, unit, allowed, case):
    write(city.marit, case)
    twice = a_case(city.bram, unit, name="Iemand Anders")
    data = {"name": "Iemand Anders", "part": "main", "identity_number": NUMBER}
    told = said(sign_in(city.bram), address("case-person-household", twice, city.bram), data)
    assert number_of(city.bram, twice) == NUMBER
    assert any("Marit Zwanenveld" in text for text in told)
    assert not any("Rachida" in text or NUMBER in text for text in told)


def protected(city, case):
    resident = main_of(city.marit, case).resident
    return actions.protect(actor=city.marit, case=case, resident=resident, reason="safety", named=[city.hakan])


def test_a_new_number_says_nothing_of_anyone(city, sign_in, unit, allowed, case):
    write(city.marit, case)
    [changed] = quiet(city, sign_in, unit)
    assert "Bram" not in changed


def quiet(city, sign_in, unit):
    """What is said when the number is of nobody else."""
    fresh = a_case(city.bram, unit, name="Nog Iemand")
    data = {"name": "Nog Iemand", "part": "main", "identity_number": OTHER}
    return said(sign_in(city.bram), address("case-person-household", fresh, city.bram), data)


def test_of_a_protected_resident_it_says_what_it_says_of_a_new_number(city, sign_in, unit, allowed, case):
    write(city.marit, case)
    protected(city, case)
    assert keys_with_numbers() == 0
    twice = a_case(city.bram, unit, name="Iemand Anders")
    data = {"name": "Iemand Anders", "part": "main", "identity_number": NUMBER}
    told = said(sign_in(city.bram), address("case-person-household", twice, city.bram), data)
    assert told == quiet(city, sign_in, unit)


def test_of_another_wijk_it_says_nothing(city, sign_in, unit, allowed):
    numbers_in_use(city, city.unit("vreewijk"))
    far = a_case(city.noor, city.unit("vreewijk"), name="Ver Weg")
    write(city.noor, far)
    near = a_case(city.bram, unit, name="Iemand Anders")
    data = {"name": "Iemand Anders", "part": "main", "identity_number": NUMBER}
    told = said(sign_in(city.bram), address("case-person-household", near, city.bram), data)
    assert told == quiet(city, sign_in, unit)


# Finding by it -------------------------------------------------------------------------------------------------------


def found(client, text):
    return client.post(reverse(RESIDENTS), {"q": text}).context["found"]


@pytest.mark.parametrize("typed", [NUMBER, "9999 90 019", "999.990.019", f"Rachida {NUMBER}"])
def test_who_may_use_it_finds_exactly_who_has_it(city, sign_in, unit, allowed, case, typed):
    write(city.marit, case)
    a_case(city.marit, unit, name="Iemand Anders")
    [row] = found(sign_in(city.marit), typed).rows
    assert row.case_id == case.pk
    assert found(sign_in(city.marit), OTHER).count == 0


def test_a_colleague_finds_initials_and_whom_to_ask(city, sign_in, allowed, case):
    write(city.marit, case)
    result = found(sign_in(city.bram), NUMBER)
    assert result.rows == []
    [known] = result.known
    assert (known.initials, known.owner, known.name) == ("R. A.", "Marit Zwanenveld", "")


@pytest.mark.parametrize("part", [NUMBER[:8], NUMBER[1:], NUMBER + "1", "0" + NUMBER])
def test_a_part_of_the_number_finds_nobody(city, sign_in, allowed, case, part):
    write(city.marit, case)
    assert found(sign_in(city.marit), part).count == 0


def test_for_who_may_not_use_it_the_digits_find_nobody(city, sign_in, unit, allowed, case):
    write(city.marit, case)
    with writes.allowed():
        Authorisation.objects.filter(category_id="bsn", role="coordinator").delete()
    assert found(sign_in(city.hakan), NUMBER).count == 0
    assert found(sign_in(city.marit), NUMBER).count == 1


def test_a_search_in_the_address_finds_nothing_and_gives_no_number_back(city, sign_in, allowed, case):
    write(city.marit, case)
    answer = sign_in(city.marit).get(reverse(RESIDENTS), {"q": NUMBER})
    assert "found" not in answer.context
    # The choice of language gives back the address that was asked for.
    assert NUMBER not in answer.content.decode().replace(f"?q={NUMBER}", "")
    assert 'role="search" method="post"' in answer.content.decode()


@pytest.mark.parametrize("typed", ["06 00 00 45 12", "+31 6 00004512", "0031600004512", "06-00004512"])
def test_a_telephone_number_is_still_one(typed):
    query = search_keys.parse(typed)
    assert dict(query.facts).keys() == {SearchKey.Kind.PHONE}
    assert not query.number


def test_a_day_of_birth_is_no_number():
    assert search_keys.parse("14-03-1997").number == ()
    assert search_keys.parse("Rachida 14-3-1997 2525 AB").number == ()


# Switched off again ----------------------------------------------------------------------------------------------------


def test_switching_off_erases_the_numbers_their_past_and_their_keys(city, sign_in, unit, allowed):
    cases = [a_case(city.marit, unit, name=f"Bewoner {letter}") for letter in "AB"]
    write(city.marit, cases[0])
    write(city.marit, cases[0], OTHER)
    write(city.marit, cases[1], "999990032")
    other = numbers_in_use(city, city.unit("vreewijk"))
    far = a_case(city.noor, city.unit("vreewijk"), name="Ver Weg")
    write(city.noor, far)
    off = reverse("identity-numbers-off", args=[allowed.pk])
    page = sign_in(city.petra).get(off)
    assert page.context["kept"] == 2
    use = convenant.switch_off_identity_numbers(actor=city.petra, organisation=allowed, reason="De wet is vervallen")
    assert use.erased == 2
    for table in ("identitynumber", "historicalidentitynumber"):
        assert in_the_database(f"SELECT DISTINCT organisation_id FROM casework_{table}") == [(other.pk,)]
    assert keys_with_numbers() == 1
    assert number_of(city.noor, far) == NUMBER
    client = sign_in(city.marit)
    assert "identity_number" not in client.get(address("case-person-household", cases[0], city.marit)).content.decode()
    assert found(client, OTHER).count == 0
    # On again is with nothing.
    switch_on(city, allowed)
    assert number_of(city.marit, cases[0]) is None


def test_erasing_takes_as_many_statements_for_many_as_for_one(city, unit, allowed):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            convenant.switch_off_identity_numbers(actor=city.petra, organisation=allowed, reason="De wet is vervallen")
        switch_on(city, allowed)
        return len(captured)

    write(city.marit, a_case(city.marit, unit, name="Een"))
    one = statements()
    for number in ("999990020", "999990032", "999990044"):
        write(city.marit, a_case(city.marit, unit, name=number), number)
    assert statements() == one


def test_the_database_erases_nothing_while_it_is_on(city, allowed, case):
    write(city.marit, case)
    with acting(city.marit.acting), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT erase_identity_numbers(%s)", [allowed.pk])
    assert number_of(city.marit, case) == NUMBER


def test_protection_takes_the_key_away_and_lifting_it_brings_it_back(city, unit, allowed, case):
    write(city.marit, case)
    protection = protected(city, case)
    assert keys_with_numbers() == 0
    write(city.marit, case, OTHER)
    assert keys_with_numbers() == 0
    actions.lift_protection(actor=city.marit, protection=protection)
    assert keys_with_numbers() == 1


# Nowhere else ------------------------------------------------------------------------------------------------------------


def test_neither_the_audit_nor_a_log_line_holds_it(city, sign_in, allowed, case, caplog):
    caplog.set_level(logging.DEBUG)
    client = sign_in(city.marit)
    client.post(
        address("case-person-household", case, city.marit), {"name": "Rachida Amrani", "part": "main", "identity_number": NUMBER}
    )
    client.post(address("case-person-number", case, city.marit))
    client.post(reverse(RESIDENTS), {"q": NUMBER})
    assert number_of(city.marit, case) == NUMBER
    lines = [line.getMessage() for line in caplog.records if line.name != "django.db.backends"]
    assert not [line for line in lines if NUMBER in line]
    for table in (
        "platform_historyentry",
        "convenant_accesslogentry",
        "platform_command",
        "platform_outboxevent",
        "casework_historicalresident",
    ):
        assert not [row for row in in_the_database(f"SELECT t::text FROM {table} t") if NUMBER in row[0]]
