"""How what is sent is read: strictly and as described, so that a typing error is told and not passed over or guessed at."""

import re
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

NOT_EMPTY = r"\S"
WHOLE = re.compile(r"-?[0-9]{1,9}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)


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
    """A text, and not a number that could be read as one. What is required is not only spaces."""

    default_error_messages = {"invalid": "Dit moet een tekst zijn die te lezen is.", "blank": "Dit mag niet leeg zijn."}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or "\x00" in data:
            self.fail("invalid")
        try:
            data.encode()
        except UnicodeEncodeError:
            self.fail("invalid")
        return str(super().to_internal_value(data))


@extend_schema_field({"type": "string", "minLength": 1, "pattern": NOT_EMPTY})
class Words(Text):
    """A text that must be there."""


class Choice(serializers.ChoiceField):
    """One of our words; what it stands for inside is given back."""

    default_error_messages = {"invalid_choice": "Kies een van de waarden uit de beschrijving."}

    def __init__(self, words: Mapping[str, Any], **kwargs: Any):
        self.words = words
        super().__init__(choices=list(words), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or data not in self.words:
            self.fail("invalid_choice", input=data)
        return self.words[data]


class Whole(serializers.IntegerField):
    """A whole number, and not a text that could be read as one; JSON has one kind of number, so 12.0 is 12."""

    def to_internal_value(self, data: Any) -> int:
        is_whole = isinstance(data, int) or (isinstance(data, float) and data.is_integer())
        if isinstance(data, bool) or not is_whole:
            self.fail("invalid")
        return int(super().to_internal_value(int(data)))


class WholeInAddress(serializers.IntegerField):
    """A whole number in an address, where all is text."""

    def to_internal_value(self, data: Any) -> int:
        if not WHOLE.fullmatch(str(data)):
            self.fail("invalid")
        return int(super().to_internal_value(data))


class YesNo(serializers.BooleanField):
    """`true` or `false`, and no other words for them."""

    def to_internal_value(self, data: Any) -> bool:
        if data not in ("true", "false", True, False) or isinstance(data, int | float) and not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data in ("true", True)


class Day(serializers.DateField):
    """A day as 2026-01-31."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="2026-01-31")
        return super().to_internal_value(value)


class Moment(serializers.DateTimeField):
    """A moment in UTC, with a Z; what is sent may have another zone, and always has one."""

    def __init__(self, **kwargs: Any):
        super().__init__(default_timezone=UTC, **kwargs)

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not MOMENT.fullmatch(value.replace(" ", "+")):
            self.fail("invalid", format="2026-01-31T09:00:00Z")
        try:
            return super().to_internal_value(value.replace(" ", "+"))
        except OverflowError:
            self.fail("invalid", format="2026-01-31T09:00:00Z")
