"""What the summary says of the next contact: who asks how it goes, and until when."""

from django.utils.translation import gettext_noop

from luisterloket.convenant.disclosure import Item
from luisterloket.platform.plain import phrase

from .wording import Wording

ASKS_HOW_IT_GOES = phrase(gettext_noop("%(who)s asks how it goes, on %(day)s at the latest."))


def is_to_come(item: Item) -> bool:
    return item.kind == "follow_up" and item.details["done_at"] is None


def in_words(item: Item, wording: Wording) -> str:
    return wording.say(ASKS_HOW_IT_GOES, who=item.details["who"], day=item.details["due_on"])
