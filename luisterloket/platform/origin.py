"""From where someone comes: the address on the network, what kind of program asks, and the session. No fingerprint of a device."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cached_property
from ipaddress import ip_address
from typing import Any

from django.conf import settings

from .encryption import lookup_hash


class Client(StrEnum):
    """What asks. Never the make, the version or the screen of anyone's device."""

    COMPUTER = "computer"
    PHONE = "phone"
    PROGRAM = "program"
    # Nobody asked over the network: a command or a job.
    INSIDE = "inside"


class Origin:
    """Where one request comes from. Worked out when it is asked for: most requests keep nothing."""

    def __init__(self, meta: Mapping[str, Any], session: Any = None):
        self._meta = meta
        self._session = session

    @cached_property
    def address(self) -> str:
        """The address as the outermost trusted proxy saw it; empty when there is none that can be believed."""
        hops = settings.PROXIES
        seen = [one.strip() for one in self._meta.get("HTTP_X_FORWARDED_FOR", "").split(",")] if hops else []
        # What stands further to the left was sent along by whoever asks, and is not believed.
        address = seen[-hops] if 0 < hops <= len(seen) else self._meta.get("REMOTE_ADDR", "")
        try:
            return str(ip_address(address))
        except ValueError:
            return ""

    @cached_property
    def client(self) -> Client:
        agent = self._meta.get("HTTP_USER_AGENT", "")
        if "Mozilla/" not in agent:
            return Client.PROGRAM if self._meta else Client.INSIDE
        return Client.PHONE if "Mobi" in agent else Client.COMPUTER

    @cached_property
    def session(self) -> str:
        """The same for everything of one session, and of no use to take it over."""
        key = getattr(self._session, "session_key", None)
        return lookup_hash(key, "session")[:16] if key else ""


INSIDE = Origin({})
_origin: ContextVar[Origin] = ContextVar("origin", default=INSIDE)


def current() -> Origin:
    return _origin.get()


@contextmanager
def coming_from(where: Origin) -> Iterator[None]:
    token = _origin.set(where)
    try:
        yield
    finally:
        _origin.reset(token)
