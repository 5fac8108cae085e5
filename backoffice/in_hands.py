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


@in_hands.register(order=21)
def hand_ins(user_id: UUID | None, unit_id: UUID) -> list[Any]:
    """What was handed in at a loket waits for anyone who works there."""
    if user_id and User.objects.holding(Permission.LISTEN, unit_id=unit_id).exclude(pk=user_id).exists():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT hand_ins_in_hands(%s)", [unit_id])
        number: int = cursor.fetchone()[0]
    if not number:
        return []
    told = ngettext(
        "%(number)d resident was handed in here and waits for an answer. Answer that first.",
        "%(number)d residents were handed in here and wait for an answer. Answer those first.",
        number,
    )
    return [told % {"number": number}]


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
