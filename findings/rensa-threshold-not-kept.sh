#!/usr/bin/env bash
# rensa 0.5.0 (MinHash in Rust): the threshold of its index of near-duplicates.
#
# Guess: RMinHashLSH(threshold, num_perm, num_bands) answers query() with what is at least as alike as the threshold; or,
#        as datasketch does, bands and rows follow from the threshold.
# Seen:  query() gives whatever shares one band, whatever the threshold: two sets with a third in common come back from
#        an index of 0.99 as from one of 0.1. Only is_similar() of the same index heeds it, and says no.
# Matters: whoever warns an office that two units wrote the same warns of everything. The number of bands decides, and
#          every candidate has to be compared before anybody is told.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps rensa==0.5.0
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import rensa


def hashed(start):
    found = rensa.RMinHash(128, 7)
    found.update([f"word {number}" for number in range(start, start + 100)])
    return found


one, other = hashed(0), hashed(50)  # 50 of 150 in common
seen = []
for threshold in (0.1, 0.99):
    index = rensa.RMinHashLSH(threshold, 128, 64)
    index.insert(0, one)
    seen.append((threshold, index.query(other), index.is_similar(one, other)))
    print("threshold %s: query %s, is_similar %s" % seen[-1])
print(f"estimated share in common: {one.jaccard(other):.2f}")
if seen != [(0.1, [0], True), (0.99, [0], False)] or not 0.2 < one.jaccard(other) < 0.5:
    raise SystemExit("CHANGED: this is not what the head of this script states")
PYTHON
