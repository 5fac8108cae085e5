"""The kinds of data that the software knows, as rows."""

from luisterloket.convenant.known import CATEGORIES
from luisterloket.convenant.models import DataCategory


def ensure_category(code: str, name: str) -> DataCategory:
    """The category of this code; made, as sensitive as the software knows it to be, when it is not there yet."""
    order = list(CATEGORIES).index(code)
    found, _made = DataCategory.objects.get_or_create(
        pk=code, defaults={"name": name, "sensitivity": CATEGORIES[code], "order": order}
    )
    return found
