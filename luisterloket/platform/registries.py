"""What a lower floor offers and a higher floor fills: the case page knows no request, yet shows them."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

F = TypeVar("F", bound=Callable)


class Registry(Generic[F]):
    """Functions in a stated order, given by the apps when they start."""

    def __init__(self, purpose: str):
        self.purpose = purpose
        self._entries: list[tuple[int, F]] = []

    def register(self, *, order: int) -> Callable[[F], F]:
        def add(function: F) -> F:
            self._entries.append((order, function))
            self._entries.sort(key=lambda entry: entry[0])
            return function

        return add

    def __iter__(self) -> Iterator[F]:
        return (function for _, function in self._entries)


navigation: Registry = Registry("main menu: user -> list of NavigationItem")
landing: Registry = Registry("start page: user -> address or None")
today: Registry = Registry("what needs this person now: user -> list of TodayItem")
case_panels: Registry = Registry("panels on the case page: (user, case) -> CasePanel or None")
demo_city: Registry = Registry("makes its part of the demo city: city -> None")
