"""The page of a search: what is found of each kind, how many, and the sentence each hit stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from accounts.models import User
from activities.models import Assignment, Listed
from reports.models.search_entry import SearchEntry, Sought
from reports.search import beside
from reports.search.finding import MOST, Asked, Finder
from reports.search.marked import marked, sentences
from workflow.addresses import address, address_of
from workflow.compiled import Compiled, any_of
from workflow.models import Notification

FEW, PAGE = 4, 20
"""Hits of a kind beside those of others, and on a page of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One hit: where it leads, what it is called and its sentence (both HTML), whose it is, when."""

    url: str
    title: str
    sentence: str = ""
    whose: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Group:
    """What was found of one kind: how many, whether that is right to the last, those that are shown."""

    kind: Sought
    number: int
    exact: bool
    lines: list[Line]
    page: "Page[Any] | None" = None


class Entry(NamedTuple):
    """An entry as it is read for a page."""

    number: int
    kind: str
    title: str
    text: str
    at: datetime
    assignment: int | None
    notice: int | None
    activity: int | None
    published: int | None
    author: str | None
    """Whose case it is that is published."""


ENTRIES = Compiled(
    lambda numbers: SearchEntry.objects.filter(any_of("number", numbers)).values_list(
        "number", "kind", "title", "text", "at", "assignment", "notice", "activity", "published",
        "published__case__assignment__unit__name",
    )
)  # fmt: skip
LISTED = Compiled(lambda pks: Listed.read_from(Assignment.objects.filter(any_of("pk", pks))))
PAGES = {"notice": "campaigns:notice", "activity": "activities:activity", "published": "activities:published-case"}


class Search:
    """One person's search, put on a page."""

    def __init__(self, user: Any, asked: Asked, number: Any = 1) -> None:
        """Arguments: who looks; for what; which page is wanted, where one kind is."""
        self.user, self.asked, self.number = user, asked, number

    def groups(self) -> list[Group]:
        """What was found, in the order of the page."""
        if not self.asked.words:
            return []
        indexed = Finder(self.user, self.asked).found(MOST if self.asked.kind else FEW)
        rows = {kind: (each.number, each.exact, list[Any](each.numbers)) for kind, each in indexed.items()}
        for kind, more in self.beside().items():
            number, exact, before = rows.get(kind, (0, True, []))
            rows[kind] = (number + len(more), exact and len(more) <= MOST, before + more)
        return [self.group(kind, *rows[kind]) for kind in Sought if kind in rows]

    def beside(self) -> dict[Sought, list[Any]]:
        """What is looked through without an index; it is of no year."""
        looks = {Sought.UNIT: beside.units, Sought.PERSON: beside.people, Sought.MESSAGE: beside.messages}
        wanted = [kind for kind in looks if self.asked.kind in ("", kind) and self.asked.year is None]
        found = {kind: looks[kind](self.user, self.asked.words) for kind in wanted}
        return {kind: rows for kind, rows in found.items() if rows}

    def group(self, kind: Sought, number: int, exact: bool, rows: list[Any]) -> Group:
        """One kind: some of it beside others, a page of it where it was asked for."""
        if self.asked.kind != kind:
            return Group(kind, number, exact, self.lines(rows[:FEW]))
        page = Paginator(rows[:MOST], PAGE).get_page(self.number)
        return Group(kind, number, exact, self.lines(list(page.object_list)), page)

    def lines(self, rows: Sequence[Any]) -> list[Line]:
        """The hits as they are shown: two queries where they are of the index."""
        numbers = [row for row in rows if isinstance(row, int)]
        entries = {row[0]: Entry(*row) for row in ENTRIES(numbers=numbers)} if numbers else {}
        owed = [each.assignment for each in entries.values() if each.assignment]
        listed = {row[0]: Listed(*row) for row in LISTED(pks=owed)} if owed else {}
        found = []
        for row in rows:
            if isinstance(row, int):
                found += [self.entry(entries[row], listed)] if row in entries else []
            else:
                found.append(self.other(row))
        return found

    def entry(self, row: Entry, listed: dict[int, Listed]) -> Line:
        """Something that was filed or issued."""
        words, at = self.asked.words, row.at
        sentence = sentences(row.text, words)
        if row.assignment:
            owed = listed[row.assignment]
            title = escape(f"{owed} · " if row.title else "") + marked(row.title or str(owed), words)
            return Line(owed.get_absolute_url(), title, sentence, owed.unit, at)
        name = next(name for name in PAGES if getattr(row, name))
        return Line(address(PAGES[name], getattr(row, name)), marked(row.title, words), sentence, row.author or "", at)

    def other(self, row: Any) -> Line:
        """An account, a message, a unit."""
        words = self.asked.words
        if isinstance(row, User):
            called = " ".join(filter(None, (str(row), row.department, row.position)))
            return Line(address("accounts:person", row.pk), marked(called, words), escape(row.username))
        if isinstance(row, Notification):
            rest = sentences(row.body, words) if row.body else ""
            return Line(address("accounts:message", row.pk), marked(row.text, words), rest, at=row.created_at)
        _pk, name, full_name = row
        official = marked(full_name, words) if full_name not in ("", name) else ""
        register = f"{address_of('accounts:units')}?{urlencode({'q': name})}"
        return Line(register if beside.keeps_register(self.user) else "", marked(name, words), official)
