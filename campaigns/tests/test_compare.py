"""Is the file in your hands the issued one?"""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns import way
from campaigns.models import NoticePaper
from tests.cast import issued, said, signed_in
from tests.pages import forge, press

PDF, WORD, OFD = b"%PDF-1.7 the issued one", b"PK the Word file", b"PK the OFD"


@pytest.fixture
def printed(db, settings, tmp_path):
    """The autumn with its notice set on paper."""
    settings.MEDIA_ROOT = tmp_path
    cast = issued()
    paper = NoticePaper.objects.get(notice=cast.notice)
    NoticePaper.objects.filter(pk=paper.pk).update(state="ready", **paper.store(PDF, WORD, OFD))
    return cast


def answer(cast, who, content, name="x.pdf"):
    return ask(signed_in(cast.people()[who]), cast.notice, SimpleUploadedFile(name, content) if content else None)


def ask(client, notice, file):
    """Choose the file on the page of the notice. Returns: what is said of it."""
    chosen = {"file": file} if file else {}
    form = reverse("campaigns:compare-file", args=[notice.pk])
    return said(press(client, notice.get_absolute_url(), form=form, **chosen))[0]


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (PDF, "Yes: this is the issued PDF of 深质强〔2015〕1号, byte for byte."),
        (WORD, "Yes: this is the Word file of 深质强〔2015〕1号, byte for byte."),
        (OFD, "Yes: this is the OFD of 深质强〔2015〕1号, byte for byte."),
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
    told = ask(signed_in(printed.district_staff), printed.district_notice, SimpleUploadedFile("a.pdf", PDF))
    assert told.startswith("No: this is not the file")


def test_nothing_is_kept(printed, tmp_path):
    before = sorted(path.name for path in tmp_path.rglob("*"))
    answer(printed, "staff", b"secret")
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_before_it_is_set_there_is_nothing_to_compare_with(db):
    cast = issued()
    client, address = signed_in(cast.staff), reverse("campaigns:compare-file", args=[cast.notice.pk])
    sent = forge(client, address, {"file": SimpleUploadedFile("x.pdf", PDF)}, follow=True)
    assert said(sent) == ["There is no issued file yet to compare it with."]
