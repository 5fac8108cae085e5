"""Who live together over time, how each is reached, and who decides or speaks for them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.disclosures import scope_of
from casework.models import CaseMember, Representative, Resident
from casework.people import representatives_of
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed
from luisterloket.platform.models import HistoryEntry
from tests.backoffice.scene import sent
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1, address="Hoefkade 12")


def member_of(city, case, part):
    with acting(city.marit.acting):
        return CaseMember.objects.select_related("resident").get(case=case, part=part)


def disclosed_to(user, case):
    with acting(user.acting):
        from luisterloket.platform.writing import writing

        with writing("test"):
            return disclose(scope_of(case), to=user, purpose="listening", ground=Ground("involvement", case.pk), what="case page")


def page_of(client, case):
    return client.get(address("case", case)).context["page"]


# The household over time -----------------------------------------------------------------------------------------


def test_someone_comes_to_live_there_and_is_found_by_name(city, sign_in, case):
    client = sign_in(city.marit)
    answer = client.post(
        address("case-person-add", case), {"name": "Driss Amrani", "part": "partner", "born": "1989", "since": "2026-03-01"}
    )
    html = client.get(answer.url).content.decode()
    assert "Driss Amrani" in html
    assert "1989" in html
    assert any("Driss Amrani" in item.text for item in page_of(client, case).household)
    assert "Driss Amrani" in client.post(reverse("casework:residents"), {"q": "driss"}).content.decode()


def test_who_left_is_shown_as_such_and_is_no_longer_part_of_the_summary(city, sign_in, case):
    client = sign_in(city.marit)
    child = member_of(city, case, "child")
    day = timezone.localdate()
    client.post(address("case-person-leaves", case, child.resident_id), {"until": day.isoformat()})
    page = page_of(client, case)
    assert [item.ref for item in page.former] == [child.pk]
    assert page.household == []
    assert "Kind 0" not in client.get(address("case-summary", case)).content.decode()
    html = client.get(address("case-people", case)).content.decode()
    assert "before-title" in html
    assert "Kind 0" in html


def test_who_left_is_not_ticked_for_a_desk(city, sign_in, case):
    child = member_of(city, case, "child")
    actions.end_member(actor=city.marit, case=case, member=child, until=timezone.localdate())
    page = (
        sign_in(city.marit).get(reverse("backoffice:request-new", args=[case.pk]), {"desk": desk_of(city, "jeugd")}).context["page"]
    )
    [line] = [line for line in page.lines if line.item.ref == child.pk and line.item.category == "household"]
    assert not line.ticked


def desk_of(city, key):
    from backoffice.models import Desk

    return str(Desk.objects.get(unit=city.unit(key)).pk)


def test_who_came_back_is_there_again_and_the_history_knows_both(city, case):
    child = member_of(city, case, "child")
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.end_member(actor=city.marit, case=case, member=child, until=yesterday)
    actions.change_member(actor=city.marit, case=case, member=child, name="Kind 0", part="child", born="2020")
    with acting(city.marit.acting):
        child.refresh_from_db()
        assert child.holds_today
        untils = [row.until for row in child.history.order_by("history_date", "history_id")]
    assert untils == [None, yesterday, None]


@pytest.mark.parametrize("change", [{"part": "child"}, {"part": "main", "until": timezone.localdate()}])
def test_who_asks_for_help_stays_who_the_case_is_about(city, case, change):
    main = member_of(city, case, "main")
    with pytest.raises(actions.Missing):
        actions.change_member(actor=city.marit, case=case, member=main, name="Rachida", **change)


def test_a_stay_cannot_end_before_it_began_and_the_form_says_so(city, sign_in, case):
    child = member_of(city, case, "child")
    data = {"name": "Kind 0", "part": "child", "born": "2020", "since": "2026-03-01", "until": "2026-02-01", "authority": "parents"}
    answer = sign_in(city.marit).post(address("case-person-household", case, child.resident_id), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_a_child_has_parents_in_and_outside_the_household_and_who_has_authority(city, sign_in, case):
    client = sign_in(city.marit)
    child, main = member_of(city, case, "child"), member_of(city, case, "main")
    url = address("case-person-tie-add", case, child.resident_id)
    client.post(url, {"kind": "parent", "adult": str(main.pk), "has_authority": "on"})
    client.post(url, {"kind": "guardian", "name": "Stichting De Voogdij"})
    page = client.get(address("case-person", case, child.resident_id)).context["page"]
    names = {tie.item.details["name"] for tie in page.person.ties}
    assert names == {"Rachida Amrani", "Stichting De Voogdij"}
    guardian = next(tie for tie in page.person.ties if tie.item.details["name"].startswith("Stichting"))
    client.post(guardian.end, {"until": timezone.localdate().isoformat()})
    page = client.get(address("case-person", case, child.resident_id)).context["page"]
    assert [tie.item.details["name"] for tie in page.person.ties] == ["Rachida Amrani"]


@pytest.mark.parametrize("data", [{"kind": "parent"}, {"kind": "parent", "name": "Fatih", "adult": "@main"}])
def test_a_parent_is_someone_of_the_household_or_a_name(city, sign_in, case, data):
    child, main = member_of(city, case, "child"), member_of(city, case, "main")
    data = {name: str(main.pk) if value == "@main" else value for name, value in data.items()}
    answer = sign_in(city.marit).post(address("case-person-tie-add", case, child.resident_id), data)
    assert "name" in answer.context["form"].errors


def test_a_parent_of_another_case_cannot_be_chosen(city, sign_in, case):
    child = member_of(city, case, "child")
    other = a_case(city.marit, city.unit("schilderswijk"), name="Iemand Anders")
    stranger = member_of(city, other, "main")
    with pytest.raises(actions.Missing):
        actions.add_tie(actor=city.marit, case=case, child=child, kind="parent", adult=stranger)


def test_a_member_of_one_case_is_not_there_under_another(city, sign_in, case):
    other = a_case(city.marit, city.unit("schilderswijk"), name="Iemand Anders")
    stranger = member_of(city, other, "main")
    client = sign_in(city.marit)
    for name in ("case-person", "case-person-household", "case-person-reach", "case-person-representative-add"):
        assert client.get(address(name, case, stranger.resident_id)).status_code == 404


# How to reach someone --------------------------------------------------------------------------------------------


def reach(city, case, **values):
    main = member_of(city, case, "main")
    return actions.set_reach(actor=city.marit, case=case, resident=main.resident, **values)


def test_a_hard_rule_stands_beside_the_number_wherever_it_is(city, sign_in, case):
    reach(city, case, phone="06 00 00 45 12", address="Hoefkade 12", never_call=True, never_message=True, never_write=True)
    client = sign_in(city.marit)
    phone, home = (next(item for item in page_of(client, case).facts if item.kind == kind) for kind in ("phone", "address"))
    assert len(phone.beside) == 2
    assert len(home.beside) == 1
    warning = str(phone.beside[0])
    main = member_of(city, case, "main")
    for url in (address("case", case), address("case-people", case), address("case-person", case, main.resident_id)):
        assert warning in client.get(url).content.decode()


def test_a_hard_rule_goes_along_to_a_desk_with_the_number(city, sign_in, case):
    reach(city, case, phone="06 00 00 45 12", never_call=True)
    request = sent(city, case, to="inkomen", actor=city.marit)
    with acting(city.marit.acting):
        [phone] = [item for item in request.items.all() if item.kind == "phone"]
        assert phone.text.startswith("06 00 00 45 12 (")


def test_a_buddy_sees_how_to_reach_and_what_never_to_do(city, sign_in, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    reach(city, case, phone="06 00 00 45 12", never_message=True, best_moments="na zessen")
    main = member_of(city, case, "main")
    client = sign_in(city.fatna)
    page = client.get(address("case-person", case, main.resident_id)).context["page"]
    assert page.person.warnings
    assert not page.works
    assert client.get(address("case-person-reach", case, main.resident_id)).status_code == 403


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"channel": "phone", "never_call": True}, "channel"),
        ({"channel": "message", "never_message": True}, "channel"),
        ({"channel": "letter", "never_write": True}, "channel"),
        ({"channel": "through"}, "through"),
        ({"channel": "email"}, "email"),
    ],
)
def test_a_wish_that_cannot_be_followed_is_refused_at_its_field(city, case, values, field):
    with pytest.raises(actions.Missing) as refused:
        reach(city, case, **values)
    assert refused.value.field == field


def test_a_number_that_was_changed_stays_in_the_history_and_not_in_the_log(city, case):
    resident = reach(city, case, phone="06 00 00 99 99", never_call=True)
    with acting(city.marit.acting):
        assert {row.phone for row in resident.history.all()} == {"06 00 00 45 12", "06 00 00 99 99"}
        [entry] = HistoryEntry.objects.filter(verb="reach.changed")
    assert entry.case_id == case.pk
    assert entry.details == {"never": ["never_call"]}


# Who decides or speaks -------------------------------------------------------------------------------------------

BEWIND = {"kind": "bewindvoerder", "scope": "money", "name": "J. de Wit", "organisation": "Bewind Zuid", "phone": "070 000 00 10"}
SISTER = {
    "kind": "speaks", "scope": "matter", "matter": "de gemeente bellen", "name": "Naima", "reason": "Durft niet te bellen",
    "pass_phrase": "rode tulpen",
}  # fmt: skip


def representative(city, case, **values):
    main = member_of(city, case, "main")
    return actions.add_representative(actor=city.marit, case=case, resident=main.resident, **values)


def test_the_case_says_whom_to_ask_first_about_money(city, sign_in, case):
    main = member_of(city, case, "main")
    client = sign_in(city.marit)
    client.post(address("case-person-representative-add", case, main.resident_id), BEWIND | {"document_seen": "on"})
    [item] = page_of(client, case).deciders
    assert item.details["money"]
    assert item.details["seen_by"] == "Marit Zwanenveld"
    assert "J. de Wit" in client.get(address("case", case)).content.decode()
    with acting(city.marit.acting):
        [one] = representatives_of(case)
    assert one.decides_on_money


def test_a_representative_whose_time_is_over_is_not_asked_any_more(city, sign_in, case):
    one = representative(city, case, **BEWIND)
    actions.change_representative(actor=city.marit, case=case, representative=one, **BEWIND, until=timezone.localdate())
    assert page_of(sign_in(city.marit), case).deciders == []
    with acting(city.marit.acting):
        assert representatives_of(case) == []
        assert one.history.count() == 2


def test_that_someone_is_under_bewind_is_told_as_their_money_and_not_to_a_buddy(city, sign_in, case):
    representative(city, case, **BEWIND)
    representative(city, case, **SISTER)
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    assert {item.details["name"] for item in disclosed_to(city.marit, case).of("representative")} == {"J. de Wit", "Naima"}
    assert {item.details["name"] for item in disclosed_to(city.fatna, case).of("representative")} == {"Naima"}
    assert "J. de Wit" not in sign_in(city.fatna).get(address("case", case)).content.decode()


def test_a_pass_phrase_is_shown_only_when_asked_for_and_each_time_is_kept(city, sign_in, case):
    one = representative(city, case, **SISTER)
    main = member_of(city, case, "main")
    client = sign_in(city.marit)
    for url in (
        address("case", case),
        address("case-person", case, main.resident_id),
        address("case-person-representative", case, main.resident_id, one.pk),
    ):
        assert "rode tulpen" not in client.get(url).content.decode()
    show = address("case-person-phrase", case, main.resident_id, one.pk)
    assert client.get(show).status_code == 405
    for _time in range(2):
        assert "rode tulpen" in client.post(show).content.decode()
    with acting(city.marit.acting):
        assert HistoryEntry.objects.filter(verb="pass_phrase.shown", case_id=case.pk).count() == 2
    with acting(city.daan.acting):
        assert AccessLogEntry.objects.filter(what="person of a case", case_id=case.pk).count() >= 2


def test_an_empty_pass_phrase_keeps_the_one_that_was_agreed(city, case):
    one = representative(city, case, **SISTER)
    actions.change_representative(actor=city.marit, case=case, representative=one, **SISTER | {"pass_phrase": "", "name": "Naïma"})
    with acting(city.marit.acting):
        again = Representative.objects.get(pk=one.pk)
        assert (again.pass_phrase, again.name) == ("rode tulpen", "Naïma")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (BEWIND | {"name": "", "organisation": ""}, "name"),
        (BEWIND | {"scope": "care"}, "scope"),
        (BEWIND | {"kind": "mentor"}, "scope"),
        (BEWIND | {"kind": "curator"}, "scope"),
        (BEWIND | {"kind": "authorised", "scope": "matter"}, "matter"),
        (SISTER | {"reason": ""}, "reason"),
        (SISTER | {"pass_phrase": " "}, "pass_phrase"),
    ],
)
def test_what_must_be_known_of_a_representative_is_asked_at_its_field(city, case, values, field):
    with pytest.raises(actions.Missing) as refused:
        representative(city, case, **values)
    assert refused.value.field == field


# Who may, and what it costs --------------------------------------------------------------------------------------


def test_who_only_reads_changes_nothing(city, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    main = member_of(city, case, "main")
    with pytest.raises(NotAllowed):
        actions.add_member(actor=city.fatna, case=case, name="Iemand", part="other")
    with pytest.raises(NotAllowed):
        actions.set_reach(actor=city.fatna, case=case, resident=main.resident, phone="1")
    with pytest.raises(NotAllowed):
        actions.add_representative(actor=city.fatna, case=case, resident=main.resident, **SISTER)


def test_a_form_that_is_sent_twice_adds_one(city, sign_in, case):
    data = {"name": "Driss", "part": "partner", "command_key": str(uuid4())}
    client = sign_in(city.marit)
    first, second = (client.post(address("case-person-add", case), data).url for _time in range(2))
    assert first == second
    with acting(city.marit.acting):
        assert Resident.objects.count() == 3


def test_the_people_take_as_many_queries_for_a_large_family_as_for_a_small_one(city, sign_in, case):
    others = [{"name": f"Kind {number}", "part": "child", "born": "2020"} for number in range(12)]
    large = a_case(city.marit, city.unit("schilderswijk"), name="Groot Gezin")
    for one in others:
        child = actions.add_member(actor=city.marit, case=large, **one)
        actions.add_tie(actor=city.marit, case=large, child=child, kind="parent", name="Fatih")
    representative(city, large, **BEWIND)
    representative(city, large, **SISTER)
    client = sign_in(city.marit)
    client.get(address("case-people", case))
    counts = []
    for one in (case, large):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address("case-people", one))
        counts.append(len(queries))
    assert counts[1] <= counts[0]
