"""The rows of a list as bits: what fits a filter, and how many would fit beside it, is counted in a few microseconds.

A row has a place (a bit). What many rows share (a kind, a state) is a mask: one number with the bits of all rows that
have it, so that narrowing is ``&`` and counting is ``int.bit_count``. What few rows share (a unit, an activity) is a
list of places, from which a mask is made when it is asked for. Orders are places sorted once. A row that changes is
taken off and put on again in a copy, which shares all else with the one others are reading.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import compress, groupby, islice
from typing import Any

from workflow.listing.packed import LARGE, SMALL, Packed, Places

Fact = Sequence[Any]
"""What is read of a row for a sheet."""
NOTHING = 0
AT_ONCE = 1000
"""So many rows are taken in at a time."""
FEW = 400
"""So many rows are sorted sooner than found in an order of all."""
ZEROS_AND_ONES = bytes.maketrans(b"01", b"\0\1")
ONES_AND_ZEROS = bytes.maketrans(b"\0\1", b"01")


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
        """What was made from the rows as they are: forgotten when one changes."""
        self.kept_of_lists: dict[Any, Any] = {}
        """What was made from the lists alone: forgotten when a row comes, goes, or is another's."""

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
        bits = bytearray(len(self.pks))
        for place in places:
            bits[place] = 1
        bits.reverse()
        return int(bits.translate(ONES_AND_ZEROS) or b"0", 2)

    def having(self, name: str, *values: Any) -> int:
        """The rows that have one of these in what masks are made from."""
        found = NOTHING
        for value in values:
            found |= self.masks[name].get(value, NOTHING)
        return found

    def listed(self, name: str, values: Iterable[Any]) -> int:
        """The rows that have one of these in what lists are made from."""
        lists = self.lists[name]
        return self.mask_of(place for value in values for place in lists.get(value, ()))

    def before(self, order: str, key: Any) -> int:
        """The rows whose sort key in an order is less than this."""
        if not self.pks:
            return NOTHING
        places = self.sorted(order)
        end = bisect_left(places, key, key=self.key_in(order))
        name = ("before", order)
        known = self.kept.get(name)
        if known is None or known[0] != end:
            known = self.kept[name] = end, self.mask_of(places[:end]) & ~self.gone
        found: int = known[1]
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

    def walk(self, mask: int, order: str, *, back: bool = False) -> Iterator[Any]:
        """The numbers of the rows of a mask in an order."""
        if not mask:
            return iter(())
        places = self.sorted(order)
        places, bits = places[::-1] if back else places, self.bits(mask)
        return map(self.pks.__getitem__, compress(places, map(bits.__getitem__, places)))

    def part(self, mask: int, order: str, wanted: range, *, back: bool = False) -> list[Any]:
        """The numbers of some of them: from the first of ``wanted`` to its end.

        A few rows are sorted; of many the order is walked, from the nearer end.
        """
        count = mask.bit_count()
        wanted = range(min(wanted.start, count), min(wanted.stop, count))
        if not wanted:
            return []
        if count <= FEW:
            return self.few(mask, order, back)[wanted.start : wanted.stop]
        if wanted.stop > count // 2:
            turned = self.part_walked(mask, order, range(count - wanted.stop, count - wanted.start), not back)
            return turned[::-1]
        return self.part_walked(mask, order, wanted, back)

    def part_walked(self, mask: int, order: str, wanted: range, back: bool) -> list[Any]:
        """The same, from the beginning."""
        return list(islice(self.walk(mask, order, back=back), wanted.start, wanted.stop))

    def few(self, mask: int, order: str, back: bool) -> list[Any]:
        """The numbers of the rows of a mask, sorted."""
        places, bits = list[int](), self.bits(mask)
        at = bits.find(1)
        while at >= 0:
            places.append(at)
            at = bits.find(1, at + 1)
        for column in reversed(self.shape.orders[order]):
            places.sort(key=self.columns[column].__getitem__)
        return [self.pks[place] for place in (reversed(places) if back else places)]

    # --- changes --------------------------------------------------------------------------------------------------

    def copy(self) -> "Sheet":
        """The same rows, to be changed while others read these."""
        twin = copy(self)
        twin.pks, others = copy(self.pks), [copy(column) for column in self.packed()]
        twin.columns = [twin.pks, *others] if others else []
        twin.place = self.place.of_copy(twin.pks)
        twin.masks = {name: masks.copy() for name, masks in self.masks.items()}
        twin.lists = {name: lists.copy() for name, lists in self.lists.items()}
        orders = list(self.orders.items())  # whoever reads these meanwhile may sort them in one more order
        twin.orders = {name: copy(places) for name, places in orders}
        twin.kept, twin.kept_of_lists = {}, self.kept_of_lists.copy()
        return twin

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
        if self.has(fact):
            return
        before = tuple(column[place] for column in self.columns)
        bit = 1 << place
        moved = [name for name, ats in self.shape.orders.items() if any(before[at] != fact[at] for at in ats)]
        if self.gone & bit or any(before[at] != fact[at] for at in self.shape.lists.values()):
            self.kept_of_lists.clear()
        self.take_off(place, moved)
        for column, value in zip(self.columns, fact, strict=True):
            column[place] = value
        self.put_on(place, moved)

    def add(self, fact: Fact) -> None:
        """A row that was not there."""
        self.columns = self.columns or [self.pks, *(Packed() for _ in fact[1:])]
        for column, value in zip(self.columns, fact, strict=True):
            column.append(value)
        place = self.place.came(fact[0])
        self.kept_of_lists.clear()
        self.put_on(place, list(self.orders))

    def drop(self, pk: Any) -> None:
        """A row that is no more."""
        if self.lists_row(pk):
            place = self.place[pk]
            self.take_off(place, [])
            self.gone |= 1 << place
            self.kept.clear()
            self.kept_of_lists.clear()

    def put_on(self, place: int, moved: Iterable[str]) -> None:
        """Write a row into masks and lists, and into the orders in which its place is another one."""
        self.gone &= ~(1 << place)
        for name, at in self.shape.masks.items():
            value = self.columns[at][place]
            self.masks[name][value] = self.masks[name].get(value, NOTHING) | 1 << place
        for name, at in self.shape.lists.items():
            lists, value = self.lists[name], self.columns[at][place]
            lists[value] = array(SMALL, [*lists.get(value, ()), place])
        for order in moved:
            if order in self.orders:
                insort(self.orders[order], place, key=self.key_in(order))
        self.kept.clear()

    def take_off(self, place: int, moved: Iterable[str]) -> None:
        """The other way round."""
        for name, at in self.shape.masks.items():
            self.masks[name][self.columns[at][place]] &= ~(1 << place)
        if not self.gone & 1 << place:
            for name, at in self.shape.lists.items():
                lists, value = self.lists[name], self.columns[at][place]
                lists[value] = array(SMALL, [each for each in lists[value] if each != place])
        for order in moved:
            if order in self.orders:
                self.orders[order].remove(place)
