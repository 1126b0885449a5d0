#!/usr/bin/env bash
# jionlp 1.5.31: until when one has, as the library made for Chinese reads it.
#
# Guess: parse_time() reads 10月15日前 and 三天内 rightly, so 三周内 ("within three weeks") ends after 21 days, 一个月内
#        ("within a month") in a month, and 17时前 ("before 17:00") ends at 17:00.
# Seen:  三周内 is three days, 一周内 one: weeks are counted as days, and the answer is called "accurate". 一个月内 said on
#        1 September ends on 31 October. 10月15日17时前 ends at 17:59:59, 24时前 at 00:59:59 of the next day. Full-width
#        digits, which Chinese papers hold often enough, make ２０２６年１０月１５日 the whole year 26.
# Needs:  some 100 MB to be fetched, for the words that the library carries.
# Matters: each is a plausible moment and none is an error; the same unit would be late by one reading and early by the
#        other. 三天内 and 10月15日前, which one tries first, are right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    jionlp==1.5.31 jiojio==1.2.8 numpy==2.4.6 requests==2.34.2 zipfile36==0.1.3 charset-normalizer==3.5.3 \
    urllib3==2.8.0 certifi==2026.10.19.post1 idna==3.20 PyYAML==6.0.4
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import time

import jionlp

NOW = time.mktime((2026, 9, 1, 9, 0, 0, 0, 0, -1))
STATED = {
    "10月15日前": "2026-10-15 23:59:59",
    "三天内": "2026-09-04 23:59:59",
    "一周内": "2026-09-02 23:59:59",
    "三周内": "2026-09-04 23:59:59",
    "一个月内": "2026-10-31 23:59:59",
    "10月15日17时前": "2026-10-15 17:59:59",
    "10月15日24时前": "2026-10-16 00:59:59",
    "２０２６年１０月１５日": "26-12-31 23:59:59",
}
seen = {text: jionlp.parse_time(text, time_base=NOW)["time"][-1] for text in STATED}
for text, until in seen.items():
    print(f"on 1 September 2026 at 9: {text} -> until {until}")
if seen != STATED:
    raise SystemExit("CHANGED: the library reads one of these otherwise")
PYTHON
