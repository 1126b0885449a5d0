"""A book: every number in its contents is the page it names, one broken chapter never hides or stops the others."""

import io
import logging
import os
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pdfplumber
import pikepdf
import pytest
from PIL import Image

from documents.book.binding import Book, Chapter, ChapterFailed, bind, bind_into, chapter_jobs, forget
from documents.book.chapter_setting import set_chapter
from documents.book.whole_book import set_whole
from documents.errors import DocumentError
from documents.layout import fonts
from documents.outline import Figure, Paragraph, Table, from_text
from documents.tests.ruler import MM, read

pytestmark = pytest.mark.slow  # books are bound for real; make test does it

TEXT = """一、总体情况
本单位围绕“质量强国”主题，扎实开展质量月各项活动，取得良好成效。
（一）主要做法。张贴海报、悬挂横幅，开展咨询。
"""


def photo(colour):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "JPEG")
    return out.getvalue()


def chapter(number, length=1, **files):
    blocks = from_text(TEXT * length)
    figures = tuple(Figure(name, "图1 现场", width=0.4) for name in files)
    return Chapter(f"unit-{number}", f"第{number}单位质量月活动总结", (*blocks, *figures), files)


def book(count=3, **more):
    chapters = tuple(chapter(number, length=number % 5 * 3 + 1) for number in range(1, count + 1))
    table = Table(head=(("单位", "原因"),), rows=(("甲局", "未报"),))
    given = {
        "subtitle": "各单位总结汇编",
        "cover": ("临江市质量强市办公室", "2024年10月"),
        "foreword": from_text("现将各单位总结汇编成册。"),
        "chapters": chapters,
        "annexes": (Chapter("absent", "未报送总结的单位名单", (table,)),),
    }
    return Book("临江市2024年“质量月”活动情况通报", **(given | more))


@pytest.fixture(autouse=True)
def silence(caplog):
    caplog.set_level(logging.WARNING, logger="weasyprint")
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return tmp_path_factory.mktemp("shelf")


def texts(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [page.extract_text() for page in opened.pages]


def test_contents_links_bookmarks_and_printed_numbers_name_the_real_pages(shelf):
    out = io.BytesIO()
    bound = bind_into(out, book(26), cache_dir=shelf)
    pages = texts(out.getvalue())
    real = {
        int(found.group(1)): number
        for number, page in enumerate(pages, start=1)
        if (found := re.match(r"第(\d+)单位质量月活动总结\n", page))
    }
    assert sorted(real) == list(range(1, 27))
    listed = "\n".join(pages[2 : real[1] - 1])
    assert {int(n): int(p) for n, p in re.findall(r"第(\d+)单位质量月活动总结 ?·+ ?(\d+)", listed)} == real
    assert bound.first_pages == {f"unit-{n}": page for n, page in real.items()} | {"absent": len(pages)}
    assert bound.pages == len(pages)
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        links = [numbers[link.Dest[0].objgen] for page in pdf.pages if "/Annots" in page for link in page.Annots]
        with pdf.open_outline() as outline:
            marks = {item.title: numbers[item.destination[0].objgen] for item in outline.root}
            inner = [child.title for child in outline.root[-2].children]
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo["/Title"]) == book().title
        assert str(pdf.Root.Lang) == "zh-CN"
    assert links == [*real.values(), len(pages)]
    assert [marks[f"第{n}单位质量月活动总结"] for n in range(1, 27)] == list(real.values())
    assert inner[:1] == ["一、总体情况"]
    for number, page in enumerate(pages, start=1):
        assert (f"— {number} —" in page) == (number > 1), number


def test_even_pages_stand_two_millimetres_further_left(shelf):
    pdf = bind(book(3), cache_dir=shelf)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        lefts = [
            min(char["x0"] for char in page.chars if abs(char["size"] - 16) < 0.2) * MM for page in opened.pages[4:8]
        ]
        for page in opened.pages[2:]:
            dash = next(char for char in page.chars if char["text"] == "—" and abs(char["size"] - 14) < 0.2)
            assert (dash["x0"] > 300) == bool(page.page_number % 2)
    assert {round(left) for left in lefts} <= {26, 28}
    assert len({round(left) for left in lefts}) == 2


