"""What is too large is refused before it is read, with a page that says what to do; what lies about its length does not get through."""

import pytest
from django.conf import settings

from luisterloket.platform import uploads
from luisterloket.platform.uploads import BoundedUpload

GIGABYTE = 1024**3


class Endless:
    """Someone who sends on and on, and counts what was taken of it."""

    def __init__(self, size):
        self.left, self.read_bytes, self.largest = size, 0, 0

    def read(self, size=-1):
        assert size > 0, "All of it at once would fill the memory."
        given = min(size, self.left)
        self.left -= given
        self.read_bytes += given
        self.largest = max(self.largest, given)
        return b"x" * given

    def readline(self, size=-1):
        raise AssertionError("It is not read line by line.")


def send(client, length, **more):
    coming = Endless(length or 2 * GIGABYTE)
    told = {"CONTENT_LENGTH": str(length)} if length else {}
    answer = client.generic("POST", "/casework/inwoners/", **told, **{"wsgi.input": coming}, **more)
    return coming, answer


@pytest.mark.django_db
def test_two_gigabytes_are_refused_at_once_and_fill_nothing(city, sign_in, monkeypatch):
    monkeypatch.setattr(uploads, "PATIENCE_BYTES", 8 * 1024**2)
    coming, answer = send(sign_in(city.marit), 2 * GIGABYTE)
    assert answer.status_code == 413
    parts = iter(answer.streaming_content)
    page = next(parts).decode()
    # The page is out before anything was read.
    assert coming.read_bytes == 0
    assert "20 MB" in page
    assert "60 MB" in page
    # Then a bounded part is thrown away, a little at a time, and who still sends on is cut off.
    with pytest.raises(ConnectionResetError):
        list(parts)
    assert coming.read_bytes <= 8 * 1024**2
    assert coming.largest <= 64 * 1024


@pytest.mark.django_db
def test_what_does_not_say_how_large_it_is_is_refused_too(city, sign_in):
    coming, answer = send(sign_in(city.marit), 0, HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411
    assert coming.read_bytes == 0


@pytest.mark.django_db
def test_who_is_not_signed_in_has_no_files_to_send(client):
    coming, answer = send(client, 5 * 1024**2)
    assert (answer.status_code, coming.read_bytes) == (413, 0)


def test_of_a_file_that_grows_too_large_nothing_is_kept_but_that_it_was(monkeypatch):
    monkeypatch.setattr(settings, "UPLOAD_FILE_BYTES", 1024**2)
    handler = BoundedUpload()
    handler.new_file("uploads", "film.mp4", "video/mp4", 0, None, {})
    for start in range(0, 3 * 1024**2, 64 * 1024):
        handler.receive_data_chunk(b"x" * 64 * 1024, start)
    found = handler.file_complete(3 * 1024**2)
    assert found.too_large
    assert found.file.read() == b""
    found.close()
    handler.new_file("uploads", "brief.txt", "text/plain", 0, None, {})
    handler.receive_data_chunk(b"hallo", 0)
    found = handler.file_complete(5)
    assert (found.too_large, found.read()) == (False, b"hallo")
    found.close()
