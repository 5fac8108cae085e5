"""The secrets of second factors are sealed too, in a table of allauth's: they follow a new key like everything else."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag

from luisterloket.platform.encryption import VERSION, decrypt, encrypt, key_ids
from luisterloket.platform.key_rotation import Found, Kept, kept_elsewhere, place_of

from .adapter import BOUND_TO


@kept_elsewhere.register(order=10)
class SecondFactors(Kept):
    name = "second factors"

    def by_key(self) -> Counter[str]:
        secrets = (secret for data in Authenticator.objects.values_list("data", flat=True) for secret in _secrets(data))
        return Counter(place_of(secret[1:5]) for secret in secrets)

    def renew(self) -> Iterator[Found]:
        newest = key_ids()[0]
        for pk, data in list(Authenticator.objects.values_list("pk", "data")):
            if all(secret[1:5] == newest for secret in _secrets(data)):
                continue
            try:
                # Only over what was read: a recovery code that is used at this moment stays used.
                done = Authenticator.objects.filter(pk=pk, data=data).update(data=_anew(data))
            except (InvalidTag, KeyError) as fault:
                yield Found(broken=f"{self.name} {pk}: {type(fault).__name__}")
                continue
            yield Found(done=bool(done), changed=not done)


def _secrets(data: Any) -> Iterator[bytes]:
    """Whatever in it was sealed by us."""
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _secrets(value)
    elif (secret := _sealed(data)) is not None:
        yield secret


def _anew(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _anew(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_anew(value) for value in data]
    secret = _sealed(data)
    return data if secret is None else encrypt(decrypt(secret, BOUND_TO), BOUND_TO).hex()


def _sealed(value: Any) -> bytes | None:
    # Version, key, nonce and tag: 33 bytes at least. A passkey's public data are never hexadecimal and never begin so.
    try:
        found = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        return None
    return found if len(found) >= 33 and found.startswith(VERSION) else None
