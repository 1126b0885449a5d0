#!/usr/bin/env bash
# make run: put in place what is missing, then start web server, worker and beat together until Ctrl-C.
# A second start installs nothing and keeps the data. Every obstacle is one clear line.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

export PORT=${PORT:-8000} HOST=${HOST:-127.0.0.1}

# A worker run by root warns at length; in a container root is all there is.
[ "$(id -u)" -ne 0 ] || export PYTHONWARNINGS="ignore:You're running the worker"

need_port() {
    local trouble
    if trouble=$("$VENV/bin/python" scripts/port.py "$HOST" "$PORT" 2>&1); then return; fi
    fail "$trouble"
}

set_up() {
    local first_time=300
    [ -f "$VENV/.installed-run" ] || first_time=1500
    need_space "$first_time"
    need_packages "${RUN_PACKAGES[@]}"
    need_run_packages
    need_port
    need_frontend
    want_fonts
    compile_catalogues
    collect_static
}

# The accounts are printed last, where a newcomer finds them, not above the servers' own lines.
load_data() {
    python manage.py migrate --verbosity 0 || fail "The database could not be migrated (see the lines above)."
    accounts=$(python manage.py seed --stage draft --if-empty) || {
        printf '%s\n' "$accounts"
        fail "The demonstration could not be loaded (see the lines above)."
    }
}

stop() {
    trap '' INT TERM HUP
    kill -TERM "$honcho" 2>/dev/null || true
    wait "$honcho" 2>/dev/null || true
    say "stopped"
    exit "$1"
}

start() {
    # honcho must not read .env: the settings do, with the same rules for every process. And it must write to the
    # terminal itself: a filter between would die of the same Ctrl-C and leave it hanging.
    # A closed terminal (HUP) must not kill it either: it alone can stop the others, and is told to by stop().
    (
        trap '' HUP
        exec honcho --env /dev/null start --no-prefix --no-colour </dev/null
    ) &
    honcho=$!
    trap 'stop 0' INT TERM HUP
    for _ in $(seq 120); do
        if python scripts/port.py --answers "$HOST" "$PORT"; then return; fi
        kill -0 "$honcho" 2>/dev/null || break
        sleep 0.5
    done
    warn "The web server does not answer on $HOST:$PORT; what it said stands above."
    stop 1
}

set_up
load_data
start
printf '\n  Quality Month runs at http://%s:%s/  (Ctrl-C stops everything)\n\n%s\n\n' "${HOST/127.0.0.1/localhost}" "$PORT" "$accounts"
wait "$honcho" || true
warn "One of the processes ended, so all were stopped; what it said stands above."
stop 1
