"""The words by which a resident is found: plain, normalised, looked up by prefix."""

import re
import unicodedata

from .models import Protection, Resident, SearchKey

PARTICLES = {"van", "de", "der", "den", "het", "el", "al", "ten", "ter", "te", "bin", "ben"}


def words(text: str) -> set[str]:
    """The words of a name without accents, capitals and particles."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("ı", "i")
    return {word[:60] for word in re.findall(r"[^\W_]+", plain) if word not in PARTICLES}


def refresh(resident: Resident) -> None:
    """Keep the search keys in step with the names. Called by the actions that change a name, or protect someone.

    Of who is protected no word of the name is kept: they are found by their reference only, by who may open the case.
    """
    wanted = {reference(resident)} if _is_protected(resident) else words(f"{resident.name} {resident.known_as}")
    SearchKey.objects.filter(resident=resident).exclude(key__in=wanted).delete()
    SearchKey.objects.bulk_create(
        [SearchKey(resident=resident, unit_id=resident.unit_id, key=key) for key in sorted(wanted)], ignore_conflicts=True
    )


def reference(resident: Resident) -> str:
    """By which a protected resident is found: it says nothing of them."""
    return resident.pk.hex[:10]


def _is_protected(resident: Resident) -> bool:
    return Protection.objects.filter(resident=resident, lifted_at=None).exists()
