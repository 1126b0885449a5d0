"""What one list says again and again: labels, dates and words in the reader's language, each asked for once."""

from functools import lru_cache
from html import escape
from typing import Any

from django.utils.translation import gettext

from workflow import clock
from workflow.templatetags.clock import away, deadline, short_day


class Words:
    """The words of one list, for as long as it is put together: language and moment stay the same.

    ``text`` translates a message, ``label`` names a choice (escaped), ``day`` writes a date,
    ``until`` and ``away`` a deadline and how far it is from today.
    """

    def __init__(self) -> None:
        self.now = clock.now()
        self.text = lru_cache(gettext)
        self.label = lru_cache(lambda choice: escape(str(choice.label)))
        self.day = lru_cache(short_day)
        self.until, self.away = lru_cache(deadline), lru_cache(away)

    def names(self, names: Any) -> str:
        """Names one behind the other, escaped."""
        return "、".join(escape(str(each)) for each in names)
