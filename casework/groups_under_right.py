"""Every row and case of a person whose request is in hand, whatever wijk they are of."""

from uuid import UUID

from django.db import connection

from .models import Case, CaseMember, RightsRequest


def rows_of(request: RightsRequest) -> list[UUID]:
    """All rows of the person, the one that asked first; nothing for who has no right under this request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rows_under_right(%s)", [request.pk])
        (found,) = cursor.fetchone()
    return sorted(found, key=lambda row: (row != request.resident_id, str(row)))


def cases_of(rows: list[UUID]) -> list[Case]:
    """Every case that one of these rows is in, the oldest first."""
    members = CaseMember.objects.filter(resident__in=rows)
    return list(
        Case.objects.filter(pk__in=members.values("case_id")).select_related("unit__organisation", "owner").order_by("opened_at")
    )
