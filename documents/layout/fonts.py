"""The five faces of an official document: which font stands for each on this machine, and what it can print.

Official faces come first when the host or the fonts folder has them, then free ones (see docs of the set-up).
The folder is FONTS_DIR (default var/fonts); fontconfig learns of it through a file written into var/.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape  # nosec B406 # writes, and reads nothing

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

BASE = Path(__file__).resolve().parents[2]

# In order of preference; the last of each is always installed by the set-up and holds the whole of GBK.
STACKS: dict[str, tuple[str, ...]] = {
    "fangsong": (
        "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "Zhuque Fangsong (technical preview)",
        "Zhuque Fangsong", "FandolFang", "Noto Serif CJK SC",
    ),
    "kai": (
        "KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "AR PL KaitiM GB", "LXGW WenKai",
        "Noto Serif CJK SC",
    ),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "Noto Serif CJK SC"),
    "hei": ("SimHei", "黑体", "STHeiti", "Noto Sans CJK SC"),
    "song": ("SimSun", "宋体", "NSimSun", "STSong", "Noto Serif CJK SC"),
}  # fmt: skip
_INVISIBLE = "\u200b\u200d\ufe0f\u3000\u00a0"
LAST_RESORT = "Noto Serif CJK SC"
# what a Word file names and this machine lacks, for programs that print one here (LibreOffice)
_ALIASES = "".join(
    f"<alias binding='same'><family>{names[0]}</family><accept>{''.join(f'<family>{n}</family>' for n in names[1:])}"
    "</accept></alias>\n"
    for names in (
        ("仿宋_GB2312", *STACKS["fangsong"]),
        ("楷体_GB2312", *STACKS["kai"]),
        ("方正小标宋简体", *STACKS["title"]),
        ("黑体", *STACKS["hei"]),
        ("宋体", *STACKS["song"]),
    )
)
_BOLD_STANDS_IN = {"title", "hei"}  # Noto's bold comes nearest to XiaoBiaoSong and to Hei


@dataclass(frozen=True, slots=True)
class Face:
    """The font that stands for a face: family, CSS weight, file and number in the collection."""

    family: str
    weight: int
    file: str
    index: int


def configure() -> None:
    """Make the fonts folder known to fontconfig in this process; does nothing the second time."""
    if os.environ.get("QM_FONTS_CONFIGURED") != str(os.getpid()):
        os.environ.setdefault("QM_FONTCONFIG_BASE", os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf"))
        os.environ["FONTCONFIG_FILE"] = str(_configuration_file())
        os.environ["QM_FONTS_CONFIGURED"] = str(os.getpid())


def folder() -> Path:
    """Return the folder into which the operator may drop official faces."""
    return Path(os.environ.get("FONTS_DIR") or BASE / "var" / "fonts").resolve()


@cache
def faces() -> dict[str, Face]:
    """Return the font of each of the five faces on this machine.

    Raises RuntimeError when not even the free fonts of the set-up are there.
    """
    installed = _installed()
    return {name: _choose(name, stack, installed) for name, stack in STACKS.items()}


@cache
def fingerprint() -> str:
    """Return a short hash that changes when any font of the five faces does."""
    parts = []
    for face in faces().values():
        with open(face.file, "rb") as stream:  # its tables and their checksums, not its age: hosts share a cache
            head = sha256(stream.read(4096)).hexdigest()
        parts.append(f"{face.family}|{face.weight}|{face.index}|{os.path.getsize(face.file)}|{head}")
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def width(text: str, face: str = "fangsong") -> float:
    """Return the width of text in em of its size, as the font of the face measures it."""
    advances, units = _advances(face)
    return sum(advances.get(ord(char), units) for char in text) / units


def beyond(text: str, face: str = "fangsong") -> set[str]:
    """Return the characters of text that the font of a face lacks and another font may have."""
    known = _advances(face)[0]
    return {char for char in set(text) if ord(char) not in known and char > " " and char not in _INVISIBLE}


def lacking(text: str, face: str = "fangsong") -> tuple[str, ...]:
    """Return the characters of text that no installed font can print, in order of appearance."""
    known = _advances(face)[0]
    skipped = f"\n\t{_INVISIBLE}"
    unknown = dict.fromkeys(char for char in text if ord(char) not in known and char not in skipped)
    return tuple(char for char in unknown if not _somewhere(char))


def _configuration_file() -> Path:
    base = escape(os.environ["QM_FONTCONFIG_BASE"])
    content = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f'<include ignore_missing="yes">{base}</include>\n<dir>{escape(str(folder()))}</dir>\n{_ALIASES}</fontconfig>\n'
    )
    name = f"fontconfig-{sha256(content.encode()).hexdigest()[:8]}.conf"
    for place in (BASE / "var", Path(tempfile.gettempdir())):
        path = place / name
        if path.exists():
            return path
        try:
            place.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}")
            part.write_text(content, encoding="utf-8")
            part.replace(path)
        except OSError:
            continue
        return path
    raise RuntimeError("No folder to write the fontconfig file into: make var/ writable.")


def _query(pattern: str, form: str) -> list[str]:
    configure()
    done = subprocess.run(["fc-list", pattern, "-f", form], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()


def _installed() -> dict[str, list[Face]]:
    families: dict[str, list[Face]] = {}
    for line in _query(":", "%{family}|%{weight}|%{file}|%{index}\n"):
        names, weight, file, index = line.split("|")
        if weight.startswith("["):  # a variable font: its range, not a weight
            continue
        css_weight = 700 if float(weight) >= 180 else 400
        for name in names.split(","):
            families.setdefault(name, []).append(Face(name, css_weight, file, int(index)))
    return families


def _choose(name: str, stack: tuple[str, ...], installed: dict[str, list[Face]]) -> Face:
    for family in stack:
        found = sorted(installed.get(family, ()), key=lambda face: (face.weight, face.file))
        if not found:
            continue
        heavy = family == stack[-1] and name in _BOLD_STANDS_IN
        return found[-1] if heavy else found[0]
    raise RuntimeError(f"No font for the {name} face: install fonts-noto-cjk and fonts-arphic-gkai00mp.")


@cache
def _advances(face: str) -> tuple[dict[int, int], int]:
    chosen = faces()[face]
    with TTFont(chosen.file, fontNumber=chosen.index, lazy=True) as font:
        metrics = font["hmtx"].metrics
        return {code: metrics[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm


@cache
def _somewhere(char: str) -> bool:
    return bool(_query(f":charset={ord(char):x}", "%{family}\n"))


@dataclass(frozen=True, slots=True)
class Metrics:
    """Heights of a font in em: ascent and descent of its line box (both positive), ink of its characters."""

    ascent: float
    descent: float
    ink_top: float
    ink_bottom: float

    def ink_below_line_top(self, line_height: float) -> float:
        """Return how far below the top of a line box of that height (em) the ink of its characters begins."""
        return (line_height - self.ascent - self.descent) / 2 + self.ascent - self.ink_top

    def em_below_line_top(self, line_height: float) -> float:
        """Return how far below the top of a line box the em box of a Chinese character (0.88 above) begins."""
        return (line_height - self.ascent - self.descent) / 2 + self.ascent - 0.88


@cache
def metrics(face: str, sample: str = "国") -> Metrics:
    """Return the heights of the font of a face, the ink measured on the characters of sample."""
    chosen = faces()[face]
    with TTFont(chosen.file, fontNumber=chosen.index, lazy=True) as font:
        units, os2, hhea = font["head"].unitsPerEm, font["OS/2"], font["hhea"]
        typographic = bool(os2.fsSelection & 128) or not hhea.ascent
        ascent, descent = (os2.sTypoAscender, os2.sTypoDescender) if typographic else (hhea.ascent, hhea.descent)
        glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
        inks = [_ink(glyphs, cmap[ord(char)]) for char in sample if ord(char) in cmap] or [
            (-0.08 * units, 0.85 * units)
        ]
    bottom, top = min(ink[0] for ink in inks), max(ink[1] for ink in inks)
    return Metrics(ascent / units, -descent / units, top / units, bottom / units)


def _ink(glyphs: Any, name: str) -> tuple[float, float]:
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return (pen.bounds[1], pen.bounds[3]) if pen.bounds else (0.0, 0.0)


def glyphs(text: str, face: str) -> dict[str, tuple[int, float]]:
    """Return number and advance (em) of the glyph of each character of text in the font of a face."""
    chosen = faces()[face]
    with TTFont(chosen.file, fontNumber=chosen.index, lazy=True) as font:
        cmap, metrics_ = font.getBestCmap(), font["hmtx"].metrics
        units = font["head"].unitsPerEm
        return {char: (font.getGlyphID(cmap[ord(char)]), metrics_[cmap[ord(char)]][0] / units) for char in set(text)}
