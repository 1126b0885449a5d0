#!/usr/bin/env bash
# A FangSong for the body text: the one free face that Debian has (FandolFang) goes into the fonts folder.
# Run again it does nothing. Without it documents are set in Noto Serif, and this says so in one line.
#   FONTS_DIR   where official faces may be dropped too (default var/fonts, never committed)
set -uo pipefail

# fonts_fetch FOLDER: put FandolFang-Regular.otf into FOLDER, without TeX and without root.
fonts_fetch() {
  local folder="$1" face="FandolFang-Regular.otf" work
  if [ -s "$folder/$face" ]; then return 0; fi
  command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || return 1
  work="$(mktemp -d)" || return 1
  ( cd "$work" && chmod 755 . && apt-get download -qq texlive-lang-chinese > /dev/null 2>&1 \
      && dpkg-deb --fsys-tarfile ./*.deb | tar -x --wildcards "*/fandol/$face" ) || { rm -rf "$work"; return 1; }
  mkdir -p "$folder" && find "$work" -name "$face" -exec cp {} "$folder/$face.part" \; \
    && mv "$folder/$face.part" "$folder/$face"
  local result=$?
  rm -rf "$work"
  return $result
}

fonts_main() {
  local folder="${FONTS_DIR:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/var/fonts}"
  if fonts_fetch "$folder"; then
    echo "fonts: FangSong is in $folder"
  else
    echo "fonts: no FangSong to be had here; body text is set in Noto Serif (drop an official face into $folder)"
  fi
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then fonts_main; fi
