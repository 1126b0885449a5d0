"""What a list shows of a row, said once: for the page, for sorting and for Excel."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflow.words import Words


class Type(StrEnum):
    """What a column holds; says how it is written, aligned and exported."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    PHONE = "phone"


@dataclass(frozen=True)
class Column:
    """One column.

    ``value`` gives what a row has in it, plainly: a text, a number, a ``date`` (DAY), an aware ``datetime`` (MOMENT) or
    None; labels of choices may be lazy. ``html`` gives what the page shows (made safe by it), where that is more than
    the plain value. ``sort`` names the order of the list a press on the head asks for.
    """

    name: str
    label: Any
    value: Callable[[Any], Any]
    type: Type = Type.TEXT
    width: int = 14
    """In characters of a Chinese typeface, for Excel."""
    sort: str = ""
    html: Callable[[Any, Words], str] | None = None
    shown: bool = True
    """Whether somebody who has chosen no columns sees it."""
