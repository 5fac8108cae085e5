"""The money of the wijk."""

from collections.abc import Mapping
from datetime import date

from .rows import ANY, LINE, MONEY, REASON, TREASURER, TREASURER_SEES_BOTH, WETHOUDER, WIJK, WORKS_ON, Row, both, but, who


def money(name: str, why: str, may: Mapping[str, frozenset[str]], **details) -> list[Row]:
    """A page and form about something of the budget: who sees the budget and may not do this is told who may."""
    return both(name, why, may=may, told=but(TREASURER_SEES_BOTH, may), **details)


def grant(
    act: str, why: str, of: str, sees: Mapping[str, frozenset[str]], may: Mapping[str, frozenset[str]], data=None
) -> list[Row]:
    return both("wijkbegroting:grant-act", why, of=of, may=may, told=but(sees, may), extra={"act": act}, data=data or {})


# Waits for a colleague: the whole team of the wijk may read it. Later it is of who took part, decides, pays or audits.
SEES_ASKED = {"mine": MONEY, "team": MONEY, "other": TREASURER}
SEES_LATER = {"mine": MONEY, "team": MONEY - who("wijkwerker"), "other": TREASURER}
COSIGN = {"mine": who("coordinator"), "team": WIJK}
DECIDE = {"mine": WETHOUDER, "team": WETHOUDER}
PAY = {"mine": TREASURER, "team": TREASURER, "other": TREASURER}
RELEASE = {"mine": TREASURER | who("coordinator"), "team": TREASURER | who("coordinator"), "other": TREASURER}
KEEPS = {"mine": TREASURER, "other": TREASURER}
DECIDES = "The wijkwethouder of the wijk decides on its lines; who proposes does not."
TWO = "Asker and co-signer are two people of the same team."
NEVER = "An act that does not exist is not there, for anyone."
MANDATE = {"role": "wijkwerker", "amount": "100", "starts_on": f"{date.today():%Y-%m-%d}", "ends_on": "2099-12-31"}
ASK = {
    "line": "@line_with_money",
    "amount": "25",
    "purpose": "Eten",
    "why_not_regular": "Het duurt te lang",
    "expected_return": "Rust",
    "payee_kind": "supplier",
    "method": "shop",
}
WIJKBEGROTING = [
    Row("wijkbegroting:home", "GET", "Who works with the money of a wijk chooses its budget.", may={ANY: MONEY}),
    Row(
        "wijkbegroting:open-budget", "POST", "The treasurer opens the books of their wijken.",
        of="unit", in_data="unit", may=KEEPS, told=but(TREASURER_SEES_BOTH, KEEPS),
    ),
    Row("wijkbegroting:budget", "GET", "The budget is of its wijk; a treasurer of two sees two.", of="budget", may=TREASURER_SEES_BOTH),
    Row("wijkbegroting:budget-csv", "GET", "The table shows what the page shows.", of="budget", may=TREASURER_SEES_BOTH),
    *money("wijkbegroting:add-source", "The treasurer names sources.", KEEPS, of="budget", data={"name": "Oranjefonds"}),
    *money("wijkbegroting:receive", "The treasurer books what came in.", KEEPS, of="source", data={"amount": "100"}),
    *money("wijkbegroting:mandate", "The wijkwethouder signs the mandate.", {"mine": WETHOUDER}, of="budget", data=MANDATE),
    *money("wijkbegroting:propose", "The wijk proposes its own lines.", {"mine": WIJK}, of="budget", data=LINE),
    Row("wijkbegroting:line", "GET", "A line is seen by who sees its budget.", of="line", may=TREASURER_SEES_BOTH),
    *money("wijkbegroting:line-resubmit", "The wijk puts a line forward again.", {"mine": WIJK}, of="returned line", data=LINE),
    *money("wijkbegroting:line-act", DECIDES, {"mine": WETHOUDER}, of="line", extra={"act": "goedkeuren"}),
    *money("wijkbegroting:line-act", DECIDES, {"mine": WETHOUDER}, of="line", extra={"act": "terugsturen"}, data=REASON),
    *money("wijkbegroting:line-act", DECIDES, {"mine": WETHOUDER}, of="line", extra={"act": "afwijzen"}, data=REASON),
    *both("wijkbegroting:line-act", NEVER, of="line", extra={"act": "weggeven"}),
    *both("wijkbegroting:ask", "Who works on the case asks for maatwerk; a buddy handles no money.", of="case", data=ASK, **WORKS_ON),
    Row("wijkbegroting:grant", "GET", "The asker, the team that co-signs, who decides, pays or audits.", of="grant", may=SEES_ASKED),
    *grant("meetekenen", TWO, "grant", SEES_ASKED, COSIGN),
    *grant("niet-meetekenen", TWO, "grant", SEES_ASKED, COSIGN, REASON),
    *grant("intrekken", "Only the asker takes it back.", "grant", SEES_ASKED, {"mine": who("wijkwerker")}),
    *grant("akkoord", "Above the mandate the wijkwethouder decides.", "cosigned grant", SEES_LATER, DECIDE),
    *grant("weigeren", "Above the mandate the wijkwethouder decides.", "cosigned grant", SEES_LATER, DECIDE, REASON),
    *grant("betalen", "Only the treasurer pays.", "approved grant", SEES_LATER, PAY, {"reference": "Winkel 0412"}),
    *grant("vrijgeven", "The treasurer or the coordinator gives money back to its line.", "approved grant", SEES_LATER, RELEASE, REASON),
    *both("wijkbegroting:grant-act", NEVER, of="grant", extra={"act": "weggeven"}),
    Row("wijkbegroting:pay-list", "GET", "Who pays sees what waits to be paid.", may={ANY: TREASURER}),
    Row("wijkbegroting:ledger", "GET", "Who pays and who audits read the ledger.", may={ANY: TREASURER | who("auditor")}),
]  # fmt: skip
