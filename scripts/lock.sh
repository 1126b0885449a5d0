#!/usr/bin/env bash
# make lock: compile the lock files anew. They name versions only: no registry, no path of this machine.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

need_test_packages
compile() {
    python -m piptools compile --quiet --strip-extras --no-header --no-emit-index-url \
        --no-emit-find-links --no-emit-trusted-host --no-emit-options ${UPGRADE:+--upgrade} -o "$1" "$2"
}
compile requirements.txt requirements.in
compile requirements-dev.txt requirements-dev.in
npm install --package-lock-only --silent
! grep -n resolved package-lock.json || fail "package-lock.json names a registry; npm 8.17 or newer leaves it out."
say "locked: $(git diff --stat -- requirements*.txt package-lock.json | tail -n 1)"
