"""Chapters of a briefing: set with the help of idle workers, and a gap where one cannot be set."""

import errno
import io
import os
import time
from pathlib import Path

import pdfplumber
import pytest
from django.utils import translation

import documents
from activities.evidence.forms.photos import add_photo
from activities.evidence.pictures import picture_from
from documents.errors import DocumentError, ImageError, Unavailable
from documents.outline import Heading, Paragraph, Table
from reports.briefings import editions, prepared
from reports.briefings.book import bind_into, set_chapters
from reports.briefings.chapters import unit_chapter
from reports.briefings.tests.drafts import book_now
from reports.demonstration.pictures import picture
from reports.models import BriefingState, Summary
from reports.tasks import build_briefing, forget_chapters
from tests.cast import filed_summary, said, signed_in
from tests.pages import press


@pytest.fixture
def shelf(settings, tmp_path):
    settings.CHAPTERS_DIR = tmp_path / "chapters"
    return settings.CHAPTERS_DIR


@pytest.fixture
def reported(autumn, media, shelf):
    """The water bureau reported, with a photo."""
    owed = autumn.owed(autumn.water, "summary")
    filed_summary(owed, autumn.liaison, 3, 4, overview="水厂开放三天。")
    add_photo(owed, picture_from(picture("reservoir", "开放日", 1)), autumn.liaison, "开放日现场")
    owed.accept(by=autumn.staff)
    return autumn


def chapter_of(summary, *, gaps):
    """The chapter of a summary as an edition keeps it."""
    unit, photos = summary.assignment.unit, [photo.pk for photo in summary.assignment.photos.all()]
    return unit_chapter(summary, {"unit": unit.pk, "title": str(unit), "text": None, "photos": photos}, gaps)


def text_of(file):
    with file.open("rb") as stream, pdfplumber.open(stream) as pdf:
        return "".join(page.extract_text() for page in pdf.pages).replace("\n", "")


def test_a_helper_sets_what_whoever_binds_then_finds(reported, shelf):
    asked = []
    book = book_now(reported.campaign, reported.staff)
    set_chapters(book, 0.5, lambda: asked.append(1) is None)
    kept = {path.name for path in shelf.glob("*.part")}
    assert (len(asked), len(kept)) == (4, 4)
    bind_into(io.BytesIO(), book)
    assert kept < {path.name for path in shelf.glob("*.part")}


def test_a_chapter_is_set_when_its_summary_is_accepted_and_again_when_it_is_corrected(reported, shelf):
    assert (prepared.set_accepted(), len(list(shelf.glob("*.part")))) == (1, 1)
    (unit,) = [each for each in book_now(reported.campaign, reported.staff).chapters if each.key.startswith("unit")]
    (job,) = documents.book.chapter_jobs(documents.book.Book("", chapters=(unit,)), shelf)
    assert job.is_kept
    owed = reported.owed(reported.water, "summary")
    owed.send_back(by=reported.staff, reason="a figure")
    filed_summary(reported.owed(reported.water, "summary"), reported.liaison, 5, 4, overview="水厂开放五天。")
    assert prepared.set_accepted() == 0  # not accepted yet
    reported.owed(reported.water, "summary").accept(by=reported.staff)
    assert (prepared.set_accepted(), len(list(shelf.glob("*.part")))) == (1, 2)


def test_an_edition_frozen_before_there_were_stamps_is_bound_all_the_same(reported, shelf):
    edition = editions.build(reported.campaign, by=reported.staff)
    for row in edition.content["chapters"]:
        del row["stamp"]
    edition.save()
    build_briefing(edition.pk)
    edition.refresh_from_db()
    assert "水厂开放三天" in text_of(edition.file)


def test_a_helper_stops_when_the_briefing_is_done(reported, shelf):
    set_chapters(book_now(reported.campaign, reported.staff), 0, lambda: False)
    assert list(shelf.glob("*.part")) == []


