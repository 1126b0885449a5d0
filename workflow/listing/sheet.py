"""The rows of a list as bits: what fits a filter, and how many would fit beside it, is counted in a few microseconds.

A row has a place (a bit). What many rows share (a kind, a state) is a mask: one number with the bits of all rows that
have it, so that narrowing is ``&`` and counting is ``int.bit_count``. What few rows share (a unit, an activity) is a
list of places, from which a mask is made when it is asked for. Orders are places sorted once, and the masks of each
two thousand of them, so that a far page is counted to and not walked to. A row that changes does so in a copy, which
shares all else with the one others are reading.
"""

import re
from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import chain, compress, groupby, islice
from typing import Any

from workflow.listing.packed import LARGE, SMALL, Packed, Places

Fact = Sequence[Any]
"""What is read of a row for a sheet."""
NOTHING = 0
PLACE = (0, "place")
"""Among the parts nobody else reads: the places by number."""
AT_ONCE = 1000
"""So many rows are taken in at a time."""
FEW = 400
"""So many rows are sorted sooner than found in an order of all."""
BLOCK = 2048
"""Rows of an order that are passed over at once."""
ZEROS_AND_ONES = bytes.maketrans(b"01", b"\0\1")
SOME_BITS = re.compile(rb"[^\0]")
BITS_OF = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]
"""Which bits are set in a byte."""


@dataclass(frozen=True)
class Shape:
    """What a sheet knows of each row, by the place of it in the row as read: its number comes first."""

    masks: dict[str, int] = field(default_factory=dict)
    """What many rows share."""
    lists: dict[str, int] = field(default_factory=dict)
    """What few rows share."""
    orders: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """What the rows are sorted by: no None in it, and no two rows alike."""


