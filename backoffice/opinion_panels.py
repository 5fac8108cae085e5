"""What waits for the people of a desk among themselves, on Vandaag."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import TodayItem, today

from .clocks import wait
from .models import SecondOpinion, SpecialistRequest
from .request_page import desk_of


@today.register(order=26)
def opinions_to_give(user: Any) -> list[TodayItem]:
    """For a colleague who was asked to look along, until they did or the request is answered."""
    if not user.has(Permission.ANSWER):
        return []
    asked = SecondOpinion.objects.filter(asked=user, answered_at=None, request__status__in=SpecialistRequest.AT_DESK)
    found = asked.select_related("asked_by", "request__unit", "request__desk_unit__desk").defer(
        "question", "answer", "request__title", "request__question", "request__answer", "request__next_step"
    )
    return [_as_item(one) for one in found.order_by("request__due_at", "pk")[:50]]


def _as_item(opinion: SecondOpinion) -> TodayItem:
    request = opinion.request
    waits = wait(request, desk_of(request))
    return TodayItem(
        title=gettext("%(who)s asks you to look along") % {"who": opinion.asked_by},
        # Its title is a look at the request, which is kept when one opens it.
        why=gettext("A request of %(unit)s.") % {"unit": request.unit},
        url=f"{request.get_absolute_url()}#among-us",
        action=_("Say what you think"),
        due_at=request.due_at,
        tone=waits.tone,
        state=waits.text,
        icon="question",
    )
