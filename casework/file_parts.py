"""The parts of a picture, so that those that tell where and with what it was taken can be left out without drawing it again.

JPEG, PNG and WebP are rows of marked parts. What comes behind the last is not given: there a second file can hide.
"""

from collections.abc import Iterator
from typing import BinaryIO

# JPEG: APP0 (JFIF), APP2 (colours) and APP14 (Adobe's colours) say how to draw; the other APPs and comments tell about the maker.
JPEG_KEPT_APPS = {0xE0, 0xE2, 0xEE}
JPEG_COMMENT, JPEG_EXIF, JPEG_SCAN, JPEG_END = 0xFE, 0xE1, 0xDA, 0xD9
PNG_TELLS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
WEBP_TELLS = {b"EXIF", b"XMP "}
WEBP_FLAGS = 0x08 | 0x04
ORIENTATION = 0x0112
# The head of a part of one entry: how the picture is turned.
ONLY_TURNED = b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"


class BrokenPicture(Exception):
    """This is not a whole picture."""


def picture_parts(file: BinaryIO, mime: str) -> Iterator[bytes]:
    """A picture without what tells about its making. Raises `BrokenPicture` when it is not whole."""
    file.seek(0)
    data = file.read()
    give = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}[mime]
    yield from give(data)


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at, turned = 2, b""
    parts: list[bytes] = []
    while True:
        if data[at : at + 1] != b"\xff" or at + 4 > len(data):
            raise BrokenPicture
        mark = data[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            raise BrokenPicture
        part = data[at:end]
        if mark == JPEG_EXIF:
            turned = turned or _turned(part[4:])
        elif not (0xE0 <= mark <= 0xEF and mark not in JPEG_KEPT_APPS) and mark != JPEG_COMMENT:
            parts.append(part)
        at = end
        if mark == JPEG_SCAN:
            break
    yield turned
    yield from parts
    yield data[at : _jpeg_end(data, at)]


def _jpeg_end(data: bytes, at: int) -> int:
    """Where the picture ends: what is drawn goes on until a mark that is none of the drawing's own, and there can be more of it."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise BrokenPicture
        mark = data[at + 1]
        if mark == JPEG_END:
            return at + 2
        if mark in (0x00, 0xFF) or 0xD0 <= mark <= 0xD7:
            at += 1 if mark == 0xFF else 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2:
            raise BrokenPicture
        at += 2 + length


def _turned(exif: bytes) -> bytes:
    """A part that only says how the picture is turned, or nothing."""
    if not exif.startswith(b"Exif\x00\x00"):
        return b""
    tiff = exif[6:]
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return b""

    def number(at: int, length: int) -> int:
        return int.from_bytes(tiff[at : at + length], order)  # type: ignore[arg-type]

    first = number(4, 4)
    for entry in range(first + 2, first + 2 + 12 * min(number(first, 2), 200), 12):
        if number(entry, 2) == ORIENTATION and 2 <= number(entry + 8, 2) <= 8:
            turn = number(entry + 8, 2).to_bytes(2, "big")
            said = ONLY_TURNED + turn + bytes(6)
            return b"\xff\xe1" + (len(said) + 2).to_bytes(2, "big") + said
    return b""


def _png(data: bytes) -> Iterator[bytes]:
    yield data[:8]
    at, names = 8, list[bytes]()
    while not names or names[-1] != b"IEND":
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data) or (not names and name != b"IHDR"):
            raise BrokenPicture
        names.append(name)
        if name not in PNG_TELLS:
            yield data[at:end]
        at = end


def _webp(data: bytes) -> Iterator[bytes]:
    whole = 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data) or whole < 20:
        raise BrokenPicture
    at, parts = 12, list[bytes]()
    while at + 8 <= whole:
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if end > whole + 1:
            raise BrokenPicture
        part = data[at:end]
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~WEBP_FLAGS]) + part[9:]
        if name not in WEBP_TELLS:
            parts.append(part)
        at = end
    body = b"WEBP" + b"".join(parts)
    yield b"RIFF" + len(body).to_bytes(4, "little") + body
