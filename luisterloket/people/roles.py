"""The roles of the house, what each may do, and what each needs from the database."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    LISTEN = "listen"  # start an intake, keep a case
    ROUTE = "route"  # send a request to a desk
    DIVIDE_WORK = "divide_work"  # see the wijk's stalls, hand over
    COSIGN = "cosign"
    ASK_MAATWERK = "ask_maatwerk"
    PROPOSE_LINE = "propose_line"
    APPROVE_LINE = "approve_line"
    DECIDE_ABOVE_MANDATE = "decide_above_mandate"
    SEE_BUDGET = "see_budget"
    PAY = "pay"
    READ_LEDGER = "read_ledger"
    ANSWER = "answer"  # answer requests of one's desk
    DIVIDE_DESK = "divide_desk"
    SEE_CONVENANT = "see_convenant"
    CONFIGURE_CONVENANT = "configure_convenant"
    READ_LOG = "read_log"
    BREAK_GLASS = "break_glass"  # open what is not theirs in an emergency (decision 0029)
    HANDLE_RIGHTS = "handle_rights"  # carry out what residents ask about their data, and what the terms ask
    MANAGE_ACCOUNTS = "manage_accounts"  # accounts, appointments, units
    SUPERVISE_ACCESS = "supervise_access"  # see who got which rights, agree to those that one does not give alone
    HANDLE_BREACHES = "handle_breaches"
    HAND_IN = "hand_in"  # hand a resident in at a loket, and hear what may be heard of it


@dataclass(frozen=True)
class Role:
    """A part someone plays. `opens_files`: resident data of the unit pass the database's wall; `opens_money`: its money does."""

    code: str
    name: str
    does: str
    permissions: frozenset[Permission]
    opens_files: bool = False
    opens_money: bool = False

    @property
    def reads_log(self) -> bool:
        return Permission.READ_LOG in self.permissions

    def __str__(self) -> str:
        return str(self.name)


def _role(code, name, does, *permissions, files=False, money=False) -> Role:
    return Role(code, name, does, frozenset({Permission.SEE_CONVENANT, *permissions}), files, money)


P = Permission
ROLES: dict[str, Role] = {
    role.code: role
    for role in [
        _role(
            "wijkwerker",
            _("Wijkwerker"),
            _("Listens, makes the plan, routes requests, asks for maatwerk"),
            P.LISTEN,
            P.ROUTE,
            P.COSIGN,
            P.ASK_MAATWERK,
            P.PROPOSE_LINE,
            P.SEE_BUDGET,
            P.BREAK_GLASS,
            files=True,
            money=True,
        ),
        _role("buddy", _("Volunteer"), _("Bridge between resident and help, in the cases they are given")),
        _role(
            "coordinator",
            _("Team coordinator"),
            _("Divides the work, co-signs, guards what stalls"),
            P.LISTEN,
            P.ROUTE,
            P.DIVIDE_WORK,
            P.COSIGN,
            P.ASK_MAATWERK,
            P.PROPOSE_LINE,
            P.SEE_BUDGET,
            P.BREAK_GLASS,
            files=True,
            money=True,
        ),
        _role(
            "specialist",
            _("Specialist"),
            _("Answers the requests of the desk, hands residents in"),
            P.ANSWER,
            P.HAND_IN,
            P.BREAK_GLASS,
            files=True,
        ),
        _role(
            "desk_lead",
            _("Desk lead"),
            _("Divides the queue, receives what stalls"),
            P.ANSWER,
            P.HAND_IN,
            P.DIVIDE_DESK,
            P.BREAK_GLASS,
            files=True,
        ),
        _role("reporter", _("Reporter"), _("Hands residents in for an organisation, and sees only what they handed in"), P.HAND_IN),
        _role("participant", _("Professional at the table"), _("Comes to a casusoverleg, and sees what lies on that table")),
        _role(
            "wijkwethouder",
            _("Wijkwethouder"),
            _("Approves budget lines, decides above the mandate"),
            P.APPROVE_LINE,
            P.DECIDE_ABOVE_MANDATE,
            P.SEE_BUDGET,
            money=True,
        ),
        _role("treasurer", _("Treasurer"), _("Pays out what was approved"), P.PAY, P.SEE_BUDGET, P.READ_LEDGER, money=True),
        _role("convenant_admin", _("Convenant administrator"), _("Keeps parties, roles and the matrix"), P.CONFIGURE_CONVENANT),
        _role(
            "account_admin",
            _("Account administrator"),
            _("Keeps accounts, appointments and units; sees no files, no money and no log"),
            P.MANAGE_ACCOUNTS,
        ),
        _role(
            "privacy_officer",
            _("Privacy officer"),
            _("Reads the access log and supervises"),
            P.READ_LOG,
            P.SUPERVISE_ACCESS,
            P.HANDLE_BREACHES,
        ),
        _role("rights_handler", _("Rights handler"), _("Carries out requests of residents about their data"), P.HANDLE_RIGHTS),
        _role("auditor", _("Auditor"), _("Reads the ledger and the decisions"), P.SEE_BUDGET, P.READ_LEDGER, money=True),
    ]
}
