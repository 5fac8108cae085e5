"""A summary as text: parts that each say one thing, gathered in paragraphs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Self


@dataclass(frozen=True)
class Part:
    """What a summary says of one thing, in one sentence or a few. `key` names the thing, `block` its paragraph."""

    key: str
    block: str
    text: str


@dataclass(frozen=True)
class Summary:
    """Whole sentences in paragraphs; the quote stands apart, because it is the resident's own voice."""

    name: str
    quote: str = ""
    parts: tuple[Part, ...] = field(default=())

    @property
    def paragraphs(self) -> list[str]:
        return [" ".join(part.text for part in parts) for _block, parts in groupby(self.parts, key=lambda part: part.block)]

    @property
    def text(self) -> str:
        return " ".join(filter(None, [self.quote, *self.paragraphs]))

    def with_wording(self, wording: Mapping[str, str]) -> Self:
        """The same summary, with other words where someone chose these. Keyed by the key of the part."""
        return type(self)(
            self.name, self.quote, tuple(Part(part.key, part.block, wording.get(part.key, part.text)) for part in self.parts)
        )

    def to_json(self) -> str:
        parts = [[part.key, part.block, part.text] for part in self.parts]
        return json.dumps({"name": self.name, "quote": self.quote, "parts": parts}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        kept = json.loads(text)
        return cls(kept["name"], kept["quote"], tuple(Part(*part) for part in kept["parts"]))


@dataclass(frozen=True)
class Difference:
    """What the record says now and did not when a version was made, and the other way round."""

    new: list[str]
    gone: list[str]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def difference(before: Summary, now: Summary) -> Difference:
    """Compare what was composed, not what was written of it: other words for the same are no change."""
    had, has = _said(before), _said(now)
    return Difference([text for text in has if text not in had], [text for text in had if text not in has])


def _said(summary: Summary) -> list[str]:
    quote = [f"“{summary.quote}”"] if summary.quote else []
    return [*quote, *(part.text for part in summary.parts)]


def carried(before: Summary, wording: Mapping[str, str], now: Summary) -> dict[str, str]:
    """The words someone chose, for the parts that still say the same; what changed is said anew."""
    same = {(part.key, part.text) for part in before.parts}
    return {part.key: wording[part.key] for part in now.parts if part.key in wording and (part.key, part.text) in same}
