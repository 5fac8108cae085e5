"""How it goes, drawn: one small picture per life domain, and beside it a table that says the same in words.

The picture is SVG made here, without a script, in the colour of the text around it, so that it is the same in dark and on paper.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Item

from .domains import TONE_OF, LifeDomain, Severity
from .models import Review

WIDTH, HEIGHT, EDGE = 120, 44, 6
LOWEST, HIGHEST = Severity.ACUTE.value, Severity.GOOD.value


@dataclass(frozen=True)
class Cell:
    """One answer on one day; without `severity` it was not spoken about."""

    severity: Severity | None
    item: Item | None

    @property
    def tone(self) -> str:
        return TONE_OF[self.severity] if self.severity else ""


@dataclass(frozen=True)
class Line:
    """One life domain over time."""

    domain: LifeDomain
    moments: list[tuple[Any, date]]
    cells: list[Cell]

    @property
    def told(self) -> list[tuple[Any, date, Cell]]:
        """Each answer with the moment at which it was given."""
        return [(kind, on, cell) for (kind, on), cell in zip(self.moments, self.cells, strict=True)]

    @property
    def change(self) -> str:
        """Where it went between the first time and the last, as a word: never as a figure, and of nobody's doing."""
        known = [cell.severity for cell in self.cells if cell.severity]
        if len(known) < 2:
            return ""
        first, last = known[0], known[-1]
        return _("better") if last > first else _("heavier") if last < first else _("the same")

    @property
    def picture(self) -> SafeString:
        """A line from left to right, higher is better; what was not spoken about leaves a gap between the dots, not a nought."""
        points = [(_x(place, len(self.cells)), _y(cell.severity)) for place, cell in enumerate(self.cells) if cell.severity]
        words = ", ".join(str(cell.severity.label) for cell in self.cells if cell.severity)
        return format_html(
            '<svg class="trend" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}" focusable="false">'
            '<path d="M{e} {top}H{right}M{e} {bottom}H{right}" fill="none" stroke="currentColor" stroke-width="0.5" opacity="0.5"/>'
            '<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="2"/>{dots}</svg>',
            w=WIDTH,
            h=HEIGHT,
            e=EDGE,
            right=WIDTH - EDGE,
            top=EDGE,
            bottom=HEIGHT - EDGE,
            label=f"{self.domain.label}: {words}",
            line=" ".join(f"{x},{y}" for x, y in points),
            dots=format_html_join("", '<circle cx="{}" cy="{}" r="4" fill="currentColor"/>', points),
        )


@dataclass(frozen=True)
class Chart:
    """The moments, oldest first, with a line for each life domain that was spoken about at least once."""

    moments: list[tuple[Any, date]]
    lines: list[Line]


def chart_of(readings: Iterable[Item], order: Iterable[LifeDomain]) -> Chart:
    """Out of the readings that were disclosed, in the order of the wijk."""
    reviews: dict[Any, tuple[str, date]] = {}
    found: dict[LifeDomain, dict[Any, Item]] = defaultdict(dict)
    for item in readings:
        reviews.setdefault(item.details["review"], (item.details["moment"], item.details["on"]))
        found[item.details["domain"]][item.details["review"]] = item
    moments: list[tuple[Any, date]] = [(Review.Kind(kind).label, on) for kind, on in reviews.values()]
    lines = [Line(domain, moments, [_cell(found[domain].get(review)) for review in reviews]) for domain in order if domain in found]
    return Chart(moments, lines)


def _cell(item: Item | None) -> Cell:
    return Cell(item.details["severity"] if item else None, item)


def _x(place: int, count: int) -> float:
    return round(EDGE + (WIDTH - 2 * EDGE) * (place / (count - 1) if count > 1 else 0.5), 1)


def _y(severity: int) -> float:
    return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (severity - LOWEST) / (HIGHEST - LOWEST), 1)
