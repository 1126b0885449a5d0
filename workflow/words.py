"""What one list says again and again: labels, dates and words in the reader's language, each asked for once."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property, lru_cache
from html import escape
from typing import Any

from django.conf import settings
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext

from workflow import clock
from workflow.templatetags.clock import away, deadline, short_day

_said: dict[tuple[str | None, Any], tuple[Any, str]] = {}
"""Messages and labels that stand in the program, in each language: what was asked, and how it is said."""


@lru_cache(maxsize=8000)
def on_a_day(say: Callable[[Any], str], _language: str | None, _today: date, at: date) -> str:
    """A day or a moment as it is written in a language, today: the same for everybody who reads it."""
    return say(at)


class Words:
    """The words of one list, for as long as it is put together: language and moment stay the same.

    ``text`` translates a message, ``label`` names a choice (escaped), ``said`` a label (escaped), ``day`` writes a
    date, ``until`` and ``away`` a deadline and how far it is from today.
    """

    def __init__(self) -> None:
        self.language = get_language()

    @cached_property
    def now(self) -> datetime:
        """This moment."""
        return clock.now()

    @cached_property
    def today(self) -> date:
        return self.now.date()

    def day(self, at: date) -> str:
        return on_a_day(short_day, self.language, self.today, at)

    def until(self, at: datetime) -> str:
        return on_a_day(deadline, self.language, self.today, at)

    def away(self, at: datetime) -> str:
        return on_a_day(away, self.language, self.today, at)

    @cached_property
    def zone(self) -> Any:
        """In which days are counted."""
        return get_current_timezone()

    def day_of(self, moment: datetime) -> str:
        """The day of a moment."""
        return self.day(moment.astimezone(self.zone).date())

    def moment(self, at: datetime) -> str:
        """A day and a time."""
        local = at.astimezone(self.zone)
        return f"{self.day(local.date())} {local:%H:%M}"

    def kept(self, key: Any, of: Any, say: Callable[[Any], str]) -> str:
        """What is the same wherever it is said, asked for once in each language."""
        found = _said.get((self.language, key))
        if found is None or settings.DEBUG:
            found = _said[self.language, key] = of, say(of)
        return found[1]

    def text(self, message: str) -> str:
        """A message of the program."""
        return self.kept(message, message, gettext)

    def label(self, choice: Any) -> str:
        """The name of a choice, escaped."""
        return self.kept((type(choice), choice), choice, lambda choice: escape(str(choice.label)))

    def said(self, label: Any) -> str:
        """A label, escaped; what is no text is translated when it is read, and held, so its number is no other's."""
        return escape(label) if isinstance(label, str) else self.kept(id(label), label, lambda it: escape(str(it)))

    def names(self, names: Any) -> str:
        """Names one behind the other, escaped."""
        return "、".join(escape(str(each)) for each in names)
