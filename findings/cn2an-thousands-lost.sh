#!/usr/bin/env bash
# cn2an 0.5.24: transform(), numbers in a sentence from Arabic into Chinese digits and back.
#
# Guess: whatever it cannot say in Chinese digits it leaves as it stands; and of Chinese characters that look like
#        numbers it takes those that are numbers.
# Seen:  1,000 becomes 一,零 and 12,500 becomes 十二,五百: each side of the separator is a number of its
#        own, and the noughts of the second are gone. The other way every 一, 十 and 万 is a number: 统一部署 becomes 统1部署,
#        十分 becomes 10分, 一一落实 becomes 11落实, 万众一心 becomes 万众1心.
# Matters: a figure of a report loses three noughts without an error, and the sentence can still be read.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps cn2an==0.5.24 proces==0.1.7
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import cn2an

STATED = {
    ("an2cn", "共报送1,000篇"): "共报送一,零篇",
    ("an2cn", "参加12,500人次"): "参加十二,五百人次",
    ("an2cn", "共报送1000篇"): "共报送一千篇",
    ("cn2an", "第三十二届"): "第32届",
    ("cn2an", "统一部署"): "统1部署",
    ("cn2an", "十分重要"): "10分重要",
    ("cn2an", "一一落实"): "11落实",
    ("cn2an", "万众一心"): "万众1心",
}
seen = {(way, text): cn2an.transform(text, way) for way, text in STATED}
for (way, text), made in seen.items():
    print(f"{way}: {text} -> {made}")
if seen != STATED:
    raise SystemExit("CHANGED: this is not what the head of this script states")
PYTHON
