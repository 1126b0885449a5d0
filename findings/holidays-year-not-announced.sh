#!/usr/bin/env bash
# holidays 0.109: China's calendar of a year whose arrangement the State Council has not announced.
#
# Guess: a calendar that knows the exchanged days of twenty-six years says, or can be asked, that it does not know those
#        of the next one; chinesecalendar raises NotImplementedError there.
# Seen:  for 2027 it has the statutory holidays, a guess at the days given instead of those on a weekend, and no weekend
#        that is worked. It calls 6 and 7 October 2027 working days as surely as it answers for 2026. All one can go by
#        is that weekend_workdays has no day of that year, as it has of every year that was announced since 2001.
# Matters: a term counted over such a holiday ends two days early, and nothing says that it may.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    holidays==0.109 python-dateutil==2.9.0.post0 six==1.17.0
"$work/venv/bin/python" - <<'PYTHON'
import warnings

from holidays.countries.china import China

with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    seen = {
        year: ([China(years=year, expand=False).is_working_day(f"{year}-10-0{day}") for day in (6, 7)])
        for year in (2026, 2027)
    }
for year, days in seen.items():
    print(f"{year}: 6 and 7 October are working days: {days}")
print("warnings:", [str(each.message) for each in said])
known = {day.year for year in range(2001, 2028) for day in China(years=year, expand=False).weekend_workdays}
none = [year for year in range(2001, 2028) if year not in known]
print("years from 2001 to 2027 without a worked weekend:", none)
if (seen, said, none) != ({2026: [False, False], 2027: [True, True]}, [], [2027]):
    raise SystemExit("CHANGED: expected two days off in 2026, two working days in 2027, no warning, only 2027 empty")
PYTHON
