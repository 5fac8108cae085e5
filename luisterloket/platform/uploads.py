"""What is sent to us is bounded before it is read: by its length as a whole, and for each file while it comes in.

Without this Django would put a film of two gigabytes on disk before any view, or the check of a form's origin, could say no.
"""

import errno
import time
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string

# Above this a file that comes in goes to a file without a name, which nobody else can open and which is gone when this process is.
IN_MEMORY = 1024 * 1024
# What comes after a no is thrown away for so long and no longer, so that a browser that is still sending gets to read why.
PATIENCE_SECONDS, PATIENCE_BYTES, GULP = 5.0, 256 * 1024 * 1024, 64 * 1024
# A form without files, with its wrapping.
WITHOUT_FILES = 4 * 1024 * 1024
# The fields around the files.
WRAPPING = 1024 * 1024


class UploadLimit:
    """Answers what is too large, or does not say how large it is, without reading it. After who is signed in, before who reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or ""
        if not length and "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return _refused(request, 411)
        if length.isascii() and length.isdigit() and self._is_too_much(request, int(length)):
            return _refused(request, 413)
        return self.get_response(request)

    @staticmethod
    def _is_too_much(request: HttpRequest, length: int) -> bool:
        """Files come from who is signed in; nobody else has any to send."""
        if length <= WITHOUT_FILES:
            return False
        return length > settings.UPLOAD_MOST_BYTES + WRAPPING or not request.user.is_authenticated


def _refused(request: HttpRequest, status: int) -> HttpResponseBase:
    most = {"file": settings.UPLOAD_FILE_BYTES // 1024**2, "all": settings.UPLOAD_MOST_BYTES // 1024**2}
    context = {"unknown": status == 411, **most}
    page = render_to_string("413.html", context, request).encode()
    # The length goes along, so that a browser knows that it has the whole page while we still listen.
    return StreamingHttpResponse(_said_and_drained(page, request), status=status, headers={"Content-Length": str(len(page))})


def _said_and_drained(page: bytes, request: HttpRequest) -> Iterator[bytes]:
    """The page first; then a bounded part of what is still coming is read and dropped: a connection that is closed on someone
    who is sending shows them a fault of the network and not our page. Who sends on after that is cut off.
    """
    yield page
    until, left = time.monotonic() + PATIENCE_SECONDS, PATIENCE_BYTES
    coming = request.META["wsgi.input"]
    while left > 0 and time.monotonic() < until:
        gulp = coming.read(min(GULP, left))
        if not gulp:
            return
        left -= len(gulp)
    # Both servers that we run on close the connection quietly on this; otherwise they would read all the rest.
    raise ConnectionResetError(errno.ECONNRESET, "too much was sent")


def _somewhere() -> Any:
    return SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115


class BoundedUpload(FileUploadHandler):
    """Receives a file up to its largest size. Of one that is larger nothing is kept but that it was; the others come in whole."""

    chunk_size = GULP

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received: Any = _somewhere()
        self.too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.too_large:
            return
        if start + len(raw_data) > settings.UPLOAD_FILE_BYTES:
            self.too_large = True
            self.received.close()
            self.received = _somewhere()
            return
        self.received.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.received.seek(0)
        found = UploadedFile(self.received, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra)
        found.too_large = self.too_large  # type: ignore[attr-defined]
        return found

    def upload_interrupted(self) -> None:
        if getattr(self, "received", None) is not None:
            self.received.close()
