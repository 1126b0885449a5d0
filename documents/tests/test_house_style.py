"""What an office prints in its own way: where the imprint stands, where pages are numbered; in PDF and in Word."""

import re
from dataclasses import replace

import pytest

from documents.outline import HouseStyle, Paragraph, Table
from documents.paper import imprint_stands_apart, to_pdf
from documents.tests import samples
from documents.tests.ruler import read
from documents.word.tests.test_write_docx import OFFICE, by_libreoffice
from documents.word.write_docx import to_docx

EVEN = HouseStyle(imprint="even")


def paper(paragraphs, house=EVEN, **more):
    body = tuple(Paragraph(f"第{number}段。") for number in range(paragraphs))
    return replace(samples.plain_notice(), **{"title": "通知", "body": body, "house": house, **more})


def shape(pages):
    """For each page: whether it has text, the imprint, and a page number."""
    lines = [[re.sub(r"\s", "", line.text) for line in page.lines] for page in pages]
    return [
        (
            any("段。" in line for line in page),
            any("印发" in line for line in page),
            any(re.fullmatch("—[0-9]+—", line) for line in page),
        )
        for page in lines
    ]


@pytest.mark.parametrize("paragraphs", [2, 12, 20, 24, 26, 40, 44, 48])
def test_the_imprint_stands_on_the_back_of_the_last_sheet(paragraphs):
    document = paper(paragraphs)
    pages = shape(read(to_pdf(document)))
    assert len(pages) % 2 == 0
    assert [imprint for _, imprint, _ in pages] == [False] * (len(pages) - 1) + [True]
    assert all(number == text for text, _, number in pages)  # a page without text bears no number
    assert imprint_stands_apart(document) == (not pages[-1][0])


def test_without_the_switch_it_stands_on_the_last_page():
    assert not imprint_stands_apart(paper(2, HouseStyle()))
    assert len(read(to_pdf(paper(2, HouseStyle())))) == 1


def test_a_document_without_imprint_has_no_page_more():
    assert len(read(to_pdf(paper(2, imprint=None)))) == 1
    assert not imprint_stands_apart(paper(2, imprint=None))


@pytest.mark.parametrize(("numbers", "middle"), [("outside", None), ("centre", 105), ("none", None)])
def test_pages_are_numbered_where_the_house_wants_it(numbers, middle):
    pages = read(to_pdf(replace(samples.notice(), house=HouseStyle(numbers=numbers))))
    found = [line for page in pages for line in page.lines if re.fullmatch("—[0-9]+—", line.text)]
    assert len(found) == (0 if numbers == "none" else len(pages))
    for line in found:
        centre = (line.left + line.right) / 2
        assert abs(centre - 105) < 1.2 if middle else abs(centre - 105) > 50


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not here")
@pytest.mark.slow
def test_word_follows_the_style_of_the_house(tmp_path):
    table = Table(rows=(("甲", "乙"), ("丙", "丁")))
    kinds = {
        "apart": paper(2),
        "beside": paper(16),
        "letter": replace(samples.letter(), body=(Paragraph("第1段。"),), house=EVEN),
        "table": replace(paper(2), body=(Paragraph("第1段。"), table)),
        "centre": paper(16, HouseStyle(numbers="centre")),
        "none": paper(2, HouseStyle(numbers="none")),
    }
    for name, document in kinds.items():
        (tmp_path / f"{name}.docx").write_bytes(to_docx(document, imprint_apart=imprint_stands_apart(document)))
    printed = {name: read(pdf) for name, pdf in by_libreoffice(tmp_path, kinds).items()}
    assert shape(printed["apart"]) == shape(printed["table"]) == [(True, False, True), (False, True, False)]
    assert shape(printed["beside"]) == [(True, False, True), (True, True, True)]
    assert shape(printed["letter"]) == [(True, False, False), (False, True, False)]
    assert any("临江市市场监督管理局" in line.text and line.size > 30 for line in printed["letter"][0].lines)
    assert shape(printed["none"]) == [(True, True, False)]
    for page in printed["centre"]:
        (line,) = (line for line in page.lines if re.fullmatch("—[0-9]+—", re.sub(r"\s", "", line.text)))
        assert abs((line.left + line.right) / 2 - 105) < 1.5
