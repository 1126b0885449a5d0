#!/usr/bin/env bash
# make images: take the pictures of the README anew, from the project itself.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

need_packages "${RUN_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
need_test_packages
need_frontend
want_fonts
compile_catalogues
python scripts/images.py
