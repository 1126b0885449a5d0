#!/usr/bin/env bash
# make test-quick: what opens no page, sets no paper and needs no server, no worker and no browser, on SQLite in memory.
# A minute at most. Tables are made at once: that migrations lead there is checked by make test.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

need_space 1500
need_packages "${RUN_PACKAGES[@]}" poppler-utils
need_test_packages
need_frontend
compile_catalogues
# The book of the briefing takes half a minute alone; it is part of make test.
exec env -u REDIS_URL DATABASE_URL=sqlite://:memory: python -m pytest -q -n auto --no-migrations \
    -m "not page and not paper and not browser and not worker and not servers and not slow" \
    --ignore tests/test_briefing_book.py
