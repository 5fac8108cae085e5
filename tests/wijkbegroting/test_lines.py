"""A line of the budget is proposed by one and decided by another, and carries only money that there is."""

import pytest

from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.wijkbegroting import scene
from wijkbegroting import actions, ledger
from wijkbegroting.models import BudgetLine, Source, WijkBudget

pytestmark = pytest.mark.django_db
Status = BudgetLine.Status
SAME = {"name": "Warme winter", "intention": "Folie voor 60 huizen", "effect": "physical", "amount": 9_000_00}
# Action: who, with what, from which states, to which.
ACTIONS = {
    "approve_line": ("eline", {}, {Status.PROPOSED}, Status.APPROVED),
    "return_line": ("eline", {"reason": "Vraag de verhuurder"}, {Status.PROPOSED}, Status.RETURNED),
    "reject_line": ("eline", {"reason": "Dit is er al"}, {Status.PROPOSED}, Status.REJECTED),
    "resubmit_line": ("marit", SAME, {Status.RETURNED}, Status.PROPOSED),
}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_moves_along_the_table_or_refuses_and_stays(city, name, status):
    who, details, sources, target = ACTIONS[name]
    line = scene.LINE_AT[status](city)
    if name == "resubmit_line":
        details = details | {"source": line.source}
    action = getattr(actions, name)
    if status in sources:
        assert action(actor=getattr(city, who), line=line, **details).status == target
        assert scene.now_of(line, city.eline).status == target
    else:
        with pytest.raises(Refused):
            action(actor=getattr(city, who), line=line, **details)
        assert scene.now_of(line, city.eline).status == status


def test_every_way_in_the_table_has_an_action():
    ways = {(source, target) for source, targets in BudgetLine.TRANSITIONS.items() for target in targets}
    assert ways == {(source, target) for _who, _details, sources, target in ACTIONS.values() for source in sources}


@pytest.mark.parametrize("who", ["hakan", "marit", "ravi", "gerda", "tamara", "petra"])
@pytest.mark.parametrize("name", ["approve_line", "return_line", "reject_line"])
def test_only_the_wijkwethouder_of_the_wijk_decides(city, name, who):
    line = scene.proposed(city)
    with pytest.raises(NotAllowed):
        getattr(actions, name)(actor=getattr(city, who), line=line, reason="Zomaar")
    assert scene.now_of(line, city.eline).status == Status.PROPOSED


def test_who_proposed_an_earlier_version_does_not_approve_the_next(city):
    unit = city.unit("schilderswijk")
    scene.also(city.eline, unit, "coordinator")
    scene.also(city.hakan, unit, "wijkwethouder")
    budget = scene.the_budget()
    line = actions.propose_line(actor=city.eline, budget=budget, source=budget.sources.first(), **SAME)
    with pytest.raises(NotAllowed):
        actions.approve_line(actor=city.eline, line=line)
    line = actions.return_line(actor=city.hakan, line=line, reason="Minder")
    line = actions.resubmit_line(actor=city.marit, line=line, source=line.source, **SAME)
    with pytest.raises(NotAllowed, match="two people|twee mensen"):
        actions.approve_line(actor=city.eline, line=line)


@pytest.mark.parametrize("name", ["return_line", "reject_line"])
def test_a_no_needs_a_reason(city, name):
    line = scene.proposed(city)
    with pytest.raises(Refused):
        getattr(actions, name)(actor=city.eline, line=line, reason="  ")


def test_approving_moves_the_whole_amount_from_the_source_to_the_line(city):
    line = scene.proposed(city)
    before = ledger.source_balances([line.source])[line.source_id]
    line = actions.approve_line(actor=city.eline, line=line)
    after = ledger.source_balances([line.source])[line.source_id]
    assert ledger.line_balances([line])[line.pk] == ledger.LineBalance(available=18_000_00)
    assert (after.unallocated, after.received) == (before.unallocated - 18_000_00, before.received)
    assert ledger.check_ledger() == []


def test_a_line_above_what_its_source_has_stays_proposed_and_says_how_much_there_is(city):
    line = scene.proposed(city, amount=20_000_01)
    with pytest.raises(Refused) as refusal:
        actions.approve_line(actor=city.eline, line=line)
    assert refusal.value.code == "source_short"
    assert "20.000" in refusal.value.messages[0]
    assert scene.now_of(line, city.eline).status == Status.PROPOSED
    assert ledger.line_balances([line])[line.pk].total == 0


def test_a_source_of_another_budget_is_refused(city):
    other = Source.objects.get(name="Gemeente Rotterdam")
    with pytest.raises(Refused):
        scene.proposed(city, source=other)


def test_a_returned_line_keeps_its_reason_in_the_history_when_it_comes_back(city):
    line = scene.returned(city)
    again = actions.resubmit_line(actor=city.marit, line=line, source=line.source, **SAME)
    assert (again.reason, again.decided_by, again.proposed_by) == ("", None, city.marit)
    assert "Vraag eerst de verhuurder" in again.history.values_list("reason", flat=True)


@pytest.mark.parametrize("who", ["marit", "hakan", "eline", "gerda"])
def test_only_the_treasurer_keeps_the_money(city, who):
    person, budget = getattr(city, who), scene.the_budget()
    with pytest.raises(NotAllowed):
        actions.open_budget(actor=person, unit=budget.unit, year=2031)
    with pytest.raises(NotAllowed):
        actions.add_source(actor=person, budget=budget, name="Fonds")
    with pytest.raises(NotAllowed):
        actions.receive_money(actor=person, source=budget.sources.first(), amount=1)


def test_a_year_is_opened_once(city):
    budget = actions.open_budget(actor=city.ravi, unit=city.unit("schilderswijk"), year=2031)
    with pytest.raises(Refused, match="2031"):
        actions.open_budget(actor=city.ravi, unit=budget.unit, year=2031)
    assert WijkBudget.objects.filter(year=2031).count() == 1


def test_a_new_source_starts_with_nothing_and_holds_what_came_in(city):
    source = actions.add_source(actor=city.ravi, budget=scene.the_budget(), name="Fonds 1818")
    assert ledger.source_balances([source])[source.pk] == ledger.SourceBalance(0, 0)
    actions.receive_money(actor=city.ravi, source=source, amount=117_000_00)
    assert ledger.source_balances([source])[source.pk] == ledger.SourceBalance(117_000_00, 117_000_00)
    assert ledger.check_ledger() == []


def test_the_balance_of_an_account_can_be_asked_for_any_moment(city):
    line = scene.approved_line(city)
    account = line.accounts.get(kind="available")
    opened = account.postings.get().at
    scene.approved(city, 85_00, line=line)
    assert ledger.balance(account) == 18_000_00 - 85_00
    assert ledger.balance(account, at=opened) == 18_000_00
    assert ledger.balance(account, at=opened.replace(year=2020)) == 0
