"""The briefing of the demonstration, read back from its PDF: chapters, contents, bookmarks, photos, glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from activities.models import Assignment, Photo
from activities.states import Kind
from reports.models import Briefing, Summary

pytestmark = pytest.mark.django_db  # the tests read what the fixture keeps; the mark has the tables made
LEADERS = re.compile(r"^(.+?)[ ·.…]{3,}(\d+)$", re.M)
FOOT = re.compile(r"^[—–-] (\d+) [—–-]$")
NO_GLYPH = "□■\ufffd\u3013\x00"
"""What stands on paper where a character has no glyph: tofu, the replacement character, the geta mark, nothing."""


@dataclass(frozen=True)
class Filed:
    """What the tables say that the briefing must hold."""

    pdf: bytes
    reported: list[str]
    returned: list[str]
    silent: list[str]
    photos: int
    captions: list[str]
    overviews: list[str]


@dataclass(frozen=True)
class Sheet:
    """One page as a reader sees it."""

    lines: list[str]
    photos: int

    @property
    def text(self) -> str:
        """All of it, without the spaces and line ends that setting puts in."""
        return "".join("".join(self.lines).split())


@pytest.fixture(scope="module")
def filed(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Filed]:
    """The demonstration at its last stage, by the command a newcomer types; gone again after these tests."""
    today: Path = tmp_path_factory.mktemp("seed") / "today"
    with django_db_blocker.unblock(), override_settings(TODAY_FILE=today), transaction.atomic():
        call_command("seed", stage="briefing", verbosity=0)
        yield what_was_filed()
        transaction.set_rollback(True)


def what_was_filed() -> Filed:
    """Units in their order, by state of their summary; photos and words of those that reported."""
    rows = Assignment.objects.filter(kind=Kind.SUMMARY).select_related("unit").order_by("unit__order")
    reported = [row for row in rows if row.state in ("submitted", "accepted")]
    photos = Photo.objects.filter(assignment__in=reported)
    return Filed(
        pdf=Briefing.objects.get().file.read(),
        reported=[row.unit.official_name for row in reported],
        returned=[row.unit.official_name for row in rows if row.state == "returned"],
        silent=[row.unit.official_name for row in rows if row.submitted_at is None],
        photos=photos.count(),
        captions=list(photos.values_list("caption", flat=True)),
        overviews=list(Summary.objects.filter(assignment__in=reported).values_list("overview", flat=True)),
    )


@pytest.fixture(scope="module")
def sheets(filed: Filed) -> list[Sheet]:
    """Every page, read back once."""
    with pdfplumber.open(BytesIO(filed.pdf)) as book:
        return [Sheet(page.extract_text().splitlines(), len(page.images)) for page in book.pages]


@pytest.fixture(scope="module")
def bookmarks(filed: Filed) -> list[tuple[int, str, int]]:
    """Level, title and page (from 1) of every bookmark."""
    marks = pypdfium2.PdfDocument(filed.pdf).get_toc()
    return [(mark.level, mark.get_title(), mark.get_dest().get_index() + 1) for mark in marks]


@pytest.fixture(scope="module")
def contents(sheets: list[Sheet]) -> list[tuple[str, int]]:
    """The entries of the contents: title and the page printed behind the dots."""
    first = next(number for number, sheet in enumerate(sheets) if "".join(sheet.lines[:1]).split() == ["目", "录"])
    text = "\n".join(line for sheet in sheets[first : first + 3] for line in sheet.lines)
    return [(title.strip(), int(page)) for title, page in LEADERS.findall(text)]


def chapter_titles(filed: Filed) -> list[str]:
    return ["数据统计", *filed.reported, "结束语", "总结退回待补正的单位", "未报送总结的单位", "数据来源"]


def test_there_is_a_chapter_for_every_unit_that_reported_and_for_no_other(
    filed: Filed, contents: list[tuple[str, int]]
) -> None:
    assert (len(filed.reported), len(filed.returned), len(filed.silent)) == (22, 1, 3)
    assert [title for title, _page in contents] == chapter_titles(filed)


def test_contents_name_the_page_on_which_each_chapter_begins(
    sheets: list[Sheet], contents: list[tuple[str, int]]
) -> None:
    begins = dict(contents)
    found = {title: sheets[number - 1].lines[0] for title, number in begins.items()}
    assert found == {title: title for title in begins}
    for title, number in begins.items():
        earlier = [place for place, sheet in enumerate(sheets[: number - 1], 1) if sheet.lines[:1] == [title]]
        assert earlier == [], title


def test_the_number_at_the_foot_of_every_page_is_its_place_in_the_book(sheets: list[Sheet]) -> None:
    feet = [FOOT.match(sheet.lines[-1]) for sheet in sheets[1:]]
    assert [int(foot[1]) if foot else None for foot in feet] == list(range(2, len(sheets) + 1))


def test_bookmarks_lead_to_the_same_pages(
    filed: Filed, bookmarks: list[tuple[int, str, int]], contents: list[tuple[str, int]]
) -> None:
    chapters = [(title, page) for level, title, page in bookmarks if level == 0 and title in chapter_titles(filed)]
    assert chapters == contents


def test_every_bookmark_stands_on_its_page(bookmarks: list[tuple[int, str, int]], sheets: list[Sheet]) -> None:
    astray = [mark for mark in bookmarks if "".join(mark[1].split()) not in sheets[mark[2] - 1].text]
    assert astray == []
    assert len([mark for mark in bookmarks if mark[0] == 1]) > 22 * 3, "sections have bookmarks too"


def test_photos_and_captions_of_every_unit_are_there(filed: Filed, sheets: list[Sheet]) -> None:
    assert filed.photos == 40
    assert sum(sheet.photos for sheet in sheets) == filed.photos
    # two captions stand beside one another: read in the order in which they are set, not line by line
    pages = pypdfium2.PdfDocument(filed.pdf)
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)
    assert [caption for caption in filed.captions if "".join(caption.split()) not in text] == []


def test_no_page_holds_nothing_but_a_single_photo(sheets: list[Sheet]) -> None:
    assert [sheet.lines for sheet in sheets if sheet.photos == 1 and len(sheet.lines) < 8] == []


def test_what_the_units_wrote_is_printed_word_for_word(filed: Filed, sheets: list[Sheet]) -> None:
    pages = [[line for line in sheet.lines if not FOOT.match(line)] for sheet in sheets]
    text = "".join("".join("".join(lines).split()) for lines in pages)
    assert [words for words in filed.overviews if "".join(words.split()) not in text] == []


def test_who_did_not_report_is_listed_at_the_end_and_who_is_to_correct_before_as_one_who_filed(
    filed: Filed, sheets: list[Sheet]
) -> None:
    """A unit whose summary was returned filed it: it is not among those who did not report."""
    titles = "总结退回待补正的单位", "未报送总结的单位"
    begins = [next(number for number, sheet in enumerate(sheets) if sheet.lines[0] == title) for title in titles]
    corrects, never = ("".join(sheet.text for sheet in sheets[of]) for of in (slice(*begins), slice(begins[1], None)))
    units = [*filed.reported, *filed.returned, *filed.silent]
    assert [name for name in units if name in corrects] == filed.returned
    assert [name for name in units if name in never] == filed.silent


def test_no_character_of_any_page_lacks_its_glyph(filed: Filed, sheets: list[Sheet]) -> None:
    text = "".join(sheet.text for sheet in sheets)
    assert [mark for mark in NO_GLYPH if mark in text] == []
    assert "(cid:" not in text
    assert glyphs_shown(filed.pdf) >= len(text)


def glyphs_shown(pdf: bytes) -> int:
    """Count the glyphs drawn by two-byte codes; glyph 0 (.notdef) on any page fails."""
    shown = 0
    with pikepdf.open(BytesIO(pdf)) as book:
        for number, page in enumerate(book.pages, 1):
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) not in ("Tj", "TJ"):
                    continue
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                assert len(codes) % 2 == 0
                glyphs = [codes[at : at + 2] for at in range(0, len(codes), 2)]
                assert b"\0\0" not in glyphs, f".notdef on page {number}"
                shown += len(glyphs)
    return shown
