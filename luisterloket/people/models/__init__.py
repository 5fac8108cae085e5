"""Who works here, where, as what, and who looked whether that is still right."""

from .accounts import (
    Appointment,
    AppointmentQuerySet,
    Organisation,
    Post,
    Unit,
    User,
    UserQuerySet,
    open_emergencies,
    outside_cases,
)
from .notification_settings import NotificationSettings
from .proposals import Proposal
from .reviews import AccessReview, ReviewDecision

__all__ = [
    "AccessReview",
    "Appointment",
    "AppointmentQuerySet",
    "NotificationSettings",
    "Organisation",
    "Post",
    "Proposal",
    "ReviewDecision",
    "Unit",
    "User",
    "UserQuerySet",
    "open_emergencies",
    "outside_cases",
]
