#!/usr/bin/env bash
# make test: everything, on a fresh machine too. Static checks, the journey on SQLite, then the whole suite on
# PostgreSQL and Redis with a real worker and a real browser. Ends on pytest's closing line; a step that failed
# earlier is named right above it, and the exit code is then not zero.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

need_space 2500
need_packages "${RUN_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
need_test_packages
need_frontend
want_fonts
want_light_browser
compile_catalogues

trap 'exit 130' INT
failures=()

# Neither a .env file nor the shell decides what the tests run on.
unset DATABASE_URL REDIS_URL
pictures=(--screenshot only-on-failure --output var/test-results)

say "static checks, and beside them the journey on SQLite (migrated by tests/test_run.py) and the filesystem broker"
bash scripts/lint.sh &
checks=$!
python -m pytest -m journey --no-migrations "${pictures[@]}" || failures+=("the journey on SQLite")
wait "$checks" || failures+=("static checks (make lint)")

say "everything on PostgreSQL and Redis, in as many processes as there are cores"
status=0
EARLIER_FAILURES=$(printf '%s\n' "${failures[@]}") \
    python -m tests.servers python -m pytest -n auto "${pictures[@]}" --durations 10 || status=$?
[ "${#failures[@]}" -eq 0 ] || [ "$status" -ne 0 ] || status=1
exit "$status"
