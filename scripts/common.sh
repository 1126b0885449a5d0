# shellcheck shell=bash
# What every script here stands on: messages, the virtual environment, the machine's packages, the front end.
# Sourced, never run. Each function either leaves the thing in place or stops with one clear line.

set -euo pipefail

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=$TOP/.venv
export PIP_DISABLE_PIP_VERSION_CHECK=1
unset PYTHONDONTWRITEBYTECODE # or every process compiles all of it again: worker, test process, command
# Debian keeps ldconfig and (for some users) other system tools out of an ordinary user's PATH.
PATH=$VENV/bin:$PATH:/usr/sbin:/sbin
cd "$TOP"

say() { printf '» %s\n' "$*"; }
warn() { printf '! %s\n' "$*" >&2; }
fail() {
    printf '✗ %s\n' "$*" >&2
    exit 1
}

# need_space MEGABYTES: stop when the project's disk has less than that free.
need_space() {
    local free
    free=$(df -Pm "$TOP" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$1" ] || fail "No disk space: $free MB free under $TOP, $1 MB are needed. Free some and try again."
    mkdir -p "$TOP/var" 2>/dev/null || fail "Cannot write in $TOP: make the folder writable for $(id -un)."
}

# Packages are recorded in a stamp file beside the environment, so that a second start installs nothing.
stamp_of() { cat "$@" | sha256sum | cut -d' ' -f1; }
