"""Text about people is stored encrypted and bound to whom it is about, so that no ciphertext can be moved elsewhere.

AES-256-GCM; the first of `ENCRYPTION_KEYS` encrypts, all of them decrypt. The bound data are model, field and a stable
subject id, which history copies share, so that they still decrypt.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

VERSION = b"\x01"


@lru_cache(maxsize=1)
def _ring(keys: tuple[str, ...]) -> dict[bytes, AESGCM]:
    ring = {}
    for text in keys:
        key = base64.b64decode(text)
        if len(key) != 32:
            raise ImproperlyConfigured("Each of ENCRYPTION_KEYS must be 32 bytes in base64.")
        ring[hashlib.sha256(key).digest()[:4]] = AESGCM(key)
    return ring


def encrypt(text: str, bound_to: str) -> bytes:
    ring = _ring(tuple(settings.ENCRYPTION_KEYS))
    key_id, cipher = next(iter(ring.items()))
    nonce = os.urandom(12)
    return VERSION + key_id + nonce + cipher.encrypt(nonce, text.encode(), bound_to.encode())


def decrypt(sealed: bytes, bound_to: str) -> str:
    """Raises `cryptography.exceptions.InvalidTag` when the text belongs to someone else, `KeyError` when its key is gone."""
    cipher = _ring(tuple(settings.ENCRYPTION_KEYS))[sealed[1:5]]
    return cipher.decrypt(sealed[5:17], sealed[17:], bound_to.encode()).decode()


def key_ids() -> list[bytes]:
    """What names each of `ENCRYPTION_KEYS` in what it sealed, newest first. Says nothing of the key."""
    return list(_ring(tuple(settings.ENCRYPTION_KEYS)))


def lookup_hash(text: str, kind: str) -> str:
    """A keyed hash for finding an exact value (a phone number, a day of birth) without storing it readable.

    Its key is one of its own, so that encrypting again with a new key leaves every look-up as it is. Made with the newest of
    `LOOKUP_KEYS`; what is searched, is searched with `lookup_hashes`.
    """
    return lookup_hashes(text, kind)[0]


def lookup_hashes(text: str, kind: str) -> tuple[str, ...]:
    """The hash under each of `LOOKUP_KEYS`, newest first: until every hash was made anew, any of them can be there."""
    return tuple(_hashed(key, text, kind) for key in settings.LOOKUP_KEYS)


def lookup_hashes_of(texts: Iterable[str], kind: str) -> tuple[str, ...]:
    """As `lookup_hashes`, for a text that has another hash in it: one text for each key, newest first."""
    return tuple(_hashed(key, text, kind) for key, text in zip(settings.LOOKUP_KEYS, texts, strict=True))


def _hashed(key: str, text: str, kind: str) -> str:
    return hmac.new(base64.b64decode(key), f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()


def device_keys(owner: Any) -> list[bytes]:
    """The keys of what this person typed and the server did not get: their browser keeps the text, we keep the key.

    One for each of `ENCRYPTION_KEYS`, newest first: the first seals, all of them open. A text waits in a browser for a day at most,
    so an old key that is taken away a day after the new one came takes none along.
    """
    return [hashlib.sha256(b"device" + base64.b64decode(key) + str(owner).encode()).digest() for key in settings.ENCRYPTION_KEYS]


def alias(person: Any) -> str:
    """Who someone is, for their own browser: the same each time, and telling nobody whose it is."""
    return aliases(person)[0]


def aliases(person: Any) -> list[str]:
    """The alias, and those that an open page or a text in a browser may still have of before a new look-up key."""
    return [one[:20] for one in lookup_hashes(str(person), "alias")]


class Sealed(bytes):
    """An encrypted value as it came from the database."""


class _Opening:
    """Decrypts at first use, when the row that tells whom the text is about is complete."""

    def __init__(self, field: "EncryptedTextField"):
        self.field = field

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            # Nothing at all is what a row has that was there before the column.
            value = instance.__dict__[name] = decrypt(value, self.field.bound_to(instance)) if value else ""
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Text that only the application can read. `subject` names the attribute that holds the stable subject id."""

    def __init__(self, *args: Any, subject: str = "id", **kwargs: Any):
        self.subject = subject
        self.origin = ""
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.subject != "id":
            kwargs["subject"] = self.subject
        return name, path, args, kwargs

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # A history table copies the field; its text stays bound to the model that it came from.
        self.origin = self.origin or f"{cls._meta.label_lower}.{name}"
        setattr(cls, self.attname, _Opening(self))

    def bound_to(self, instance: Any) -> str:
        return f"{self.origin}:{getattr(instance, self.subject)}"

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        # A column that was added later is empty for the rows of before.
        return None if value is None else Sealed(value) if len(value) else ""

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, bytes | memoryview):
            return value
        if value == "":
            # Asked for by a migration that adds a column; the application itself always seals, also an empty text.
            return b""
        raise TypeError(f"{self.origin} is encrypted: it cannot be filtered on or updated in bulk.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return connection.Database.Binary(self.get_prep_value(value)) if value is not None else None

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        text = getattr(model_instance, self.attname)
        return None if text is None else encrypt(text, self.bound_to(model_instance))

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
