"""One posting: the bare database function, the same called from Django, and the whole action that the page calls."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from casework.models import Case, CaseMember
from luisterloket.people.models import User
from luisterloket.platform.acting import acting
from wijkbegroting import actions, ledger
from wijkbegroting.models import BudgetLine, JournalEntry, LedgerAccount, MaatwerkGrant, Mandate

from .measures import Line, beside, statements

POSTS = 200
# One more each, to count the round trips with.
MADE = POSTS + 1
CENTS = 1_00
Status = MaatwerkGrant.Status


def prepare() -> dict[str, list[MaatwerkGrant]]:
    """Grants that wait, as the owner: for the function already signed, for the action only asked."""
    marit, bram = (User.objects.get(email=f"{name}@oefenstad.example") for name in ("marit", "bram"))
    line = _line()
    mandate = Mandate.objects.get(unit=line.unit_id, role="wijkwerker")
    cases = list(Case.objects.filter(owner=marit).order_by("pk")[:40])
    residents = dict(CaseMember.objects.filter(case__in=cases, part="main").values_list("case_id", "resident_id"))
    now = timezone.now()
    signed = {
        "status": Status.APPROVED, "cosigned_by": bram, "cosigned_at": now, "decided_by": bram, "decided_at": now,
        "mandate": mandate,
    }  # fmt: skip
    made = {}
    for kind, more in (("raw", signed), ("function", signed), ("action", {})):
        made[kind] = [
            MaatwerkGrant(
                unit_id=line.unit_id, case=case, resident_id=residents[case.pk], line=line, amount=CENTS, purpose="Noodpakket",
                why_not_regular="De voedselbank heeft een wachtlijst", expected_return="Rust om verder te praten",
                payee_kind="supplier", method="shop", asked_by=marit, **more,
            )
            for case in (cases[number % len(cases)] for number in range(MADE))
        ]  # fmt: skip
        MaatwerkGrant.objects.bulk_create(made[kind])
    return made


def _line() -> BudgetLine:
    return BudgetLine.objects.get(unit__name="Luisterloket Schilderswijk", name="Eerste nood")


def measure(bare: Any, waiting: dict[str, list[MaatwerkGrant]]) -> list[Line]:
    """Each posting takes a grant from `waiting`, because it can be done once.

    `bare` is a cursor of psycopg2 as the application's role: the function is the same, only Django is not there.
    """
    bram = User.objects.get(email="bram@oefenstad.example")
    bare.execute("SELECT set_config('luisterloket.actor', %s, false)", [str(bram.acting.user_id)])
    bare.execute("PREPARE reserve (uuid, uuid) AS SELECT ledger_reserve($1, $2)")

    def raw() -> None:
        pk = waiting["raw"].pop().pk
        bare.execute("EXECUTE reserve (%s, %s)", [ledger.command_id("reserve", pk), pk])
        bare.fetchone()

    def function() -> None:
        with acting(bram.acting):
            ledger.reserve(waiting["function"].pop())

    def action() -> None:
        # A form always sends a key, so that sending it twice has one effect.
        actions.cosign_grant(actor=bram, grant=waiting["action"].pop(), command_key=uuid4())

    queries, trips = statements(function)
    action_queries, action_trips = statements(action)
    raw()
    floor, called, whole = beside(raw, function, action, rounds=POSTS)
    return [
        Line("posting.function / raw", floor / called, 0.90, floor, called, queries, at_least=True, round_trips=trips),
        Line("posting.action / raw", floor / whole, 0.35, floor, whole, action_queries, at_least=True, round_trips=action_trips),
        # Here the count is the measure.
        Line("posting.action, in round trips", action_trips, 4, floor, whole, action_queries, round_trips=action_trips),
    ]


def broken(waiting: dict[str, list[MaatwerkGrant]]) -> list[str]:
    """What does not hold after the run, as the owner: the rules of the ledger, and that each grant taken is reserved once."""
    found = [f"ledger: {one.rule} at {', '.join(map(str, one.where))}" for one in ledger.check_ledger()]
    left = [grant for grants in waiting.values() for grant in grants]
    taken = len(waiting) * MADE - len(left)
    posted = JournalEntry.objects.filter(kind="reserve").exclude(reference__in=[grant.pk for grant in left]).count()
    reserved = LedgerAccount.objects.get(kind="reserved", line=_line()).balance
    if (posted, reserved) != (taken, taken * CENTS):
        found.append(f"{taken} grants were posted: {posted} entries, {reserved} cents reserved")
    return found
