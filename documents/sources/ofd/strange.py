"""Texts whose codes are characters, but not theirs: what a converter leaves where a font knows only its shapes."""

from __future__ import annotations

from functools import lru_cache

from documents.sources.sign_lines import UNREAD

from .texts import Run

_FEWEST = 5  # characters of a font, to tell anything of it
_STRANGE = 0.5
_HAN = range(0x2E80, 0xA000)


def mark_strange(runs: list[Run]) -> None:
    """Let the characters of a font be unread where most are ones that nobody writes: its codes are not theirs.

    Chinese of either writing is nearly all in GB 2312 or Big5; codes taken at random are in neither.
    """
    fonts: dict[str, list[Run]] = {}
    for run in runs:
        fonts.setdefault(run.font, []).append(run)
    for own in fonts.values():
        chars = [sign.char for run in own for sign in run.signs if sign.char != UNREAD]
        rare = sum(map(_is_rare, chars))
        if len(chars) >= _FEWEST and rare > _STRANGE * len(chars):
            for run in own:
                run.signs = [sign._replace(char=UNREAD) for sign in run.signs]


@lru_cache(maxsize=8192)
def _is_rare(char: str) -> bool:
    if ord(char) < 0x250 or (ord(char) not in _HAN and ord(char) < 0x10000):
        return 0x80 <= ord(char) < 0x250
    return not any(_holds(char, code) for code in ("gb2312", "big5"))


def _holds(char: str, code: str) -> bool:
    try:
        char.encode(code)
    except UnicodeEncodeError:
        return False
    return True
