"""Documents and clips: judged by what they are, refused in words, handed out to be saved and never shown."""

import errno
import os

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.forms import ValidationError
from django.urls import reverse
from django.utils import translation

from activities.evidence.accepted_documents import CLIP, DOCUMENT, SORTS, check, safe_name
from activities.filing import volunteer
from activities.models import Attachment
from activities.states import Kind
from tests.cast import said, signed_in, text
from tests.office_files import DOCX, PDF, PPTX, XLSX, ofd, relation, relations, word_97, zipped
from tests.pages import autosave, press
from workflow.uploads import LimitedUploadHandler

MP4 = b"\0\0\0\x20ftypisom" + b"\0" * 100
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\0" + b"\0" * 200


ONLINE = zipped(
    {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(relation("officeDocument", "word/document2.xml")),
        "word/document2.xml": "<document/>",
    }
)
"""A Word file as it is saved online: its text is not in word/document.xml."""
A_ZIP = zipped({"a": "x"})


def named_by_its_type():
    """A Word file whose text lies anywhere, and only the list of types says where."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/text/main.xml" ContentType="{kind}"/></Types>'
    return zipped({"[Content_Types].xml": types, "text/main.xml": "<document/>"})


TYPED = named_by_its_type()


def upload(name, data):
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF), ("方案.DOCX", DOCX), ("a.xlsx", XLSX), ("a.ofd", ofd()),
        ("a.pptx", PPTX),
        ("b.doc", b"{\\rtf1\\ansi"), ("a.doc", word_97()),
        ("a.txt", "质量月".encode("gb18030")), ("b.txt", "质量月".encode("utf-16")),
        ("c.csv", b"\xfe\xff" + "质量月".encode("utf-16-be")), ("a.rtf", b"{\\rtf1\\ansi"), ("online.docx", ONLINE),
        ("typed.docx", TYPED),
        ("a.mp4", MP4), ("a.mov", b"\0\0\0\x14ftypqt  "),
        ("a.webm", b"\x1a\x45\xdf\xa3"), ("a.avi", b"RIFF0000AVI LIST"), ("a.wav", b"RIFF0000WAVEfmt "),
        ("a.mp3", b"ID3\x03"), ("b.mp3", b"\xff\xfb\x90"), ("a.wmv", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
    ],
)  # fmt: skip
def test_what_offices_use_is_taken_in(name, data):
    kept, mark = check(upload(name, data))
    assert (kept.read(), len(mark)) == (data, 64)


NOT_TAKEN, NOT_WHAT, EMPTY = "are not taken in", "not what its name says", "The file is empty."


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("logo.svg", SVG, NOT_TAKEN), ("page.html", b"<html>", NOT_TAKEN), ("setup.exe", EXE, NOT_TAKEN),
        ("photos.zip", A_ZIP, NOT_TAKEN), ("macro.docm", DOCX, NOT_TAKEN), ("noname", PDF, NOT_TAKEN),
        ("a.PDF.exe", PDF, NOT_TAKEN), ("photo.jpg", b"\xff\xd8", "This is a photo"),
        ("scan.tif", b"II*\0", "This is a photo"), ("sketch.BMP", b"BM", "This is a photo"),
        ("anim.gif", b"GIF89a", "This is a photo"), ("page.txt", "<html>".encode("utf-16"), NOT_WHAT),
        ("setup.pdf", EXE, NOT_WHAT), ("logo.pdf", SVG, NOT_WHAT), ("page.txt", b"  <!DOCTYPE html>", NOT_WHAT),
        ("logo.txt", SVG, NOT_WHAT), ("setup.txt", EXE, NOT_WHAT), ("a.docx", A_ZIP, NOT_WHAT),
        ("a.docx", b"PK\x03\x04broken", NOT_WHAT), ("a.wps", DOCX, NOT_WHAT), ("a.pdf", b"1234" + PDF, NOT_WHAT),
        ("photo.mp4", b"\0\0\0\x20ftypheic", NOT_WHAT), ("a.m4a", b"\0\0\0\x20ftypavif", NOT_WHAT),
        ("a.xlsx", DOCX, NOT_WHAT), ("a.mp4", PDF, NOT_WHAT), ("a.pdf", b"", EMPTY),
    ],
)  # fmt: skip
def test_everything_else_is_refused_in_words(name, data, why):
    with translation.override("en"), pytest.raises(ValidationError, match=why):
        check(upload(name, data))


@pytest.mark.parametrize(("name", "most"), [("a.pdf", DOCUMENT), ("a.mp4", CLIP)])
def test_each_kind_has_its_size_and_says_it(name, most):
    file = upload(name, PDF)
    file.size = most + 1
    said_limit = f"at most {most // 1_000_000} MB are taken in"
    with translation.override("en"), pytest.raises(ValidationError, match=said_limit):
        check(file)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("C:\\fake\\方案.docx", "方案.docx"), ("../../etc/passwd.txt", "passwd.txt"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("a\r\nb.pdf", "a__b.pdf"), ("  .pdf", "file.pdf"), ("长" * 300 + ".pdf", "长" * 150 + ".pdf"),
    ],
)  # fmt: skip
def test_a_name_is_made_harmless(name, safe):
    assert safe_name(name) == safe


# --- in the form -------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(autumn, media):
    return Desk(autumn)


class Desk:
    """A material of the water bureau."""

    def __init__(self, cast):
        self.cast = cast
        self.row = volunteer.begin(cast.campaign, cast.water, Kind.OTHER)

    def send(self, *files, action="save", **values):
        """Choose these files on the page, type, and press a button."""
        client, page = signed_in(self.cast.liaison), self.row.get_absolute_url()
        return press(client, page, f"action={action}", documents=list(files), **values)

    @property
    def kept(self):
        return [(each.name, each.caption, each.size) for each in self.row.attachments.all()]


def test_files_are_kept_under_their_names_once(desk):
    desk.send(upload("方案.docx", DOCX), upload("again.docx", DOCX), upload("clip.mp4", MP4))
    assert desk.kept == [("方案.docx", "", len(DOCX)), ("clip.mp4", "", len(MP4))]


def test_one_wrong_file_is_named_and_the_good_ones_need_not_be_chosen_again(desk):
    response = desk.send(upload("ok.pdf", PDF), upload("logo.svg", SVG), text="My words")
    assert (response.status_code, desk.kept) == (422, [("ok.pdf", "", len(PDF))])
    assert said(response)[1:] == ["The photos and files you chose are kept; you need not choose them again."]
    page = text(response)
    assert "logo.svg: Files of the kind “.svg” are not taken in." in page
    assert "My words</textarea>" in page


def test_a_caption_is_kept_and_a_file_taken_away(desk):
    desk.send(upload("a.pdf", PDF), upload("clip.mp4", MP4))
    first, second = desk.row.attachments.all()
    desk.send(**{f"filecaption_{first.pk}": "The list", f"remove_file_{second.pk}": "on"})
    assert desk.kept == [("a.pdf", "The list", len(PDF))]


def test_a_page_that_saves_itself_takes_nothing_away(desk):
    desk.send(upload("a.pdf", PDF))
    (only,) = desk.row.attachments.all()
    page, struck = desk.row.get_absolute_url(), {f"remove_file_{only.pk}": "on"}
    autosave(signed_in(desk.cast.liaison), page, text="More", **struck)
    assert len(desk.kept) == 1


def test_eleven_files_are_too_many(desk):
    response = desk.send(*(upload(f"{n}.txt", f"{n}".encode()) for n in range(11)))
    assert (response.status_code, "At most 10 files in all." in text(response), desk.kept) == (422, True, [])


def test_a_file_is_enough_to_submit_a_material(desk):
    assert said(desk.send(upload("a.pdf", PDF), action="submit")) == ["Submitted."]


def test_limits_stand_at_the_field_before_anything_is_sent(desk):
    page = text(signed_in(desk.cast.liaison).get(desk.row.get_absolute_url()))
    assert "up to 50 MB" in page and "up to 200 MB" in page and f'data-most="{CLIP}"' in page


# --- too large to arrive -----------------------------------------------------------------------------------------


def test_what_has_no_end_is_dropped_while_it_arrives(desk, settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    response = desk.send(upload("film.mp4", MP4 + b"\0" * 300_000), text="Written beside it")
    assert (response.status_code, desk.kept) == (422, [])
    assert "film.mp4: It is larger than 200 MB." in text(response)
    assert "Written beside it</textarea>" in text(response)


def test_a_file_up_to_the_limit_arrives_whole(desk, settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    desk.send(upload("film.mp4", MP4.ljust(100_000, b"\0")))
    assert desk.kept == [("film.mp4", "", 100_000)]


def test_the_guard_stands_before_the_other_handlers_and_lets_the_largest_kind_pass():
    assert settings.FILE_UPLOAD_HANDLERS[0] == f"{LimitedUploadHandler.__module__}.LimitedUploadHandler"
    assert max(sort.most for sort in SORTS.values()) <= settings.UPLOAD_MAX_BYTES


# --- a full disk -------------------------------------------------------------------------------------------------


def full(*_anything):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_where_the_disk_is_full_it_is_said_the_words_stay_and_no_file_is_left(desk, media, monkeypatch):
    monkeypatch.setattr(os, "fsync", full)
    response = desk.send(upload("a.pdf", PDF), text="Written beside it")
    assert (response.status_code, desk.kept) == (507, [])
    page = text(response)
    assert "There is no room for files on this server at the moment" in page
    assert "Written beside it</textarea>" in page
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_clip_for_which_there_is_no_room_while_it_arrives_is_named(desk, monkeypatch, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    response = desk.send(upload("film.mp4", MP4 + bytes(2000)), text="Written beside it")
    assert (response.status_code, desk.kept) == (422, [])
    assert "film.mp4: There is no room for files on this server at the moment" in text(response)
    assert "Written beside it</textarea>" in text(response)


# --- handed out ------------------------------------------------------------------------------------------------------


def fetch(desk, who):
    (only,) = desk.row.attachments.all()
    return signed_in(desk.cast.people()[who]).get(only.get_absolute_url())


def test_a_file_is_saved_and_never_shown(desk):
    desk.send(upload("名单.txt", b"Li\n<script>"))
    response = fetch(desk, "liaison")
    assert b"".join(response) == b"Li\n<script>"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E5%90%8D%E5%8D%95.txt"
    assert (response["X-Content-Type-Options"], response["Content-Security-Policy"]) == (
        "nosniff", "default-src 'none'; sandbox",
    )  # fmt: skip


def test_behind_nginx_the_file_is_named_to_it_once_the_right_is_asked(desk, settings):
    settings.X_ACCEL_REDIRECT = "/kept-files/"
    desk.send(upload("名单.txt", b"Li"))
    (only,) = desk.row.attachments.all()
    response = fetch(desk, "liaison")
    assert (response.content, response["X-Accel-Redirect"]) == (b"", f"/kept-files/{only.file.name}")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E5%90%8D%E5%8D%95.txt"
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "text/plain")
    refused = fetch(desk, "stranger")
    assert (refused.status_code, "X-Accel-Redirect" in refused) == (404, False)


def test_a_kind_nobody_knows_any_more_is_bytes(desk):
    desk.send(upload("a.pdf", PDF))
    Attachment.objects.update(name="old.html")
    assert fetch(desk, "liaison")["Content-Type"] == "application/octet-stream"


def test_others_get_it_once_it_is_filed(desk):
    desk.send(upload("a.pdf", PDF))
    people = ("liaison", "head", "staff", "leader", "neighbour", "stranger")
    assert [fetch(desk, who).status_code for who in people] == [200, 200, 404, 404, 404, 404]
    desk.send(action="submit", text="Here it is")
    assert [fetch(desk, who).status_code for who in people] == [200, 200, 200, 200, 404, 404]


def test_without_signing_in_there_is_no_file(desk, client):
    desk.send(upload("a.pdf", PDF))
    (only,) = desk.row.attachments.all()
    assert client.get(reverse("activities:attachment", args=[only.pk])).status_code == 302
