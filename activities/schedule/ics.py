"""Events as a file of RFC 5545, written by the library ``icalendar``, which is loaded when a calendar is written.

Days are written as days, their end exclusive as the standard wants it (3.6.1); a moment in UTC, so that no program has
to know a time zone. Nothing reminds: who has filed would be reminded as well, and chasing is the office's.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from activities.schedule.items import MEETING, OWED, ROUND, TASK, Item
from activities.schedule.told import Told
from documents.text import clean

PRODUCT = "-//Quality Month//Calendar//EN"
AGAIN = timedelta(hours=1)
"""How often a program is asked to come again."""
SHOWN = timedelta(minutes=30)
"""How long the entry of a deadline with an hour is: to one without an end programs give a length of their own."""
LONGEST = 500
"""Characters of a title or place: programs cut off what is longer, each elsewhere."""


def fingerprint(events: Iterable[Told], site: str, name: str) -> str:
    """Names what a calendar holds: another name when anything of it changed. Asks for no library.

    Arguments: its events, the address of the site, what it is called.
    """
    rows = [(str(each.mark.uid), each.mark.sequence, each.is_off, *lines(each.item, site)) for each in events]
    return hashlib.sha256(json.dumps([name, rows], ensure_ascii=False, default=str).encode()).hexdigest()


def written(events: Sequence[Told], site: str, name: str) -> bytes:
    """The file. Arguments: its events, the address of the site (https://…), what the calendar is called."""
    library = import_module("icalendar")
    calendar = library.Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(key, value)
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for each in events:
        calendar.add_component(event(library.Event(), each, site))
    return bytes(calendar.to_ical())


def event(found: Any, told: Told, site: str) -> Any:
    """One event. Arguments: an empty one of the library; what it tells; the address of the site."""
    item, mark = told.item, told.mark
    title, place, text, address = lines(item, site)
    found.add("uid", str(mark.uid))
    found.add("dtstamp", mark.changed_at.astimezone(UTC))
    found.add("last-modified", mark.changed_at.astimezone(UTC))
    found.add("sequence", mark.sequence)
    found.add("summary", title)
    for key, value in when(item).items():
        found.add(key, value)
    for key, more in (("location", place), ("description", text), ("url", address)):
        if more:
            found.add(key, more)
    found.add("status", "CANCELLED" if told.is_off else "CONFIRMED")
    found.add("transp", "OPAQUE" if item.sort == MEETING and not told.is_off else "TRANSPARENT")
    return found


def when(item: Item) -> dict[str, date | datetime]:
    """Its days, or its moment; a meeting from its hour to its end."""
    assert item.first and item.last
    if item.entry and item.entry.at and item.entry.until:
        return {"dtstart": item.entry.at.astimezone(UTC), "dtend": item.entry.until.astimezone(UTC)}
    if moment := hour_of(item):
        return {"dtstart": (moment - SHOWN).astimezone(UTC), "dtend": moment.astimezone(UTC)}
    if item.last == date.max:  # stored before days had bounds: no day comes after it
        return {"dtstart": item.first}
    return {"dtstart": item.first, "dtend": item.last + timedelta(days=1)}


def hour_of(item: Item) -> datetime | None:
    """The moment of a deadline that is not the end of its day; else None."""
    at = localtime(item.entry.at) if item.entry and item.entry.at else None
    return at if at and (at.hour, at.minute) != (0, 0) else None


def lines(item: Item, site: str) -> tuple[str, str, str, str]:
    """Title, place, text and address of an event."""
    entry = item.entry
    assert entry
    text = [
        entry.kind if item.sort in (ROUND, MEETING) else "",
        entry.note if item.sort != OWED else "",
        "、".join(entry.who),
    ]
    return (
        one_line(title_of(item)),
        one_line(entry.place),
        "\n".join(one_line(each) for each in text if each),
        f"{site}{entry.url}" if entry.url else "",
    )


def title_of(item: Item) -> str:
    """What stands in a calendar: a deadline says that it is one, and what is filed that it is."""
    entry = item.entry
    assert entry
    if item.sort == TASK:
        return _("Last day: %(what)s") % {"what": entry.title}
    if entry.at is None or item.sort == MEETING:
        return entry.title
    if entry.mark == "done" and item.sort == OWED:
        return _("Filed: %(what)s") % {"what": entry.title}
    if moment := hour_of(item):
        return _("Due %(hour)s: %(what)s") % {"hour": f"{moment:%H:%M}", "what": entry.title}
    return _("Due: %(what)s") % {"what": entry.title}


def one_line(text: str) -> str:
    """A text as it may stand in a calendar: one line, nothing that steers a program, not endless."""
    return " ".join(clean(text).split())[:LONGEST]
