"""Sending one message: to the address that was looked at, without following it elsewhere, and without reading what comes back."""

import http.client
import socket
import ssl
from contextlib import suppress
from functools import lru_cache
from threading import Timer
from urllib.parse import urlsplit

from .addresses import NotAllowedAddress, where_to

SECONDS = 10.0
NOTHING_CAME = 0


# So long one message may take in all.
LONGEST_SECONDS = 20


class _Connection(http.client.HTTPConnection):
    """To an address of which we know where it is; the name is for the certificate and for the other side."""

    def __init__(self, host: str, port: int, address: str, secure: bool):
        super().__init__(host, port, timeout=SECONDS)
        self.address, self.secure = address, secure

    def cut_off(self) -> None:
        """End it from another thread: whoever waits for an answer has none."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), SECONDS)
        if self.secure:
            self.sock = _trust().wrap_socket(self.sock, server_hostname=self.host)


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def send(address: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer, or `NOTHING_CAME`. A redirect is an answer like any other: it is not followed."""
    parts = urlsplit(address)
    secure, host = parts.scheme == "https", parts.hostname or ""
    port = parts.port or (443 if secure else 80)
    try:
        connection = _Connection(host, port, where_to(host, port), secure)
    except NotAllowedAddress:
        return NOTHING_CAME
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # The time-out counts for each read; who answers byte by byte is cut off by this.
    watch = Timer(LONGEST_SECONDS, connection.cut_off)
    watch.start()
    try:
        connection.request("POST", path, body, {**headers, "User-Agent": "Luisterloket"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError):
        return NOTHING_CAME
    finally:
        watch.cancel()
        connection.close()
