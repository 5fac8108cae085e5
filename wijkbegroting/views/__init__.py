"""Pages about the money of a wijk."""

from django.http import QueryDict

from luisterloket.people.requests import SignedIn


def sent(request: SignedIn) -> QueryDict | None:
    """What the form holds when it was sent, also when that is nothing."""
    return request.POST if request.method == "POST" else None
