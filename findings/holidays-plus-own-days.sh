#!/usr/bin/env bash
# holidays 0.109: China's calendar, and to it the days on which one office is closed.
#
# Guess: `holidays.CN() + ours` is China's calendar with our days added. That is what the sum is for, and both parts
#        answer is_working_day() rightly.
# Seen:  the sum keeps the days off of its parts and forgets the weekends that are worked in exchange (调休). China
#        alone calls Saturday 10 October 2026 a working day; the sum does not, even if nothing at all was added. So
#        every period counted over such a weekend becomes a day too long. Days put into the calendar by update()
#        leave the worked weekends alone.
# Matters: "within five working days" after a National Day holiday ends on another day, and nothing says so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    holidays==0.109 python-dateutil==2.9.0.post0 six==1.17.0
"$work/venv/bin/python" - <<'PYTHON'
import holidays

SATURDAY = "2026-10-10"  # worked in exchange for a day of the National Day holiday


def told(calendar):
    return calendar.is_working_day(SATURDAY), str(calendar.get_nth_working_day("2026-09-30", 3))


updated = holidays.CN()
updated.update({"2026-12-28": "office moves"})
seen = {
    "China alone": told(holidays.CN()),
    "China + a calendar without any day": told(holidays.CN() + holidays.HolidayBase()),
    "China with a day of ours by update()": told(updated),
}
for name, (works, third) in seen.items():
    print(f"{name}: {SATURDAY} worked: {works}; third working day after 30 September: {third}")
right, wrong = (True, "2026-10-10"), (False, "2026-10-12")
if list(seen.values()) != [right, wrong, right]:
    raise SystemExit("CHANGED: expected worked, not worked in the sum, worked after update()")
PYTHON