class Sheet:
    """All rows of a list, whoever may see them."""

    def __init__(self, shape: Shape, facts: Iterable[Fact]) -> None:
        """Arguments: its shape; the rows, all of one length."""
        self.shape = shape
        self.pks: array[int] = array(LARGE)
        self.columns: list[array[int] | Packed] = []
        self.take_in(iter(facts))
        self.place = Places(self.pks)
        self.gone = NOTHING
        """The bits of rows that are no more."""
        self.lists: dict[str, dict[Any, array[int]]] = {name: self.grouped(at) for name, at in shape.lists.items()}
        self.masks: dict[str, dict[Any, int]] = {
            name: {value: self.mask_of(places) for value, places in self.grouped(at).items()}
            for name, at in shape.masks.items()
        }
        self.orders: dict[str, array[int]] = {}
        self.kept: dict[Any, Any] = {}
        """What was made from an order, under its name: forgotten when a row stands elsewhere in it."""
        self.kept_of_lists: dict[Any, Any] = {}
        """What was made from the lists alone: forgotten when a row comes, goes, or is another's."""
        self.own: set[tuple[int, Any]] = set()
        """The parts that nobody else reads."""

    def __len__(self) -> int:
        return len(self.pks)

    @property
    def all(self) -> int:
        """The mask of every row."""
        return (1 << len(self.pks)) - 1 & ~self.gone

    def take_in(self, facts: Iterator[Fact]) -> None:
        """The first rows, some at a time: all at once they would be as large again as the sheet."""
        while rows := list(islice(facts, AT_ONCE)):
            self.columns = self.columns or [self.pks, *(Packed() for _ in rows[0][1:])]
            numbers, *others = zip(*rows, strict=True)
            self.pks.extend(numbers)
            for column, values in zip(self.packed(), others, strict=True):
                column.fill(values)
        for column in self.packed():
            column.filled()

    def packed(self) -> list[Packed]:
        """All columns but that of the numbers."""
        return [column for column in self.columns if isinstance(column, Packed)]

    def grouped(self, at: int) -> "dict[Any, array[int]]":
        """The places of the rows by one of their facts."""
        if not self.columns:
            return {}
        column = self.columns[at]
        alike = column.which.__getitem__ if isinstance(column, Packed) else column.__getitem__
        places = array(SMALL, sorted(range(len(column)), key=alike))
        return {column[run[0]]: run for run in (array(SMALL, list(run)) for _, run in groupby(places, alike))}

    # --- masks ----------------------------------------------------------------------------------------------------

    def mask_of(self, places: Iterable[int]) -> int:
        """The mask of some rows."""
        bits = bytearray(len(self.pks) // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    def having(self, name: str, *values: Any) -> int:
        """The rows that have one of these in what masks are made from."""
        found = NOTHING
        for value in values:
            found |= self.masks[name].get(value, NOTHING)
        return found

    def listed(self, name: str, values: Iterable[Any]) -> int:
        """The rows that have one of these in what lists are made from."""
        return self.mask_of(self.places(name, values))

    def places(self, name: str, values: Iterable[Any]) -> Iterable[int]:
        """The places of the same."""
        lists = self.lists[name]
        return chain.from_iterable(lists.get(value, ()) for value in values)

    def before(self, order: str, key: Any) -> int:
        """The rows whose sort key in an order is less than this."""
        if not self.pks:
            return NOTHING
        places = self.sorted(order)
        end = bisect_left(places, key, key=self.key_in(order))
        name = order, "before"
        known = self.kept.get(name)
        if known is None or known[0] != end:
            known = self.kept[name] = end, self.mask_of(places[:end])
        found: int = known[1] & ~self.gone
        return found

    def once(self, name: Any, make: Callable[[], Any]) -> Any:
        """What ``make`` gives of the lists, kept under a name until one of them changes."""
        if name not in self.kept_of_lists:
            self.kept_of_lists[name] = make()
        return self.kept_of_lists[name]

    # --- orders ---------------------------------------------------------------------------------------------------

    def key_in(self, order: str) -> Callable[[int], tuple[Any, ...]]:
        """By what places are sorted in an order."""
        columns = [self.columns[at] for at in self.shape.orders[order]]
        return lambda place: tuple(column[place] for column in columns)

    def sorted(self, order: str) -> "array[int]":
        """The places of all rows in an order."""
        if order not in self.orders:
            places = list(range(len(self.pks)))
            for at in reversed(self.shape.orders[order] if places else ()):  # each pass keeps what the last one sorted
                places.sort(key=self.columns[at].tolist().__getitem__)
            self.orders[order] = array(SMALL, places)
        return self.orders[order]

    def bits(self, mask: int) -> bytes:
        """A mask as one byte a row: 0 or 1."""
        return f"{mask:0{len(self.pks)}b}".encode().translate(ZEROS_AND_ONES)[::-1]

    def blocks(self, order: str) -> "list[tuple[array[int], int]]":
        """The places of all rows in an order, a block at a time, each with its mask."""
        name = order, "blocks"
        if name not in self.kept:
            places = self.sorted(order)
            parts = [places[start : start + BLOCK] for start in range(0, len(places), BLOCK)]
            self.kept[name] = [(part, self.mask_of(part)) for part in parts]
        found: list[tuple[array[int], int]] = self.kept[name]
        return found

    def part(self, mask: int, order: str, wanted: range, *, back: bool = False) -> list[Any]:
        """The numbers of some of the rows of a mask in an order: from the first of ``wanted`` to its end.

        A few rows are sorted; of many, blocks are counted up to those in which the wanted ones are.
        """
        count = mask.bit_count()
        wanted = range(min(wanted.start, count), min(wanted.stop, count))
        if not wanted:
            return []
        if count <= FEW:
            return self.few(mask, order, back)[wanted.start : wanted.stop]
        found, bits, before = list[int](), self.bits(mask), 0
        for places, block in reversed(self.blocks(order)) if back else self.blocks(order):
            number = (mask & block).bit_count()
            if before + number > wanted.start:
                fit = list(compress(places, map(bits.__getitem__, places)))
                found += (fit[::-1] if back else fit)[max(wanted.start - before, 0) : wanted.stop - before]
            before += number
            if before >= wanted.stop:
                break
        return [self.pks[place] for place in found]

    def few(self, mask: int, order: str, back: bool) -> list[Any]:
        """The numbers of the rows of a mask, sorted."""
        octets = mask.to_bytes(len(self.pks) // 8 + 1, "little")
        places = [found.start() * 8 + bit for found in SOME_BITS.finditer(octets) for bit in BITS_OF[found[0][0]]]
        for column in reversed(self.shape.orders[order]):
            places.sort(key=self.columns[column].__getitem__)
        return [self.pks[place] for place in (reversed(places) if back else places)]

    # --- changes --------------------------------------------------------------------------------------------------

    def copy(self) -> "Sheet":
        """The same rows, to be changed while others read these: what is not changed stays one with theirs."""
        twin = copy(self)
        twin.columns, twin.own = self.columns.copy(), set()
        twin.masks = {name: masks.copy() for name, masks in self.masks.items()}
        twin.lists, twin.orders = self.lists.copy(), self.orders.copy()
        twin.kept, twin.kept_of_lists = self.kept.copy(), self.kept_of_lists.copy()
        return twin

    def to_change(self, parts: Any, name: Any) -> Any:
        """One of some parts, copied before it is changed for the first time."""
        if (id(parts), name) not in self.own:
            parts[name] = copy(parts[name])
            self.own.add((id(parts), name))
        return parts[name]

    def has(self, fact: Fact) -> bool:
        """Whether a row stands here exactly so."""
        place = self.place.get(fact[0])
        return (
            place is not None
            and not self.gone & 1 << place
            and all(column[place] == value for column, value in zip(self.columns, fact, strict=True))
        )

    def lists_row(self, pk: Any) -> bool:
        """Whether there is such a row, and it is not gone."""
        place = self.place.get(pk)
        return place is not None and not self.gone & 1 << place

    def put(self, fact: Fact) -> None:
        """A row as it is now: one that is there already, or a new one."""
        place = self.place.get(fact[0])
        if place is None:
            self.add(fact)
            return
        if self.gone & 1 << place:
            self.put_on(place, self.every)
            self.gone &= ~(1 << place)
        changed = {at for at, column in enumerate(self.columns) if column[place] != fact[at]}
        moved = [name for name, ats in self.shape.orders.items() if name in self.orders and not changed.isdisjoint(ats)]
        for order in moved:
            places = self.to_change(self.orders, order)
            key = self.key_in(order)
            del places[bisect_left(places, key(place), key=key)]
        self.take_off(place, changed)
        for at in changed:
            self.to_change(self.columns, at)[place] = fact[at]
        self.put_on(place, changed)
        self.put_in(place, moved)

    def add(self, fact: Fact) -> None:
        """A row that was not there."""
        self.columns = self.columns or [self.pks, *(Packed() for _ in fact[1:])]
        for at, value in enumerate(fact):
            self.to_change(self.columns, at).append(value)
        self.pks = self.to_change(self.columns, 0)
        if PLACE not in self.own:
            self.place = self.place.of_copy(self.pks)
            self.own.add(PLACE)
        place = self.place.came(fact[0])
        self.put_on(place, self.every)
        self.put_in(place, list(self.orders))

    def drop(self, pk: Any) -> None:
        """A row that is no more; it keeps its place in the orders."""
        if self.lists_row(pk):
            self.take_off(self.place[pk], self.every)
            self.gone |= 1 << self.place[pk]

    @property
    def every(self) -> set[int]:
        """The place of every fact of a row."""
        return set(range(len(self.columns)))

    def put_on(self, place: int, changed: set[int]) -> None:
        """Write what has changed of a row into masks and lists."""
        for name, at in self.shape.masks.items():
            if at in changed:
                value = self.columns[at][place]
                self.masks[name][value] = self.masks[name].get(value, NOTHING) | 1 << place
        for name, at in self.shape.lists.items():
            if at in changed:
                lists, value = self.to_change(self.lists, name), self.columns[at][place]
                lists[value] = array(SMALL, [*lists.get(value, ()), place])
                self.kept_of_lists.clear()

    def take_off(self, place: int, changed: set[int]) -> None:
        """The other way round."""
        for name, at in self.shape.masks.items():
            if at in changed:
                self.masks[name][self.columns[at][place]] &= ~(1 << place)
        for name, at in self.shape.lists.items():
            if at in changed:
                lists, value = self.to_change(self.lists, name), self.columns[at][place]
                lists[value] = array(SMALL, [each for each in lists[value] if each != place])
                self.kept_of_lists.clear()

    def put_in(self, place: int, orders: Iterable[str]) -> None:
        """Write a row into orders in which it does not stand."""
        for order in orders:
            insort(self.to_change(self.orders, order), place, key=self.key_in(order))
            self.kept = {name: value for name, value in self.kept.items() if name[0] != order}
