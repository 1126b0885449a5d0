#!/usr/bin/env bash
# make audit: known holes in what is pinned, Python (pip-audit) and front end (npm audit). Both ask the network, so CI does
# not run it: before each version, and every month. What nobody can say anything of counts as found: no answer is no
# all-clear. A hole that does not concern us stands in IGNORED with the reason.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

IGNORED=() # such as: --ignore-vuln GHSA-… (with the reason)

need_test_packages
need_frontend
status=0
for lock in requirements.txt requirements-dev.txt; do
    say "known holes in $lock"
    # The lock file names every package with its version: nothing has to be resolved or installed.
    pip-audit --strict --no-deps --disable-pip --progress-spinner off "${IGNORED[@]}" -r "$lock" || status=1
done
say "known holes in package-lock.json"
npm audit --audit-level=low || status=1
[ "$status" -eq 0 ] || warn "Something was found, or could not be asked (see above). Renew it: UPGRADE=1 make lock"
exit "$status"
