"""The people around a resident as a small picture: who lives along stands close, who helps stands around."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from luisterloket.convenant.disclosure import Item

WIDTH, HEIGHT = 360, 230
# Above the middle, since the names stand beneath.
MIDDLE = 100
# More would be a crowd in so small a picture; all of them stand in the list below it.
AT_MOST = 10
# One person beside another is no picture.
ENOUGH = 2
LONGEST = 14


@dataclass(frozen=True)
class Node:
    """Someone in the picture. `close` is who belongs to the household."""

    x: int
    y: int
    name: str
    note: str
    close: bool


@dataclass(frozen=True)
class Picture:
    name: str
    nodes: list[Node]
    x: int = WIDTH // 2
    y: int = MIDDLE


def picture(name: str, household: Sequence[Item], network: Sequence[Item]) -> Picture | None:
    """Out of what was disclosed; None when there are too few around to draw."""
    people = [(_short(one.details["name"] or str(one.details["part"])), "", True) for one in household]
    people += [(_short(one.details["name"]), _short(one.details["relation"]), False) for one in network]
    people = people[:AT_MOST]
    if len(people) < ENOUGH:
        return None
    nodes = []
    for place, (who, note, close) in enumerate(people):
        angle = 2 * pi * place / len(people) - pi / 2
        wide, high = (95, 50) if close else (135, 76)
        nodes.append(Node(round(WIDTH / 2 + wide * cos(angle)), round(MIDDLE + high * sin(angle)), who, note, close))
    return Picture(_short(name), nodes)


def _short(text: str) -> str:
    """The first name, as far as it fits."""
    word = text.strip().split(" ")[0] if text.strip() else ""
    return word if len(word) <= LONGEST else word[: LONGEST - 1] + "…"
