"""Who hears that something waits to be decided, and nothing of whom it is about."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from luisterloket.people.models import Unit, User
from luisterloket.people.roles import Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import kind, notify
from luisterloket.platform.outbox import on

from .models import ErasureBatch
from .rights_notices import RIGHTS
from .rights_permissions import handlers_of

PROPOSED = kind(
    "erasure.proposed",
    RIGHTS,
    gettext_noop("Data have passed their term. Two people decide on what is erased, and you are one of them."),
)


@on("erasure.proposed")
def proposed(event: OutboxEvent) -> None:
    """To the two who decide."""
    open_ones = ErasureBatch.objects.filter(pk=event.thing_id, status=ErasureBatch.Status.PROPOSED)
    for unit_id in open_ones.order_by().values_list("unit_id", flat=True):
        handlers = handlers_of(Unit.objects.only("organisation_id").get(pk=unit_id))
        both = {
            *handlers.values_list("pk", flat=True),
            *User.objects.holding(Permission.DIVIDE_WORK, unit_id=unit_id).values_list("pk", flat=True),
        }
        notify(event, sorted(both, key=str), PROPOSED, reverse("casework:erasure", args=[event.thing_id]))
