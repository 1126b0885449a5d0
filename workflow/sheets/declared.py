"""What a room says of a list that can go out and come in: its columns, what stands, how a row is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from workflow.sheets.columns import Column, Holds

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One row of a file that changes something.

    number: in the file; key: of the row it changes, None for a new one; texts: the whole row as it is to stand; before:
    as it stands; changed: the names of the columns that change.
    """

    number: int
    key: int | None
    texts: Texts
    before: Texts
    changed: tuple[str, ...]


class Sheet:
    """A list of one kind, for one person: only rows this person may change stand in it.

    A subclass says its columns, what stands and how a line is written; by the same forms and deeds as the page by hand,
    so nobody gets by a file what a page refuses.
    """

    name: ClassVar[str]
    """In addresses, in the mark of the file, in the table ``SHEETS`` of the settings."""
    title: ClassVar[Any]
    version: ClassVar[int] = 1
    """One more when the columns change their meaning: files of before are refused in words."""
    identity: ClassVar[tuple[str, ...]]
    """The columns by which a row without its hidden key is found again."""
    remark: ClassVar[Any] = ""
    """What a person has to know of writing it, if anything."""
    adds: ClassVar[bool] = True
    """Whether a row that is not known yet is a new one."""

    def __init__(self, user: Any, scope: Mapping[str, Any]) -> None:
        """Arguments: who; of what (a campaign). Raises: PermissionDenied, Http404 as the page by hand."""
        self.user, self.scope = user, dict(scope)

    @cached_property
    def columns(self) -> Sequence[Column]:
        """The columns from left to right."""
        raise NotImplementedError

    @property
    def address(self) -> str:
        """The page of the three steps."""
        raise NotImplementedError

    @property
    def home(self) -> str:
        """The page of the list itself."""
        raise NotImplementedError

    @property
    def about(self) -> str:
        """Of what it is, where it is of something: the campaign."""
        return ""

    def standing(self) -> dict[int, Texts]:
        """What stands now, by key, in the order of the list: the texts of every column."""
        raise NotImplementedError

    def number(self) -> int:
        """How many rows stand now."""
        return len(self.standing())

    def lock(self) -> None:
        """Lock what is about to be compared and written, so that two files at once come one after the other."""

    def write(self, line: Line) -> None:
        """Write one line. Raises: ValidationError by column (or for the row); MoveRefused."""
        raise NotImplementedError

    def finish(self) -> Iterator[tuple[Line, ValidationError]]:
        """What is written once all lines are known; yields what was wrong with which."""
        return iter(())

    def done(self, pk: int) -> list[tuple[str, str]]:
        """What can be fetched once it is written: words, the address to post to. Arguments: the file's number."""
        return []

    def kept(self) -> dict[str, Any]:
        """What is kept with the report of what was written."""
        return {}

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def is_personal(self) -> bool:
        """Whether it says how people are reached: who looks at it is noted."""
        return any(column.holds in (Holds.TELEPHONE, Holds.MAIL) for column in self.columns)

    def called(self, texts: Texts) -> str:
        """How a row is named to a person."""
        return " · ".join(texts[name] for name in self.identity if texts.get(name))


def sheet_of(name: str, user: Any, scope: Mapping[str, Any]) -> Sheet:
    """The list of a name for a person. Raises: PermissionDenied, Http404; KeyError for a name nobody declared."""
    made: Sheet = import_string(settings.SHEETS[name])(user, scope)
    return made
