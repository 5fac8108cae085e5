"""What an item holds, as a file or a paper can hold it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID


def for_file(value: Any) -> Any:
    """As JSON holds it; ids and rows of the database say nothing to who reads the file, and are left out."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): for_file(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [one for one in map(for_file, value) if one not in (None, "")]
    return None if isinstance(value, UUID) or hasattr(value, "_meta") else str(value)


def plain(value: Any) -> str:
    found = for_file(value)
    return ", ".join(map(str, found)) if isinstance(found, list) else "" if found is None else str(found)
