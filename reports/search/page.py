"""The page of a search: what is found of each kind, how many, and the sentence each hit stands in."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from activities.models import Assignment, Listed
from reports.models.search_entry import SearchEntry, Sought
from reports.search import beside
from reports.search.finding import MOST, Asked, Finder
from reports.search.marked import marked, sentences
from workflow.addresses import address, address_of
from workflow.compiled import Compiled, any_of
from workflow.models import Notification
from workflow.templatetags.clock import short_moment

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


def line_of(line: Line) -> str:
    """A hit as HTML: put together by hand, as rows of lists are."""
    title = f'<a href="{escape(line.url)}">{line.title}</a>' if line.url else f"<strong>{line.title}</strong>"
    beside = " · ".join(filter(None, (escape(line.whose), short_moment(line.at) if line.at else "")))
    sentence = f"<div>{line.sentence}</div>" if line.sentence else ""
    return f'<li><div class="what">{title}{sentence}<div class="small quiet">{beside}</div></div></li>'


@dataclass(frozen=True)
class Group:
    """What was found of one kind: how many, whether that is right to the last, those that are shown."""

    kind: Sought
    number: int
    exact: bool
    lines: list[Line]
    page: "Page[Any] | None" = None

    @property
    def rows(self) -> SafeString:
        """The lines as HTML; every text of them was escaped where it was marked."""
        return mark_safe("".join(map(line_of, self.lines)))  # nosec B308 B703 # see line_of and marked


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
        shown = {kind: self.part(kind, each) for kind, (_number, _exact, each) in rows.items()}
        self.read([row for part, _page in shown.values() for row in part if isinstance(row, int)])
        return [self.group(kind, *rows[kind][:2], *shown[kind]) for kind in Sought if kind in rows]

    def beside(self) -> dict[Sought, list[Any]]:
        """What is looked through without an index; it is of no year."""
        looks: dict[Sought, Any] = {
            Sought.UNIT: beside.units,
            Sought.PERSON: beside.people,
            Sought.MESSAGE: beside.messages,
        }
        wanted = [kind for kind in looks if self.asked.kind in ("", kind) and self.asked.year is None]
        found = {kind: looks[kind](self.user, self.asked.words) for kind in wanted}
        return {kind: rows for kind, rows in found.items() if rows}

    def part(self, kind: Sought, rows: list[Any]) -> tuple[list[Any], "Page[Any] | None"]:
        """What of one kind is shown: the first few beside others, a page where it was asked for."""
        if self.asked.kind != kind:
            return rows[:FEW], None
        page = Paginator(rows[:MOST], PAGE).get_page(self.number)
        return list(page.object_list), page

    def read(self, numbers: list[int]) -> None:
        """Read the entries that are shown, with what they are of: two queries, of whatever kind they are."""
        found = ENTRIES(numbers=numbers) if numbers else []
        self.entries = {row[0]: Entry(*row) for row in found}
        owed = [each.assignment for each in self.entries.values() if each.assignment]
        self.listed = {row[0]: Listed(*row) for row in (LISTED(pks=owed) if owed else [])}

    def group(self, kind: Sought, number: int, exact: bool, rows: list[Any], page: "Page[Any] | None") -> Group:
        """One kind as it is shown."""
        there = [row for row in rows if not isinstance(row, int) or row in self.entries]
        lines = [self.entry(self.entries[row]) if isinstance(row, int) else self.other(row) for row in there]
        return Group(kind, number, exact, lines, page)

    def entry(self, row: Entry) -> Line:
        """Something that was filed or issued."""
        words, at = self.asked.words, row.at
        sentence = sentences(row.text, words)
        if row.assignment:
            owed = self.listed[row.assignment]
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
