#!/usr/bin/env bash
# make icons: cut the icons that pages use out of Bootstrap Icons.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

need_packages "${RUN_PACKAGES[@]}"
need_run_packages
need_frontend
python scripts/icons.py
