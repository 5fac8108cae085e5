"""The money sheet: honest totals out of rough amounts, in whole cents, and what its debts ask for now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User
from luisterloket.platform.templatetags.ui import euro, when
from luisterloket.wijken.calendar import AMSTERDAM, OFFICE

from .disclosures import scope_of, scope_with_others
from .groups import people_of
from .models import OWED, Case, CostLine, Debt, IncomeLine, Period, Sureness
from .threats import first_talk_by

# "About" is taken as a tenth more or less; the page says so.
MARGIN_PERCENT = 10
# A month as a part of each period: so many times, divided by.
PER_MONTH = {Period.WEEK: (52, 12), Period.FOUR_WEEKS: (13, 12), Period.MONTH: (1, 1), Period.YEAR: (1, 12)}
PAUSE_ENDS_WITHIN = timedelta(days=7)


# Amounts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Total:
    """A sum as far as it is known: at least, at most, and how many amounts nobody knows."""

    least: int = 0
    most: int = 0
    unknown: int = 0

    def __add__(self, other: "Total") -> "Total":
        return Total(self.least + other.least, self.most + other.most, self.unknown + other.unknown)

    def __sub__(self, other: "Total") -> "Total":
        return Total(self.least - other.most, self.most - other.least, self.unknown + other.unknown)

    def __str__(self) -> str:
        """In words: a range in whole euros, and the unknown beside it and not inside."""
        if self.unknown and not self.least and not self.most:
            return self._not_known
        if self.least == self.most:
            known = euro(self.least)
        else:
            floor, ceiling = self.least // 100 * 100, -(-self.most // 100) * 100
            known = _("between %(least)s and %(most)s") % {"least": euro(floor), "most": euro(ceiling)}
        return _("%(known)s, and %(unknown)s") % {"known": known, "unknown": self._not_known} if self.unknown else known

    @property
    def _not_known(self) -> str:
        return ngettext("one unknown amount", "%(count)s unknown amounts", self.unknown) % {"count": self.unknown}


def amount(sureness: str, least: int | None, most: int | None) -> Total:
    """One amount, as sure as it was said."""
    if sureness == Sureness.UNKNOWN or least is None or most is None:
        return Total(unknown=1)
    if sureness == Sureness.ABOUT:
        return Total(least * (100 - MARGIN_PERCENT) // 100, -(-most * (100 + MARGIN_PERCENT) // 100))
    return Total(least, most)


def per_month(one: Total, period: str) -> Total:
    times, parts = PER_MONTH[Period(period)]
    return Total(_rounded(one.least * times, parts), _rounded(one.most * times, parts), one.unknown)


def _rounded(cents: int, parts: int) -> int:
    return (2 * cents + parts) // (2 * parts)


def in_words(sureness: str, least: int | None, most: int | None) -> str:
    """An amount as it was said: "about € 800"."""
    if sureness == Sureness.UNKNOWN:
        return _("amount unknown")
    if sureness == Sureness.BETWEEN:
        return _("between %(least)s and %(most)s") % {"least": euro(least), "most": euro(most)}
    return _("about %(amount)s") % {"amount": euro(least)} if sureness == Sureness.ABOUT else euro(least)


# What a debt asks for --------------------------------------------------------------------------------------------


def talk_by(debt: Debt) -> datetime | None:
    """Until when there must be a first conversation: three working days from the threat, or before it is carried out."""
    if not debt.threat or debt.threatened_at is None or debt.talked_on is not None or debt.status not in OWED:
        return None
    by_law = first_talk_by(debt.threatened_at)
    return min(by_law, _opening(debt.threat_on)) if debt.threat_on else by_law


def pause_ends(debt: Debt) -> datetime | None:
    """When a pause ends that ends soon or has ended; None when there is nothing to do about it yet."""
    if debt.status != Debt.Status.PAUSED or debt.paused_until is None:
        return None
    # A pause holds through its last day.
    return datetime.combine(debt.paused_until, time(23, 59), AMSTERDAM) if debt.paused_until <= ending_soon() else None


def ending_soon() -> date:
    """The last day that counts as soon."""
    return timezone.localdate() + PAUSE_ENDS_WITHIN


def _opening(day: date) -> datetime:
    return datetime.combine(day, OFFICE.opens, AMSTERDAM)


# The sheet -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line as it stands on the sheet, with whose it is when that is not who the case is about."""

    item: Item
    whose: str = ""


