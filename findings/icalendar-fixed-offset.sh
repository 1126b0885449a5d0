#!/usr/bin/env bash
# icalendar 7.3.2: a deadline whose time carries its offset, as datetime.fromisoformat() and most databases give it.
#
# Guess: an aware datetime is written so that every reader finds the same moment: in UTC, or with a zone that is
#        defined in the file. At the least the library reads back what it wrote.
# Seen:  +08:00 becomes TZID="UTC+08:00", a name that no list of zones holds; add_missing_timezones() adds nothing for
#        it; and icalendar itself reads its own file as a naive time. The same moment with zoneinfo's Asia/Shanghai comes
#        back aware, and add_missing_timezones() defines that zone.
# Matters: each reader takes 17:00 for its own local time. The reminder is right on machines in China and eight hours
#        off on a server that runs in UTC.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    icalendar==7.3.2 python-dateutil==2.9.0.post0 six==1.17.0 typing_extensions==4.16.0 tzdata==2026.6
"$work/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


def there_and_back(moment):
    event = Event()
    event.add("uid", "1@example.com")
    event.add("dtstamp", datetime(2026, 9, 1, tzinfo=ZoneInfo("UTC")))
    event.add("dtstart", moment)
    calendar = Calendar()
    calendar.add("prodid", "-//example//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written = calendar.to_ical()
    line = next(line for line in written.decode().splitlines() if line.startswith("DTSTART;"))
    back = Calendar.from_ical(written).walk("VEVENT")[0].start
    print(f"{line}: zone defined: {b'BEGIN:VTIMEZONE' in written}; read back {back!r}")
    return line, b"BEGIN:VTIMEZONE" in written, back.utcoffset() is not None


offset = there_and_back(datetime.fromisoformat("2026-10-15T17:00:00+08:00"))
zone = there_and_back(datetime(2026, 10, 15, 17, tzinfo=ZoneInfo("Asia/Shanghai")))
if offset != ('DTSTART;TZID="UTC+08:00":20261015T170000', False, False) or zone[1:] != (True, True):
    raise SystemExit("CHANGED: a time with an offset no longer loses it, or one with a zone does")
PYTHON
