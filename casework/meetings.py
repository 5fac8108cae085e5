"""What the page of appointments shows, and an appointment for somebody's own calendar: without a name or an address."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User

from .disclosures import scope_of
from .models import Case, CaseConference, Meeting


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
    address = reverse("casework:case-meetings", args=[meeting.case_id])
    return _calendar(meeting.pk, meeting.starts_at, meeting.ends_at, str(meeting.get_kind_display()).lower(), address)


def calendar_of_conference(conference: CaseConference) -> str:
    """The same for an overleg: when, and where to look it up; nothing of whom or of which kind."""
    address = reverse("casework:conference", args=[conference.pk])
    return _calendar(conference.pk, conference.starts_at, conference.ends_at, _("overleg"), address)


def _calendar(pk: UUID, starts_at: datetime, ends_at: datetime, what: str, address: str) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Luisterloket//NL",
        "BEGIN:VEVENT",
        f"UID:{pk}@luisterloket",
        f"DTSTAMP:{_utc(datetime.now(UTC))}",
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(ends_at)}",
        f"SUMMARY:Luisterloket: {what}",
        f"URL:{settings.BASE_URL}{address}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(lines) + "\r\n"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
