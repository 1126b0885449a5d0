"""The icons of the pages: all that are used are in the font that browsers get, and hardly any others."""

import pytest
from fontTools.ttLib import TTFont

from scripts import icons

pytestmark = pytest.mark.skipif(not icons.FONT.exists(), reason="Bootstrap Icons are not fetched yet: make run")


def test_every_icon_a_page_uses_is_there() -> None:
    style, font = (icons.ICONS / "icons.css").read_text(), TTFont(icons.ICONS / "icons.woff2")
    drawn = font.getBestCmap()
    for name, where in icons.used().items():
        assert name in icons.known(), f"{where} uses an icon that does not exist: {name}"
        place = icons.known()[name]
        has = f'.bi-{name}::before {{ content: "\\{place:x}"; }}' in style and place in drawn
        assert has, f"{where} uses the icon {name}, which browsers do not get yet. Please run: make icons"


def test_no_name_of_an_icon_is_put_together() -> None:
    """bi-{% if … %}person{% else %}person-slash{% endif %} is found, bi-person{% if … %}-slash{% endif %} is not."""
    assert icons.put_together() == []


def test_icons_weigh_little() -> None:
    assert sum(path.stat().st_size for path in icons.ICONS.iterdir()) < 15_000


@pytest.mark.parametrize(
    ("text", "python", "expected"),
    [
        ('<i class="bi bi-file-zip"></i>', False, ["file-zip"]),
        ("""<i class="bi bi-{% if a == 'b' %}check-lg{% else %}x-lg{% endif %}"></i>""", False, ["check-lg", "x-lg"]),
        ('ICONS = {Kind.PLAN: "calendar-check", Kind.ELSE: "no-icon-of-this-name"}', True, ["calendar-check"]),
        ('COLOURS = ["calendar-check"]', True, []),
    ],
)
def test_icons_are_found_however_they_are_named(text: str, python: bool, expected: list[str]) -> None:
    assert list(icons.named(text, python)) == expected
