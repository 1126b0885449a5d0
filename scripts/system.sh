# shellcheck shell=bash
# The Debian packages: which are missing, and putting them in place. Sourced after common.sh.

# shellcheck disable=SC2034  # used by the scripts that source this
RUN_PACKAGES=(
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 # WeasyPrint sets the PDF with them
    fonts-noto-cjk fonts-arphic-gkai00mp                 # Song, Hei and Kai for official documents
    gettext                                              # compiles the Chinese catalogue
)
# shellcheck disable=SC2034
OFFICE_PACKAGES=( # what an office runs besides: only in the bundle (make bundle)
    python3 python3-venv make fontconfig postgresql redis-server nginx
)
# shellcheck disable=SC2034
TEST_PACKAGES=(
    postgresql redis-server # throwaway servers
    chromium                # the journey in a real browser
    poppler-utils           # reads PDFs back
    libreoffice-writer-nogui # opens the Word files as an office does; reads .doc and .wps
)

library_there() { ldconfig -p 2>/dev/null | grep -q "$1"; }
font_there() { command -v fc-list >/dev/null && [ -n "$(fc-list "$1" family | head -n 1)" ]; }
postgres_there() { command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }

# there PACKAGE: is what the package gives on this machine, from whatever source?
there() {
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' && return 0
    case $1 in
        libpango-1.0-0) library_there 'libpango-1\.0\.so' ;;
        libpangoft2-1.0-0) library_there 'libpangoft2-1\.0\.so' ;;
        libharfbuzz-subset0) library_there 'libharfbuzz-subset\.so' ;;
        fonts-noto-cjk) font_there 'Noto Serif CJK SC' && font_there 'Noto Sans CJK SC' ;;
        fonts-arphic-gkai00mp) font_there 'AR PL KaitiM GB' ;;
        gettext) command -v msgfmt >/dev/null ;;
        python3) new_enough python3 ;;
        python3-venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
        make | nginx) command -v "$1" >/dev/null ;;
        fontconfig) command -v fc-list >/dev/null ;;
        postgresql) postgres_there ;;
        redis-server) command -v redis-server >/dev/null ;;
        chromium) command -v chromium >/dev/null ;;
        poppler-utils) command -v pdftoppm >/dev/null && command -v pdftotext >/dev/null ;;
        libreoffice-writer-nogui) command -v soffice >/dev/null ;;
        *) return 1 ;;
    esac
}

missing_packages() {
    local package
    for package in "$@"; do there "$package" || printf '%s\n' "$package"; done
}

# Without this Debian would start a PostgreSQL and a Redis of its own, for good, as soon as they are installed.
without_services() (
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"
    fi
    "$@"
)

# What apt says is of interest only when it fails.
apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    local said
    said=$(apt-get update -qq 2>&1 && apt-get install -y -qq --no-install-recommends "$@" 2>&1) || {
        printf '%s\n' "$said" | tail -n 15 >&2
        return 1
    }
}

# need_packages PACKAGE…: install the missing ones as root; otherwise print the one command and stop.
need_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    command -v apt-get >/dev/null ||
        fail "This machine lacks what Debian calls: ${missing[*]}. Install them with its own package manager."
    if [ "$(id -u)" -ne 0 ]; then
        fail "Please run once: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    fi
    say "installing ${missing[*]}"
    without_services apt_install "${missing[@]}" </dev/null ||
        fail "apt-get could not install: ${missing[*]} (its own message stands above)."
}
