"""Files about people are sealed on disk, each bound to what it belongs to, so that none can pass for another or be cut short.

AES-256-GCM in pieces. Each file has a key of its own, derived from the first of `ENCRYPTION_KEYS`; all of them still open.
"""

import base64
import hashlib
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = b"LLF1"
PIECE = 64 * 1024
SALT, KEY_ID, TAG = 16, 4, 16


class Broken(Exception):
    """This is not the file that was put here: it was changed, swapped or cut short, or its key is gone."""


def seal(source: BinaryIO, target: BinaryIO, bound_to: str) -> None:
    """Write what `source` holds, sealed for `bound_to`."""
    key_id, key = next(iter(_keys().items()))
    salt = os.urandom(SALT)
    target.write(MARK + key_id + salt)
    cipher = _cipher(key, salt, bound_to)
    for number, (piece, is_last) in enumerate(_with_last(_pieces(source, PIECE))):
        target.write(cipher.encrypt(_nonce(number, is_last), piece, bound_to.encode()))


def opened(sealed: BinaryIO, bound_to: str) -> Iterator[bytes]:
    """What was sealed, piece by piece. Raises `Broken`."""
    mark, key_id, salt = sealed.read(len(MARK)), sealed.read(KEY_ID), sealed.read(SALT)
    key = _keys().get(key_id)
    if mark != MARK or len(salt) != SALT or key is None:
        raise Broken
    cipher = _cipher(key, salt, bound_to)
    for number, (piece, is_last) in enumerate(_with_last(_pieces(sealed, PIECE + TAG))):
        try:
            yield cipher.decrypt(_nonce(number, is_last), piece, bound_to.encode())
        except InvalidTag:
            raise Broken from None


def sealed_with_newest_key(sealed: BinaryIO) -> bool:
    """Whether a file needs no sealing anew after a new key was put in front."""
    return key_id_of(sealed) == next(iter(_keys()))


def key_id_of(sealed: BinaryIO) -> bytes:
    """What names the key, as in `encryption.key_ids`; empty when this is no sealed file."""
    mark, key_id = sealed.read(len(MARK)), sealed.read(KEY_ID)
    return key_id if mark == MARK else b""


def _keys() -> dict[bytes, bytes]:
    keys = [base64.b64decode(text) for text in settings.ENCRYPTION_KEYS]
    return {hashlib.sha256(key).digest()[:KEY_ID]: key for key in keys}


def _cipher(key: bytes, salt: bytes, bound_to: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=b"luisterloket file " + bound_to.encode()).derive(key))


def _nonce(number: int, is_last: bool) -> bytes:
    # The key is of this file alone, so a counter never comes back; the last piece is marked, so that none can be left out.
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


def _pieces(source: BinaryIO, size: int) -> Iterator[bytes]:
    while piece := source.read(size):
        yield piece


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece with whether it is the last; of nothing at all one empty piece."""
    held: bytes | None = None
    for piece in pieces:
        if held is not None:
            yield held, False
        held = piece
    yield held or b"", True
