"""`@command` makes a function an action: one transaction, done by its actor, and once per key."""

import functools
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from .acting import acting
from .afterwards import kept_afterwards
from .exceptions import Refused
from .writing import writing

P = ParamSpec("P")
R = TypeVar("R")


def command(action: Callable[..., R]) -> Callable[..., R]:
    """Run an action as its actor in one transaction.

    With a `command_key` (a UUID from the form or the machine that asks) the action has one effect: whoever sends the
    same key again, even at the same moment, gets the first result. A refusal gives the key back, so that a corrected
    form may use it. Raises `Refused` when the key was used before for something else.
    """

    @functools.wraps(action)
    def run(*, actor: Any, command_key: UUID | str | None = None, **details: Any) -> R:
        name = f"{action.__module__}.{action.__qualname__}"
        with acting(actor.acting), kept_afterwards(), transaction.atomic(), writing(name):
            if command_key is None:
                return action(actor=actor, **details)
            earlier = _claim(UUID(str(command_key)), actor, name, details)
            if earlier is not None:
                return earlier
            result = action(actor=actor, **details)
            _remember(UUID(str(command_key)), result)
            return result

    return run


def _claim(key: UUID, actor: Any, name: str, details: dict[str, Any]) -> Any:
    """Take the key, waiting for whoever holds it; the earlier result when it was used, else None."""
    content = _digest(details)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_command (key, actor_id, action, content, result_label, result_id, at)"
            " VALUES (%s, %s, %s, %s, '', '', clock_timestamp()) ON CONFLICT (key) DO NOTHING",
            [key, actor.pk, name, content],
        )
        if cursor.rowcount:
            return None
        cursor.execute("SELECT actor_id, action, content, result_label, result_id FROM platform_command WHERE key = %s", [key])
        actor_id, earlier_name, earlier_content, label, result_id = cursor.fetchone()
    if (actor_id, earlier_name, earlier_content) != (actor.pk, name, content):
        raise Refused(_("This form was already sent with other content. Reload the page and try again."), code="key_reused")
    return apps.get_model(label)._base_manager.get(pk=result_id)


def _remember(key: UUID, result: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE platform_command SET result_label = %s, result_id = %s WHERE key = %s",
            [result._meta.label, str(result.pk), key],
        )


def _digest(details: dict[str, Any]) -> str:
    """A keyed fingerprint of what was asked: it tells whether two requests are the same, and nothing of their content."""

    def plain(value: Any) -> Any:
        return f"{value._meta.label}:{value.pk}" if isinstance(value, models.Model) else str(value)

    text = json.dumps(details, default=plain, sort_keys=True)
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
