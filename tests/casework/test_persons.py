"""Who a case is about: a name that comes later, and two rows that are one person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.actions import Missing
from casework.models import Case, Intake, Resident, ResidentMerge
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db


def page(client, case):
    return client.get(case.get_absolute_url()).context["page"]


def rows(client, typed):
    return client.post(reverse("casework:residents"), {"q": typed}).context["found"].rows


# A name that comes later -----------------------------------------------------------------------------------------


@pytest.fixture
def nameless(city):
    return a_case(city.marit, city.unit("schilderswijk"), name="", known_as="Kees van de brug", phone="")


def test_who_came_without_a_name_gives_it_later_and_is_found_by_it(city, sign_in, nameless):
    client = sign_in(city.marit)
    assert 'value="Kees van de brug"' in client.get(address("case-who", nameless)).content.decode()
    typed = {"name": "Kees Verhulst", "known_as": "Kees van de brug", "born": "3-5-1961", "phone": "06 12 12 12 12"}
    assert client.post(address("case-who", nameless), typed | {"command_key": str(uuid4())}).url == nameless.get_absolute_url()
    for words in ("verhulst", "brug", "3-5-1961", "06-12121212"):
        assert [row.case_id for row in rows(client, words)] == [nameless.pk]
    shown = page(client, nameless)
    assert shown.name == "Kees Verhulst"
    assert shown.story
    assert shown.timeline[0].icon == "person"


def test_how_it_was_before_is_kept(city, nameless):
    actions.amend_resident(actor=city.marit, case=nameless, name="Kees Verhulst")
    actions.amend_resident(actor=city.marit, case=nameless, name="Kees Verhulsdonk")
    with acting(city.marit.acting):
        one = Resident.objects.get()
        assert [row.name for row in one.history.order_by("history_id")] == ["", "Kees Verhulst", "Kees Verhulsdonk"]
        assert Intake.objects.get().known_as == "Kees van de brug"


def test_some_way_to_know_the_person_stays(city, sign_in, nameless):
    with pytest.raises(Missing):
        actions.amend_resident(actor=city.marit, case=nameless, name=" ", known_as="")
    html = sign_in(city.marit).post(address("case-who", nameless), {"name": "", "phone": "06 1"}).content.decode()
    assert "id_name_error" in html
    assert 'value="06 1"' in html


def test_only_who_works_on_the_case_changes_who_it_is(city, nameless):
    actions.involve(actor=city.marit, case=nameless, user=city.fatna, kind="buddy")
    for name in ("fatna", "bram", "noor", "joost"):
        with pytest.raises(NotAllowed):
            actions.amend_resident(actor=getattr(city, name), case=nameless, name="Iemand")


# Two rows of one person ------------------------------------------------------------------------------------------


@pytest.fixture
def two(city):
    unit = city.unit("schilderswijk")
    first = a_case(city.marit, unit, name="Rachida Amrani", born="1997-03-14", phone="06 11 11 11 11")
    second = a_case(city.bram, unit, name="Rashida Amrany", born="1997", phone="06 22 22 22 22")
    actions.join_case(actor=city.bram, case=first, reason="asked")
    return first, second


def together(city, two, **how):
    details = {"keep": "this", "reason": "Zij vertelde het zelf"} | how
    return actions.merge_residents(actor=city.bram, case=two[0], other=two[1], **details)


def test_who_looks_alike_is_offered_compared_and_brought_together(city, sign_in, two):
    first, second = two
    client = sign_in(city.bram)
    assert [one.case_id for one in client.get(address("case-double", first)).context["page"].mine] == [second.pk]
    preview = client.get(address("case-merge", first, second.pk))
    assert [line.differs for line in preview.context["page"].lines] == [True, True, True, False, False]
    typed = {"keep": "this", "reason": "Zelf verteld", "command_key": str(uuid4())}
    assert client.post(address("case-merge", first, second.pk), typed).url == first.get_absolute_url()
    shown = page(client, second)
    assert shown.name == "Rachida Amrani"
    assert [item.text for item in shown.facts] == ["06 11 11 11 11", "06 22 22 22 22"]
    assert [url for url, _opened in shown.same_person] == [first.get_absolute_url()]
    assert client.get(address("case-double", first)).context["page"].mine == []
    with acting(city.daan.acting):
        assert AccessLogEntry.objects.filter(what="bringing together", actor_id=city.bram.pk).count() > 2


def test_each_name_finds_both_cases(city, sign_in, two):
    together(city, two)
    client = sign_in(city.bram)
    for words in ("06 11111111", "06 22222222"):
        assert {row.case_id for row in rows(client, words)} == {case.pk for case in two}


def test_who_may_open_one_of_the_two_sees_nothing_of_the_other(city, sign_in, two):
    first, second = two
    together(city, two, keep="other")
    shown = page(sign_in(city.marit), first)
    assert (shown.name, shown.same_person) == ("Rachida Amrani", [])
    assert [item.text for item in shown.facts] == ["06 11 11 11 11"]
    actions.involve(actor=city.bram, case=second, user=city.fatna, kind="buddy")
    shown = page(sign_in(city.fatna), second)
    assert (shown.name, [item.text for item in shown.facts]) == ("Rashida Amrany", ["06 22 22 22 22"])


def test_undoing_gives_back_two_people_and_what_came_since_stays_in_its_case(city, sign_in, two):
    _first, second = two
    merge = together(city, two)
    actions.add_strength(actor=city.bram, case=second, text="Zingt in een koor")
    client = sign_in(city.bram)
    html = client.get(address("case-part", second, merge.pk)).content.decode()
    assert "Zij vertelde het zelf" in html
    assert client.post(address("case-part", second, merge.pk), {"command_key": str(uuid4())}).url == second.get_absolute_url()
    shown = page(client, second)
    assert (shown.name, shown.same_person) == ("Rashida Amrany", [])
    assert "Zingt in een koor" in [item.text for row in shown.balance for item in row.strengths]
    assert [moment.icon for moment in shown.timeline].count("people") == 2
    assert client.get(address("case-part", second, merge.pk)).status_code == 404


def test_after_thirty_days_it_stays(city, two):
    merge = together(city, two)
    with writes.allowed(), acting(city.bram.acting):
        ResidentMerge.objects.filter(pk=merge.pk).update(done_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused):
        actions.undo_merge(actor=city.bram, merge=merge)


def test_nothing_moves(city, two):
    with acting(city.bram.acting):
        before = {case.pk: [member.resident_id for member in case.members.all()] for case in Case.objects.all()}
    together(city, two)
    with acting(city.bram.acting):
        assert {case.pk: [member.resident_id for member in case.members.all()] for case in Case.objects.all()} == before


def test_the_same_two_are_not_brought_together_twice_nor_in_a_circle(city, two):
    together(city, two)
    for pair in (two, two[::-1]):
        with pytest.raises(Refused):
            together(city, pair)
    with pytest.raises(Missing):
        together(city, two, reason=" ")


def test_who_may_not_open_both_cannot_bring_them_together_or_undo_it(city, two):
    for name in ("marit", "hakan", "noor", "fatna", "joost"):
        with pytest.raises(NotAllowed):
            actions.merge_residents(actor=getattr(city, name), case=two[0], other=two[1], keep="this", reason="Zo maar")
    merge = together(city, two)
    for name in ("marit", "hakan", "noor", "fatna", "joost"):
        with pytest.raises(NotAllowed):
            actions.undo_merge(actor=getattr(city, name), merge=merge)


def test_a_colleagues_case_must_be_joined_before_comparing(city, sign_in, two):
    shown = sign_in(city.marit).get(address("case-double", two[0])).context["page"]
    assert shown.mine == []
    assert [(one.case_id, one.who) for one in shown.colleagues] == [(two[1].pk, "R. A.")]
