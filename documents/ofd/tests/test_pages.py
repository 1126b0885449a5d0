"""Pages of an OFD are those of the PDF: the same characters in the same places, rules, pictures and colours too."""

import io
from collections import Counter
from dataclasses import replace
from functools import cache

import ofdkit
import pytest
from PIL import Image

from documents.ofd import from_pdf
from documents.ofd.tests.measure import Opened, floats, pdf_signs, spread
from documents.outline import Document, Figure, Table, from_text
from documents.paper import to_pdf
from documents.tests import samples

pytestmark = pytest.mark.slow  # papers are set for real; make test does it

FORMS = ("notice", "joint", "upward", "letter", "minutes", "bulletin", "order")
NEAR = 0.02  # mm; what is asked is 0.1


def picture(mode="RGB", size=(300, 200), colour="steelblue", kind="JPEG"):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind)
    return out.getvalue()


@cache
def papers(name):
    document = getattr(samples, name)()
    pdf = to_pdf(document)
    return pdf, from_pdf(pdf, document)


def both(document, files=None):
    pdf = to_pdf(document, files)
    return pdf, from_pdf(pdf, document)


def far(pdf, ofd):
    """The farthest that a character of the OFD stands from the same one of the PDF; the texts must be the same."""
    opened, farthest = Opened(ofd), 0.0
    for page, signs in enumerate(pdf_signs(pdf)):
        found = opened.signs(page)
        assert "".join(sign.text for sign in found) == "".join(sign.text for sign in signs)
        farthest = max([farthest, *(max(abs(a.x - b.x), abs(a.y - b.y)) for a, b in zip(found, signs, strict=True))])
    return farthest


@pytest.mark.parametrize("form", FORMS)
def test_every_character_of_every_form_stands_where_the_pdf_has_it(form):
    assert far(*papers(form)) < NEAR


@pytest.mark.parametrize("form", FORMS)
def test_an_independent_reader_reads_the_text_of_the_pdf(form):
    pdf, ofd = papers(form)
    with ofdkit.open(io.BytesIO(ofd)) as read:
        assert read.warnings == []
        for page, signs in zip(read.pages, pdf_signs(pdf), strict=True):
            text = "".join(sign.text for sign in signs)
            assert "".join("".join(run.text for run in page.runs).split()) == text
            assert Counter("".join(page.text().split())) == Counter(text)


def test_the_head_and_the_rule_are_red_and_a_turned_page_is_a_turned_page():
    head = [each for each in Opened(papers("notice")[1]).objects(0, "TextObject") if "CTM" in each.attrib]
    rule = Opened(papers("notice")[1]).objects(0, "PathObject")
    assert [each.find("{*}FillColor").get("Value") for each in [*head, *rule]] == ["230 0 18"] * 2
    left, top, width, height = floats(rule[0].get("Boundary"))
    assert (round(left), round(width), round(height, 2)) == (28, 156, 0.42) and 110 < top < 130
    wide = Table(head=(tuple(f"列{n}" for n in range(9)),), rows=(("内容",) * 9,), landscape=True)
    pdf, ofd = both(Document(form="sheet", title="宽表", body=(*from_text("正文。"), wide)))
    areas = [Opened(ofd).part(page).find("{*}Area/{*}PhysicalBox").text for page in Opened(ofd).pages]
    assert areas == ["0 0 210 297", "0 0 297 210"]
    assert far(pdf, ofd) < NEAR  # the page number too, which is turned


def test_the_rules_of_a_table_are_one_object_with_each_rule_once():
    table = Table(head=(("序号", "事项", "时限"),), rows=tuple((str(n), f"第{n}项", "9月") for n in range(1, 6)))
    _, ofd = both(Document(form="sheet", title="表", body=(table,)))
    (rules,) = Opened(ofd).objects(0, "PathObject")
    assert rules.find("{*}AbbreviatedData").text.split().count("M") == 7 + 4
    assert rules.get("LineWidth") == "0.176"


def test_a_picture_is_kept_once_however_often_it_is_shown_and_a_seal_lies_over_the_text():
    files = {"a.jpg": picture(), "b.jpg": picture(), "章.png": picture("RGBA", (400, 400), (200, 0, 0, 120), "PNG")}
    body = (Figure("a.jpg", "图1"), Figure("b.jpg", "图2", width=0.5), *from_text("正文。"))
    document = replace(samples.plain_notice(), body=body, sealed=True, seals=("章.png",))
    _, ofd = both(document, files)
    opened = Opened(ofd)
    found = [each for page in range(len(opened.pages)) for each in opened.objects(page, "ImageObject")]
    media = opened.part("DocumentRes.xml").findall("{*}MultiMedias/{*}MultiMedia")
    assert [each.get("Format") for each in media] == ["JPEG", "PNG"]
    assert [each.get("ResourceID") for each in found] == [media[0].get("ID")] * 2 + [media[1].get("ID")]
    widths = [floats(each.get("CTM"))[0] for each in found]
    assert [round(width) for width in widths] == [156, 78, 42]
    seal = Image.open(opened.zip.open("Doc_0/Res/Image_1.png"))
    assert seal.mode == "RGBA" and 100 < seal.getpixel((50, 50))[3] < 140
    ids = [int(each.get("ID")) for each in opened.objects(len(opened.pages) - 1, "TextObject")]
    assert int(found[2].get("ID")) > min(ids)


def test_what_readers_need_of_a_text_object_holds_for_every_one():
    for form in FORMS:
        opened = Opened(papers(form)[1])
        for page in range(len(opened.pages)):
            for code in (
                code for each in opened.objects(page, "TextObject") for code in each.findall(".//{*}TextCode")
            ):
                assert len(spread(code.get("DeltaX"))) == len(code.text) - 1
                assert code.text == code.text.strip() and "\u3000" not in code.text[:1] + code.text[-1:]
                assert len(code.text) == 1 or max(code.text) <= "\uffff"


def test_rare_characters_stand_in_objects_of_their_own():
    pdf, ofd = both(Document(form="sheet", title="罕见字", body=from_text("张𠮷㛃、𠮷野，“质量”第1名。")))
    texts = ["".join(each.itertext()) for each in Opened(ofd).objects(0, "TextObject")]
    assert texts.count("𠮷") == 2 and not [text for text in texts if "𠮷" in text and text != "𠮷"]
    assert "张𠮷㛃、𠮷野，“质量”第1名。" in Opened(ofd).text(0)
    assert far(pdf, ofd) < NEAR
