"""Who sees what of a case, in each relation to it; each look is kept."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from casework import actions
from casework.forms import SearchForm
from casework.models import Case, Concern, Resident
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from luisterloket.platform.registries import CasePanel, case_panels
from luisterloket.wijken.models import WayOfWorking
from tests import writes
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db
TOLD = ["Vannacht geen plek", "Nog veertig euro", "Wij slapen vannacht nergens.", "Laat mijn kinderen slapen."]


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1)


def looks(city, **which):
    with acting(city.daan.acting):
        return list(AccessLogEntry.objects.filter(**which).order_by("at"))


# Mine ------------------------------------------------------------------------------------------------------------


def test_the_owner_sees_everything_and_the_look_is_kept(city, sign_in, case):
    html = sign_in(city.marit).get(address("case", case)).content.decode()
    for part in [*TOLD, "Rachida Amrani", "06 00 00 45 12", "Spreekt vier talen", "Hatice", "Kind 0", "Marit Zwanenveld"]:
        assert part in html
    [look] = looks(city, what="case page")
    assert look.case_id == case.pk
    assert len(look.subjects) == 2
    assert look.purpose == "listening"


# Team colleague --------------------------------------------------------------------------------------------------


def test_a_case_is_not_there_for_who_has_no_part_in_it(city, sign_in, case):
    for name in ("bram", "hakan", "noor", "fatna", "joost", "eline", "ravi", "petra", "daan", "lotte", "gerda"):
        client = sign_in(getattr(city, name))
        for page in ("case", "case-summary", "case-access"):
            assert client.get(address(page, case)).status_code == 404, (name, page)
            assert client.get(reverse(f"casework:{page}", args=[uuid4()])).status_code == 404, (name, page)
    assert looks(city, what="case page") == []


def test_a_colleague_joins_in_one_tap_and_the_owner_can_see_why(city, sign_in, case):
    client = sign_in(city.bram)
    html = client.get(address("case-join", case)).content.decode()
    assert "R. A." in html
    assert "Marit Zwanenveld" in html
    assert "Rachida" not in html
    answer = client.post(address("case-join", case), {"reason": "calls", "command_key": str(uuid4())})
    assert answer.url == address("case", case)
    assert "Rachida Amrani" in client.get(answer.url).content.decode()
    assert "Bram Oosterling" in sign_in(city.marit).get(address("case", case)).content.decode()


def test_another_reason_asks_for_words_and_keeps_what_was_typed(city, sign_in, case):
    client = sign_in(city.bram)
    html = client.post(
        address("case-join", case), {"reason": "other", "explanation": "", "command_key": str(uuid4())}
    ).content.decode()
    assert "id_explanation_error" in html
    assert client.post(address("case-join", case), {"command_key": str(uuid4())}).status_code == 200


@pytest.mark.parametrize("name", ["noor", "sef", "fatna", "joost", "eline", "daan"])
def test_from_outside_the_wijk_there_is_nothing_to_join(city, sign_in, case, name):
    client = sign_in(getattr(city, name))
    assert client.get(address("case-join", case)).status_code == 404
    assert client.post(address("case-join", case), {"reason": "calls"}).status_code == 404


def test_a_wijk_may_choose_that_its_team_is_involved(city, sign_in, case):
    with writes.allowed():
        wijk = case.unit.wijk
        WayOfWorking.objects.create(wijk=wijk, version=2, starts_on="2026-02-01", team_is_involved=True, domain_order=[])
    assert sign_in(city.bram).get(address("case", case)).status_code == 200
    assert sign_in(city.noor).get(address("case", case)).status_code == 404


# Buddy -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_buddy(city, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    return case


def test_a_buddy_sees_the_person_and_no_hint_of_the_rest(city, sign_in, with_buddy):
    html = sign_in(city.fatna).get(address("case", with_buddy)).content.decode()
    for part in ("Rachida Amrani", "06 00 00 45 12", "Spreekt vier talen", "Hatice"):
        assert part in html
    for part in [
        *TOLD,
        "alarm",
        "note--acute",
        "status--acute",
        "Concerns and strengths",
        "What is hard",
        "inzage",
        "samenvatting",
        'id="requests"',
    ]:
        assert part not in html


def test_a_buddy_is_not_told_what_happened_of_the_situation(city, sign_in, with_buddy):
    actions.add_concern(actor=city.marit, case=with_buddy, domain="justice", severity=2, text="Een dagvaarding")
    told = [moment.icon for moment in sign_in(city.fatna).get(address("case", with_buddy)).context["page"].timeline]
    assert told == ["people", "chat"]
    assert len(sign_in(city.marit).get(address("case", with_buddy)).context["page"].timeline) == 3


def test_parts_of_higher_floors_are_only_for_who_works_on_the_case(city, sign_in, with_buddy, monkeypatch):
    panel = CasePanel("casework/search_box.html", {"form": SearchForm()}, [(None, "Desk Schuldhulp antwoordt", "/")])
    monkeypatch.setattr(case_panels, "_entries", [(1, lambda user, case: panel)])
    assert "Desk Schuldhulp antwoordt" in sign_in(city.marit).get(address("case", with_buddy)).content.decode()
    assert "Desk Schuldhulp antwoordt" not in sign_in(city.fatna).get(address("case", with_buddy)).content.decode()


@pytest.mark.parametrize("page", ["case-summary", "case-access"])
def test_a_buddy_does_not_print_or_supervise(city, sign_in, with_buddy, page):
    assert sign_in(city.fatna).get(address(page, with_buddy)).status_code == 403


def test_a_buddy_starts_at_the_residents_they_were_given(city, sign_in, with_buddy):
    client = sign_in(city.fatna)
    assert client.get("/").url == reverse("casework:residents")
    assert "Rachida Amrani" in client.get(reverse("casework:residents")).content.decode()


# Who looked ------------------------------------------------------------------------------------------------------


def test_who_looked_is_told_in_names_and_that_reading_is_a_look_itself(city, sign_in, case):
    actions.join_case(actor=city.bram, case=case, reason="calls")
    sign_in(city.bram).get(address("case", case))
    html = sign_in(city.marit).get(address("case-access", case)).content.decode()
    assert "Bram Oosterling" in html
    assert "Stichting Buurthuis De Mussen" in html
    assert len(looks(city, what="who looked", case_id=case.pk)) == 1


def test_a_look_by_a_desk_is_seen_by_the_wijk(city, sign_in, case):
    with writes.allowed(), acting(city.joost.acting):
        AccessLogEntry.objects.create(
            actor_id=city.joost.pk,
            role="specialist",
            unit_id=city.unit("wonen").pk,
            purpose="shelter",
            ground_kind="request",
            what="request",
            categories=["housing"],
            subjects=[uuid4()],
            case_id=case.pk,
        )
    assert "Joost Hemmelder" in sign_in(city.marit).get(address("case-access", case)).content.decode()
    with acting(city.noor.acting):
        assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize(
    "key", ["x", "2026-01-01_", "2026-01-01T00:00:00_nope", "_", "2026-01-01T00:00:00_00000000-0000-0000-0000-000000000000"]
)
def test_a_page_that_no_list_gave_is_not_there(city, sign_in, case, key):
    client = sign_in(city.marit)
    assert client.get(address("case-access", case), {"before": key}).status_code == 404
    assert client.get(reverse("casework:residents"), {"before": key}).status_code == 404


# The wall --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("marit", True),
        ("bram", True),
        ("hakan", True),
        ("noor", False),
        ("sef", False),
        ("fatna", False),
        ("joost", False),
        ("ilse", False),
        ("eline", False),
        ("tamara", False),
        ("ravi", False),
        ("petra", False),
        ("daan", False),
        ("lotte", False),
        ("gerda", False),
    ],
)
def test_the_database_itself_gives_nothing_outside_the_unit(city, case, name, within):
    with acting(getattr(city, name).acting):
        found = [Case.objects.exists(), Resident.objects.exists(), Concern.objects.exists()]
    assert found == [within] * 3


def test_the_database_opens_one_case_to_a_buddy_and_no_other(city, with_buddy):
    a_case(city.marit, city.unit("schilderswijk"), name="Iemand Anders")
    with acting(city.fatna.acting):
        assert list(Case.objects.all()) == [with_buddy]
        assert Resident.objects.count() == 2


# Queries ---------------------------------------------------------------------------------------------------------


def test_a_case_page_takes_as_many_queries_for_a_full_case_as_for_a_small_one(city, sign_in, case, django_assert_max_num_queries):
    marit, unit = city.marit, city.unit("schilderswijk")
    others = json.dumps([{"name": f"Kind {number}", "part": "child", "born": "2020"} for number in range(12)])
    intake = actions.start_intake(actor=marit, unit=unit)
    intake = actions.save_sheet(
        actor=marit, intake=intake, revision=0, values={"own_words": "Veel", "name": "Gezin", "household": others}
    )
    for number in range(20):
        actions.mark_concern(actor=marit, intake=intake, domain="finances", severity=2, text=f"Schuld {number}")
        actions.mark_strength(actor=marit, intake=intake, text=f"Kracht {number}")
        actions.mark_person(actor=marit, intake=intake, name=f"Buur {number}")
    full = actions.conclude_intake(actor=marit, intake=intake)
    client = sign_in(marit)
    client.get(address("case", case))
    # One for each kind of thing that a case can hold, and what its parts ask.
    with django_assert_max_num_queries(88) as small:
        client.get(address("case", case))
    with django_assert_max_num_queries(len(small)):
        client.get(address("case", full))
