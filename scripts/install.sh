#!/usr/bin/env bash
# Puts Quality Month in place on a machine without network, from the bundle this file lies in (make bundle):
#   bash install.sh /srv/quality/app            again with a newer bundle: the new version; .env, var/ stay
#   TESTS=on bash install.sh FOLDER             also what the tests need, from a bundle made with TESTS=on
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -eq 1 ] || { printf 'Where to? bash install.sh /srv/quality/app\n' >&2; exit 2; }
mkdir -p "$1"
TO=$(cd "$1" && pwd)

(cd "$HERE" && sha256sum --check --quiet SHA256SUMS) || { printf '✗ The bundle is damaged: copy it once more.\n' >&2; exit 1; }

# What the version before had and this one has not would still be loaded, migrations above all.
put_program() {
    local files=$TO/.bundle-files
    tar -tzf "$HERE/app.tar.gz" | grep -v '/$' | sort >"$files.new"
    if [ -f "$files" ]; then comm -23 "$files" "$files.new" | (cd "$TO" && xargs -r -d '\n' rm -f --); fi
    tar -xzf "$HERE/app.tar.gz" -C "$TO"
    mv "$files.new" "$files"
}

put_program
# shellcheck source=scripts/common.sh
source "$TO/scripts/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

put_packages() {
    local wanted missing
    mapfile -t wanted <"$HERE/packages/wanted.txt"
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    [ "${#missing[@]}" -gt 0 ] || return 0
    compgen -G "$HERE/packages/*.deb" >/dev/null || fail "Missing, and not in this bundle: ${missing[*]}"
    [ "$(id -u)" -eq 0 ] || fail "Missing: ${missing[*]}. Please run this once as root."
    say "installing ${missing[*]}"
    only_from "$HERE/packages"
    without_services apt_install "${missing[@]}" </dev/null || fail "apt could not install everything (see above)."
}

# apt knows this folder and nothing else; what it knows otherwise stays untouched.
only_from() {
    local state=$TO/var/apt
    mkdir -p "$state/lists/partial"
    printf 'deb [trusted=yes] copy:%s ./\n' "$1" >"$state/sources.list"
    printf 'Dir::Etc::sourcelist "%s";\nDir::Etc::sourceparts "-";\nDir::State::lists "%s";\nAPT::Sandbox::User "root";\n' \
        "$state/sources.list" "$state/lists" >"$state/apt.conf"
    export APT_CONFIG=$state/apt.conf
}

need_space 1500
put_packages
mkdir -p var/fonts
find "$HERE/fonts" -type f -exec cp {} var/fonts \;
tar -xzf "$HERE/front-end.tar.gz"
# Nothing but the bundle is asked, whatever pip is told on this machine.
export PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 PIP_FIND_LINKS=$HERE/wheels
need_run_packages
if [ -n "${TESTS:-}" ]; then need_test_packages; fi
compile_catalogues
collect_static
say "Quality Month is in $TO. Write $TO/.env (see .env.example), then:"
say "  cd $TO && .venv/bin/python manage.py migrate && .venv/bin/python manage.py doctor"
say "and docs/operating.md, which begins with the services."
