#!/usr/bin/env bash
# ics 0.7.3: an event at a time in China, made an event of the whole day.
#
# Guess: make_all_day() on an event that begins on 15 October at 17:00 +08:00 gives DTSTART;VALUE=DATE:20261015.
# Seen:  20261014. The beginning is set to midnight in China, and the day is written as it is in Greenwich at that
#        moment, where it is still the day before. So it is for every time of the day, in every zone east of Greenwich;
#        the property .begin still says the 15th. A day given without a zone comes out right.
# Matters: all deadlines of a calendar for China stand one day early, and tests that run with UTC never show it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    ics==0.7.3 arrow==1.4.0 attrs==26.1.0 python-dateutil==2.9.0.post0 six==1.17.0 TatSu==5.15.1 tzdata==2026.6
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import re

import ics


def day_of(begin):
    event = ics.Event(name="报送总结", begin=begin)
    event.make_all_day()
    written = re.search(r"DTSTART;VALUE=DATE:(\d+)", event.serialize())[1]
    print(f"{begin}, all day: begin {event.begin}, written {written}")
    return written


times = ["2026-10-15T17:00:00+08:00", "2026-10-15T00:00:00+08:00", "2026-10-15T23:59:00+08:00", "2026-10-15"]
if [day_of(begin) for begin in times] != ["20261014", "20261014", "20261014", "20261015"]:
    raise SystemExit("CHANGED: expected the day before for each time in China, and the day itself without a zone")
PYTHON
