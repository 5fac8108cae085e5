"""What of cases is still in someone's hands, for who ends their appointment and may open none of them: a number."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import ngettext

from luisterloket.platform.registries import in_hands


@in_hands.register(order=10)
def cases(user_id: UUID | None, unit_id: UUID) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_in_hands(%s, %s)", [user_id, unit_id])
        number: int = cursor.fetchone()[0]
    if not number:
        return []
    told = ngettext(
        "%(number)d case is in hand here. Let the coordinator of this team hand it over or end it first.",
        "%(number)d cases are in hand here. Let the coordinator of this team hand them over or end them first.",
        number,
    )
    return [told % {"number": number}]
