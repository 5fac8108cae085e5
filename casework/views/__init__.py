"""Pages of conversations, cases and residents."""

from luisterloket.people.requests import SignedIn

__all__ = [
    "SignedIn",
]