@dataclass(frozen=True)
class Past:
    """What was paid or has ended: which kind and how, without its words, so that a mistake can be taken back."""

    word: str
    line: Any
    how: str


@dataclass(frozen=True)
class MoneySheet:
    """The money of a case as it is now, for the one who looks."""

    case: Case
    name: str
    # Of whom a line can be: who lives there.
    people: list[tuple[UUID, str]]
    # Of each row of someone of the household the one by which that person can be chosen.
    person: dict[UUID, UUID]
    income: list[Row]
    costs: list[Row]
    debts: list[Row]
    threats: list[Item]
    past: list[Past]

    @property
    def comes_in(self) -> Total:
        return _sum(self.income)

    @property
    def goes_out(self) -> Total:
        return _sum(self.costs)

    @property
    def left(self) -> Total:
        return self.comes_in - self.goes_out

    @property
    def is_short(self) -> bool:
        """Whether less comes in than goes out, however one reckons."""
        return bool(self.income and self.costs) and self.left.most < 0

    @property
    def owed(self) -> Total:
        return _sum(self.debts)

    def find(self, kind: str, ref: UUID) -> Item | None:
        rows = (*self.income, *self.costs, *self.debts)
        return next((row.item for row in rows if (row.item.kind, row.item.ref) == (kind, ref)), None)


def money_sheet(case: Case, user: User) -> MoneySheet:
    """One disclosure of name, household and money, and two queries for what has ended."""
    scope = scope_with_others(case, user)
    disclosed = disclose(
        scope,
        to=user,
        purpose="listening",
        ground=Ground("involvement", case.pk),
        what="money sheet",
        only=["identity", "household", "finances"],
    )
    here = people_of(scope_of(case).subjects)
    person = {row: rows[0] for rows in here for row in rows}
    people = [(rows[0], disclosed.text("name", rows[0])) for rows in here]
    others = dict(people[1:])

    def rows(kind: str) -> list[Row]:
        return [Row(item, others.get(person.get(item.subject_id, item.subject_id), "")) for item in disclosed.of(kind)]

    return MoneySheet(
        case=case,
        name=disclosed.text("name", scope.subjects[0]),
        people=people,
        person=person,
        income=rows("income"),
        costs=rows("cost"),
        debts=rows("debt"),
        threats=[item for item in disclosed.of("debt") if item.details["talk_by"]],
        past=_past(case),
    )


def _sum(rows: Iterable[Row]) -> Total:
    return sum((row.item.details["total"] for row in rows), Total())


def _past(case: Case) -> list[Past]:
    gone = Debt.objects.filter(case=case).exclude(status__in=OWED).defer("creditor", "since", "paused_by", "text")
    past = [Past("schuld", debt, str(debt.get_status_display())) for debt in gone]
    for word, model in (("inkomen", IncomeLine), ("kosten", CostLine)):
        ended = model.objects.filter(case=case, ended_on__lte=timezone.localdate()).defer("text")  # type: ignore[attr-defined]
        past += [Past(word, line, _("until %(day)s") % {"day": when(line.ended_on)}) for line in ended]
    return past


# In words, for the items -----------------------------------------------------------------------------------------


def debt_in_words(debt: Debt) -> str:
    """A debt as whole sentences, for a desk and for paper."""
    said = [f"{debt.creditor} ({debt.get_kind_display()}): {in_words(debt.sureness, debt.least, debt.most)}"]
    if debt.status == Debt.Status.PAUSED and debt.paused_until:
        pause = {"day": when(debt.paused_until), "who": debt.paused_by}
        said.append(_("Collection paused until %(day)s by %(who)s") % pause)
    else:
        said.append(str(debt.get_status_display()))
    if debt.since.strip():
        said.append(_("Since: %(since)s") % {"since": debt.since.strip()})
    if debt.threat:
        threat = str(debt.get_threat_display())
        said.append(f"{threat}: {when(debt.threat_on)}" if debt.threat_on else threat)
    return ". ".join([*said, *filter(None, [debt.text.strip()])])


def periodic_amount(line: IncomeLine | CostLine) -> str:
    """An amount with how often: "about € 800 a month"."""
    said = in_words(line.sureness, line.least, line.most)
    return said if line.sureness == Sureness.UNKNOWN else f"{said} {line.get_period_display()}"


def line_in_words(line: IncomeLine | CostLine) -> str:
    """What comes in or goes out, as one says it."""
    said = f"{line.get_kind_display()}: {periodic_amount(line)}"
    return ". ".join(filter(None, [said, line.text.strip()]))
