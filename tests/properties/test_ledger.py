"""Whatever is done in whatever order, the database agrees with sixty lines of arithmetic in memory.

Short in the usual run; `PROOF=full` makes it long. A failure prints the steps that lead to it.
"""

import os
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luisterloket.platform.exceptions import Refused
from tests.casework.heard import a_case
from tests.wijkbegroting import scene
from wijkbegroting import actions, ledger
from wijkbegroting.models import Mandate

FULL = os.environ.get("PROOF") == "full"
MANDATE = 1_000_00
# How each act ends, and from where it may start.
ACTS = {
    "cosign": ({"asked"}, None),
    "decline": ({"asked"}, "refused"),
    "decide": ({"cosigned"}, "approved"),
    "refuse": ({"cosigned"}, "refused"),
    "withdraw": ({"asked", "cosigned"}, "withdrawn"),
    "pay": ({"approved"}, "paid"),
    "release": ({"approved"}, "released"),
}


@dataclass
class Books:
    """What should be: a source, lines and grants, in cents."""

    unallocated: int
    lines: list[dict[str, int]] = field(default_factory=list)
    grants: list[dict] = field(default_factory=list)

    def receive(self, amount):
        self.unallocated += amount
        return True

    def approve_line(self, amount):
        if amount > self.unallocated:
            return False
        self.unallocated -= amount
        self.lines.append({"available": amount, "reserved": 0, "paid": 0})
        return True

    def ask(self, line, amount):
        if amount > self.lines[line]["available"]:
            return False
        self.grants.append({"line": line, "amount": amount, "status": "asked"})
        return True

    def act(self, name, number):
        grant = self.grants[number]
        sources, target = ACTS[name]
        if grant["status"] not in sources:
            return False
        target = target or ("approved" if grant["amount"] <= MANDATE else "cosigned")
        line, amount = self.lines[grant["line"]], grant["amount"]
        if target == "approved":
            if amount > line["available"]:
                return False
            line["available"] -= amount
            line["reserved"] += amount
        if target in ("paid", "released"):
            line["reserved"] -= amount
            line["paid" if target == "paid" else "available"] += amount
        grant["status"] = target
        return True


# Small amounts often meet their limit; a large one crosses the mandate.
amounts = st.one_of(st.integers(1, 300), st.integers(MANDATE - 1, MANDATE + 2), st.integers(1, 5_000_00))
numbers = st.integers(0, 50)
steps = st.one_of(
    st.tuples(st.just("receive"), amounts),
    st.tuples(st.just("line"), amounts),
    st.tuples(st.just("ask"), numbers, amounts),
    st.tuples(st.sampled_from(["act"]), st.sampled_from(sorted(ACTS)), numbers),
    st.tuples(st.sampled_from(["act"]), st.sampled_from(["cosign", "decide", "pay"]), numbers),
)


class Real:
    """The same, done through the actions by who may."""

    def __init__(self, city):
        self.marit, self.bram, self.hakan, self.eline, self.ravi = city.marit, city.bram, city.hakan, city.eline, city.ravi
        self.case = a_case(self.marit, city.unit("schilderswijk"))
        self.budget = scene.the_budget()
        self.source = actions.add_source(actor=self.ravi, budget=self.budget, name="Fonds")
        self.lines, self.grants = [], []

    def receive(self, amount):
        actions.receive_money(actor=self.ravi, source=self.source, amount=amount)

    def approve_line(self, amount):
        line = actions.propose_line(
            actor=self.hakan, budget=self.budget, source=self.source, name=f"Regel {len(self.lines)}", intention="x", effect="social",
            amount=amount,
        )  # fmt: skip
        self.lines.append(actions.approve_line(actor=self.eline, line=line))

    def ask(self, line, amount):
        grant = actions.ask_maatwerk(
            actor=self.marit, case=self.case, line=self.lines[line], amount=amount, **scene.ARGUMENT, **scene.SHOP
        )
        self.grants.append(grant)

    def act(self, name, number):
        grant, why = self.grants[number], {"reason": "Anders"}
        self.grants[number] = {
            "cosign": lambda: actions.cosign_grant(actor=self.bram, grant=grant),
            "decline": lambda: actions.decline_cosign(actor=self.bram, grant=grant, **why),
            "decide": lambda: actions.decide_grant(actor=self.eline, grant=grant),
            "refuse": lambda: actions.refuse_grant(actor=self.eline, grant=grant, **why),
            "withdraw": lambda: actions.withdraw_grant(actor=self.marit, grant=grant),
            "pay": lambda: actions.pay_grant(actor=self.ravi, grant=grant, reference="B"),
            "release": lambda: actions.release_grant(actor=self.ravi, grant=grant, **why),
        }[name]()


def both(books, real, name, *values):
    expected = getattr(books, name)(*values)
    try:
        getattr(real, name)(*values)
        done = True
    except Refused:
        done = False
    assert done == expected, (name, values)


def walk(city, todo):
    real, books = Real(city), Books(unallocated=0)
    assert set(Mandate.objects.filter(unit=city.unit("schilderswijk")).values_list("amount", flat=True)) == {MANDATE}
    both(books, real, "receive", 10_000_00)
    for step, *values in todo:
        if step == "receive":
            both(books, real, "receive", *values)
        elif step == "line":
            both(books, real, "approve_line", *values)
        elif step == "ask" and books.lines:
            both(books, real, "ask", values[0] % len(books.lines), values[1])
        elif step == "act" and books.grants:
            both(books, real, "act", values[0], values[1] % len(books.grants))
        compare(books, real)


def compare(books, real):
    assert ledger.source_balances([real.source])[real.source.pk].unallocated == books.unallocated
    balances = ledger.line_balances(real.lines)
    assert [vars(balances[line.pk]) for line in real.lines] == [
        {"paid": line["paid"], "reserved": line["reserved"], "available": line["available"]} for line in books.lines
    ]
    assert [grant.status for grant in real.grants] == [grant["status"] for grant in books.grants]
    assert ledger.check_ledger() == []


def in_its_own_transaction(city, todo):
    """Each example starts from the same city."""
    with transaction.atomic():
        walk(city, todo)
        transaction.set_rollback(True)


SAME_CITY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=SAME_CITY, print_blob=True)
@given(todo=st.lists(steps, min_size=5, max_size=25))
def test_the_database_agrees_with_the_arithmetic(city, todo):
    in_its_own_transaction(city, todo)


@pytest.mark.proof
@pytest.mark.django_db
@pytest.mark.skipif(not FULL, reason="PROOF=full runs this")
@settings(max_examples=400, deadline=None, suppress_health_check=SAME_CITY, print_blob=True)
@given(todo=st.lists(steps, min_size=10, max_size=80))
def test_the_database_agrees_with_the_arithmetic_for_long(city, todo):
    in_its_own_transaction(city, todo)
