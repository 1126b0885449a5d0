"""Is the file in your hands the issued one?"""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns import way
from campaigns.models import NoticePaper
from tests.cast import issued, said, signed_in

PDF, WORD = b"%PDF-1.7 the issued one", b"PK the Word file"


@pytest.fixture
def printed(db, settings, tmp_path):
    """The autumn with its notice set on paper."""
    settings.MEDIA_ROOT = tmp_path
    cast = issued()
    paper = NoticePaper.objects.get(notice=cast.notice)
    NoticePaper.objects.filter(pk=paper.pk).update(state="ready", **paper.store(PDF, WORD))
    return cast


def answer(cast, who, content, name="x.pdf"):
    files = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    address = reverse("campaigns:compare-file", args=[cast.notice.pk])
    return said(signed_in(cast.people()[who]).post(address, files, follow=True))[0]


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (PDF, "Yes: this is the issued PDF of 深质强〔2015〕1号, byte for byte."),
        (WORD, "Yes: this is the Word file of 深质强〔2015〕1号, byte for byte."),
        (PDF + b" ", "No: this is not the file that was issued as 深质强〔2015〕1号 on 20 August 2015"),
        (b"x", "No: this is not the file"),
        (None, "Please choose the file"),
    ],
)
def test_the_page_says_whether_it_is_the_issued_file(printed, content, begins):
    told = answer(printed, "liaison", content)
    assert told.startswith(begins)
    if content:
        assert hashlib.sha256(content).hexdigest() in told


def test_the_file_of_another_notice_is_named_only_to_who_may_see_it(printed):
    other = b"%PDF-1.7 of the district"
    way.approve(printed.district_notice, author=printed.district_staff, reviewer=printed.district_signer)
    NoticePaper.objects.create(notice=printed.district_notice, state="ready", sha256=hashlib.sha256(other).hexdigest())
    assert "District month" not in answer(printed, "liaison", other)
    way_there = reverse("campaigns:compare-file", args=[printed.district_notice.pk])
    told = said(
        signed_in(printed.district_staff).post(way_there, {"file": SimpleUploadedFile("a.pdf", PDF)}, follow=True)
    )[0]
    assert told.startswith("No: this is not the file")


def test_nothing_is_kept(printed, tmp_path):
    before = sorted(path.name for path in tmp_path.rglob("*"))
    answer(printed, "staff", b"secret")
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_before_it_is_set_there_is_nothing_to_compare_with(db):
    cast = issued()
    assert answer(cast, "staff", PDF) == "There is no issued file yet to compare it with."