def test_the_same_book_gives_the_same_bytes_however_it_is_set(shelf, tmp_path):
    first = bind(book(3), cache_dir=shelf)
    assert bind(book(3), cache_dir=tmp_path / "other") == first
    assert bind(book(3)) == first
    assert bind(book(3), setter=lambda do, jobs: [do(job) for job in reversed(list(jobs))][::-1]) == first


def test_a_process_pool_sets_the_chapters(tmp_path):
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        assert bind(book(2), cache_dir=tmp_path, setter=pool.map) == bind(book(2))


def test_only_the_changed_chapter_is_set_again(tmp_path):
    bind(book(4), cache_dir=tmp_path)
    worked = []

    def setter(do, jobs):
        worked.extend(job.part.key for job in jobs)
        return map(do, jobs)

    changed = book(4)
    chapters = (*changed.chapters[:2], replace(changed.chapters[2], title="改了"), changed.chapters[3])
    bind(replace(changed, chapters=chapters), cache_dir=tmp_path, setter=setter)
    assert worked == ["unit-3"]


def test_chapters_set_beforehand_by_a_queue_are_found(tmp_path):
    for job in chapter_jobs(book(3), tmp_path):
        assert set_chapter(job).reason == ""
    worked = []
    bind(book(3), cache_dir=tmp_path, setter=lambda do, jobs: worked.extend(jobs) or [])
    assert worked == []


def test_progress_counts_every_chapter_that_is_set_and_the_kept_ones_at_once(tmp_path):
    seen = []
    bind(book(3), cache_dir=tmp_path, progress=lambda done, total: seen.append((done, total)))
    bind(book(3), cache_dir=tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4), (4, 4)]


def test_a_damaged_fragment_is_set_again(tmp_path):
    first = bind(book(2), cache_dir=tmp_path)
    for path in sorted(tmp_path.glob("*.part")):
        path.write_bytes(path.read_bytes()[:50])
    assert bind(book(2), cache_dir=tmp_path) == first


def test_chapters_that_no_book_uses_any_more_are_forgotten(tmp_path):
    bind(book(3), cache_dir=tmp_path)
    for path in tmp_path.glob("*.part"):
        os.utime(path, (0, 0))
    bind(book(2), cache_dir=tmp_path)  # cover and foreword are the same; contents, chapter 3, fonts are not used
    kept = len(list(tmp_path.glob("*.part")))
    assert forget(tmp_path, 3600) == 3
    assert len(list(tmp_path.glob("*.part"))) == kept - 3
    assert bind(book(2), cache_dir=tmp_path) == bind(book(2))


def test_a_failed_chapter_is_named_and_can_become_a_marked_gap(shelf):
    broken = Chapter("unit-2", "第2单位总结", (Paragraph("正文"), Figure("现场.jpg")), {"现场.jpg": b"no image"})
    whole = book(3)
    spoilt = replace(whole, chapters=(whole.chapters[0], broken, whole.chapters[2]))
    with pytest.raises(ChapterFailed, match=r"第2单位总结.*现场\.jpg") as caught:
        bind(spoilt, cache_dir=shelf)
    assert [failure.key for failure in caught.value.failures] == ["unit-2"]
    out = io.BytesIO()
    bound = bind_into(out, spoilt, cache_dir=shelf, gaps=True)
    assert [failure.key for failure in bound.failures] == ["unit-2"]
    pages = texts(out.getvalue())
    assert "此处空缺" in pages[bound.first_pages["unit-2"] - 1]
    assert "第3单位" in pages[bound.first_pages["unit-3"] - 1]


def test_one_broken_chapter_of_300_is_named():
    chapters = tuple(
        Chapter(f"k{n}", f"单位{n}", (Figure("x"),) if n == 217 else (Paragraph("好"),)) for n in range(300)
    )
    failed = []

    def setter(do, jobs):  # set only the one that matters
        for job in jobs:
            outcome = do(job) if job.part.key in {"k216", "k217"} else do(replace(job, part=chapters[0]))
            failed.append(outcome.reason)
            yield replace(outcome, key=job.part.key)

    with pytest.raises(ChapterFailed, match="单位217") as caught:
        bind(Book("书", chapters=chapters), setter=setter)
    assert [failure.key for failure in caught.value.failures] == ["k217"]


