#!/usr/bin/env bash
# make bundle [TESTS=on]: everything a machine without network needs, in one file under var/bundle: the program, wheels of
# all pinned libraries, the front-end files, the FangSong font, Debian packages, checksums. There: bash install.sh FOLDER.
#   TESTS=on        also what the tests need, to try the other machine with: python -m pytest -m journey
#   bundle.sh --list FOLDER   only say what a bundle lacks, one a line

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

LOCKS=(requirements.txt ${TESTS:+requirements-dev.txt})

# Each pinned library as the beginning of its wheel's name: django==5.2.1 is django-5.2.1.
pinned() { sed -n 's/^\([A-Za-z0-9._-]*\)\(\[.*\]\)\?==\([^ ;]*\).*/\1-\3/p' "$@" | normal | sort -u; }
normal() { tr 'A-Z._' 'a-z--'; }

# What a folder of wheels lacks of what the lock files pin.
lacking() {
    comm -23 <(pinned "${LOCKS[@]}") \
        <(find "$1/wheels" -name '*.whl' -printf '%f\n' | cut -d- -f1,2 | normal | sort -u)
}

gather_program() {
    [ -z "$(git status --porcelain --untracked-files=no)" ] || warn "What is not committed is not in the bundle."
    git archive --format tar.gz --output "$1/app.tar.gz" HEAD
    install -m 755 scripts/install.sh "$1/install.sh"
}

gather_wheels() {
    say "gathering wheels for $("$VENV/bin/python" --version) on $(uname -m)"
    local lock arguments=()
    for lock in "${LOCKS[@]}"; do arguments+=(-r "$lock"); done
    "$VENV/bin/python" -m pip wheel -q --no-deps --wheel-dir "$1/wheels" "${arguments[@]}" </dev/null ||
        fail "pip could not fetch all wheels (its own message stands above)."
    local missing
    missing=$(lacking "$1")
    [ -z "$missing" ] || fail "These wheels are missing: ${missing//$'\n'/ }"
}

# Of node_modules what pages are served from; the stamp says from which lock file.
gather_front_end() {
    need_frontend
    tar -czf "$1/front-end.tar.gz" node_modules/.installed node_modules/bootstrap/package.json node_modules/bootstrap/dist
}

gather_fonts() {
    want_fonts
    mkdir -p "$1/fonts"
    find -L "${FONTS_DIR:-var/fonts}" -name '*.[ot]t[fc]' -exec cp {} "$1/fonts" \;
}

# What apt reads of a package in a folder: https://wiki.debian.org/DebianRepository/Format
entry() {
    dpkg-deb --field "$1"
    printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$1" "$(stat -c %s "$1")" "$(sha256sum "$1" | cut -d' ' -f1)"
}

# All that is wanted with what it stands on, as if the other machine had nothing: apt there takes what it lacks.
gather_packages() {
    local wanted=("${RUN_PACKAGES[@]}" "${OFFICE_PACKAGES[@]}" ${TESTS:+"${TEST_PACKAGES[@]}"}) all
    mkdir -p "$1/packages"
    printf '%s\n' "${wanted[@]}" | awk '!seen[$0]++' >"$1/packages/wanted.txt"
    if ! command -v apt-get >/dev/null; then
        warn "No apt here: the other machine has to have what packages/wanted.txt names."
        return
    fi
    say "gathering Debian packages"
    mapfile -t all < <(apt-get -qq -o Dir::State::status=/dev/null --no-install-recommends --simulate install \
        "${wanted[@]}" | awk '$1 == "Inst" { print $2 }')
    # apt drops root's rights for downloads and needs a folder that everybody may enter
    (
        work=$(mktemp -d) && chmod 755 "$work" && trap 'rm -rf "$work"' EXIT && cd "$work"
        apt-get download -qq "${all[@]}" >/dev/null 2>&1 || warn "apt could not fetch every package."
        find . -name '*.deb' -exec mv {} "$1/packages" \;
    )
    (cd "$1/packages" && for file in *.deb; do entry "$file"; done >Packages)
    say "$(find "$1/packages" -name '*.deb' | wc -l) of ${#all[@]} packages"
}

if [ "${1:-}" = --list ]; then
    lacking "${2:?which folder?}"
    exit
fi

need_space 3000
need_packages "${RUN_PACKAGES[@]}"
need_run_packages
NAME=quality-month-$(git show -s --format=%cd-%h --date=format:%Y%m%d HEAD)
BUNDLE=$TOP/var/bundle/$NAME
rm -rf "$BUNDLE"
mkdir -p "$BUNDLE/wheels"
gather_program "$BUNDLE"
gather_wheels "$BUNDLE"
gather_front_end "$BUNDLE"
gather_fonts "$BUNDLE"
gather_packages "$BUNDLE"
(cd "$BUNDLE" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
tar -cf "$BUNDLE.tar" -C var/bundle "$NAME"
say "var/bundle/$NAME.tar: $(du -h "$BUNDLE.tar" | cut -f1), SHA-256 $(sha256sum "$BUNDLE.tar" | cut -d' ' -f1)"
rm -rf "$BUNDLE"
