"""Who asks: a system, by its token. A session of a page is worth nothing here, so that no other site can use it."""

import re
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from luisterloket.connections.models import ApiToken
from luisterloket.connections.tokens import hash_of
from luisterloket.people.models import User
from luisterloket.platform import origin
from luisterloket.platform.acting import Acting, acting

BEARER = re.compile(r"Bearer ([A-Za-z0-9_\-]{20,200})", re.ASCII)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`. Unknown, expired and revoked get the same answer."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken]:
        found = BEARER.fullmatch(request.headers.get("Authorization", ""))
        _check_not_guessing()
        token = self._token(found[1]) if found else None
        user = self._user(token) if token else None
        if token is None or user is None:
            if found:
                _note_wrong()
            raise exceptions.NotAuthenticated
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    @staticmethod
    def _token(secret: str) -> ApiToken | None:
        return ApiToken.objects.usable().select_related("connection").filter(secret_hash=hash_of(secret)).first()

    @staticmethod
    def _user(token: ApiToken) -> User | None:
        with acting(Acting(user_id=token.connection.user_id)):
            users: Any = User.objects.with_posts()
            found: User | None = users.filter(pk=token.connection.user_id, is_active=True).first()
        return found


def _wrong_key() -> str:
    return f"api-wrong:{origin.current().address}"


def _check_not_guessing() -> None:
    """From one address no more wrong tokens than this, in five minutes."""
    if cache.get(_wrong_key(), 0) >= settings.API_WRONG_TOKENS:
        raise exceptions.Throttled(wait=300)


def _note_wrong() -> None:
    cache.add(_wrong_key(), 0, 300)
    try:
        cache.incr(_wrong_key())
    except ValueError:
        # It was cleared in between.
        cache.set(_wrong_key(), 1, 300)
