#!/usr/bin/env bash
# make demo STAGE=briefing [UNITS=5000]: the demonstration as it stands at that moment of the year.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

need_space 300
need_packages "${RUN_PACKAGES[@]}"
need_run_packages
compile_catalogues
python manage.py migrate --verbosity 0
python manage.py seed --stage "${STAGE:-draft}" ${UNITS:+--units "$UNITS"}
