#!/usr/bin/env bash
# dateparser 1.5.0: days of a Chinese notice, with the language given.
#
# Guess: a library that knows Chinese reads 10月15日 as 15 October, and 10月15日前 ("by 15 October") as the same day or
#        as nothing.
# Seen:  月 and 日 are units of duration to it and 前 is "ago": 10月15日前 is ten months and fifteen days ago, 15日前 and
#        本月15日 ("the 15th of this month") are fifteen days ago. search_dates() finds 10月15日 in a sentence as ten
#        months and fifteen days ago even without 前; PREFER_DATES_FROM=future makes that ten months and fifteen days
#        from now. Only with a year before it, and then without 前, is it a day of the calendar.
# Matters: the commonest deadline of a notice becomes a day of last year: not an error, not None, a plausible date.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    dateparser==1.5.0 python-dateutil==2.9.0.post0 pytz==2026.6 regex==2026.11.19 six==1.17.0 tzlocal==5.4.5
"$work/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

import dateparser
from dateparser.search import search_dates

ON = {"RELATIVE_BASE": datetime(2026, 9, 1)}
FUTURE = {**ON, "PREFER_DATES_FROM": "future"}


def day(found):
    return found and f"{found:%Y-%m-%d}"


said = ["10月15日前", "15日前", "本月15日", "2026年10月15日", "2026年10月15日前"]
seen = {text: day(dateparser.parse(text, languages=["zh"], settings=ON)) for text in said}
sentence = "各单位请于10月15日报送总结。"
for settings, how in ((ON, ""), (FUTURE, " (PREFER_DATES_FROM=future)")):
    found = search_dates(sentence, languages=["zh"], settings=settings)
    seen[sentence + how] = found and day(found[0][1])
for text, read in seen.items():
    print(f"on 1 September 2026: {text} -> {read}")
stated = ["2025-10-17", "2026-08-17", "2026-08-17", "2026-10-15", None, "2025-10-17", "2027-07-16"]
if list(seen.values()) != stated:
    raise SystemExit("CHANGED: these are not the days that the head of this script states")
PYTHON
