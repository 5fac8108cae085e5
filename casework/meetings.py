"""What the page of appointments shows, and an appointment for somebody's own calendar: without a name or an address."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .models import Case, Meeting


@dataclass(frozen=True)
class MeetingsPage:
    case: Case
    name: str
    to_come: list[Item]
    past: list[Item]


def meetings_page(case: Case, user: User) -> MeetingsPage:
    """The appointments of a case. One disclosure, in a fixed number of queries."""
    ground = Ground("involvement", case.pk)
    disclosed = disclose(
        scope_of(case), to=user, purpose="listening", ground=ground, what="appointments", only=["identity", "contact"]
    )
    found = disclosed.of("meeting")
    return MeetingsPage(
        case,
        disclosed.text("name"),
        [item for item in found if not item.details["ended"]],
        [item for item in reversed(found) if item.details["ended"]],
    )


def calendar_of(meeting: Meeting) -> str:
    """An iCalendar file (RFC 5545) that tells when, what kind and where to look it up, and nothing of whom it is with."""
    address = settings.BASE_URL + reverse("casework:case-meetings", args=[meeting.case_id])
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Luisterloket//NL",
        "BEGIN:VEVENT",
        f"UID:{meeting.pk}@luisterloket",
        f"DTSTAMP:{_utc(datetime.now(UTC))}",
        f"DTSTART:{_utc(meeting.starts_at)}",
        f"DTEND:{_utc(meeting.ends_at)}",
        f"SUMMARY:Luisterloket: {str(meeting.get_kind_display()).lower()}",
        f"URL:{address}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(lines) + "\r\n"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