def test_a_photo_that_is_gone_stops_the_briefing_by_name_and_a_gap_lets_it_be_built(reported):
    photo = reported.owed(reported.water, "summary").photos.get()
    Path(photo.sent.path).unlink()
    edition = editions.build(reported.campaign, by=reported.staff)
    with pytest.raises(DocumentError, match="Water bureau"):
        build_briefing(edition.pk)
    edition.refresh_from_db()
    assert (edition.state, "开放日现场" in edition.reason) == (BriefingState.FAILED, True)
    page = signed_in(reported.staff)
    again = press(page, edition.get_absolute_url(), "gaps=1", form=f"/briefings/{edition.pk}/retry/")
    assert said(again) == ["It is being built again."]
    build_briefing(edition.pk)
    edition.refresh_from_db()
    assert (edition.state, edition.gaps) == (BriefingState.READY, True)
    words, gap, figures = (
        "水厂开放三天。",
        "【此处空缺】Water bureau的照片无法读取：开放日现场。",
        "项目 数量 单位Posters 3 sheetsVisitors 4 people",
    )
    assert f"{words}{gap}{figures}— 5 —" in text_of(edition.file)  # only the photo is missing, nothing the unit wrote


def test_a_photo_that_stops_the_program_which_opens_it_is_named_and_leaves_a_gap_too(reported, monkeypatch):
    def stopped(*_given):
        raise Unavailable("It took too long and was stopped.")

    monkeypatch.setattr(documents.pictures, "clean_jpeg", stopped)
    summary = Summary.latest(reported.owed(reported.water, "summary"))
    with pytest.raises(ImageError, match="Water bureau"):
        chapter_of(summary, gaps=False)
    assert "【此处空缺】" in str(chapter_of(summary, gaps=True).blocks)


def test_a_section_of_a_summary_is_a_heading_of_the_first_level_and_its_paragraphs(reported):
    filed_summary(reported.owed(reported.health, "summary"), reported.neighbour, 1, 2, overview="义诊。\n讲座。")
    chapter = chapter_of(Summary.latest(reported.owed(reported.health, "summary")), gaps=False)
    assert chapter.blocks[:3] == (Heading(1, "一、", "overview"), Paragraph("义诊。"), Paragraph("讲座。"))


def test_chapters_no_book_has_used_for_a_month_are_removed(shelf):
    shelf.mkdir()
    for name, days in (("old.part", 32), ("new.part", 30)):
        path = shelf / name
        path.write_bytes(b"")
        moment = time.time() - days * 86400
        os.utime(path, (moment, moment))
    killed = shelf / "being-written-by-a-killed-worker"
    killed.write_bytes(b"")
    os.utime(killed, (time.time() - 90_000, time.time() - 90_000))
    (shelf / "being-written-now").write_bytes(b"")
    forget_chapters()
    assert {path.name for path in shelf.iterdir()} == {"new.part", "being-written-now"}


def test_a_full_disk_is_named_and_leaves_nothing_behind(reported, shelf, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    edition = editions.build(reported.campaign, by=reported.staff)
    monkeypatch.setattr(editions, "bind_into", full)
    with pytest.raises(OSError, match="no room for files"):
        build_briefing(edition.pk)
    edition.refresh_from_db()
    assert ("no room for files on this server" in edition.reason, list(shelf.glob("being*"))) == (True, [])


PASTED = """一、总体情况
共开展活动12场。
序号\t活动\t人数
1\t启动仪式\t300
2\t"进企业\n进社区"\t50
合计\t\t350
二、下一步
（一）再宣传
"""


def test_a_table_pasted_into_a_summary_is_a_table_in_the_briefing_and_no_heading_stands_twice(autumn):
    owed = autumn.owed(autumn.water, "summary")
    filed_summary(owed, autumn.liaison, 3, 4, overview=PASTED, practice="主要做法：\n走访。", effect="好。")
    with translation.override("zh-hans"):
        chapter = chapter_of(Summary.objects.get(assignment=owed), gaps=False)
    assert chapter.blocks[:8] == (
        Heading(1, "一、", "总体情况"),
        Paragraph("共开展活动12场。"),
        Table(
            head=(("序号", "活动", "人数"),),
            rows=(("1", "启动仪式", "300"), ("2", "进企业 进社区", "50"), ("合计", "", "350")),
        ),
        Paragraph("二、下一步"),
        Heading(2, "（一）", "再宣传"),
        Heading(1, "二、", "主要做法"),
        Paragraph("走访。"),
        Heading(1, "三、", "取得成效"),
    )
