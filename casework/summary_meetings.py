"""What the summary says of appointments: who comes or calls, and when."""

from django.utils.translation import gettext_noop

from luisterloket.convenant.disclosure import Item
from luisterloket.platform.plain import phrase

from .models import Meeting
from .wording import Wording

MEETS = {
    Meeting.Kind.HOME: phrase(gettext_noop("%(who)s comes to your home on %(day)s.")),
    Meeting.Kind.LOKET: phrase(gettext_noop("There is an appointment with %(who)s at the loket on %(day)s.")),
    Meeting.Kind.PHONE: phrase(gettext_noop("%(who)s calls on %(day)s.")),
    Meeting.Kind.ELSEWHERE: phrase(gettext_noop("There is an appointment with %(who)s on %(day)s.")),
}


def is_to_come(item: Item) -> bool:
    return item.kind == "meeting" and not item.details["ended"] and not item.details["over"]


def in_words(item: Item, wording: Wording) -> str:
    return wording.say(MEETS[Meeting.Kind(item.details["kind"])], who=item.details["who"], day=item.details["starts_at"])
