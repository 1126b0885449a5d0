#!/usr/bin/env bash
# make bench [ONLY=pages]: the benchmarks; each prints a table and writes bench/results/<name>.json.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

need_space 1500
need_packages "${RUN_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
need_test_packages
need_frontend
want_fonts
compile_catalogues
# shellcheck disable=SC2086  # ONLY may hold several names
exec python -m bench ${ONLY:-}
