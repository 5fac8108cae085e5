"""What the wijkwethouder has before them: in the menu and on Vandaag, without a word of whom it is about."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import NavigationItem, TodayItem, navigation, sentence, today

from .contests import put_before

sentence("escalation.decided", "check", _("%(who)s decided, as wijkwethouder, on what was put before them."))


@navigation.register(order=35)
def before_me(user: Any) -> list[NavigationItem]:
    """For the wijkwethouder."""
    if not user.has(Permission.DECIDE_ABOVE_MANDATE):
        return []
    return [NavigationItem(_("To decide"), reverse("backoffice:escalations"), "scale")]


@today.register(order=17)
def to_decide(user: Any) -> list[TodayItem]:
    """Answers of desks on which a loket asked the wijkwethouder to decide."""
    if not user.has(Permission.DECIDE_ABOVE_MANDATE):
        return []
    now = timezone.now()
    return [
        TodayItem(
            title=gettext("An answer of %(desk)s was put before you") % {"desk": one.desk_unit.name},
            why=gettext("By %(who)s, %(unit)s.") % {"who": one.by.name, "unit": one.unit.name},
            url=one.get_absolute_url(),
            action=_("Decide"),
            due_at=one.due_at,
            tone="acute" if one.due_at < now else "waiting",
            icon="warning" if one.due_at < now else "clock",
        )
        for one in put_before(user).defer("dilemma", "rule", "words")[:50]
    ]
