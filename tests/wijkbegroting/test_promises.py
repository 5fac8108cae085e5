"""What the database promises about money, each with an attempt to break it."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luisterloket.platform.acting import acting
from tests import writes
from tests.wijkbegroting import scene
from wijkbegroting import actions, ledger
from wijkbegroting.models import BudgetLine, JournalEntry, LedgerAccount, MaatwerkGrant, Mandate, Posting

pytestmark = pytest.mark.django_db
MONEY_TABLES = ["wijkbegroting_posting", "wijkbegroting_journalentry", "wijkbegroting_ledgeraccount"]


def run(sql, *values, owner=False):
    """One statement of our own, as the application or as the owner of the database (until the savepoint ends)."""
    with writes.allowed(), transaction.atomic(), connection.cursor() as cursor:
        # What was posted so far is checked now, so that only this statement can be what is refused.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if owner:
            cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(sql, values)
        if owner:
            cursor.execute("SET LOCAL ROLE luisterloket_app")


def refused(sql, *values, owner=False, match=None):
    with pytest.raises(DatabaseError, match=match):
        run(sql, *values, owner=owner)
    assert ledger.check_ledger() == []


def an_available_account():
    return scene.the_line().accounts.get(kind="available")


@pytest.mark.parametrize("table", MONEY_TABLES)
@pytest.mark.parametrize(
    "sql", ["UPDATE {} SET unit_id = unit_id", "DELETE FROM {}", "TRUNCATE {} CASCADE", "INSERT INTO {} DEFAULT VALUES"]
)
def test_the_application_cannot_touch_the_ledger_itself(city, table, sql):
    if table == "wijkbegroting_posting":
        sql = sql.replace("unit_id = unit_id", "amount = amount + 1")
    refused(sql.format(table), match="permission denied")


@pytest.mark.parametrize("table", ["wijkbegroting_posting", "wijkbegroting_journalentry"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_a_posting_never_changes_not_even_by_the_owner(city, table, sql):
    scene.approved(city)
    refused(sql.format(table), owner=True, match="append-only")


def test_an_account_is_not_opened_by_hand(city):
    refused(
        "INSERT INTO wijkbegroting_ledgeraccount (id, unit_id, kind, line_id, balance, version, may_go_below_zero)"
        " VALUES (%s, %s, 'outside', %s, 1000000, 0, true)",
        uuid4(), city.unit("schilderswijk").pk, scene.the_line().pk,
        match="permission denied",
    )  # fmt: skip


def test_an_entry_that_does_not_sum_to_zero_is_refused_even_by_the_owner(city):
    entry, account = JournalEntry.objects.first(), an_available_account()
    refused(
        "INSERT INTO wijkbegroting_posting (entry_id, account_id, amount, balance_after, sequence, at)"
        " VALUES (%s, %s, 100, 100, 999, now())",
        entry.pk, account.pk,
        owner=True, match="sums to zero",
    )  # fmt: skip


def test_no_account_goes_below_zero_even_by_the_owner(city):
    refused(
        "UPDATE wijkbegroting_ledgeraccount SET balance = -1 WHERE id = %s", an_available_account().pk, owner=True,
        match="no_account_is_overspent",
    )  # fmt: skip


@pytest.mark.parametrize(
    "call",
    [
        "ledger_post('{u}', 'pay', '{unit}', '{account}', '{account}', 100, '{u}')",
        "ledger_resolve('{u}', '{u}', 'pay')",
        "ledger_account_of('{u}', NULL, 'paid')",
        "ledger_earlier('{u}', 'pay', '{u}')",
        "ledger_plays('{u}', '{u}', ARRAY['treasurer'])",
    ],
)
def test_what_the_functions_share_cannot_be_called(city, call):
    ids = {"u": uuid4(), "unit": city.unit("schilderswijk").pk, "account": an_available_account().pk}
    with acting(city.ravi.acting):
        refused(f"SELECT {call.format(**ids)}", match="permission denied")


@pytest.mark.parametrize(
    "call",
    ["open_source('{u}')", "receive('{u}', '{u}', 5)", "allocate('{u}', '{u}')", "reserve('{u}', '{u}')", "pay('{u}', '{u}')"]
    + ["release('{u}', '{u}')"],
)
def test_a_thing_that_is_not_there_is_refused_and_not_passed_over(city, call):
    with acting(city.ravi.acting):
        refused(f"SELECT ledger_{call.format(u=uuid4())}")


@pytest.mark.parametrize("amount", [0, -1, -(10**15), None])
def test_only_an_amount_above_zero_is_received(city, amount):
    source = scene.the_line().source
    with acting(city.ravi.acting):
        refused("SELECT ledger_receive(%s, %s, %s)", uuid4(), source.pk, amount, match="above zero")


@pytest.mark.parametrize("who", ["marit", "eline", "gerda"])
def test_money_is_not_made_up_by_who_is_no_treasurer(city, who):
    with acting(getattr(city, who).acting):
        refused("SELECT ledger_receive(%s, %s, 100)", uuid4(), scene.the_line().source_id, match="only a treasurer")


def test_a_grant_that_was_not_approved_reserves_nothing(city):
    for grant in (scene.asked(city), scene.cosigned(city), scene.refused(city)):
        with acting(city.bram.acting):
            refused("SELECT ledger_reserve(%s, %s)", uuid4(), grant.pk, match="co-signed and decided")


def forge(grant, user, **values):
    """Write a decision past the actions, as the application could when it was broken."""
    with acting(user.acting), writes.allowed():
        MaatwerkGrant.objects.filter(pk=grant.pk).update(**values)


def signed_by(cosigner, decider, mandate=None):
    now = timezone.now()
    return {
        "status": "approved", "cosigned_by": cosigner, "cosigned_at": now, "decided_by": decider, "decided_at": now, "mandate": mandate,
    }  # fmt: skip


def test_the_asker_cannot_be_written_in_as_co_signer(city):
    grant = scene.asked(city)
    with pytest.raises(DatabaseError, match="asker_and_cosigner_are_two"), transaction.atomic():
        forge(grant, city.marit, **signed_by(city.marit, city.bram))


def test_a_forged_decision_above_the_mandate_reserves_nothing(city):
    mandate = Mandate.objects.filter(unit=city.unit("schilderswijk"), role="wijkwerker").get()
    for amount, decision in [
        (1_000_01, signed_by(city.bram, city.bram, mandate)),
        (1_000_01, signed_by(city.bram, city.bram)),
        (1_000_01, signed_by(city.eline, city.eline)),
        (50_00, signed_by(city.bram, city.hakan, mandate)),
        (50_00, signed_by(city.noor, city.noor, mandate)),
        (50_00, signed_by(city.bram, city.bram, Mandate.objects.filter(unit=city.unit("vreewijk")).first())),
    ]:
        grant = scene.asked(city, amount)
        forge(grant, city.marit, **decision)
        with acting(decision["decided_by"].acting):
            refused("SELECT ledger_reserve(%s, %s)", uuid4(), grant.pk)


def test_a_decision_in_someone_elses_name_reserves_nothing(city):
    grant = scene.asked(city)
    mandate = Mandate.objects.filter(unit=city.unit("schilderswijk"), role="wijkwerker").get()
    forge(grant, city.marit, **signed_by(city.bram, city.bram, mandate))
    with acting(city.marit.acting):
        refused("SELECT ledger_reserve(%s, %s)", uuid4(), grant.pk, match="co-signed and decided")


def test_an_ended_or_replaced_mandate_carries_no_forged_decision(city):
    old = Mandate.objects.filter(unit=city.unit("schilderswijk"), role="wijkwerker").get()
    actions.sign_mandate(
        actor=city.eline, unit=old.unit, role="wijkwerker", amount=10_00, starts_on=old.starts_on, ends_on=old.ends_on
    )
    grant = scene.asked(city, 85_00)
    forge(grant, city.marit, **signed_by(city.bram, city.bram, old))
    with acting(city.bram.acting):
        refused("SELECT ledger_reserve(%s, %s)", uuid4(), grant.pk, match="does not cover")


def test_the_application_overspends_no_line_by_direct_sql(city):
    line = scene.a_small_line(city, 100_00)
    first, second = scene.asked(city, 80_00, line=line), scene.asked(city, 80_00, line=line)
    actions.cosign_grant(actor=city.bram, grant=first)
    mandate = Mandate.objects.filter(unit=line.unit, role="wijkwerker").get()
    forge(second, city.bram, **signed_by(city.bram, city.bram, mandate))
    with acting(city.bram.acting):
        refused("SELECT ledger_reserve(%s, %s)", uuid4(), second.pk, match="overspent")
    assert ledger.line_balances([line])[line.pk] == ledger.LineBalance(0, 80_00, 20_00)


def test_a_reservation_is_made_once(city):
    grant = scene.approved(city)
    with acting(city.bram.acting):
        refused("SELECT ledger_reserve(%s, %s)", uuid4(), grant.pk, match="reserved_once")


@pytest.mark.parametrize("again", ["pay", "release"])
def test_a_second_payment_is_refused_and_so_is_a_release_after_it(city, again):
    grant = scene.paid(city)
    # There is money enough in the line's reserve, so only the rule can refuse it.
    scene.approved(city, 500_00)
    if again == "release":
        with writes.allowed(), acting(city.ravi.acting):
            MaatwerkGrant.objects.filter(pk=grant.pk).update(status="released")
    with acting(city.ravi.acting):
        refused(f"SELECT ledger_{again}(%s, %s)", uuid4(), grant.pk, match="reservation_resolved_once")


def test_the_same_command_posts_once_and_another_command_cannot_take_its_name(city):
    grant = scene.paid(city)
    command = ledger.command_id("pay", grant.pk)
    entries = JournalEntry.objects.count()
    with acting(city.ravi.acting):
        run("SELECT ledger_pay(%s, %s)", command, grant.pk)
        assert JournalEntry.objects.count() == entries
        refused("SELECT ledger_receive(%s, %s, 100)", command, scene.the_line().source_id, match="something else")


@pytest.mark.parametrize("who", ["marit", "bram", "eline", "gerda"])
def test_a_payment_in_the_name_of_who_is_no_treasurer_is_refused(city, who):
    grant, person = scene.approved(city), getattr(city, who)
    try:
        with transaction.atomic():
            forge(grant, city.ravi, status="paid", paid_by=person, paid_at=timezone.now())
    except DatabaseError as error:
        assert "payer_neither_asked_nor_decided" in str(error)  # noqa: PT017
        return
    with acting(person.acting):
        refused("SELECT ledger_pay(%s, %s)", uuid4(), grant.pk, match="treasurer")


def test_what_is_paid_is_what_was_reserved(city):
    grant = scene.approved(city, 85_00)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        forge(grant, city.ravi, amount=999_00)
    refused("UPDATE wijkbegroting_maatwerkgrant SET amount = 99900 WHERE id = %s", grant.pk, owner=True, match="append-only")
    actions.pay_grant(actor=city.ravi, grant=grant, reference="B-1")
    assert ledger.line_balances([grant.line_id])[grant.line_id].paid == 85_00


def test_payee_and_account_are_not_changed_by_the_application(city):
    grant = scene.approved(city, **scene.BANK)
    refused("UPDATE wijkbegroting_maatwerkgrant SET iban = '' WHERE id = %s", grant.pk, match="permission denied")


def test_an_approved_line_stays_as_it_was_approved(city):
    line = scene.the_line()
    for values in ({"amount": 1}, {"status": "proposed"}, {"name": "Iets anders"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), writes.allowed():
            BudgetLine.objects.filter(pk=line.pk).update(**values)


@pytest.mark.parametrize("table", ["maatwerkgrant", "budgetline", "source", "wijkbudget", "mandate", "historicalbudgetline"])
def test_what_decisions_rest_on_is_not_removed_by_the_application(city, table):
    refused(f"DELETE FROM wijkbegroting_{table}", match="permission denied")


def test_a_line_that_was_not_approved_by_the_wijkwethouder_gets_no_money(city):
    line = scene.proposed(city)
    with acting(city.eline.acting):
        refused("SELECT ledger_allocate(%s, %s)", uuid4(), line.pk, match="wijkwethouder")


def test_check_ledger_finds_each_kind_of_damage(city):
    """The check itself is checked: the owner does what the application cannot, with the triggers off."""
    grant = scene.paid(city)
    account = an_available_account()
    postings, source = "wijkbegroting_posting", scene.the_line().source_id
    damage = {
        "entries_sum_to_zero": f"UPDATE {postings} SET amount = amount + 1 WHERE id = (SELECT max(id) FROM {postings})",
        "balance_is_sum_of_postings": f"UPDATE wijkbegroting_ledgeraccount SET balance = balance + 1 WHERE id = '{account.pk}'",
        "no_account_below_zero": f"UPDATE wijkbegroting_posting SET balance_after = -1 WHERE account_id = '{account.pk}'",
        "reservation_resolved_at_most_once": (
            f"DELETE FROM {postings} p USING wijkbegroting_journalentry e"
            f" WHERE e.id = p.entry_id AND e.reference = '{grant.pk}' AND e.kind = 'reserve'"
        ),
        "received_is_allocated_plus_unallocated": (
            "UPDATE wijkbegroting_budgetline SET source_id ="
            f" (SELECT id FROM wijkbegroting_source WHERE id <> '{source}' LIMIT 1) WHERE id = '{scene.the_line().pk}'"
        ),
    }
    assert set(damage) == set(ledger.INVARIANTS)
    for rule, sql in damage.items():
        with writes.allowed(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql)
            assert cursor.rowcount
            assert rule in {broken.rule for broken in ledger.check_ledger()}, rule
            cursor.execute("SET LOCAL ROLE luisterloket_app")
            transaction.set_rollback(True)
    assert ledger.check_ledger() == []


def test_only_the_named_functions_can_be_run_by_the_application(city):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'"
            " AND p.proname LIKE 'ledger%%' AND has_function_privilege('luisterloket_app', p.oid, 'EXECUTE')"
        )
        callable_ = {name for (name,) in cursor.fetchall()}
    names = {"open_source", "receive", "allocate", "reserve", "pay", "release"}
    assert callable_ == {f"ledger_{name}" for name in names}


def test_accounts_and_postings_agree_after_a_whole_story(city):
    scene.paid(city)
    scene.released(city)
    actions.decide_grant(actor=city.eline, grant=scene.cosigned(city))
    assert ledger.check_ledger() == []
    last = {posting.account_id: posting for posting in Posting.objects.order_by("sequence")}
    for account in LedgerAccount.objects.filter(pk__in=last):
        assert (account.balance, account.version) == (last[account.pk].balance_after, last[account.pk].sequence)
