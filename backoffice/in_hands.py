"""What waits at a desk that nobody would work at any more, for who ends the last appointment there: a number.

A request is the desk's: any colleague can answer it, so who leaves among colleagues leaves nothing behind.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import ngettext

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.registries import in_hands


@in_hands.register(order=20)
def requests(user_id: UUID | None, unit_id: UUID) -> list[Any]:
    if user_id and User.objects.holding(Permission.ANSWER, unit_id=unit_id).exclude(pk=user_id).exists():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT requests_in_hands(%s)", [unit_id])
        number: int = cursor.fetchone()[0]
    if not number:
        return []
    told = ngettext(
        "%(number)d request waits at this desk, and nobody else works there. Appoint someone else first, or answer it.",
        "%(number)d requests wait at this desk, and nobody else works there. Appoint someone else first, or answer them.",
        number,
    )
    return [told % {"number": number}]
