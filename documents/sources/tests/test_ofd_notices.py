"""Eleven notices as OFD give the rows that they give as text, and an independent reader reads the same characters."""

from __future__ import annotations

import io
from collections import Counter

import ofdkit
import pytest

from documents.reading import draft_json, read
from documents.reading.tests.score import HERE, SHARED
from documents.sources.file_text import ofd_source
from documents.sources.ofd import child

from .ofd_files import MANNERS, Manner, ofd
from .ofd_setting import Sheet, set_notice
from .test_ofd import said

COMPOSED = (
    "county-table-2019",
    "joint-notice-2025",
    "province-2023",
    "city-14-activities-2024",
    "letter-2024",
    "division-2025",
)
FILES = [*sorted((SHARED / "notices").glob("*.txt")), *(HERE / "notices" / f"{name}.txt" for name in COMPOSED)]


def notice(path) -> str:
    """The text of a notice. Where its own encoding is broken, a sign stands; the address a browser printed is none."""
    text = path.read_text(encoding="utf-8").replace("\ufffd\ufffd", "○")
    return text.partition("\n")[2] if text.startswith("http") else text


@pytest.mark.parametrize("at", range(len(FILES)), ids=lambda at: FILES[at].stem)
def test_a_notice_as_ofd_gives_the_rows_it_gives_as_text(at):
    text = notice(FILES[at])
    manner = MANNERS[at % len(MANNERS)]
    found = ofd_source("a.ofd", child.read(ofd(set_notice(text), manner)))
    one, other = said(draft_json(read(found.text))), said(draft_json(read(text)))
    assert {key for key in other if one[key] != other[key]} == set()
    assert found.notes == ()


# --- beside ofdkit ------------------------------------------------------------------------------------------------


def characters(text: str) -> str:
    return "".join(text.split())


def by_ofdkit(data: bytes) -> str:
    with ofdkit.open(io.BytesIO(data)) as document:
        return characters(document.text())


def without_rules(sheets: list[Sheet]) -> list[Sheet]:
    """The same pages without their rules: a reader that knows no cells reads a row line by line."""
    return [Sheet(sheet.words) for sheet in sheets]


@pytest.mark.parametrize("at", range(len(FILES)), ids=lambda at: FILES[at].stem)
def test_ofdkit_reads_the_same_characters_in_the_same_order(at):
    """Where there are no cells; those it reads line by line across, we each whole: the next test."""
    sheets = without_rules(set_notice(notice(FILES[at])))
    data = ofd(sheets, MANNERS[at % len(MANNERS)])
    assert characters(ofd_source("a.ofd", child.read(data)).text) == by_ofdkit(data)


@pytest.mark.parametrize("at", range(len(FILES)), ids=lambda at: FILES[at].stem)
def test_of_tables_ofdkit_reads_the_same_characters(at):
    data = ofd(set_notice(notice(FILES[at])))
    assert Counter(characters(ofd_source("a.ofd", child.read(data)).text)) == Counter(by_ofdkit(data))


@pytest.mark.parametrize("manner", [Manner(), *MANNERS], ids=lambda manner: manner.name)
def test_ofdkit_agrees_on_every_manner(manner):
    data = ofd(without_rules(set_notice(notice(FILES[-1]))), manner)
    assert characters(ofd_source("a.ofd", child.read(data)).text) == by_ofdkit(data)
