"""A list as its page shows it: what was found, a page of it, and what the reader keeps of this list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest

from workflow.listing.choices import kept_by
from workflow.listing.listing import Found, Listing, Source


@dataclass(frozen=True)
class Deed:
    """Something that can be done with many rows at once."""

    name: str
    label: Any
    icon: str
    at_once: bool = False
    """Whether it is done with the press: another press takes it back."""


@dataclass(frozen=True)
class Shown:
    """All the template ``listing/list.html`` asks for."""

    found: Found
    page: "Page[Any]"
    filters: list[tuple[int, str, str]]
    """Filters the reader keeps: number, name, address."""
    path: str
    deeds: Sequence[Deed] = ()
    bulk: str = ""
    """Where ticked rows are sent."""
    excel: bool = False
    """Whether the same address with ``excel=1`` is the list as an Excel file."""

    @property
    def name(self) -> str:
        return self.found.listing.name

    @property
    def deeds_said(self) -> tuple[tuple[str, str, str], ...]:
        """The deeds in the reader's language: name, label, icon."""
        return tuple((deed.name, f"{deed.label}{'' if deed.at_once else '…'}", deed.icon) for deed in self.deeds)

    @property
    def number_beyond(self) -> int:
        """How many rows there are, if the page is not all of them."""
        return self.found.number if self.found.number > len(self.page.object_list) else 0

    @property
    def looks_first(self) -> bool:
        """Whether a page is shown before anything happens."""
        return not all(deed.at_once for deed in self.deeds)

    @property
    def is_kept(self) -> bool:
        """Whether this very filter has a name already."""
        return any(query == self.found.query for _pk, _name, query in self.filters)

    @property
    def others(self) -> list[tuple[str, Any, bool]]:
        """Every column: name, label, and whether it is shown."""
        shown = {column.name for column in self.found.columns}
        return [(column.name, column.label, column.name in shown) for column in self.found.listing.columns]


def found_in(request: HttpRequest, listing: Listing, source: Source) -> tuple[Found, list[tuple[int, str, str]]]:
    """What the address of a request finds, with the columns its person has chosen, and the filters kept."""
    filters, columns = kept_by(request.user, listing.name)
    return Found(listing, source, request.GET, columns), filters


def shown(
    request: HttpRequest,
    listing: Listing,
    source: Source,
    deeds: Sequence[Deed] = (),
    bulk: str = "",
    excel: bool = False,
) -> Shown:
    """A list for a page.

    Arguments: the request, whose address is the filter; the list; where its rows come from; what can be done with many
    rows, and the address that does it; whether its address also gives the list as an Excel file.
    """
    found, filters = found_in(request, listing, source)
    return Shown(found, found.page(request.GET.get("page")), filters, request.path, deeds, bulk, excel)
