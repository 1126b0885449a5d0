"""Events as a file of RFC 5545, line by line: what is in one of ours is little, and a library takes ten times as long.

Days are written as days, their end exclusive as the standard wants it (3.6.1); a moment in UTC, so that no program has
to know a time zone. Nothing reminds: who has filed would be reminded as well, and chasing is the office's. The library
``icalendar`` says the same in the tests, and two others read it.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from activities.schedule.items import MEETING, OWED, ROUND, TASK, Item
from activities.schedule.told import Told
from documents.text import clean

OCTETS = 75
HEAD = (
    ("BEGIN", "VCALENDAR"),
    ("VERSION", "2.0"),
    ("PRODID", "-//Quality Month//Calendar//EN"),
    ("CALSCALE", "GREGORIAN"),
)
AGAIN = (("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"), ("X-PUBLISHED-TTL", "PT1H"))
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
    called = escaped(one_line(name))
    head = (*HEAD, ("NAME", called), ("X-WR-CALNAME", called), *AGAIN)
    parts = [*map(line, head), *(event(each, site) for each in events), line(("END", "VCALENDAR"))]
    return "".join(parts).encode()


def event(told: Told, site: str) -> str:
    """One event. Arguments: what it tells; the address of the site."""
    item, mark = told.item, told.mark
    title, place, text, address = lines(item, site)
    changed = in_utc(mark.changed_at)
    found = [
        ("BEGIN", "VEVENT"),
        ("SUMMARY", escaped(title)),
        *when(item),
        ("DTSTAMP", changed),
        ("UID", str(mark.uid)),
        ("SEQUENCE", str(mark.sequence)),
        ("DESCRIPTION", escaped(text)),
        ("LAST-MODIFIED", changed),
        ("LOCATION", escaped(place)),
        ("STATUS", "CANCELLED" if told.is_off else "CONFIRMED"),
        ("TRANSP", "OPAQUE" if item.sort == MEETING and not told.is_off else "TRANSPARENT"),
        ("URL", address),
        ("END", "VEVENT"),
    ]
    return "".join([line(each) for each in found if each[1]])


def when(item: Item) -> list[tuple[str, str]]:
    """Its days, or its moment; a meeting from its hour to its end."""
    assert item.first and item.last
    if item.entry and item.entry.at and item.entry.until:
        return [("DTSTART", in_utc(item.entry.at)), ("DTEND", in_utc(item.entry.until))]
    if moment := hour_of(item):
        return [("DTSTART", in_utc(moment - SHOWN)), ("DTEND", in_utc(moment))]
    begins = ("DTSTART;VALUE=DATE", in_figures(item.first))
    if item.last == date.max:  # stored before days had bounds: no day comes after it
        return [begins]
    return [begins, ("DTEND;VALUE=DATE", in_figures(item.last + timedelta(days=1)))]


# --- how RFC 5545 writes --------------------------------------------------------------------------------------


def in_figures(day: date) -> str:
    """A day (3.3.4). ``strftime`` writes the year 7 without its noughts."""
    return day.isoformat().replace("-", "")


def in_utc(moment: datetime) -> str:
    """A moment, in UTC (3.3.5)."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text as it is written (3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def line(of: tuple[str, str]) -> str:
    """One line, folded after at most 75 octets (3.1), never within a character or an escaped sign."""
    text = f"{of[0]}:{of[1]}"
    octets = text.encode()
    if len(octets) <= OCTETS:
        return f"{text}\r\n"
    parts, start, room = [], 0, OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        end -= (end - start - len(octets[start:end].rstrip(b"\\"))) % 2
        parts.append(octets[start:end])
        start, room = end, OCTETS - 1
    return b"\r\n ".join([*parts, octets[start:]]).decode() + "\r\n"


# --- what it says ---------------------------------------------------------------------------------------------


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
