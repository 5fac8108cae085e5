"""The money sheet: rough is fine and totals stay honest; a pause and a threat have an owner and a date."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from backoffice import sharing
from casework import actions
from casework.disclosures import scope_of
from casework.models import OWED, CaseMember, Debt, IncomeLine, Period
from casework.money import Total, amount, per_month, talk_by
from luisterloket.convenant.disclosure import collect
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.wijken.calendar import AMSTERDAM, add_working_days
from tests import writes
from tests.backoffice import scene
from tests.casework.heard import a_case, waits_of

pytestmark = pytest.mark.django_db
ENECO = {"creditor": "Eneco", "kind": "energy", "sureness": "about", "least": 800_00}
FORM = {"creditor": "Eneco", "kind": "energy", "sureness": "about", "least": "800", "status": "open"}


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1)


def owed(city, case, **more):
    return actions.add_debt(actor=city.marit, case=case, **(ENECO | more))


def paused(city, case, days, **more):
    until = timezone.localdate() + timedelta(days=days)
    return owed(city, case, status="paused", paused_by="Wim, Desk Schuldhulp", paused_until=until, **more)


def now(city, debt):
    with acting(city.marit.acting):
        return type(debt).objects.get(pk=debt.pk)


def changed(city, case, debt, **more):
    return actions.change_line(actor=city.marit, case=case, line=debt, **more)


def address(case, name="case-money", *args):
    return reverse(f"casework:{name}", args=[case.pk, *args])


def items(city, case):
    with acting(city.marit.acting):
        return list(collect(scope_of(case), frozenset({"finances"})))


# Amounts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sureness", "least", "most", "total"),
    [
        ("exact", 100_00, 100_00, Total(100_00, 100_00)),
        ("about", 100_00, 100_00, Total(90_00, 110_00)),
        ("between", 100_00, 150_00, Total(100_00, 150_00)),
        ("unknown", None, None, Total(unknown=1)),
    ],
)
def test_an_amount_weighs_as_it_was_said(sureness, least, most, total):
    assert amount(sureness, least, most) == total


@pytest.mark.parametrize(("period", "cents"), [("week", 433_33), ("four_weeks", 108_33), ("month", 100_00), ("year", 8_33)])
def test_every_period_is_told_a_month(period, cents):
    one = Total(100_00, 100_00)
    assert per_month(one, period).least == per_month(one, period).most == cents


AMOUNTS = st.one_of(
    st.builds(lambda cents: ("exact", cents, cents), st.integers(1, 10**9)),
    st.builds(lambda cents: ("about", cents, cents), st.integers(1, 10**9)),
    st.builds(lambda cents, more: ("between", cents, cents + more), st.integers(0, 10**9), st.integers(1, 10**9)),
    st.just(("unknown", None, None)),
)


@given(st.lists(AMOUNTS), st.lists(AMOUNTS), st.sampled_from(list(Period)))
def test_the_least_is_never_more_than_the_most_and_nothing_unknown_is_lost(income, costs, period):
    comes_in = sum((per_month(amount(*one), period) for one in income), Total())
    goes_out = sum((per_month(amount(*one), period) for one in costs), Total())
    left = comes_in - goes_out
    assert left.least <= left.most
    assert left.unknown == sum(one[0] == "unknown" for one in [*income, *costs])


def test_a_total_is_said_with_what_nobody_knows_beside_it():
    exact, rough, unknown = Total(100_00, 100_00), Total(2_100_50, 2_899_10), Total(unknown=2)
    assert str(exact) == "€\xa0100"
    for part in ("€\xa02.100", "€\xa02.900"):
        assert part in str(rough)
    assert "2" in str(unknown)
    assert "€" not in str(unknown)
    assert str(rough) in str(rough + unknown)


# Filling it in ---------------------------------------------------------------------------------------------------


def test_a_creditor_with_a_rough_amount_is_enough_and_the_next_follows_at_once(city, sign_in, case):
    client = sign_in(city.marit)
    add = address(case, "money-add", "schuld")
    sent = {**FORM, "command_key": str(uuid4())}
    for _tap in range(2):
        assert client.post(add, {**sent, "again": "1"}).url == add
    answer = client.post(add, {**FORM, "creditor": "Haar broer", "kind": "family", "sureness": "unknown", "least": ""})
    assert answer.url == address(case)
    page = client.get(address(case)).context["page"]
    assert [row.item.details["creditor"] for row in page.debts] == ["Eneco", "Haar broer"]
    assert page.owed == Total(720_00, 880_00, 1)


def test_what_is_left_a_month_is_a_range(city, sign_in, case):
    actions.add_income(actor=city.marit, case=case, kind="benefit", sureness="exact", least=1_400_00, period="month")
    actions.add_cost(actor=city.marit, case=case, kind="rent", sureness="exact", least=700_00, period="month")
    actions.add_cost(actor=city.marit, case=case, kind="groceries", sureness="between", least=60_00, most=90_00, period="week")
    page = sign_in(city.marit).get(address(case)).context["page"]
    assert page.left == Total(310_00, 440_00)
    assert not page.is_short
    actions.add_cost(actor=city.marit, case=case, kind="energy", sureness="about", least=500_00, period="month")
    page = sign_in(city.marit).get(address(case)).context["page"]
    assert page.left.most < 0
    assert page.is_short


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"least": ""}, "least"),
        ({"least": "veel"}, "least"),
        ({"sureness": "between", "most": "700"}, "most"),
        ({"sureness": "between", "most": ""}, "most"),
        ({"creditor": ""}, "creditor"),
        ({"kind": ""}, "kind"),
        ({"status": "paused"}, "paused_by"),
        ({"status": "paused", "paused_by": "Wim"}, "paused_until"),
        ({"status": "paid"}, "status"),
        ({"whose": str(uuid4())}, "whose"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(city, sign_in, case, wrong, field):
    html = (
        sign_in(city.marit).post(address(case, "money-add", "schuld"), {**FORM, "text": "Belt elke dag"} | wrong).content.decode()
    )
    assert f"id_{field}_error" in html
    assert "Belt elke dag" in html
    with acting(city.marit.acting):
        assert not Debt.objects.filter(case=case).exists()


@pytest.mark.parametrize("word", ["inkomen", "kosten", "schuld"])
def test_each_kind_has_its_page_and_no_other_word_has(city, sign_in, case, word):
    client = sign_in(city.marit)
    assert client.get(address(case, "money-add", word)).status_code == 200
    assert client.get(address(case, "money-add", "spaargeld")).status_code == 404


def test_a_debt_can_be_of_someone_else_of_the_household_and_of_nobody_outside(city, sign_in, case):
    other = a_case(city.marit, city.unit("schilderswijk"), name="Iemand Anders")
    with acting(city.marit.acting):
        child = CaseMember.objects.get(case=case, part="child").resident_id
        stranger = CaseMember.objects.get(case=other).resident_id
    owed(city, case, whose_id=child)
    [row] = sign_in(city.marit).get(address(case)).context["page"].debts
    assert row.whose == "Kind 0"
    with pytest.raises(Refused):
        owed(city, case, whose_id=stranger)


def test_a_change_shows_what_is_there_and_keeps_what_was(city, sign_in, case):
    debt = owed(city, case, since="maart")
    client = sign_in(city.marit)
    change = address(case, "money-change", "schuld", debt.pk)
    html = client.get(change).content.decode()
    for value in ('value="800"', 'value="Eneco"', 'value="maart"'):
        assert value in html
    client.post(change, {**FORM, "sureness": "exact", "least": "812,50", "status": "bailiff"})
    after = now(city, debt)
    assert (after.least, after.most, after.status, after.since) == (812_50, 812_50, "bailiff", "")
    with acting(city.marit.acting):
        assert [(one.least, one.since) for one in after.history.order_by("history_date")] == [(800_00, "maart"), (812_50, "")]


def test_what_ends_is_off_the_sheet_and_can_come_back(city, sign_in, case):
    wage = actions.add_income(actor=city.marit, case=case, kind="wage", sureness="exact", least=900_00, period="month")
    debt = owed(city, case)
    changed(city, case, wage, ended_on=timezone.localdate())
    changed(city, case, debt, status="paid")
    client = sign_in(city.marit)
    page = client.get(address(case)).context["page"]
    assert (page.income, page.debts) == ([], [])
    assert {one.line.pk for one in page.past} == {wage.pk, debt.pk}
    assert {item.kind for item in items(city, case)} == {"concern"}
    for one in page.past:
        client.post(address(case, "money-again", one.word, one.line.pk), {"command_key": str(uuid4())})
    page = client.get(address(case)).context["page"]
    assert [len(page.income), len(page.debts), page.past] == [1, 1, []]


@pytest.mark.parametrize("source", Debt.Status)
@pytest.mark.parametrize("target", Debt.Status)
def test_a_debt_moves_only_along_the_table(source, target):
    debt = Debt(status=source)
    if target in Debt.TRANSITIONS[source]:
        debt.move_to(target)
        assert debt.status == target
    else:
        with pytest.raises(Refused):
            debt.move_to(target)
        assert debt.status == source
    assert (target in Debt.TRANSITIONS[source]) == (target != source and (source in OWED or target == Debt.Status.OPEN))


def test_only_the_open_fields_can_be_changed(city, case):
    debt = owed(city, case)
    changed(city, case, debt, case_id=uuid4(), unit_id=uuid4(), threatened_at=timezone.now(), talked_on=date(2020, 1, 1))
    after = now(city, debt)
    assert (after.case_id, after.unit_id, after.threatened_at, after.talked_on) == (case.pk, case.unit_id, None, None)


# Pauses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "shown"), [(8, False), (7, True), (0, True), (-3, True)])
def test_a_pause_that_ends_within_a_week_is_what_now_and_on_vandaag_of_the_owner(city, sign_in, case, days, shown):
    debt = paused(city, case, days)
    waits = waits_of(sign_in(city.marit).get(case.get_absolute_url()))
    assert [timezone.localtime(wait.due_at).date() for wait in waits] == [debt.paused_until] * shown
    with acting(city.marit.acting):
        lines = [line for line in vandaag.page(city.marit).lines if line.item.url == address(case)]
    assert [(line.item.owner, line.late) for line in lines] == [("Marit Zwanenveld", days < 0)] * shown
    assert all(line.who == "Rachida Amrani" for line in lines)
    with acting(city.hakan.acting):
        assert not [line for line in vandaag.page(city.hakan).lines if line.item.url == address(case)]


def test_a_pause_that_is_over_leaves_no_owner_behind(city, case):
    debt = paused(city, case, 3)
    changed(city, case, debt, status="arrangement")
    after = now(city, debt)
    assert (after.paused_by, after.paused_until) == ("", None)


def test_the_timeline_tells_what_happened_without_a_creditor(city, sign_in, case):
    debt = owed(city, case)
    paused_until = timezone.localdate() + timedelta(days=30)
    changed(city, case, debt, status="paused", paused_by="Wim", paused_until=paused_until)
    changed(city, case, debt, paused_by="Wim", paused_until=paused_until + timedelta(days=30))
    changed(city, case, debt, status="paid")
    page = sign_in(city.marit).get(case.get_absolute_url())
    assert [moment.icon for moment in page.context["page"].timeline][:3] == ["check", "pause", "wallet"]
    assert [moment.times for moment in page.context["page"].timeline][:3] == [1, 2, 1]
    assert "Eneco" not in page.content.decode()


# Threats ---------------------------------------------------------------------------------------------------------


def test_the_threats_are_those_of_the_law():
    assert set(Debt.Threat) == {"eviction", "gas", "electricity", "district_heating", "water", "health_insurance"}


@pytest.mark.parametrize(
    ("noted", "by"),
    [
        # Thursday: Friday, Monday, Tuesday.
        (datetime(2026, 11, 26, 10, 0, tzinfo=AMSTERDAM), date(2026, 12, 1)),
        # Before Christmas: Monday 28, Tuesday 29, Wednesday 30.
        (datetime(2026, 12, 24, 16, 0, tzinfo=AMSTERDAM), date(2026, 12, 30)),
        # Saturday counts as Friday does: Monday, Tuesday, Wednesday.
        (datetime(2026, 11, 28, 10, 0, tzinfo=AMSTERDAM), date(2026, 12, 2)),
    ],
)
def test_the_first_conversation_is_within_three_working_days(noted, by):
    debt = Debt(threat="eviction", threatened_at=noted)
    due = talk_by(debt)
    assert due is not None
    assert due.date() == by


def test_it_is_sooner_when_the_threat_itself_is():
    noted = datetime(2026, 11, 26, 10, 0, tzinfo=AMSTERDAM)
    due = talk_by(Debt(threat="eviction", threatened_at=noted, threat_on=date(2026, 11, 27)))
    assert due is not None
    assert due.date() == date(2026, 11, 27)


def test_a_threat_is_acute_for_the_owner_until_the_conversation_was_held(city, sign_in, case):
    debt = owed(city, case, threat="electricity")
    by = add_working_days(timezone.localdate(), 3)
    client = sign_in(city.marit)
    html = client.get(case.get_absolute_url())
    [wait] = waits_of(html)
    assert timezone.localtime(wait.due_at).date() == by
    assert "note--acute" in html.content.decode()
    with acting(city.marit.acting):
        found = [line for line in vandaag.page(city.marit, everything=True).lines if line.item.url == address(case)]
    assert [(line.item.tone, timezone.localtime(line.item.due_at).date(), line.item.owner) for line in found] == [
        ("acute", by, "Marit Zwanenveld")
    ]
    for _tap in range(2):
        client.post(address(case, "money-talked", debt.pk), {"command_key": str(uuid4())})
    assert waits_of(client.get(case.get_absolute_url())) == []
    assert now(city, debt).talked_on == timezone.localdate()
    page = client.get(address(case)).context["page"]
    assert page.threats == []
    assert page.debts[0].item.details["threat"] == "electricity"


def test_another_threat_starts_the_days_anew_and_the_same_does_not(city, case):
    debt = actions.note_first_talk(actor=city.marit, case=case, debt=owed(city, case, threat="gas"))
    since = now(city, debt).threatened_at
    changed(city, case, debt, threat="gas")
    assert (now(city, debt).threatened_at, now(city, debt).talked_on) == (since, timezone.localdate())
    changed(city, case, debt, threat="water")
    assert now(city, debt).talked_on is None
    changed(city, case, debt, threat="")
    assert now(city, debt).threatened_at is None


def test_a_paid_debt_threatens_nobody(city, sign_in, case):
    debt = owed(city, case, threat="eviction")
    changed(city, case, debt, status="paid")
    assert waits_of(sign_in(city.marit).get(case.get_absolute_url())) == []


# Who sees it -----------------------------------------------------------------------------------------------------


def test_every_line_can_go_along_to_the_debt_desk_in_words(city, case):
    paused(city, case, 20, since="maart")
    actions.add_income(actor=city.marit, case=case, kind="benefit", sureness="about", least=1_100_00, period="month")
    desk = scene.desk(city, "schuldhulp")
    with acting(city.marit.acting):
        shared = sharing.shareable(city.marit, case, desk)
    texts = {item.kind: item.text for item in shared.items.values()}
    for part in ("Eneco", "€\xa0800", "maart", "Wim, Desk Schuldhulp"):
        assert part in texts["debt"]
    assert "€\xa01.100" in texts["income"]
    with acting(city.marit.acting):
        shelter = sharing.shareable(city.marit, case, scene.desk(city, "wonen"))
    assert not {"debt", "income", "cost"} & {item.kind for item in shelter.items.values()}


@pytest.mark.parametrize("name", ["noor", "fatna", "joost", "wim", "eline", "ravi", "daan"])
def test_outside_the_wijk_the_database_itself_gives_no_money(city, case, name):
    actions.involve(actor=city.marit, case=case, user=city.bram, kind="co_worker")
    owed(city, case)
    with acting(getattr(city, name).acting):
        assert not Debt.objects.exists()
        assert not Debt.history.exists()
        assert not IncomeLine.objects.exists()


def test_a_buddy_sees_no_money_even_when_the_convenant_would_let_them(city, sign_in, case):
    owed(city, case, threat="water")
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    with writes.allowed():
        cell = Authorisation.objects.filter(role="buddy", purpose="listening").first()
        cell.pk, cell.category_id = uuid4(), "finances"
        cell.ground_id = Authorisation.objects.filter(category="finances", purpose="listening", party=cell.party).first().ground_id
        cell.save(force_insert=True)
    client = sign_in(city.fatna)
    assert client.get(address(case)).status_code == 403
    html = client.get(case.get_absolute_url()).content.decode()
    assert "Eneco" not in html
    assert "geld/" not in html


def test_who_the_convenant_gives_no_money_neither_sees_nor_adds_any(city, sign_in, case):
    paused(city, case, 2)
    with writes.allowed():
        Authorisation.objects.filter(category="finances", purpose="listening").delete()
    client = sign_in(city.marit)
    assert client.get(address(case)).status_code == 403
    assert waits_of(client.get(case.get_absolute_url())) == []
    with pytest.raises(NotAllowed):
        owed(city, case)


def test_the_look_is_kept(city, sign_in, case):
    owed(city, case)
    sign_in(city.marit).get(address(case))
    with acting(city.daan.acting):
        look = AccessLogEntry.objects.get(what="money sheet")
    assert set(look.categories) == {"identity", "household", "finances"}


def test_a_full_sheet_takes_as_many_queries_as_a_small_one(city, sign_in, case, django_assert_max_num_queries):
    client = sign_in(city.marit)
    owed(city, case)
    pages = [address(case), case.get_absolute_url(), reverse("today")]
    counts = []
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(88) as few:
            client.get(page)
        counts.append(len(few))
    for number in range(6):
        paused(city, case, 2, creditor=f"Winkel {number}", kind="shop", threat="water")
        actions.add_cost(actor=city.marit, case=case, kind="other", sureness="unknown", period="month")
    for page, count in zip(pages, counts, strict=True):
        with django_assert_max_num_queries(count):
            client.get(page)
