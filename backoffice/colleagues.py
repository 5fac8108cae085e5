"""Who works at a desk today."""

from luisterloket.people.models import User, UserQuerySet
from luisterloket.people.roles import Permission

from .models import Desk


def people_of(desk: Desk) -> UserQuerySet:
    """Those who answer for this desk and can be given a request, by name."""
    return User.objects.holding(Permission.ANSWER, unit_id=desk.unit_id).order_by("name")
