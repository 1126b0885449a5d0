"""The words of OFD (GB/T 33190-2016) as text: elements, numbers, lengths; always the prefix that all readers know."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr  # nosec B406 # writes, and reads nothing

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# no XML can hold these, and no page shows them
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, inner: str = "", **attributes: object) -> str:
    """Return one element; inner: its content as markup; an attribute that is None is left out."""
    given = "".join(f" {key}={attribute(value)}" for key, value in attributes.items() if value is not None)
    return f"<ofd:{name}{given}>{inner}</ofd:{name}>" if inner else f"<ofd:{name}{given}/>"


def root(name: str, inner: str, **attributes: object) -> bytes:
    """Return a part of the package: its root element with the namespace."""
    given = "".join(f" {key}={attribute(value)}" for key, value in attributes.items() if value is not None)
    return f"{HEAD}<ofd:{name} {SPACE}{given}>{inner}</ofd:{name}>".encode()


def text(value: str) -> str:
    """Return words as content of an element."""
    return escape(_UNWRITABLE.sub("", value))


def attribute(value: object) -> str:
    """Return a value in quotation marks; numbers as short as they can be."""
    return f'"{number(value)}"' if isinstance(value, float) else quoteattr(_UNWRITABLE.sub("", str(value)))


def number(value: float, places: int = 3) -> str:
    """Return a length in millimetres, to a thousandth."""
    written = f"{value:.{places}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in {"-0", ""} else written


def box(left: float, top: float, width: float, height: float) -> str:
    """Return a rectangle as the attribute Boundary has it."""
    return f"{number(left)} {number(top)} {number(width)} {number(height)}"
