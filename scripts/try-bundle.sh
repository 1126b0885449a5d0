#!/usr/bin/env bash
# make try-bundle: a bare Debian in a folder, without network and without Python, gets the bundle of make bundle TESTS=on,
# and runs the journey. Root and debootstrap (which asks the network) are needed; nothing of this machine is touched.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

BUNDLE=$(find var/bundle -name '*.tar' -printf '%T@ %p\n' 2>/dev/null | sort -n | tail -n 1 | cut -d' ' -f2)
[ -n "$BUNDLE" ] || fail "There is no bundle. Make one: make bundle TESTS=on"
[ "$(id -u)" -eq 0 ] || fail "A machine in a folder needs root."
command -v debootstrap >/dev/null || fail "Please run once: apt-get install debootstrap"
need_space 8000

MACHINE=$(mktemp -d)
trap 'rm -rf --one-file-system "$MACHINE"' EXIT
say "a bare Debian 12"
debootstrap --variant=minbase bookworm "$MACHINE" >"$MACHINE.log" 2>&1 || fail "debootstrap: see $MACHINE.log"
rm "$MACHINE.log"
mkdir "$MACHINE/bundle"
tar -xf "$BUNDLE" -C "$MACHINE/bundle" --strip-components 1
cat >"$MACHINE/deeds.sh" <<'DEEDS'
set -e
export HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
printf '» its network: %s\n' "$(tail -n +3 /proc/net/dev | cut -d: -f1 | xargs)"
TESTS=on bash /bundle/install.sh /srv/quality/app
cd /srv/quality/app
.venv/bin/python -m pytest -q -m journey
DEEDS
# A network, mounts and processes of its own, which end with it.
unshare --net --mount --pid --fork --kill-child bash -ec '
    mount -t proc proc "$1/proc"
    mount -t tmpfs none "$1/dev/shm"
    ip link set lo up
    chroot "$1" bash /deeds.sh' - "$MACHINE"
