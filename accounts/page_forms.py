"""The forms of a finished page: where their fields stand in its text, so that values can be written into them.

Only what is written into changes; the rest of the page stays as it was, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

Attributes = dict[str, str | None]


@dataclass
class Tag:
    """A start tag: its name, its attributes, where it stands; and where its content ends."""

    name: str
    attributes: Attributes
    start: int
    end: int
    closed: int = -1
    """Where its end tag begins."""

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute; one without a value is empty."""
        return self.attributes[name] or "" if name in self.attributes else otherwise

    def written(self, **changes: str | bool | None) -> str:
        """The tag as text, with attributes set (True: without a value) or taken away (False)."""
        found = {**self.attributes, **{name.replace("_", "-"): value for name, value in changes.items()}}
        parts = [
            name if value is None or value is True else f'{name}="{escape(str(value))}"'
            for name, value in found.items()
            if value is not False
        ]
        return f"<{' '.join([self.name, *parts])}>"


@dataclass
class Field(Tag):
    """Something of a form that has a name; a choice with its options."""

    options: list[Tag] = field(default_factory=list)


@dataclass
class Form(Tag):
    """A form with its fields, also those outside of it, and the patterns of rows that can be added to it."""

    fields: list[Field] = field(default_factory=list)
    patterns: list[Tag] = field(default_factory=list)
    folds: list[Tag] = field(default_factory=list)
    """What has to be unfolded (``<details>``) for somebody to see it."""


class PageForms(HTMLParser):
    """Reads a page. ``forms`` has its forms, ``buttons`` the names that its buttons send, ``main`` where its content
    begins (-1: it has none)."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.forms, self.main = text, list[Form](), -1
        self.buttons: set[str] = set()
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self.form: Form | None = None
        self.open: list[Tag] = []
        self.outside: list[Field] = []
        self.feed(text)
        self.close()
        for each in self.outside:
            for form in self.forms:
                if form.get("id") == each.get("form"):
                    form.fields.append(each)

    def place(self) -> int:
        """Where the parser is, in characters."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self.place()
        at = (name, dict(attrs), start, start + len(self.get_starttag_text() or ""))
        if name == "main" and self.main < 0:
            self.main = at[3]
        elif name == "template":
            self.open.append(Tag(*at))
            if self.form and "data-rows" in at[1]:
                self.form.patterns.append(self.open[-1])
        elif any(each.name == "template" for each in self.open):
            return
        elif name == "details":
            self.open.append(Tag(*at))
        elif name == "form":
            self.form = Form(*at, folds=[each for each in self.open if each.name == "details"])
            self.forms.append(self.form)
        elif name in ("input", "textarea", "select", "button"):
            self.found(Field(*at))
        elif name == "option" and self.open and isinstance(self.open[-1], Field):
            self.open[-1].options.append(Tag(*at))

    def found(self, each: Field) -> None:
        """One more field: of the form it names, else of the form it stands in."""
        if each.name == "button":
            self.buttons.add(each.get("name"))
        if each.get("name"):
            home = self.outside if "form" in each.attributes else self.form.fields if self.form else []
            home.append(each)
        if each.name in ("textarea", "select"):
            self.open.append(each)

    def handle_endtag(self, name: str) -> None:
        if name == "form":
            self.form = None
        elif self.open and self.open[-1].name == name:
            self.open.pop().closed = self.place()


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """A text with pieces exchanged. Arguments: the text; from where to where, and what stands there then."""

    def pieces() -> Iterator[str]:
        last = 0
        for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
            yield text[last:start]
            yield new
            last = end
        yield text[last:]

    return "".join(pieces())
