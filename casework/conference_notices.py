"""Who hears of overleggen and exceptions: that something waits, and nothing of whom or of what it is about."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import Kind, group, kind, notify
from luisterloket.platform.outbox import on

from .models import ConferenceParticipant, RuleException
from .notices import CASES

CONFERENCES = group("conferences", gettext_lazy("Overleggen"), concerns=lambda user: bool(user.posts))
INVITED = kind("conference.invited", CONFERENCES, gettext_noop("You are invited to an overleg."))
MOVED = kind("conference.moved", CONFERENCES, gettext_noop("An overleg that you come to was moved."))
CALLED_OFF = kind("conference.called_off", CONFERENCES, gettext_noop("An overleg that you would come to was called off."))
CORRECTED = kind(
    "conference.corrected",
    CONFERENCES,
    gettext_noop("Something that lay on the table of an overleg was put right. Ask the chair what it is now."),
)
ASKED = kind("exception.asked", CASES, gettext_noop("A colleague asks you to agree to an exception."))
ANSWERED = kind("exception.answered", CASES, gettext_noop("The exception that you asked was answered."))


@on("conference.invited")
def invited(event: OutboxEvent) -> None:
    """To who was invited, unless that was taken back meanwhile."""
    # Only named columns, and no order by another: a job may read no other.
    seats = ConferenceParticipant.objects.filter(pk=event.thing_id, withdrawn_at=None).order_by()
    found = list(seats.values_list("user_id", "conference_id"))
    if found:
        _tell(event, [user for user, _conference in found], INVITED, found[0][1])


@on("conference.moved")
def moved(event: OutboxEvent) -> None:
    _tell(event, _at_table(event), MOVED, event.thing_id)


@on("conference.called_off")
def called_off(event: OutboxEvent) -> None:
    _tell(event, _at_table(event), CALLED_OFF, event.thing_id, path=reverse("casework:conferences"))


@on("conference.item_corrected")
def item_corrected(event: OutboxEvent) -> None:
    """To who had a seat where it lay (AVG article 19): that it was put right, and not what."""
    _tell(event, _at_table(event), CORRECTED, event.thing_id)


@on("exception.asked")
def exception_asked(event: OutboxEvent) -> None:
    """To who divides the work in the wijk, but for who asked."""
    found = list(RuleException.objects.filter(pk=event.thing_id).order_by().values_list("unit_id", "asked_by_id"))
    for unit, asker in found:
        people = User.objects.holding(Permission.DIVIDE_WORK, unit_id=unit).exclude(pk=asker)
        notify(event, people.values_list("pk", flat=True), ASKED, reverse("today"))


@on("exception.answered")
def exception_answered(event: OutboxEvent) -> None:
    found = list(RuleException.objects.filter(pk=event.thing_id).order_by().values_list("asked_by_id", "case_id"))
    for asker, case in found:
        notify(event, [asker], ANSWERED, reverse("casework:case-exceptions", args=[case]))


def _at_table(event: OutboxEvent) -> list:
    seats = ConferenceParticipant.objects.filter(conference=event.thing_id, withdrawn_at=None).order_by()
    return list(seats.values_list("user_id", flat=True))


def _tell(event: OutboxEvent, users: list, of: Kind, conference: object, *, path: str = "") -> None:
    notify(event, [user for user in users if user], of, path or reverse("casework:conference", args=[conference]))
