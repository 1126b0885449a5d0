# shellcheck shell=bash
# The virtual environment and what is installed in it. Sourced after common.sh and system.sh.

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    local name
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null && new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Debian splits venv out of Python: the interpreter is there, the module that fills an environment is not.
need_venv_module() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    local version
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    need_packages "python$version-venv"
}

need_environment() {
    if [ -x "$VENV/bin/python" ] && new_enough "$VENV/bin/python"; then return; fi
    local python
    if ! python=$(find_python); then
        need_packages python3 python3-venv
        python=$(find_python) || fail "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11"
    fi
    need_venv_module "$python"
    say "creating the virtual environment with $("$python" --version)"
    rm -rf "$VENV"
    "$python" -m venv "$VENV" || fail "Could not create $VENV with $python."
}

# need_python_packages NAME LOCK…: install the lock files unless exactly these were installed before.
need_python_packages() {
    local name=$1 stamp
    shift
    need_environment
    stamp=$VENV/.installed-$name
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(stamp_of "$@")" ]; then return; fi
    say "installing Python packages from $* (first time only)"
    local arguments=() lock
    for lock in "$@"; do arguments+=(-r "$lock"); done
    "$VENV/bin/python" -m pip install -q "${arguments[@]}" </dev/null ||
        fail "pip could not install what $* pins (its own message stands above)."
    stamp_of "$@" >"$stamp"
}

# Everything the product runs on, and for tests, lint and benchmarks everything they need besides.
need_run_packages() { need_python_packages run requirements.txt; }
need_test_packages() {
    need_run_packages
    need_python_packages test requirements.txt requirements-dev.txt
}
