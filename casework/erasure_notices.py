"""Who hears that something waits to be decided, and nothing of whom it is about."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from luisterloket.people.models import Appointment, User
from luisterloket.people.roles import ROLES, Permission
from luisterloket.platform.models import OutboxEvent
from luisterloket.platform.notifications import kind, notify
from luisterloket.platform.outbox import on

from .models import ErasureBatch
from .rights_notices import RIGHTS

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
        roles = [role.code for role in ROLES.values() if Permission.HANDLE_RIGHTS in role.permissions]
        handlers = User.objects.filter(appointments__in=Appointment.objects.in_force().filter(role__in=roles), is_active=True)
        both = {
            *handlers.values_list("pk", flat=True),
            *User.objects.holding(Permission.DIVIDE_WORK, unit_id=unit_id).values_list("pk", flat=True),
        }
        notify(event, sorted(both, key=str), PROPOSED, reverse("casework:erasure", args=[event.thing_id]))
