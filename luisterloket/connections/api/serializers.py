"""How what is sent is read: strictly, so that a typing error is told and not passed over."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from rest_framework import serializers


class Strict(serializers.Serializer):
    """Knows its properties and no others."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        unknown = {name: ["Deze eigenschap bestaat hier niet."] for name in data if name not in self.fields}
        try:
            found = super().to_internal_value(data)
        except serializers.ValidationError as wrong:
            raise serializers.ValidationError({**wrong.detail, **unknown}) from None  # type: ignore[dict-item]
        if unknown:
            raise serializers.ValidationError(unknown)
        return found


class Text(serializers.CharField):
    """A text, and not a number that could be read as one."""

    default_error_messages = {"invalid": "Dit moet een tekst zijn."}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        if "\x00" in data:
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Choice(serializers.ChoiceField):
    """One of our words; what it stands for inside is given back."""

    default_error_messages = {"invalid_choice": "Kies een van de waarden uit de beschrijving."}

    def __init__(self, words: Mapping[str, Any], **kwargs: Any):
        self.words = words
        super().__init__(choices=list(words), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return self.words[super().to_internal_value(data)]


class Moment(serializers.DateTimeField):
    """A moment in UTC, with a Z."""

    def __init__(self, **kwargs: Any):
        super().__init__(default_timezone=UTC, **kwargs)
