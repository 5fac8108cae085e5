"""The letters that one can begin from: ours, with those of the municipality in their place."""

from luisterloket.convenant.models import DataCategory

from .letter_texts import OWN, LetterText
from .models import LetterTemplate

LANGUAGES = {"nl": "Nederlands", "en": "English"}


def letters_to_begin_from() -> list[LetterText]:
    """What is offered now. One query."""
    found = {text.key: text for text in OWN}
    newest = LetterTemplate.objects.order_by("code", "language", "-version").distinct("code", "language")
    for row in newest:
        text = text_of(row)
        found.pop(text.key, None)
        if row.is_offered:
            found[text.key] = text
    return sorted(found.values(), key=lambda text: (list(LANGUAGES).index(text.language), text.code))


def taken_away() -> list[LetterText]:
    """What was offered once and is not now."""
    newest = LetterTemplate.objects.order_by("code", "language", "-version").distinct("code", "language")
    return [text_of(row) for row in newest if not row.is_offered]


def text_of(row: LetterTemplate) -> LetterText:
    return LetterText(row.code, row.language, row.name, row.category, row.subject, row.body, row.version)


def letter_text(key: str) -> LetterText | None:
    return next((text for text in letters_to_begin_from() if text.key == key), None)


def any_text(key: str) -> LetterText | None:
    """One that is offered, or was."""
    return next((text for text in [*letters_to_begin_from(), *taken_away()] if text.key == key), None)


def categories_for_templates() -> dict[str, str]:
    return dict(DataCategory.objects.exclude(code__in=["known", "payment", "bsn"]).order_by("order").values_list("code", "name"))
