"""A partner or child who is known twice, in two cases or twice in one, is one person: shown once, and undone without loss."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from backoffice import sharing
from casework import actions
from casework.actions import Missing
from casework.models import CaseMember, Debt, Representative, Resident
from casework.money import money_sheet
from casework.people import people_page
from casework.summaries import composed_now
from casework.wording import own_wording
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.backoffice import scene
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db
RESIDENTS = "casework:residents"


def member(city, case, name, part="child", actor=None, **more):
    return actions.add_member(actor=actor or city.marit, case=case, name=name, part=part, **more).resident_id


def page(client, case):
    return client.get(case.get_absolute_url()).context["page"]


def main(case, user):
    with acting(user.acting):
        return CaseMember.objects.get(case=case, part="main").resident_id


def together(actor, case, resident, other, other_resident, **how):
    details = {"keep": "this", "reason": "Zij vertelde het zelf"} | how
    return actions.merge_residents(actor=actor, case=case, other=other, resident=resident, other_resident=other_resident, **details)


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"))


@pytest.fixture
def twice(city, case):
    """A child who was written down twice in one household."""
    return member(city, case, "Ilyas Amrani", born="2022"), member(city, case, "Ilias", born="2022-05-01")


@pytest.fixture
def elsewhere(city, case):
    """The same child in the household of a father, a case of Bram who may open both."""
    other = a_case(city.bram, city.unit("schilderswijk"), name="Omar Haddad", phone="06 33 33 33 33")
    actions.join_case(actor=city.bram, case=case, reason="asked")
    return other, member(city, other, "Iljas Haddad", actor=city.bram, born="2022-05-01")


# Twice in one household ------------------------------------------------------------------------------------------


def test_who_is_twice_in_one_household_stands_there_once_everywhere(city, sign_in, case, twice):
    kept, other = twice
    actions.add_debt(actor=city.marit, case=case, creditor="Eneco", kind="energy", sureness="about", least=100, whose_id=other)
    actions.add_tie(
        actor=city.marit, case=case, child=of(city, case, other), kind="parent", adult=of(city, case, main(case, city.marit))
    )
    together(city.marit, case, kept, case, other)
    client = sign_in(city.marit)
    shown = page(client, case)
    assert [item.details["name"] for item in shown.household] == ["Ilyas Amrani"]
    assert shown.picture is None or [node.name for node in shown.picture.nodes].count("Ilyas") == 1
    with acting(city.marit.acting):
        people = people_page(case, city.marit).here
        assert [one.name for one in people] == ["Rachida Amrani", "Ilyas Amrani"]
        assert len(people[1].ties) == 1
        sheet = money_sheet(case, city.marit)
        assert [name for _pk, name in sheet.people] == ["Rachida Amrani", "Ilyas Amrani"]
        assert [row.whose for row in sheet.debts] == ["Ilyas Amrani"]
        case.owner = city.marit
        text = composed_now(case, city.marit, own_wording("nl")).summary.text
        desk = scene.desk(city, "jeugd")
        items = sharing.shareable(city.marit, case, desk).items.values()
    assert (text.count("Ilyas"), text.count("Ilias")) == (1, 0)
    assert not [item.text for item in items if "Ilias" in item.text]
    assert sum("Ilyas Amrani" in item.text for item in items if item.category == "household" and item.kind == "member") == 1
    for typed in ("ilyas", "ilias"):
        [row] = client.post(reverse(RESIDENTS), {"q": typed}).context["found"].rows
        assert (row.case_id, row.name) == (case.pk, "Ilyas Amrani")
    assert client.get(address("case-person", case, other)).context["page"].person.name == "Ilyas Amrani"


def of(city, case, resident):
    with acting(city.marit.acting):
        return CaseMember.objects.get(case=case, resident=resident)


def test_who_the_case_is_about_and_is_in_the_household_too_stands_there_once(city, sign_in, case):
    partner = member(city, case, "R. Amrani", part="partner")
    actions.add_income(actor=city.marit, case=case, kind="wage", sureness="exact", least=100, whose_id=partner)
    together(city.marit, case, None, case, partner)
    shown = page(sign_in(city.marit), case)
    assert (shown.name, shown.household) == ("Rachida Amrani", [])
    with acting(city.marit.acting):
        sheet = money_sheet(case, city.marit)
    assert ([name for _pk, name in sheet.people], [row.whose for row in sheet.income]) == (["Rachida Amrani"], [""])


def test_saving_a_line_again_does_not_move_it_to_the_row_that_is_shown(city, sign_in, case, twice):
    kept, other = twice
    debt = actions.add_debt(
        actor=city.marit, case=case, creditor="Eneco", kind="energy", sureness="about", least=100, whose_id=other
    )
    together(city.marit, case, kept, case, other)
    client, url = sign_in(city.marit), address("money-change", case, "schuld", debt.pk)
    form = client.get(url).context["form"]
    assert form["whose"].value() == kept
    typed = {"creditor": "Eneco", "kind": "energy", "sureness": "about", "least": "150", "status": "open", "whose": str(kept)}
    assert client.post(url, typed | {"command_key": str(uuid4())}).status_code == 302
    with acting(city.marit.acting):
        now = Debt.objects.get()
    assert (now.least, now.whose_id) == (150_00, other)


def test_undoing_asks_of_whom_is_what_was_noted_since(city, sign_in, case, twice):
    kept, other = twice
    before = actions.add_debt(
        actor=city.marit, case=case, creditor="Eerder", kind="energy", sureness="about", least=100, whose_id=kept
    )
    merge = together(city.marit, case, kept, case, other)
    debt = actions.add_debt(
        actor=city.marit, case=case, creditor="Nadien", kind="energy", sureness="about", least=100, whose_id=kept
    )
    client, url = sign_in(city.marit), address("case-part", case, merge.pk)
    form = client.get(url).context["form"]
    assert [field.label.split(" ")[0] for field in form.asked] == ["Nadien"]
    assert [str(choice[1]) for choice in form.asked[0].field.choices] == ["Ilyas Amrani", "Ilias"]
    assert client.post(url, {"command_key": str(uuid4())}).status_code == 200
    assert client.post(url, {"command_key": str(uuid4()), f"belongs_{debt.pk}": str(other)}).status_code == 302
    with acting(city.marit.acting):
        assert {one.pk: one.whose_id for one in Debt.objects.all()} == {before.pk: kept, debt.pk: other}
        assert [row.whose_id for row in debt.history.order_by("history_id")] == [kept, other]
    assert {item.details["name"] for item in page(client, case).household} == {"Ilyas Amrani", "Ilias"}


def test_undoing_gives_nothing_to_somebody_else(city, case, twice):
    kept, other = twice
    merge = together(city.marit, case, kept, case, other)
    bewind = actions.add_representative(
        actor=city.marit, case=case, resident=Resident(pk=kept), kind="mentor", name="W. de Boer", scope="care"
    )
    third = member(city, case, "Sofia")
    actions.undo_merge(actor=city.marit, merge=merge, belongs={str(bewind.pk): str(third)})
    with acting(city.marit.acting):
        assert Representative.objects.get().resident_id == kept


# In two cases ----------------------------------------------------------------------------------------------------


def test_a_child_of_two_cases_is_found_compared_and_brought_together(city, sign_in, case, twice, elsewhere):
    other, child = elsewhere
    client = sign_in(city.bram)
    first = client.post(address("case-person-double", case, twice[0]), {"q": "iljas"})
    assert (other.pk, child) in [(one.case_id, one.resident_id) for one in first.context["page"].mine]
    url = address("case-person-merge", case, twice[0], other.pk, child)
    assert url in first.content.decode()
    assert [str(line.this) + "/" + str(line.other) for line in client.get(url).context["page"].lines[:2]] == [
        "Ilyas Amrani/Iljas Haddad", "2022/1-5-2022"
    ]  # fmt: skip
    assert client.post(url, {"keep": "other", "reason": "Zelf verteld", "command_key": str(uuid4())}).status_code == 302
    # Under the name that was chosen for who may open both, and under their own for who may not.
    assert "Iljas Haddad" in {item.details["name"] for item in page(client, case).household}
    assert "Ilyas Amrani" in {item.details["name"] for item in page(sign_in(city.marit), case).household}
    client = sign_in(city.bram)
    rows = client.post(reverse(RESIDENTS), {"q": "ilyas"}).context["found"].rows
    assert {(row.case_id, row.name) for row in rows} >= {(case.pk, "Iljas Haddad"), (other.pk, "Iljas Haddad")}
    [undo] = client.get(address("case-person-double", case, twice[0])).context["page"].merges
    assert client.get(address("case-person-double", case, twice[1])).context["page"].merges == []
    assert client.post(address("case-part", case, undo.pk), {"command_key": str(uuid4())}).status_code == 302
    assert "Ilyas Amrani" in {item.details["name"] for item in page(client, case).household}


def test_whose_a_debt_is_has_the_kept_name_and_what_goes_to_a_desk_too(city, case, twice, elsewhere):
    other, child = elsewhere
    actions.add_debt(actor=city.marit, case=case, creditor="Eneco", kind="energy", sureness="about", least=1, whose_id=twice[0])
    actions.add_debt(actor=city.bram, case=other, creditor="Vitens", kind="water", sureness="about", least=1, whose_id=child)
    together(city.bram, case, twice[0], other, child, keep="other")
    with acting(city.bram.acting):
        assert [row.whose for row in money_sheet(case, city.bram).debts] == ["Iljas Haddad"]
        items = sharing.shareable(city.bram, case, scene.desk(city, "jeugd")).items.values()
        case.owner = city.marit
        assert "Iljas Haddad" in composed_now(case, city.bram, own_wording("nl")).summary.text
    assert "Iljas Haddad" in [item.details["name"] for item in items if item.kind == "member"]
    # What was told in the other case does not go along with it.
    with acting(city.bram.acting):
        assert {item.subject_id for item in items} <= set(
            CaseMember.objects.filter(case=case).values_list("resident_id", flat=True)
        )


def test_a_main_resident_is_a_member_elsewhere(city, sign_in, case, elsewhere):
    other, _child = elsewhere
    partner = member(city, other, "Rashida Amrany", part="partner", actor=city.bram)
    client = sign_in(city.bram)
    assert partner in [one.resident_id for one in client.get(address("case-double", case)).context["page"].mine]
    together(city.bram, case, None, other, partner)
    assert "Rachida Amrani" in {item.details["name"] for item in page(client, other).household}
    assert page(client, case).same_person == []


def test_a_name_out_of_a_case_that_is_kept_for_named_people_is_not_kept_or_sent(city, case, twice, elsewhere):
    other, child = elsewhere
    together(city.bram, case, twice[0], other, child, keep="other")
    protects(city, other)
    with acting(city.bram.acting):
        case.owner = city.marit
        assert "Iljas" not in composed_now(case, city.bram, own_wording("nl")).summary.text
        items = sharing.shareable(city.bram, case, scene.desk(city, "jeugd")).items.values()
    assert not [item for item in items if "Iljas" in item.text]


def protects(city, case):
    resident = main(case, city.bram)
    actions.protect(actor=city.bram, case=case, resident=Resident(pk=resident), reason="safety", named=[city.hakan])


def test_a_merge_with_a_case_that_was_closed_since_is_not_told_to_who_may_not_open_it(city, sign_in, case, twice, elsewhere):
    other, child = elsewhere
    merge = together(city.bram, case, twice[0], other, child)
    client = sign_in(city.marit)
    told = [moment.text for moment in page(client, case).timeline]
    protects(city, other)
    assert [moment.text for moment in page(client, case).timeline] == told[1:]
    assert client.get(address("case-person-double", case, twice[0])).context["page"].merges == []
    assert client.get(address("case-part", case, merge.pk)).status_code == 404


def test_who_may_not_open_both_cannot_bring_people_together(city, case, twice, elsewhere):
    other, child = elsewhere
    for name in ("marit", "hakan", "noor", "fatna", "joost"):
        with pytest.raises(NotAllowed):
            together(getattr(city, name), case, twice[0], other, child)
    protects(city, other)
    with pytest.raises(NotAllowed):
        together(city.marit, case, twice[0], other, child)


def test_only_people_of_the_case_and_never_of_another_wijk(city, case, twice, elsewhere):
    _other, child = elsewhere
    with pytest.raises(Missing):
        together(city.bram, case, child, case, twice[1])
    with pytest.raises(Refused):
        together(city.bram, case, twice[0], case, twice[0])


def test_who_leads_to_a_row_of_a_closed_case_is_left_as_they_are(city, case, twice, elsewhere):
    other, child = elsewhere
    together(city.bram, case, twice[0], other, child, keep="other")
    protects(city, other)
    with pytest.raises(Refused):
        together(city.marit, case, twice[0], case, twice[1], keep="other")


def test_after_thirty_days_it_stays_also_for_a_child(city, case, twice):
    from casework.models import ResidentMerge
    from tests import writes

    merge = together(city.marit, case, twice[0], case, twice[1])
    with writes.allowed(), acting(city.marit.acting):
        ResidentMerge.objects.filter(pk=merge.pk).update(done_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused):
        actions.undo_merge(actor=city.marit, merge=merge)
