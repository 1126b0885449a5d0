"""A list as a room declares it, and what one reader finds in it: narrowed, counted, sorted, a page at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page

from workflow import clock
from workflow.listing.columns import Column
from workflow.listing.sheet import Sheet
from workflow.pages import page_of

PAGE = 50
MOST = 200
"""Characters of a text that is looked for; more finds nothing else."""
CHUNK = 1000
WORDS, SORT = "q", "sort"
"""Names in the address beside those of the facets."""
Chosen = Mapping[str, str]
"""A filter as it stands in the address: several values of a facet behind commas."""


@dataclass
class Source:
    """Where the rows come from for one reader. A room says what its words mean and how its rows are read."""

    sheet: Sheet
    seen: int
    """The rows the reader may see."""
    now: datetime = field(default_factory=clock.now)

    def worded(self, words: str) -> int:
        """The rows that fit words."""
        raise NotImplementedError

    def read(self, pks: Sequence[Any]) -> list[Any]:
        """The rows with these numbers, in any order."""
        raise NotImplementedError

    def number_of(self, row: Any) -> Any:
        """The number of a row that was read."""
        return row.pk


@dataclass(frozen=True)
class Facet:
    """What a list is narrowed by. ``values`` gives what is offered to the reader, with labels; ``mask`` which rows fit
    a value. One with too many values to be offered (a unit) has ``named`` instead: the label of a value, if there is
    such a one; it comes by an address."""

    name: str
    label: Any
    values: Callable[[Any], Sequence[tuple[str, Any]]] | None
    mask: Callable[[Any, str], int]
    named: Callable[[Any, str], Any] | None = None
    alone: bool = False
    """Whether one value takes the place of another."""

    def labels(self, source: Any, asked: Sequence[str]) -> dict[str, Any]:
        """What may be chosen, with labels: all that is offered, or those of the asked that there are."""
        if self.values is not None:
            return dict(self.values(source))
        assert self.named
        found = {value: self.named(source, value) for value in asked}
        return {value: label for value, label in found.items() if label is not None}


@dataclass(frozen=True)
class Order:
    """A way of sorting: by a key of the sheet; ``buckets`` come one behind the other whatever the key."""

    name: str
    key: str
    buckets: Callable[[Any], Sequence[int]] | None = None
    back: bool = False
    """Whether the largest comes first, unless the address says otherwise."""


LISTINGS: "dict[str, Listing]" = {}
"""Every list there is, by its name."""


@dataclass(frozen=True)
class Listing:
    """A list: its name, columns, facets and orders, the first of which is used when nothing is chosen."""

    name: str
    label: Any
    columns: tuple[Column, ...]
    facets: tuple[Facet, ...]
    orders: tuple[Order, ...]
    page: int = 0
    """Rows on a page, if not as many as of other lists."""

    def __post_init__(self) -> None:
        LISTINGS[self.name] = self

    @property
    def names(self) -> tuple[str, ...]:
        """What of an address belongs to the filter."""
        return (*(facet.name for facet in self.facets), WORDS)

    def chosen(self, data: Mapping[str, str]) -> dict[str, str]:
        """The filter and the order of an address, nothing else of it."""
        found = {name: data.get(name, "").replace("\0", "").strip() for name in (*self.names, SORT)}
        found[WORDS] = found[WORDS][:MOST]
        return {name: value for name, value in found.items() if value}

    def order(self, asked: str) -> tuple[Order, bool]:
        """The order an address asks for, and whether backwards: ``due``, ``-due``."""
        for order in self.orders:
            if order.name == asked.removeprefix("-"):
                return order, order.back != asked.startswith("-")
        return self.orders[0], self.orders[0].back

    def visible(self, names: Sequence[str]) -> tuple[Column, ...]:
        """The columns of these names, in their own order; those shown at first where none is known."""
        found = tuple(column for column in self.columns if column.name in names)
        return found or tuple(column for column in self.columns if column.shown)


@dataclass(frozen=True, slots=True)
class Offer:
    """One value of a facet: how many rows it would leave, and the address that chooses or gives it up."""

    value: str
    label: Any
    number: int
    chosen: bool
    address: str


class Found:
    """What a filter finds in a list for one reader."""

    def __init__(self, listing: Listing, source: Source, data: Mapping[str, str], columns: Sequence[str] = ()) -> None:
        """Arguments: the list; where its rows come from; the address; the columns the reader has chosen."""
        self.listing, self.source = listing, source
        self.chosen = listing.chosen(data)
        self.columns = listing.visible(columns)
        self.order, self.back = listing.order(self.chosen.get(SORT, ""))
        asked = {facet.name: list(filter(None, self.chosen.get(facet.name, "").split(","))) for facet in listing.facets}
        self.offered = {facet.name: facet.labels(source, asked[facet.name]) for facet in listing.facets}
        self.left_out: list[str] = []
        """Parts of the filter that choose nothing here."""
        self.values = {facet.name: self.meant(facet, asked[facet.name]) for facet in listing.facets}
        words = self.chosen.get(WORDS, "")
        self.base = source.seen & source.worded(words) if words else source.seen
        masks = {name: self.union(name) for name, values in self.values.items() if values}
        self.masks: dict[str, int] = masks
        self.mask = self.narrowed("")

    def meant(self, facet: Facet, asked: Sequence[str]) -> list[str]:
        """The chosen values of a facet that there are."""
        known = self.offered[facet.name]
        found = [each for each in dict.fromkeys(asked) if each in known]
        self.left_out += [f"{facet.label}: “{each[:40]}”" for each in asked if each not in known][:3]
        return found[:1] if facet.alone else found

    def facet(self, name: str) -> Facet:
        """The facet of a name."""
        return next(facet for facet in self.listing.facets if facet.name == name)

    def union(self, name: str) -> int:
        """The rows that fit one of the chosen values of a facet."""
        facet, found = self.facet(name), 0
        for value in self.values[name]:
            found |= facet.mask(self.source, value)
        return found

    def narrowed(self, but: str) -> int:
        """The rows that fit words and all facets but one."""
        found = self.base
        for name, mask in self.masks.items():
            if name != but:
                found &= mask
        return found

    # --- what it shows ----------------------------------------------------------------------------------------

    @cached_property
    def number(self) -> int:
        return self.mask.bit_count()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.masks or self.chosen.get(WORDS))

    @cached_property
    def filter(self) -> dict[str, str]:
        """What is chosen, without what means nothing here, as it stands in an address."""
        found = {name: ",".join(values) for name, values in self.values.items() if values}
        return found | ({WORDS: words} if (words := self.chosen.get(WORDS)) else {})

    @cached_property
    def query(self) -> str:
        """Filter and order as an address says them."""
        return self.address()

    def address(self, **changes: str) -> str:
        """Filter and order with some parts changed (empty: given up), as an address says them."""
        parts = self.filter | ({SORT: sort} if (sort := self.chosen.get(SORT)) else {}) | changes
        return urlencode({name: value for name, value in parts.items() if value})

    def offers(self, facet: Facet) -> list[Offer]:
        """The values of a facet with how many rows fit each beside all else that is chosen; none that fits nothing."""
        left, chosen = self.narrowed(facet.name), self.values[facet.name]
        rest = self.address(**{facet.name: ""})
        found = []
        for value, label in self.offered[facet.name].items():
            number, is_chosen = (left & facet.mask(self.source, value)).bit_count(), value in chosen
            if number or is_chosen:
                found.append(Offer(value, label, number, is_chosen, self.with_value(facet, value, rest)))
        return found

    def with_value(self, facet: Facet, value: str, rest: str) -> str:
        """The address in which a value is chosen too; where it is chosen, it is given up.

        Arguments: the facet; one of its values, which are codes and numbers; the address without the facet.
        """
        chosen = self.values[facet.name]
        kept = [each for each in chosen if each != value and not facet.alone]
        now = ",".join(kept if value in chosen else [*kept, value])
        return "&".join(filter(None, (rest, f"{facet.name}={now}" if now else "")))

    def facets(self) -> list[tuple[Facet, list[Offer]]]:
        """Every facet that divides the rows, with its values."""
        found = [(facet, self.offers(facet)) for facet in self.listing.facets if facet.values]
        return [(facet, offers) for facet, offers in found if len(offers) > 1 or self.values[facet.name]]

    def chips(self) -> list[tuple[str, str]]:
        """All that is chosen, in words, each with the address in which it is given up."""
        found = [
            (
                f"{facet.label}: {self.offered[facet.name][value]}",
                self.with_value(facet, value, self.address(**{facet.name: ""})),
            )
            for facet in self.listing.facets
            for value in self.values[facet.name]
        ]
        words = self.chosen.get(WORDS)
        return found + ([(f"“{words}”", self.address(**{WORDS: ""}))] if words else [])

    # --- rows -------------------------------------------------------------------------------------------------

    def pks(self, wanted: range | None = None) -> list[Any]:
        """The numbers of the rows that fit, in their order: a part of them, or all."""
        wanted = range(self.number) if wanted is None else wanted
        buckets = self.order.buckets(self.source) if self.order.buckets else [self.source.sheet.all]
        found: list[Any] = []
        first, left = 0, self.mask
        for bucket in reversed(buckets) if self.back else buckets:
            mask = left & bucket
            left &= ~bucket
            length = mask.bit_count()
            start, stop = max(wanted.start - first, 0), min(wanted.stop - first, length)
            if start < stop:
                found += self.source.sheet.part(mask, self.order.key, range(start, stop), back=self.back)
            first += length
        return found

    def read(self, pks: Sequence[Any]) -> list[Any]:
        """The rows with these numbers, in this order."""
        rows = {self.source.number_of(row): row for row in self.source.read(pks)} if pks else {}
        return [rows[pk] for pk in pks if pk in rows]

    def page(self, asked: Any) -> "Page[Any]":
        """A page of the rows: the one asked for, or the nearest there is."""

        def rows(limit: int, offset: int) -> list[Any]:
            return self.read(self.pks(range(offset, offset + limit)))

        return page_of(self.number, self.listing.page or PAGE, asked, rows)

    def rows(self) -> Iterator[Any]:
        """Every row that fits, in its order, read a thousand at a time."""
        pks = self.pks()
        for start in range(0, len(pks), CHUNK):
            yield from self.read(pks[start : start + CHUNK])
