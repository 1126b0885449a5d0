#!/usr/bin/env bash
# ics 0.7.3: an escaped backslash before the letter n in a text of iCalendar.
#
# Guess: RFC 5545, 3.3.11: \\ is a backslash, \n a line end; so \\n is a backslash and the letter n.
# Seen:  it reads \\n as a backslash, a line end and no n; vobject 0.9.9 and icalendar 7.3.2 read it as the RFC says.
# Matters: the shared folder \\server\notice that an office writes into an entry arrives without its first letter and on
#          two lines; a test of one's own feed with this parser blames the writer.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    ics==0.7.3 arrow==1.4.0 tatsu==5.12.2 attrs==25.4.0 python-dateutil==2.9.0.post0 six==1.17.0 \
    vobject==0.9.9 pytz==2026.6 icalendar==7.3.2 tzdata==2026.3 typing-extensions==4.15.0
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import ics
import icalendar
import vobject

FILE = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//an office//a feed//ZH", "BEGIN:VEVENT", "UID:1@example.com",
    "DTSTAMP:20260901T000000Z", "DTSTART;VALUE=DATE:20261015", r"SUMMARY:D:\\notice", "END:VEVENT", "END:VCALENDAR", "",
])
seen = {
    "ics": next(iter(ics.Calendar(FILE).events)).name,
    "vobject": vobject.readOne(FILE).vevent.summary.value,
    "icalendar": str(icalendar.Calendar.from_ical(FILE).walk("VEVENT")[0]["SUMMARY"]),
}
for library, text in seen.items():
    print(f"{library}: {text!r}")
if seen != {"ics": "D:\\\notice", "vobject": "D:\\notice", "icalendar": "D:\\notice"}:
    raise SystemExit("CHANGED: this is not what the head of this script states")
PYTHON
