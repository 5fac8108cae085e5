"""Money for these tests: lines and grants at each state, made through the actions."""

from typing import Any

from django.db import connection
from django.utils import timezone

from luisterloket.people.models import Appointment, Unit, User
from luisterloket.platform.acting import acting
from tests import writes
from tests.casework.heard import a_case
from wijkbegroting import actions
from wijkbegroting.models import BudgetLine, MaatwerkGrant, Source, WijkBudget

ARGUMENT = {
    "purpose": "Eten voor drie dagen en luiers",
    "why_not_regular": "De voedselbank heeft een wachtlijst",
    "expected_return": "Rust om verder te praten",
}
SHOP = {"payee_kind": "supplier", "method": "shop"}
BANK = {"payee_kind": "landlord", "method": "bank", "payee_name": "Stichting Onderdak", "iban": "NL91 ABNA 0417 1643 00"}


def the_budget(unit: str = "Luisterloket Schilderswijk") -> WijkBudget:
    return WijkBudget.objects.get(unit__name=unit)


def the_line(name: str = "Eerste nood", unit: str = "Luisterloket Schilderswijk") -> BudgetLine:
    return BudgetLine.objects.get(name=name, unit__name=unit)


def a_small_line(city: Any, cents: int, name: str = "Klein") -> BudgetLine:
    """An approved line with exactly this much."""
    return actions.approve_line(actor=city.eline, line=proposed(city, amount=cents, name=name))


def also(user: User, unit: Unit, role: str) -> None:
    """Give someone one more role, from today, also one that is kept apart: the action must not lean on that."""
    with writes.allowed(), writes.as_the_owner(connection):
        Appointment.objects.create(user=user, unit=unit, role=role, since=timezone.localdate())


# Lines -----------------------------------------------------------------------------------------------------------


def proposed(city: Any, **details: Any) -> BudgetLine:
    budget = the_budget()
    values = {
        "source": Source.objects.get(budget=budget, name="Woningcorporatie Haagwonen"),
        "name": "Warme winter",
        "intention": "Radiatorfolie voor 120 huizen",
        "effect": "physical",
        "amount": 18_000_00,
    }
    return actions.propose_line(actor=city.hakan, budget=budget, **(values | details))


def approved_line(city: Any) -> BudgetLine:
    return actions.approve_line(actor=city.eline, line=proposed(city))


def returned(city: Any) -> BudgetLine:
    return actions.return_line(actor=city.eline, line=proposed(city), reason="Vraag eerst de verhuurder")


def rejected(city: Any) -> BudgetLine:
    return actions.reject_line(actor=city.eline, line=proposed(city), reason="Dit doet de corporatie al")


LINE_AT = {"proposed": proposed, "approved": approved_line, "returned": returned, "rejected": rejected}


# Grants ----------------------------------------------------------------------------------------------------------


def asked(city: Any, amount: int = 85_00, *, case: Any = None, line: BudgetLine | None = None, **details: Any) -> MaatwerkGrant:
    asker = details.pop("asker", None) or city.marit
    return actions.ask_maatwerk(
        actor=asker,
        case=case or a_case(asker, city.unit("schilderswijk")),
        line=line or the_line(),
        amount=amount,
        **(ARGUMENT | SHOP | details),
    )


def cosigned(city: Any, amount: int = 1_650_00, **details: Any) -> MaatwerkGrant:
    return actions.cosign_grant(actor=city.bram, grant=asked(city, amount, **details))


def approved(city: Any, amount: int = 85_00, **details: Any) -> MaatwerkGrant:
    return actions.cosign_grant(actor=city.bram, grant=asked(city, amount, **details))


def paid(city: Any, amount: int = 85_00, **details: Any) -> MaatwerkGrant:
    return actions.pay_grant(actor=city.ravi, grant=approved(city, amount, **details), reference="Winkel 0412")


def refused(city: Any) -> MaatwerkGrant:
    return actions.decline_cosign(actor=city.bram, grant=asked(city), reason="Dit kan uit de bijzondere bijstand")


def withdrawn(city: Any) -> MaatwerkGrant:
    return actions.withdraw_grant(actor=city.marit, grant=asked(city))


def released(city: Any) -> MaatwerkGrant:
    return actions.release_grant(actor=city.ravi, grant=approved(city), reason="De winkel gaf het cadeau")


GRANT_AT = {
    "asked": asked,
    "cosigned": cosigned,
    "approved": approved,
    "paid": paid,
    "refused": refused,
    "withdrawn": withdrawn,
    "released": released,
}


def now_of(thing: Any, user: Any) -> Any:
    """The thing as it is in the database, seen by this person."""
    with acting(user.acting):
        return type(thing).objects.get(pk=thing.pk)