def test_the_same_photo_is_stored_once(tmp_path):
    red, blue = photo("red"), photo("blue")
    chapters = (chapter(1, a=red, b=red), chapter(2, a=red), chapter(3, a=blue))
    with pikepdf.open(io.BytesIO(bind(book(chapters=chapters), cache_dir=tmp_path))) as pdf:
        images = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"]
    assert len(images) == 2


def test_every_font_is_embedded_once_with_the_glyphs_of_all_chapters(shelf):
    pdf = bind(book(5), cache_dir=shelf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = [
            str(obj.BaseFont)
            for obj in opened.objects
            if isinstance(obj, pikepdf.Dictionary) and "/DescendantFonts" in obj
        ]
    assert len(names) == len(set(names))
    assert "".join(texts(pdf)).count("扎实开展质量月各项活动") >= 5


def test_photos_may_be_paths_that_are_read_when_needed(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(photo("green"))
    there = replace(chapter(1), blocks=(Figure("a.jpg"),), files={"a.jpg": path})
    assert bind(book(chapters=(there,))) == bind(book(chapters=(replace(there, files={"a.jpg": photo("green")}),)))
    gone = replace(there, files={"a.jpg": tmp_path / "gone.jpg"})
    with pytest.raises(ChapterFailed, match=r"a\.jpg"):
        bind(book(chapters=(gone,)))


def test_a_character_without_a_font_becomes_a_mark_and_is_reported(tmp_path):
    out = io.BytesIO()
    odd = Chapter("k", "单位", (Paragraph("联系人：\U00020000某"),))
    bound = bind_into(out, book(chapters=(odd,)), cache_dir=tmp_path)
    assert bound.missing == ("no font can print “\U00020000” (U+20000) in “单位”, paragraph 2",)
    assert "〓某" in "".join(texts(out.getvalue()))


def test_a_turned_table_inside_a_book_keeps_its_number(tmp_path):
    wide = Table(head=(tuple(f"第{n}列" for n in range(18)),), rows=(tuple("数值甲乙" for _ in range(18)),))
    pdf = bind(
        book(chapters=(Chapter("k", "单位", (Paragraph("前"), wide, Paragraph("后"), wide)),)), cache_dir=tmp_path
    )
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        turned = [page.page_number for page in opened.pages if page.width > page.height]
    assert len(turned) == 2


@pytest.mark.parametrize("empty", [Book("书"), Book(""), Book("书", chapters=(Chapter("k", ""),)), Book("长" * 300)])
def test_a_book_of_almost_nothing_is_bound(empty):
    assert pikepdf.open(io.BytesIO(bind(empty))).check_pdf_syntax() == []


def test_a_book_in_one_piece_has_the_photos_of_its_foreword_and_names_a_broken_chapter():
    with pikepdf.open(io.BytesIO(set_whole(book(1, foreword=(Figure("会场"),), files={"会场": photo("red")})))) as pdf:
        assert [len(page.get_images()) for page in pdf.pages][1] == 1
    with pytest.raises(DocumentError, match="“第7单位质量月活动总结” could not be set: “a” is not an image"):
        set_whole(Book("书", chapters=(chapter(7, a=b"no image"),)))


def test_a_tagged_book_is_set_in_one_piece():
    pdf = set_whole(book(2))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root
        assert len(opened.pages) == len(pikepdf.open(io.BytesIO(bind(book(2)))).pages)
    for number, page in enumerate(read(pdf)[1:], start=2):  # the dash 7 mm below the type area
        line, dash = page.find(f"—{number}—"), fonts.metrics("song", "—")
        height = line.top + (0.88 - (dash.ink_top + dash.ink_bottom) / 2) * 14 * MM
        assert abs(height - 269) < 0.5
    pages = texts(pdf)
    first = next(number for number, page in enumerate(pages, start=1) if page.startswith("第1单位"))
    assert re.search(rf"第1单位质量月活动总结 ?·+ ?{first}\b", pages[2])
