"""To which addresses something may be sent. Who gives an address must not reach with it what only this server can reach."""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from luisterloket.platform.exceptions import Refused

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotAllowedAddress(Exception):
    """This address is inside, or nowhere."""


def check_address(address: str) -> None:
    """Whether an address may be given at all. Where it leads is looked at each time that something is sent, since that changes.

    Raises `Refused` in the user's words.
    """
    parts = urlsplit(address)
    plain = parts.scheme == "http" and settings.WEBHOOK_PLAIN_HTTP
    if parts.scheme != "https" and not plain:
        raise Refused(_("The address must begin with https://."), code="https")
    if not parts.hostname or parts.username or parts.password or parts.fragment or not _has_port(parts):
        raise Refused(_("Give an address without a name, a password or a # in it."), code="address")
    try:
        found = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return
    if not is_outside(found):
        raise Refused(_("This address is inside our own network. Give one that can be reached from outside."), code="inside")


def _has_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


# What leads to addresses inside, and counts as global all the same: translation to IPv4, and what was site-local before.
NOT_OUTSIDE = [ipaddress.ip_network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48", "fec0::/10")]


def is_outside(found: Ip) -> bool:
    """An address of the open internet, or of a network that the installation names as one to send to."""
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    found = inner or found
    if any(found in ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS):
        return True
    return found.is_global and not found.is_multicast and not any(found in network for network in NOT_OUTSIDE)


def where_to(host: str, port: int) -> str:
    """The address to connect to. All that the name stands for must be outside; raises `NotAllowedAddress` otherwise.

    The connection is made to the one that was looked at, so that the name cannot mean another a moment later.
    """
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise NotAllowedAddress("unknown") from None
    if not found or not all(is_outside(ipaddress.ip_address(one.split("%")[0])) for one in found):
        raise NotAllowedAddress("inside")
    return min(found, key=lambda one: ":" in one)
