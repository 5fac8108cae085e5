"""Pages of conversations, cases and residents."""

from django.http import HttpRequest

from luisterloket.people.models import User


class SignedIn(HttpRequest):
    """A request of someone signed in; the middleware lets no other through."""

    user: User
