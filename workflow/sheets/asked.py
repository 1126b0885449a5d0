"""A list somebody asks for as Excel, in words that can be kept: which one, of what, narrowed how, in which columns.

Whoever makes the file, in the request or in a worker, makes it anew from these words and for the person who asked: so
it holds what that person may see when it is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import IO, Any, Protocol

from django.conf import settings
from django.http import QueryDict
from django.utils.module_loading import import_string

from workflow.listing.listing import Found, Listing, Source
from workflow.sheets.declared import Sheet, sheet_of
from workflow.sheets.listing import write_listing
from workflow.sheets.template import write_template

Step = Callable[[int, int], object]
"""Is told how many rows are written, and of how many."""


class Outgoing(Protocol):
    """A list that can be written."""

    @property
    def title(self) -> str: ...

    @property
    def home(self) -> str: ...

    @property
    def number(self) -> int: ...

    def write(self, file: IO[bytes], step: Step) -> int:
        """Write it into a file opened for writing. Returns: how many rows."""


@dataclass(frozen=True)
class Asked:
    """What was asked for.

    kind: ``sheet`` (out and in, of ``SHEETS``) or ``list`` (of a page, of ``LISTS``); name: its name there; scope: of
    what it is; query: filter and order of a list as its address says them; columns: those of a list, by name.
    """

    kind: str
    name: str
    scope: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    columns: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For a row of the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Asked:
        """The same again."""
        return cls(**{**kept, "columns": tuple(kept["columns"])})

    @property
    def mark(self) -> str:
        """The same for the same list."""
        return sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()

    def before(self, user: Any) -> Outgoing:
        """The list as it stands before a person. Raises: PermissionDenied, Http404."""
        if self.kind == "sheet":
            return SheetOut(sheet_of(self.name, user, self.scope))
        page = page_of(self.name, user, self.scope)
        return ListOut(Found(page.listing, page.source, QueryDict(self.query), self.columns), page)


@dataclass(frozen=True)
class Page:
    """The list of a page before one person: its declaration, its rows, of what it is, the page itself."""

    listing: Listing
    source: Source
    about: str
    home: str


def page_of(name: str, user: Any, scope: Mapping[str, Any]) -> Page:
    """The list of a page by its name in ``LISTS``. Raises: PermissionDenied, Http404."""
    page: Page = import_string(settings.LISTS[name])(user, scope)
    return page


@dataclass(frozen=True)
class SheetOut:
    """A list that can come in again."""

    sheet: Sheet

    @property
    def title(self) -> str:
        return " ".join(filter(None, [str(self.sheet.title), self.sheet.about]))

    @property
    def home(self) -> str:
        return self.sheet.address

    @property
    def number(self) -> int:
        return self.sheet.number()

    def write(self, file: IO[bytes], step: Step) -> int:
        return write_template(file, self.sheet, step=step)


@dataclass(frozen=True)
class ListOut:
    """The rows of a page as they are narrowed."""

    found: Found
    page: Page

    @property
    def title(self) -> str:
        return " ".join(filter(None, [str(self.page.listing.label), self.page.about]))

    @property
    def home(self) -> str:
        return f"{self.page.home}?{self.found.query}" if self.found.query else self.page.home

    @property
    def number(self) -> int:
        return self.found.number

    def write(self, file: IO[bytes], step: Step) -> int:
        rows, number = self.found.rows(), self.number
        return write_listing(file, self.title, self.found.columns, rows, step=lambda done: step(done, number))
