"""One line of the timeline, and how the things of a case that are disclosed are told in it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Item

from .models import Case, ContactMoment, Letter

# Roughly when, in a part of the day.
HOUR = {
    ContactMoment.PartOfDay.MORNING: time(10),
    ContactMoment.PartOfDay.AFTERNOON: time(15),
    ContactMoment.PartOfDay.EVENING: time(20),
}


class Sort(models.TextChoices):
    """What kind of thing a line is about; the value stands in the address."""

    CONTACT = "contact", _("Contact")
    MEETING = "afspraak", _("Appointments and overleg")
    PLAN = "plan", _("The plan")
    DOCUMENT = "document", _("Documents")
    LETTER = "brief", _("Letters")
    EXCEPTION = "uitzondering", _("Exceptions")
    COURSE = "verloop", _("Ending, waking and handing over")
    DONE = "gedaan", _("What else was done")


@dataclass(frozen=True)
class Part:
    """What is told with a line, beside the item that it is of: how it went in one life domain on that day, for one."""

    text: str
    item: Item

    @property
    def anchor(self) -> str:
        return key_of(self.item)


@dataclass(frozen=True)
class Line:
    """Something that happened. `text` is what it was, `more` what was said of it; `key` stands in the address of the next page."""

    at: datetime
    key: str
    sort: str
    icon: str
    text: Any
    who: str = ""
    who_ids: tuple[UUID, ...] = ()
    more: str = ""
    url: str = ""
    item: Item | None = None
    day_only: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def moment(self) -> datetime | date:
        """As it is told: of some things only the day is known."""
        return timezone.localdate(self.at) if self.day_only else self.at

    @property
    def place(self) -> tuple[datetime, str]:
        return self.at, self.key


def key_of(item: Item) -> str:
    """Names a line in the address of the next page."""
    return item.key.replace("_", "-")


def at_noon(day: date) -> datetime:
    """Where something stands of which only the day is known."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def _contact(case: Case, item: Item, works: bool) -> Line:
    details = item.details
    at = timezone.make_aware(datetime.combine(details["on"], HOUR[details["part_of_day"]]))
    url = reverse("casework:case-contact-amend", args=[case.pk, item.ref]) if works else ""
    text = f"{details['kind_name']}: {details['result_name']}"
    return Line(at, key_of(item), Sort.CONTACT, "chat", text, details["by"], (details["by_id"],), details["words"], url, item, True)


def _short(case: Case, item: Item, works: bool) -> Line:
    details = item.details
    url = reverse("casework:case-contact", args=[case.pk]) + "#short" if works else ""
    return Line(
        details["at"], key_of(item), Sort.CONTACT, "hand", details["done"], details["by"], (details["by_id"],), item.text, url, item
    )


def _meeting(case: Case, item: Item, works: bool) -> Line:
    details = item.details
    more = ". ".join(filter(None, [details["people"], details["place"], details["purpose"], str(details["ended"])]))
    url = reverse("casework:case-meetings", args=[case.pk]) if works else ""
    text = _("Appointment: %(kind)s") % {"kind": str(details["kind_name"]).lower()}
    return Line(details["starts_at"], key_of(item), Sort.MEETING, "calendar", text, "", details["who_ids"], more, url, item)


def _document(case: Case, item: Item, works: bool) -> Line:
    details = item.details
    url = reverse("casework:case-document", args=[case.pk, item.ref]) if works else ""
    at, on_day = details["at"], details["received_on"]
    if on_day:
        # It happened when it came in, not when somebody found the time to add it.
        at = at_noon(on_day)
    text = f"{details['kind_name']}: {details['title']}"
    return Line(at, key_of(item), Sort.DOCUMENT, "page", text, details["by"], (details["by_id"],), "", url, item, bool(on_day))


def _letter(case: Case, item: Item, works: bool) -> Line | None:
    details = item.details
    if details["status"] not in {Letter.Status.FIXED, Letter.Status.SENT}:
        return None
    at = at_noon(details["sent_on"]) if details["sent_on"] else details["at"]
    url = reverse("casework:case-letter", args=[case.pk, item.ref]) if works else ""
    text = _("Letter to %(to)s: %(subject)s") % {"to": details["to"], "subject": details["subject"]}
    more = str(details["status_name"])
    return Line(
        at, key_of(item), Sort.LETTER, "mail", text, details["by"], (details["by_id"],), more, url, item, bool(details["sent_on"])
    )


TELL_BY_ITEM = {
    "contact_moment": _contact,
    "short_contact": _short,
    "meeting": _meeting,
    "document": _document,
    "letter": _letter,
}
