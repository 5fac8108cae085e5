"""What a request of a resident holds back: sharing while they object, and changes while their data are only kept."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.sharing import stops_sharing

WHY = {
    "undecided": _(
        "The resident objected to this. Nothing new of them is shared for it until that is decided; what was shared before stays."
    ),
    "upheld": _("The resident objected to this, and was right. Nothing new of them is shared for it."),
    "restricted": _("The resident asked that their data are only kept for now. Until that is lifted, nothing of them is shared."),
}


@stops_sharing
def by_the_resident(subjects: tuple[UUID, ...], purpose: str) -> Any:
    """The database answers: the request can stand in a wijk that the one who shares cannot look into."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sharing_stopped(%s::uuid[], %s)", [list(subjects), purpose])
        (why,) = cursor.fetchone()
    return WHY.get(why, "")
