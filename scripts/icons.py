"""make icons: the few icons that pages use, taken out of Bootstrap Icons into ``static/icons/`` (committed).

The whole font has 2,000 icons and weighs more than everything else of a page together. ``tests/test_icons.py`` is red
when a page uses one that is not there.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "node_modules" / "bootstrap-icons" / "font"
ICONS = ROOT / "static" / "icons"
ROOMS = (
    "accounts",
    "activities",
    "campaigns",
    "feedback",
    "qualitymonth",
    "reports",
    "static",
    "templates",
    "workflow",
)
WRITTEN = re.compile(r"\bbi-([a-z0-9]+(?:-[a-z0-9]+)*)")
CHOSEN = re.compile(r'bi-(\{%[^"]*%\})')
"""A template that chooses: bi-{% if … %}this{% else %}that{% endif %}."""
PUT_TOGETHER = re.compile(r"\bbi-[a-z0-9-]+\{")
"""A name of which a template or a string makes only the end: nobody could find it."""
BETWEEN = re.compile(r"%\}([a-z0-9-]+)\{%")
LITERAL = re.compile(r'"([a-z0-9-]+)"')
HEAD = """/* Made by "make icons" from Bootstrap Icons (MIT, https://github.com/twbs/icons): only what pages use. */
@font-face { font-display: block; font-family: bootstrap-icons; src: url("icons.woff2?%s") format("woff2"); }
.bi::before { display: inline-block; font-family: bootstrap-icons !important; font-style: normal; font-weight: 400; \
font-variant: normal; line-height: 1; text-transform: none; vertical-align: -.125em; }
"""


@cache
def known() -> dict[str, int]:
    """Every icon there is, with its place in the font."""
    found: dict[str, int] = json.loads((FONT / "bootstrap-icons.json").read_text())
    return found


def used() -> dict[str, Path]:
    """The icons that templates, scripts and Python name, each with a file that names it."""
    files = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*")))
    return {
        name: path.relative_to(ROOT)
        for path in files
        if path.suffix in (".html", ".py", ".js") and "tests" not in path.parts
        for name in named(path.read_text(encoding="utf-8"), path.suffix == ".py")
    }


def put_together() -> list[str]:
    """Files in which a name of an icon is put together from parts."""
    return [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in (".html", ".py", ".js") and PUT_TOGETHER.search(path.read_text(encoding="utf-8"))
    ]


def named(text: str, python: bool) -> Iterator[str]:
    """The icons a file names: written out, chosen in a template, or as words of a Python file that speaks of icons."""
    yield from WRITTEN.findall(text)
    for choice in CHOSEN.findall(text):
        yield from BETWEEN.findall(choice)
    if python and "icon" in text.lower():
        yield from (word for word in LITERAL.findall(text) if word in known())


def make() -> None:
    """Write font and style sheet. Raises: SystemExit naming icons that do not exist."""
    everything, wanted = known(), used()
    if strange := sorted(set(wanted) - set(everything)):
        raise SystemExit("\n".join(f"no such icon: {name} ({wanted[name]})" for name in strange))
    places = {name: everything[name] for name in sorted(wanted)}
    font = TTFont(FONT / "fonts" / "bootstrap-icons.woff2", recalcTimestamp=False)
    cut = subset.Subsetter(subset.Options(notdef_outline=True, desubroutinize=True))
    cut.populate(unicodes=places.values())
    cut.subset(font)
    font.flavor = "woff2"
    ICONS.mkdir(exist_ok=True)
    font.save(ICONS / "icons.woff2")
    # A browser that keeps the old font must ask again when the icons changed.
    version = f"{sum(place * place for place in places.values()):x}"
    rules = "".join(f'.bi-{name}::before {{ content: "\\{place:x}"; }}\n' for name, place in places.items())
    (ICONS / "icons.css").write_text(HEAD % version + rules, encoding="utf-8")


if __name__ == "__main__":
    make()
    print(f"{len(used())} icons, {(ICONS / 'icons.woff2').stat().st_size:,} bytes")
