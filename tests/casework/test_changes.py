"""What changed is told in words, to each reader as far as it is for them."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from casework import actions, changes
from casework.models import Case, Concern, Resident, Strength, SupportPerson
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform.acting import acting
from tests import writes
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1)


def amend(city, case, kind, changed, **which):
    with acting(city.marit.acting):
        thing = kind.objects.get(case=case, **which)
    return actions.amend(actor=city.marit, case=case, thing=thing, **changed)


def address(case):
    return reverse("casework:case-history", args=[case.pk])


def page(client, case, **query):
    return client.get(address(case), query).context["page"]


def told(client, case):
    return [change.text for change in page(client, case).changes]


def put_right(city, resident, **values):
    """As an action of the wijk does it: the history of the row says who."""
    with writes.allowed(), acting(city.marit.acting):
        for name, value in values.items():
            setattr(resident, name, value)
        resident.save()


def test_a_change_says_who_and_from_what_to_what(city, sign_in, case):
    amend(city, case, Concern, {"text": "Nog tien euro", "severity": 4}, domain="finances")
    newest, *_others = told(sign_in(city.marit), case)
    assert re.fullmatch(r"Marit Zwanenveld .*‘Nog veertig euro’ .*‘Nog tien euro’ \(.*: zwaar → .+\)\.", newest), newest


def test_what_was_noted_first_is_told_too(city, sign_in, case):
    text = " ".join(told(sign_in(city.marit), case))
    for part in ("‘Vannacht geen plek’", "‘Spreekt vier talen’", "‘Hatice’", "buurvrouw", "Marit Zwanenveld"):
        assert part in text


def test_every_kind_of_thing_has_its_words(city, sign_in, case):
    amend(city, case, Strength, {"text": "Spreekt vijf talen"})
    amend(city, case, SupportPerson, {"can_do": "koken"})
    amend(city, case, Concern, {"domain": "work"}, domain="finances")
    with acting(city.marit.acting):
        resident = Resident.objects.get(pk=case.members.get(part="main").resident_id)
    put_right(city, resident, phone="06 00 00 99 99", name="Rachida El Amrani")
    text = "\n".join(told(sign_in(city.marit), case))
    assert "‘Spreekt vier talen’" in text
    assert "op de kinderen passen → koken" in text
    assert "geld → werk en leren" in text
    assert "06 00 00 45 12 → 06 00 00 99 99" in text
    assert re.search("‘Rachida Amrani’ .* ‘Rachida El Amrani’", text)


def test_a_new_owner_is_told_and_another_save_of_the_case_is_not(city, sign_in, case):
    client = sign_in(city.marit)
    with writes.allowed(), acting(city.marit.acting):
        mine = Case.objects.get(pk=case.pk)
        mine.save()
        before = len(told(client, case))
        mine.owner = city.bram
        mine.save()
    newest, *others = told(client, case)
    assert "Bram Oosterling" in newest
    assert len(others) == before


def test_a_save_that_changed_nothing_is_no_change(city, sign_in, case):
    client = sign_in(city.marit)
    before = told(client, case)
    amend(city, case, Strength, {"text": "Spreekt vier talen"})
    assert told(client, case) == before


# Who reads -------------------------------------------------------------------------------------------------------


def test_a_buddy_reads_of_what_is_theirs_and_no_trace_of_the_rest(city, sign_in, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    amend(city, case, Strength, {"text": "Spreekt vijf talen"})
    amend(city, case, Concern, {"text": "Nog tien euro"}, domain="finances")
    client = sign_in(city.fatna)
    html = client.get(address(case)).content.decode()
    assert "Spreekt vijf talen" in html
    assert "Hatice" in html
    for hidden in ("euro", "Vannacht geen plek", "zwaar"):
        assert hidden not in html
    assert len(page(client, case).changes) == 4


def test_a_change_between_two_categories_needs_both(city, sign_in, case):
    amend(city, case, Concern, {"domain": "work", "text": "Geen loon"}, domain="finances")
    with writes.allowed():
        Authorisation.objects.filter(purpose="listening", role="wijkwerker", category="finances").delete()
    text = " ".join(told(sign_in(city.marit), case))
    assert "Geen loon" not in text
    assert "Vannacht geen plek" in text


def test_without_the_name_and_with_the_telephone_only_the_telephone_is_told(city, sign_in, case):
    with acting(city.marit.acting):
        resident = Resident.objects.get(pk=case.members.get(part="main").resident_id)
    put_right(city, resident, phone="06 00 00 99 99", name="Rachida El Amrani")
    with writes.allowed():
        Authorisation.objects.filter(purpose="listening", role="wijkwerker", category="identity").delete()
    text = " ".join(told(sign_in(city.marit), case))
    assert "06 00 00 99 99" in text
    assert "Rachida" not in text


def test_each_look_is_kept_with_what_was_shown(city, sign_in, case):
    sign_in(city.marit).get(address(case))
    with acting(city.daan.acting):
        [look] = AccessLogEntry.objects.filter(what=changes.WHAT)
    assert (look.case_id, look.purpose, look.ground_kind) == (case.pk, "listening", "involvement")
    assert set(look.categories) == {"housing", "finances", "strengths", "network"}
    assert len(look.subjects) == 2


@pytest.mark.parametrize("name", ["bram", "noor", "joost", "eline", "daan"])
def test_the_past_of_a_case_is_not_there_for_who_has_no_part_in_it(city, sign_in, case, name):
    client = sign_in(getattr(city, name))
    assert client.get(address(case)).status_code == 404
    assert client.get(reverse("casework:case-history", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize(("name", "within"), [("marit", True), ("noor", False), ("joost", False), ("daan", False)])
def test_the_database_itself_gives_no_past_of_people_around(city, case, name, within):
    with acting(getattr(city, name).acting):
        assert SupportPerson.history.exists() is within


def test_who_helps_from_another_wijk_reads_the_past_from_before_there_was_a_case(city, sign_in, case):
    actions.involve(actor=city.marit, case=case, user=city.noor, kind="co_worker")
    amend(city, case, Concern, {"text": "Nog tien euro"}, domain="finances")
    assert told(sign_in(city.noor), case) == told(sign_in(city.marit), case)
    a_case(city.marit, city.unit("schilderswijk"), name="Iemand Anders")
    with acting(city.noor.acting):
        assert Concern.history.count() == 3


# Pages -----------------------------------------------------------------------------------------------------------


def test_page_after_page_gives_every_change_once(city, sign_in, case):
    for number in range(2 * changes.PAGE):
        actions.add_strength(actor=city.marit, case=case, text=f"Kracht {number:02}")
        if number % 7 == 0:
            amend(city, case, Concern, {"text": f"Schuld {number:02}"}, domain="finances")
    client, key, found, pages = sign_in(city.marit), "", [], 0
    while pages < 10:
        shown = page(client, case, **({"before": key} if key else {}))
        found += [change.text for change in shown.changes]
        pages, key = pages + 1, shown.following
        if not key:
            break
    assert pages == 3
    assert len(found) == len(set(found)) == 2 * changes.PAGE + 8 + 5
    assert [text for text in found if "‘Kracht" in text] == sorted((text for text in found if "‘Kracht" in text), reverse=True)


@pytest.mark.parametrize("key", ["x", "2026-01-01_", "2026-01-01T00:00:00+00:00_1", "2026-01-01T00:00:00+00:00_a-b", "_1-2"])
def test_a_page_that_no_list_gave_is_not_there(city, sign_in, case, key):
    assert sign_in(city.marit).get(address(case), {"before": key}).status_code == 404


def test_the_page_takes_as_many_queries_for_many_changes_as_for_few(city, sign_in, case, django_assert_max_num_queries):
    amend(city, case, Concern, {"text": "Nog tien euro"}, domain="finances")
    amend(city, case, Strength, {"text": "Spreekt vijf talen"})
    client = sign_in(city.marit)
    client.get(address(case))
    with django_assert_max_num_queries(60) as small:
        client.get(address(case))
    for number in range(15):
        amend(city, case, Concern, {"text": f"Nog {number} euro"}, domain="finances")
        actions.add_strength(actor=city.marit, case=case, text=f"Kracht {number}")
    with django_assert_max_num_queries(len(small)):
        client.get(address(case))
