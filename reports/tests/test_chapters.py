"""Chapters of a briefing: set with the help of idle workers, and a gap where one cannot be set."""

import os
import time
from pathlib import Path

import pdfplumber
import pytest

from activities.evidence.forms.photos import add_photo
from activities.evidence.pictures import picture_from
from documents.errors import ImageError
from reports import briefing
from reports.briefing_book import bind_briefing, set_chapters
from reports.demonstration.pictures import picture
from reports.models import BriefingState
from reports.tasks import build_briefing, forget_chapters
from tests.cast import filed_summary, said, signed_in


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
    return autumn


def text_of(file):
    with file.open("rb") as stream, pdfplumber.open(stream) as pdf:
        return "".join(page.extract_text() for page in pdf.pages).replace("\n", "")


def test_a_helper_sets_what_whoever_binds_then_finds(reported, shelf):
    asked = []
    set_chapters(reported.campaign, 0.5, lambda: asked.append(1) is None)
    kept = {path.name for path in shelf.glob("*.part")}
    assert (len(asked), len(kept)) == (3, 3)
    bind_briefing(reported.campaign)
    assert kept < {path.name for path in shelf.glob("*.part")}


def test_a_helper_stops_when_the_briefing_is_done(reported, shelf):
    set_chapters(reported.campaign, 0, lambda: False)
    assert list(shelf.glob("*.part")) == []


def test_a_photo_that_is_gone_stops_the_briefing_by_name_and_a_gap_lets_it_be_built(reported):
    photo = reported.owed(reported.water, "summary").photos.get()
    Path(photo.file.path).unlink()
    edition = briefing.build(reported.campaign, by=reported.staff)
    with pytest.raises(ImageError, match="Water bureau"):
        build_briefing(edition.pk)
    edition.refresh_from_db()
    assert (edition.state, "开放日现场" in edition.reason) == (BriefingState.FAILED, True)
    page = signed_in(reported.staff)
    assert said(page.post(f"/briefings/{edition.pk}/retry/", {"gaps": "1"}, follow=True)) == [
        "It is being built again."
    ]
    build_briefing(edition.pk)
    edition.refresh_from_db()
    assert (edition.state, edition.gaps) == (BriefingState.READY, True)
    assert "此处空缺" in text_of(edition.file)


def test_chapters_no_book_has_used_for_a_month_are_removed(shelf):
    shelf.mkdir()
    for name, days in (("old.part", 32), ("new.part", 30)):
        path = shelf / name
        path.write_bytes(b"")
        moment = time.time() - days * 86400
        os.utime(path, (moment, moment))
    forget_chapters()
    assert [path.name for path in shelf.iterdir()] == ["new.part"]
