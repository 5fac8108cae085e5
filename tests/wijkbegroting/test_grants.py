"""Maatwerk: asker, co-signer and payer are different people, the mandate holds, and money is there or the answer is no."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.actions import involve, join_case
from casework.models import Involvement
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry, OutboxEvent
from tests.casework.heard import a_case
from tests.wijkbegroting import scene
from wijkbegroting import actions, ledger
from wijkbegroting.models import MaatwerkGrant

pytestmark = pytest.mark.django_db
Status = MaatwerkGrant.Status
WHY = {"reason": "Daar is een andere weg voor"}
# Action: who, with what, from which states, to which.
ACTIONS = {
    "cosign_grant": ("hakan", {}, {Status.ASKED}, Status.APPROVED),
    "decline_cosign": ("hakan", WHY, {Status.ASKED}, Status.REFUSED),
    "decide_grant": ("eline", {}, {Status.COSIGNED}, Status.APPROVED),
    "refuse_grant": ("eline", WHY, {Status.COSIGNED}, Status.REFUSED),
    "withdraw_grant": ("marit", {}, {Status.ASKED, Status.COSIGNED}, Status.WITHDRAWN),
    "pay_grant": ("ravi", {"reference": "B-1"}, {Status.APPROVED}, Status.PAID),
    "release_grant": ("hakan", WHY, {Status.APPROVED}, Status.RELEASED),
}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_moves_along_the_table_or_refuses_and_stays(city, name, status):
    who, details, sources, target = ACTIONS[name]
    grant = scene.GRANT_AT[status](city)
    before = ledger.line_balances([grant.line_id])
    action = getattr(actions, name)
    if status in sources:
        assert action(actor=getattr(city, who), grant=grant, **details).status == target
        assert scene.now_of(grant, city.eline).status == target
    else:
        with pytest.raises(Refused):
            action(actor=getattr(city, who), grant=grant, **details)
        assert scene.now_of(grant, city.eline).status == status
        assert ledger.line_balances([grant.line_id]) == before
    assert ledger.check_ledger() == []


def test_every_way_in_the_table_has_an_action(city):
    ways = {(source, target) for source, targets in MaatwerkGrant.TRANSITIONS.items() for target in targets}
    ours = {(source, target) for _who, _details, sources, target in ACTIONS.values() for source in sources}
    # Above the mandate the same co-signature leads to the wijkwethouder.
    assert scene.cosigned(city).status == Status.COSIGNED
    assert ways == ours | {(Status.ASKED, Status.COSIGNED)}


def test_money_goes_from_available_to_reserved_to_paid(city):
    line = scene.the_line()
    grant = scene.asked(city, 85_00)
    assert ledger.line_balances([line])[line.pk] == ledger.LineBalance(0, 0, 40_000_00)
    grant = actions.cosign_grant(actor=city.bram, grant=grant)
    assert ledger.line_balances([line])[line.pk] == ledger.LineBalance(0, 85_00, 39_915_00)
    actions.pay_grant(actor=city.ravi, grant=grant, reference="B-1")
    assert ledger.line_balances([line])[line.pk] == ledger.LineBalance(85_00, 0, 39_915_00)


def test_what_is_not_paid_goes_back_to_its_line(city):
    line = scene.the_line()
    scene.released(city)
    assert ledger.line_balances([line])[line.pk] == ledger.LineBalance(0, 0, 40_000_00)


# Who -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["marit", "noor", "eline", "ravi", "gerda", "joost", "fatna"])
def test_only_another_colleague_of_the_team_co_signs(city, who):
    grant = scene.asked(city)
    for name, details in (("cosign_grant", {}), ("decline_cosign", WHY)):
        with pytest.raises((NotAllowed, MaatwerkGrant.DoesNotExist)):
            getattr(actions, name)(actor=getattr(city, who), grant=grant, **details)
    assert scene.now_of(grant, city.marit).status == Status.ASKED


@pytest.mark.parametrize("who", ["marit", "hakan", "tamara", "ravi", "gerda"])
def test_only_the_wijkwethouder_of_the_wijk_decides_above_the_mandate(city, who):
    grant = scene.cosigned(city)
    for name, details in (("decide_grant", {}), ("refuse_grant", WHY)):
        with pytest.raises((NotAllowed, MaatwerkGrant.DoesNotExist)):
            getattr(actions, name)(actor=getattr(city, who), grant=grant, **details)


def test_who_asked_or_co_signed_does_not_decide_whatever_roles_they_have(city):
    unit = city.unit("schilderswijk")
    for person in (city.marit, city.bram):
        scene.also(person, unit, "wijkwethouder")
    grant = scene.cosigned(city)
    for person in (city.marit, city.bram):
        with pytest.raises(NotAllowed):
            actions.decide_grant(actor=person, grant=grant)


@pytest.mark.parametrize("who", ["marit", "bram"])
def test_who_asked_or_decided_does_not_pay_whatever_roles_they_have(city, who):
    scene.also(getattr(city, who), city.unit("schilderswijk"), "treasurer")
    grant = scene.approved(city)
    with pytest.raises(NotAllowed):
        actions.pay_grant(actor=getattr(city, who), grant=grant, reference="B-1")
    assert scene.now_of(grant, city.ravi).status == Status.APPROVED


@pytest.mark.parametrize("who", ["bram", "eline", "gerda"])
def test_others_do_not_pay_or_release(city, who):
    grant = scene.approved(city)
    with pytest.raises(NotAllowed):
        actions.pay_grant(actor=getattr(city, who), grant=grant, reference="B-1")
    with pytest.raises(NotAllowed):
        actions.release_grant(actor=getattr(city, who), grant=grant, **WHY)


def test_only_the_asker_withdraws(city):
    grant = scene.asked(city)
    for who in ("bram", "hakan", "eline"):
        with pytest.raises(NotAllowed):
            actions.withdraw_grant(actor=getattr(city, who), grant=grant)


def test_who_is_not_in_the_case_does_not_ask(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    with pytest.raises(NotAllowed):
        scene.asked(city, case=case, asker=city.bram)
    join_case(actor=city.bram, case=case, reason="calls")
    assert scene.asked(city, case=case, asker=city.bram).asked_by == city.bram


def test_a_worker_of_another_wijk_who_was_brought_in_asks_from_the_lines_of_the_case(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    involve(actor=city.marit, case=case, user=city.noor, kind=Involvement.Kind.CO_WORKER)
    with pytest.raises(Refused) as refusal:
        scene.asked(city, case=case, asker=city.noor, line=scene.the_line(unit="Luisterloket Vreewijk"))
    assert refusal.value.field == "line"
    grant = scene.asked(city, case=case, asker=city.noor)
    assert grant.unit == city.unit("schilderswijk")
    assert actions.cosign_grant(actor=city.bram, grant=grant).status == Status.APPROVED


def test_a_line_that_is_not_approved_gives_nothing(city):
    with pytest.raises(Refused) as refusal:
        scene.asked(city, line=scene.proposed(city))
    assert refusal.value.field == "line"


# The mandate -----------------------------------------------------------------------------------------------------


def test_exactly_the_mandate_is_within_it_and_a_cent_more_is_not(city):
    within, above = scene.approved(city, 1_000_00), scene.approved(city, 1_000_01)
    assert (within.status, within.mandate.amount) == (Status.APPROVED, 1_000_00)
    assert (above.status, above.mandate, above.decided_by) == (Status.COSIGNED, None, None)


def test_the_decision_keeps_its_mandate_and_the_one_above_it_has_none(city):
    assert scene.approved(city).mandate.signed_by == city.eline
    decided = actions.decide_grant(actor=city.eline, grant=scene.cosigned(city))
    assert (decided.mandate, decided.decided_by, decided.cosigned_by) == (None, city.eline, city.bram)


def _sign(city, role, amount, *, start=0, end=100):
    today = timezone.localdate()
    return actions.sign_mandate(
        actor=city.eline,
        unit=city.unit("schilderswijk"),
        role=role,
        amount=amount,
        starts_on=today + timedelta(days=start),
        ends_on=today + timedelta(days=end),
    )


def test_a_mandate_of_the_co_signers_role_counts_too(city):
    _sign(city, "coordinator", 2_000_00)
    assert actions.cosign_grant(actor=city.bram, grant=scene.asked(city, 1_500_00)).status == Status.COSIGNED
    grant = actions.cosign_grant(actor=city.hakan, grant=scene.asked(city, 1_500_00))
    assert (grant.status, grant.mandate.role) == (Status.APPROVED, "coordinator")


def test_a_second_co_signature_does_not_push_the_first_one_out(city):
    grant = scene.cosigned(city, 1_650_00)
    _sign(city, "coordinator", 2_000_00)
    with pytest.raises(Refused):
        actions.cosign_grant(actor=city.hakan, grant=grant)
    after = scene.now_of(grant, city.eline)
    assert (after.status, after.cosigned_by) == (Status.COSIGNED, city.bram)


def test_a_later_mandate_takes_the_place_of_the_earlier_one_also_when_it_is_lower(city):
    _sign(city, "wijkwerker", 50_00)
    _sign(city, "coordinator", 50_00)
    assert scene.approved(city, 51_00).status == Status.COSIGNED


@pytest.mark.parametrize(("start", "end"), [(1, 100), (-100, -1)])
def test_a_mandate_not_yet_or_no_longer_in_force_does_not_count(city, start, end):
    _sign(city, "wijkwerker", 5_000_00, start=start, end=end)
    assert scene.approved(city, 1_500_00).status == Status.COSIGNED


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-5, 0), (0, 5)])
def test_the_first_and_the_last_day_of_a_mandate_are_in_it(city, start, end):
    _sign(city, "wijkwerker", 5_000_00, start=start, end=end)
    assert scene.approved(city, 1_500_00).status == Status.APPROVED


def test_a_mandate_of_another_wijk_does_not_count(city):
    today = timezone.localdate()
    actions.sign_mandate(
        actor=city.tamara, unit=city.unit("vreewijk"), role="wijkwerker", amount=9_000_00, starts_on=today, ends_on=today
    )
    assert scene.approved(city, 1_500_00).status == Status.COSIGNED


@pytest.mark.parametrize("who", ["marit", "hakan", "ravi", "tamara"])
def test_only_the_wijkwethouder_of_the_wijk_signs_a_mandate(city, who):
    today = timezone.localdate()
    with pytest.raises(NotAllowed):
        actions.sign_mandate(
            actor=getattr(city, who), unit=city.unit("schilderswijk"), role="wijkwerker", amount=1, starts_on=today, ends_on=today
        )


def test_only_a_role_that_co_signs_gets_a_mandate(city):
    with pytest.raises(Refused):
        _sign(city, "specialist", 100_00)


# What is asked ---------------------------------------------------------------------------------------------------


def test_a_line_with_too_little_says_how_much_there_is(city):
    line = scene.a_small_line(city, 100_00)
    with pytest.raises(Refused) as refusal:
        scene.asked(city, 100_01, line=line)
    assert (refusal.value.field, refusal.value.code) == ("amount", "line_short")
    assert "100" in refusal.value.messages[0]
    assert "100,01" in refusal.value.messages[0]


def test_what_was_there_when_asked_and_is_gone_when_signed_is_refused_and_can_be_asked_lower(city):
    line = scene.a_small_line(city, 100_00)
    first, second = scene.asked(city, 80_00, line=line), scene.asked(city, 80_00, line=line)
    actions.cosign_grant(actor=city.bram, grant=first)
    with pytest.raises(Refused) as refusal:
        actions.cosign_grant(actor=city.bram, grant=second)
    assert refusal.value.code == "line_short"
    after = scene.now_of(second, city.bram)
    assert (after.status, after.cosigned_by, after.decided_by) == (Status.ASKED, None, None)
    assert ledger.line_balances([line])[line.pk] == ledger.LineBalance(0, 80_00, 20_00)


@pytest.mark.parametrize("field", ["purpose", "why_not_regular", "expected_return"])
@pytest.mark.parametrize("text", ["Eten voor Rachida", "Voor mevrouw AMRANI.", "Rachida's kinderen", "Een bed voor Kind"])
def test_a_name_in_the_argument_is_refused_on_its_field(city, field, text):
    case = a_case(city.marit, city.unit("schilderswijk"), household=1)
    with pytest.raises(Refused) as refusal:
        scene.asked(city, case=case, **{field: text})
    assert refusal.value.field == field


def test_a_word_that_only_holds_a_name_is_no_name(city):
    case = a_case(city.marit, city.unit("schilderswijk"), name="Jan van Dam")
    assert scene.asked(city, case=case, purpose="Van januari tot maart, voor de dame en haar kinderen").pk


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"iban": ""}, "iban"),
        ({"iban": "NL91 ABNA 0417 1643 01"}, "iban"),
        ({"iban": "geen idee"}, "iban"),
        ({"payee_name": " "}, "payee_name"),
    ],
)
def test_a_bank_transfer_needs_a_good_account_and_a_name(city, details, field):
    with pytest.raises(Refused) as refusal:
        scene.asked(city, **(scene.BANK | details))
    assert refusal.value.field == field


def test_a_good_account_is_kept_without_blanks_and_none_without_a_bank(city):
    assert scene.asked(city, **scene.BANK).iban == "NL91ABNA0417164300"
    assert scene.asked(city, **(scene.BANK | {"method": "cash", "iban": "whatever"})).iban == ""


@pytest.mark.parametrize(("name", "who"), [("decline_cosign", "bram"), ("refuse_grant", "eline"), ("release_grant", "ravi")])
def test_a_no_needs_a_reason(city, name, who):
    at = {"decline_cosign": scene.asked, "refuse_grant": scene.cosigned, "release_grant": scene.approved}
    with pytest.raises(Refused) as refusal:
        getattr(actions, name)(actor=getattr(city, who), grant=at[name](city), reason=" ")
    assert refusal.value.field == "reason"


def test_each_decision_is_kept_and_told_with_ids_and_amounts_only(city):
    grant = scene.paid(city)
    with acting(city.hakan.acting):
        kept = list(HistoryEntry.objects.filter(thing_id=grant.pk).order_by("at"))
        told = set(OutboxEvent.objects.filter(thing_id=grant.pk).values_list("event", flat=True))
    assert [(entry.verb, entry.actor_id) for entry in kept] == [
        ("grant.asked", city.marit.pk),
        ("grant.approved", city.bram.pk),
        ("grant.paid", city.ravi.pk),
    ]
    assert told == {"grant.asked", "grant.approved", "grant.paid"}
    assert all(set(entry.details) <= {"amount", "line", "mandate"} for entry in kept)
