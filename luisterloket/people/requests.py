"""A request as views get it: someone is signed in, or it would not have come this far."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import User


class SignedIn(HttpRequest):
    """What `people.middleware` lets through to a view that is not open to everyone."""

    user: User
    htmx: HtmxDetails
