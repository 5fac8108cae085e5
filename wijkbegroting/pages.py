"""The page of one grant: each part in the story gets what that part needs, and nothing more."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luisterloket.people.models import User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission

from . import disclosures, permissions, selectors, terms
from .acts import ON_GRANT, Act, possible
from .ledger import LineBalance, line_balances
from .models import MaatwerkGrant

Status = MaatwerkGrant.Status


@dataclass(frozen=True)
class GrantPage:
    """`argument`: the texts are for this person. `payee` and `iban`: empty unless they ask or pay. `case_url`: empty unless they
    may open the case."""

    grant: MaatwerkGrant
    acts: list[Act]
    argument: bool
    payee: str
    iban: str
    case_url: str
    balance: LineBalance
    due_at: Any
    waits_for: str
    sees_line: bool

    @property
    def left(self) -> int:
        """What the line has free after a yes."""
        return self.balance.available - (self.grant.amount if self.grant.status in (Status.ASKED, Status.COSIGNED) else 0)


def grant_page(user: User, grant: MaatwerkGrant) -> GrantPage:
    """Gather the page, and keep in the access log what this person saw of whom."""
    works_on_case = permissions.works_on_case_of(user, grant)
    argument = works_on_case or selectors.sees_argument(user, grant)
    if argument and not works_on_case:
        disclosures.log_argument([grant], user)
    pays = may(permissions.check_may_pay, user, grant)
    payee = iban = ""
    if works_on_case or (pays and grant.status in disclosures.PAYING):
        payment = disclosures.payment_of(grant, user)
        payee = next((item.text for item in payment.of("payee") if item.ref == grant.pk), "")
        iban = next((item.text for item in payment.of("iban") if item.ref == grant.pk), "")
        iban = readable(iban) if pays and grant.status == Status.APPROVED else masked(iban)
    return GrantPage(
        grant=grant,
        acts=possible(ON_GRANT, user, grant),
        argument=argument,
        payee=payee,
        iban=iban,
        case_url=grant.case.get_absolute_url() if works_on_case else "",
        balance=line_balances([grant.line_id])[grant.line_id],
        due_at=_due_at(grant),
        waits_for=_waits_for(grant),
        sees_line=user.has(Permission.SEE_BUDGET, unit_id=grant.unit_id),
    )


def masked(iban: str) -> str:
    """Enough to recognise an account, too little to use it."""
    return f"{iban[:2]}•• •••• {iban[-4:]}" if iban else ""


def readable(iban: str) -> str:
    """In groups of four, as on a bank card."""
    return " ".join(iban[n : n + 4] for n in range(0, len(iban), 4))


def _due_at(grant: MaatwerkGrant) -> Any:
    due = {Status.ASKED: terms.cosign_by, Status.COSIGNED: terms.decide_by, Status.APPROVED: terms.pay_by}
    return due[Status(grant.status)](grant) if grant.status in due else None


def _waits_for(grant: MaatwerkGrant) -> str:
    owners = {
        Status.ASKED: _("a colleague of the team, to co-sign"),
        Status.COSIGNED: _("the wijkwethouder, to decide"),
        Status.APPROVED: _("the treasurer, to pay"),
    }
    return owners.get(Status(grant.status), "")
