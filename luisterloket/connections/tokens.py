"""The secret by which a system is known. It is long and random, shown once, and kept only as its hash."""

import hashlib
import secrets

# So that one that is found in a log or a repository is recognised for what it is.
PREFIX = "llk_"


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is kept of it. A plain hash: 256 random bits cannot be guessed back, and no key that is replaced makes it useless."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hint_of(secret: str) -> str:
    """Its last signs, by which people tell two tokens apart."""
    return secret[-4:]
