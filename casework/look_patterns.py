"""Whether someone who looked shares a surname or a street with the resident, or works in another wijk. Tells ids and no name.

What is compared are search keys, by a function of the database that a job may call with keys of its own. Of who is protected there
are no keys but the reference, so of them only the wijk is compared (decision 11): their cases open for named people only.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from luisterloket.convenant.watching import Pair, alike
from luisterloket.platform.encryption import lookup_hash

from .models import SearchKey
from .search_keys import POSTCODE, words

Kind = SearchKey.Kind
# A surname of two is compared by either.
ALIKE = "SELECT kind, user_id, resident_id FROM residents_alike(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::boolean[])"


def looked_alike(pairs: list[Pair]) -> Iterable[tuple[str, UUID, UUID]]:
    """The kind of likeness, the user and the resident, each once."""
    asked = [(one, surname) for one in pairs for surname in sorted(surnames(one.name)) or [""]]
    with connection.cursor() as cursor:
        cursor.execute(
            ALIKE,
            [
                [one.user_id for one, _surname in asked],
                [one.resident_id for one, _surname in asked],
                [surname for _one, surname in asked],
                [one.home for one, _surname in asked],
                [one.of_a_wijk for one, _surname in asked],
            ],
        )
        return [(kind, user, resident) for kind, user, resident in cursor.fetchall()]


def surnames(name: str) -> set[str]:
    """The words of the last name: "Anne de Vries-Bakker" is vries and bakker. Who has one name only has no surname."""
    parts = name.split()
    return words(parts[-1]) if len(parts) > 1 else set()


def home_key(postcode: str) -> str:
    """The same key as that of the postcode of a resident."""
    found = POSTCODE.fullmatch(postcode.strip())
    return lookup_hash(found[1] + found[3].upper(), Kind.POSTCODE) if found else ""


alike.offer(looked_alike, home_key)
