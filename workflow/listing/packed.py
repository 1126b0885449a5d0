"""What is known of many rows, small: a web process holds the lists of every campaign that is looked at.

Forty thousand rows of fifteen facts are 17 MB as lists and dicts of Python objects, and 6 MB so.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from copy import copy
from typing import Any

SMALL = "I"
"""Of an array of places or of positions: four bytes each."""
LARGE = "q"
"""Of an array of numbers of rows: eight bytes each."""


class Packed:
    """One fact of every row: each value once, and four bytes a row that say which of them it has."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.which: array[int] = array(SMALL)
        self.known: dict[Any, int] = {}
        """Where each value stands, while the first rows come; what changes later is written behind them."""

    def __len__(self) -> int:
        return len(self.which)

    def __getitem__(self, place: int) -> Any:
        return self.values[self.which[place]]

    def __setitem__(self, place: int, value: Any) -> None:
        self.which[place] = len(self.values)
        self.values.append(value)

    def __copy__(self) -> "Packed":
        twin = Packed()
        twin.values, twin.which = self.values.copy(), self.which[:]
        return twin

    def append(self, value: Any) -> None:
        """One more row."""
        self.which.append(len(self.values))
        self.values.append(value)

    def fill(self, values: Iterable[Any]) -> None:
        """Some of the first rows."""
        for value in values:
            if value not in self.known:
                self.known[value] = len(self.values)
                self.values.append(value)
            self.which.append(self.known[value])

    def filled(self) -> None:
        """The first rows have come."""
        self.known = {}

    def tolist(self) -> list[Any]:
        """The fact of every row."""
        return list(map(self.values.__getitem__, self.which))


class Places:
    """The place of each row by its number: as far as the numbers ascend, nothing is kept of them."""

    def __init__(self, numbers: "array[int]") -> None:
        """Arguments: the numbers by place; whoever appends to them says so with ``came``."""
        self.numbers = numbers
        self.first = next((at for at in range(1, len(numbers)) if numbers[at] <= numbers[at - 1]), len(numbers))
        self.later = {number: place for place, number in enumerate(numbers[self.first :], self.first)}

    def get(self, number: int) -> int | None:
        """The place of a row, or None."""
        place = bisect_left(self.numbers, number, 0, self.first)
        if place < self.first and self.numbers[place] == number:
            return place
        return self.later.get(number)

    def __getitem__(self, number: int) -> int:
        place = self.get(number)
        if place is None:
            raise KeyError(number)
        return place

    def __contains__(self, number: int) -> bool:
        return self.get(number) is not None

    def came(self, number: int) -> int:
        """A row was appended. Returns: its place."""
        self.later[number] = len(self.numbers) - 1
        return self.later[number]

    def of_copy(self, numbers: "array[int]") -> "Places":
        """The same for a copy of the numbers."""
        twin = copy(self)
        twin.numbers, twin.later = numbers, self.later.copy()
        return twin
