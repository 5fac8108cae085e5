"""What every template may use without loading it: icons, chips, amounts, moments.

Lists draw hundreds of these, so nothing here renders a template.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from .icons import ICONS

__all__ = [
    "attributes",
    "budget_bar",
    "euro",
    "free",
    "hour",
    "icon",
    "initials",
    "level",
    "page_links",
    "say",
    "severity_icon",
    "status",
    "tone_icon",
    "when",
]

register = template.Library()

TONE_ICONS = {"acute": "warning", "waiting": "clock", "done": "check", "money": "euro", "neutral": "minus"}
CLOCK_ICONS = {"done": "check", "running": "clock", "late": "warning", "paused": "pause", "todo": "minus"}
STEP_ICONS = {"self": "person", "network": "people", "offer": "heart", "request": "send", "maatwerk": "euro"}
NBSP = "\xa0"


# Icons and chips -------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An icon as inline SVG. With a label it speaks for itself; without one it only goes with the words beside it."""
    return _icon(str(name), str(css), str(label))


@lru_cache(maxsize=1024)
def _icon(name: str, css: str, label: str) -> SafeString:
    shape = ICONS.get(name)
    if shape is None:
        if getattr(settings, "PRODUCTION", True):
            return SafeString("")
        raise template.TemplateSyntaxError(f"No icon is called {name!r}; templatetags/icons.py has them all.")
    classes = f"icon {escape(css)}" if css else "icon"
    manner = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(f'<svg class="{classes}" viewBox="0 0 24 24" {manner} focusable="false">{shape}</svg>')  # noqa: S308


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a tone, a state of a clock or a kind of step, unless a better one is named."""
    return TONE_ICONS.get(tone) or CLOCK_ICONS.get(tone) or STEP_ICONS.get(tone) or "info"


@register.simple_tag
def status(tone: str, text: str, icon_name: str = "") -> SafeString:
    """A chip: icon, word and only then colour."""
    return format_html('<span class="status status--{}">{}{}</span>', tone, icon(icon_name or tone_icon(tone)), text)


@register.simple_tag
def say(tone: str, text: str, icon_name: str = "") -> SafeString:
    """The chip without its box, for rows."""
    return format_html('<span class="say say--{}">{}<span>{}</span></span>', tone, icon(icon_name or tone_icon(tone)), text)


@register.simple_tag
@lru_cache(maxsize=8)
def level(height: int) -> SafeString:
    """How heavy a concern weighs, as up to four rising bars."""
    bars = "".join(
        f'<rect class="{"on" if n < height else "off"}" x="{1 + 7 * n}" y="{12 - 4 * n}" width="5" height="{4 + 4 * n}" rx="1"/>'
        for n in range(4)
    )
    return mark_safe(f'<svg class="level" viewBox="0 0 28 16" aria-hidden="true" focusable="false">{bars}</svg>')  # noqa: S308


@register.simple_tag
def severity_icon(position: int) -> SafeString:
    """The sign above each of the five answers on a life domain: later, good, hard, heavy, acute."""
    return icon("minus") if position == 0 else icon("sprout") if position == 1 else level(position)


# Money -----------------------------------------------------------------------------------------------------------


@register.filter
def euro(cents: int | None) -> str:
    """Whole cents as people write money; the cents stay away when there are none."""
    if cents is None or cents == "":
        return ""
    whole, rest = divmod(abs(int(cents)), 100)
    point, comma = (",", ".") if _english() else (".", ",")
    amount = f"{whole:,}".replace(",", point)
    if rest:
        amount += f"{comma}{rest:02}"
    return f"{'−' if int(cents) < 0 else ''}€{'' if _english() else NBSP}{amount}"


@register.simple_tag
def budget_bar(paid: int, reserved: int, total: int, label: str = "", large: bool = False) -> SafeString:
    """Money paid (solid), promised (hatched) and free (open) in one bar. The amounts themselves stand beside it."""
    full = max(total, paid + reserved, 1)
    paid_share, reserved_share = 100 * paid / full, 100 * reserved / full
    words = gettext("%(paid)d percent paid, %(reserved)d percent promised, the rest is free") % {
        "paid": round(paid_share),
        "reserved": round(reserved_share),
    }
    return format_html(
        '<svg class="budget-bar{size}" role="img" aria-label="{label}" width="100%" height="{height}">'
        '<rect class="bar-available" width="100%" height="{height}"/>'
        '<rect class="bar-hatch-ground" x="{paid}%" width="{reserved}%" height="{height}"/>'
        '<rect class="bar-reserved" fill="url(#hatch)" x="{paid}%" width="{reserved}%" height="{height}"/>'
        '<rect class="bar-paid" width="{paid}%" height="{height}"/></svg>',
        size=" budget-bar--large" if large else "",
        label=f"{label}: {words}" if label else words,
        height=28 if large else 14,
        paid=f"{paid_share:.1f}",
        reserved=f"{reserved_share:.1f}",
    )


@register.simple_tag
def free(paid: int, reserved: int, total: int) -> str:
    """What may still be spent, in words of money."""
    return euro(total - paid - reserved)


# Time ------------------------------------------------------------------------------------------------------------

_in_full: ContextVar[bool] = ContextVar("days in full", default=False)


@contextmanager
def days_in_full() -> Iterator[None]:
    """Inside, a moment is written with its whole date: on what is kept or given away "today" says nothing later."""
    token = _in_full.set(True)
    try:
        yield
    finally:
        _in_full.reset(token)


@register.filter
def when(moment: datetime | date | None) -> str:
    """A moment as one says it: "Today 11.05", "Yesterday 15.10", "do 26 nov", and the year when it is another one."""
    if not moment:
        return ""
    time = ""
    if isinstance(moment, datetime):
        if timezone.is_aware(moment):
            moment = timezone.localtime(moment)
        time = hour(moment)
        day = moment.date()
    else:
        day = moment
    today = timezone.localdate()
    if _in_full.get():
        return f"{date_format(day, 'j F Y', use_l10n=False)} {time}".strip()
    named = {
        today: gettext("Today"),
        today - timedelta(days=1): gettext("Yesterday"),
        today + timedelta(days=1): gettext("Tomorrow"),
    }
    if day in named:
        return f"{named[day]} {time}".strip()
    # In Dutch a month has no capital.
    month = "M" if _english() else "b"
    return date_format(day, f"D j {month}" if day.year == today.year else f"D j {month} Y", use_l10n=False)


@register.filter
def when_amid(moment: datetime | date | None) -> str:
    """As `when`, in the middle of a sentence: "today 11.05", while "Thu 26 Nov" keeps its capital."""
    said = when(moment)
    return said[:1].lower() + said[1:] if said.startswith((gettext("Today"), gettext("Yesterday"), gettext("Tomorrow"))) else said


@register.filter
def hour(moment: datetime | None) -> str:
    """The time of day: 10.42, in English 10:42."""
    if not moment:
        return ""
    moment = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return date_format(moment, "G:i" if _english() else "G.i", use_l10n=False)


def _english() -> bool:
    return (get_language() or "").startswith("en")


# People and pages ------------------------------------------------------------------------------------------------


@register.filter
def initials(name: str | None) -> str:
    """The first letters of the first and the last name."""
    words = [word for word in (name or "").replace("-", " ").split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper() if words else ""


@register.simple_tag(takes_context=True)
def page_links(context: template.Context, page: Any, param: str = "page") -> list[dict[str, Any]]:
    """The numbers under a list: the first, the last and those around this one, with what was searched kept."""
    query = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    ellipsis = page.paginator.ELLIPSIS
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [
        {"gap": True} if number == ellipsis else {"number": number, "url": address(int(number)), "current": number == page.number}
        for number in numbers
    ]


@register.filter
def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """The other attributes of a component, escaped (cotton's own text of them is not)."""
    rest = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else attrs
    true = [(name,) for name, value in rest.items() if value is True]
    valued = [(name, value) for name, value in rest.items() if value is not True and value is not False and value is not None]
    return format_html("{}{}", format_html_join("", ' {}="{}"', valued), format_html_join("", " {}", true))
