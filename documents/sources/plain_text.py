"""Plain text in the encodings that offices use: UTF-8, GB18030, UTF-16."""

from __future__ import annotations

import codecs
import re
import unicodedata

from documents.refusal import Refused

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 20_000
_USUAL = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\n -~]")


def decoded(data: bytes) -> str:
    """Return the text of a plain file.

    Raises Refused when the bytes are no text in any of these encodings.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="replace"))
    for encoding in _guesses(data):
        try:
            return _checked(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Refused("binary")


def _guesses(data: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows by its NUL bytes, which no other text has, and by which order gives Chinese."""
    if b"\x00" not in data[:_SAMPLE]:
        return ("utf-8", "gb18030")
    orders = {name: data[:_SAMPLE].decode(name, errors="replace") for name in ("utf-16-le", "utf-16-be")}
    return (max(orders, key=lambda name: len(_USUAL.findall(orders[name]))),)


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") and char not in "\n\t\f\v\x1c" for char in sample)
    if odd * 50 > len(sample):
        raise Refused("binary")
    if not text.strip():
        raise Refused("empty")
    return text
