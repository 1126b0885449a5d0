"""Scans of pages of our own are read: askew, turned, two in one picture, sealed; what holds no text is said."""

from __future__ import annotations

import re

import pytest
import weasyprint
from PIL import Image

from documents.in_child import Stop
from documents.reading import read
from documents.refusal import Refused
from documents.sources.scan import process

from . import producers

pytest.importorskip("rapidocr", reason="the optional part for scans is not installed")
np = pytest.importorskip("numpy")

from documents.sources.scan.reader import ScanReader  # noqa: E402 (only where the part is installed)
from documents.sources.scan.recognised import Recogniser  # noqa: E402

from . import scan_pictures  # noqa: E402

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def notice():
    """Two pages: a text with seal and date below it, and a ruled table."""
    html = producers.as_html().replace("margin-top:9cm", "margin-top:1cm")
    found = scan_pictures.pages(weasyprint.HTML(string=html).write_pdf())
    return [scan_pictures.sealed(found[0], (1180, 1590), "临川县质量工作领导小组"), *found[1:]]


@pytest.fixture(scope="module")
def recogniser():
    return Recogniser()


def read_by(recogniser, *pictures, askew=2.0, seed=1):
    data = scan_pictures.pdf_of([scan_pictures.scanned(each, seed, skew=askew) for each in pictures])
    reader = ScanReader(data, recogniser)
    assert [*reader.read()] == [*range(1, len(pictures) + 1)]
    return reader


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_scanned_notice_gives_its_deadlines_units_and_tasks(notice, recogniser):
    draft = read(read_by(recogniser, *notice).text())
    wanted = read(producers.as_text())
    assert [each.resolved for each in draft.deadlines] == [each.resolved for each in wanted.deadlines]
    assert [bare(each.title.value) for each in draft.tasks] == [bare(each.title.value) for each in wanted.tasks]
    assert [each.deadline.text for each in draft.tasks] == [each.deadline.text for each in wanted.tasks]
    assert draft.issued and draft.issued.start == wanted.issued.start


@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_that_lies_on_its_side_or_stands_on_its_head_is_turned(notice, recogniser, turn):
    text = read_by(recogniser, notice[0].rotate(turn, expand=True), askew=0).text()
    assert text.startswith("关于开展2026年“质量月”活动的通知")


def test_two_pages_in_one_picture_are_two(notice, recogniser):
    both = Image.new("RGB", (2 * notice[0].width, notice[0].height), "white")
    both.paste(notice[0], (0, 0))
    both.paste(notice[-1], (notice[0].width, 0))
    text = read_by(recogniser, both, askew=0.5).text()
    assert text.index("工作要求") < text.index("牵头单位")


@pytest.mark.parametrize("kind", ["blank", "photograph"])
def test_a_page_without_text_is_said(recogniser, kind):
    noise = np.random.default_rng(1).normal(128, 60, (60, 80, 3)).clip(0, 255).astype(np.uint8)
    pictures = {
        "blank": Image.new("RGB", (1600, 2300), "white"),
        "photograph": Image.fromarray(noise).resize((1600, 1200)),
    }
    with pytest.raises(Stop) as stop:
        read_by(recogniser, pictures[kind], askew=0).text()
    assert str(stop.value) == "scan-empty"


def test_the_process_reads_and_refuses(notice):
    seen = []
    data = scan_pictures.jpeg(scan_pictures.scanned(notice[0], skew=0.5))
    found = process.scan_source("a.jpg", data, lambda done, of: seen.append((done, of)))
    assert (found.kind, seen, "0799-6000123" in found.text) == ("scan", [(1, 1)], True)
    for name, content, code in (("a.jpg", data[: len(data) // 9], "damaged"), ("a.pdf", b"%PDF-1.7\nx", "damaged")):
        with pytest.raises(Refused) as refused:
            process.scan_source(name, content)
        assert refused.value.code in (code, "scan-empty")
