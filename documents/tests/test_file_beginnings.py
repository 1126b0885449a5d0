"""What a file is, its first bytes tell: one table for every door."""

import io

import pytest
from PIL import Image

from documents.file_beginnings import BEGINS, FILMS, OLD_OFFICE, PICTURES, begins_as, is_film, is_what_it_says

SAMPLES = {
    ".pdf": b"%PDF-1.7", ".ai": b"%!PS-Adobe", ".eps": b"\xc5\xd0\xd3\xc6", ".psd": b"8BPS\0\1",
    ".docx": b"PK\x03\x04", ".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".rtf": b"{\\rtf1",
    ".txt": "质量月".encode("gb18030"),
    ".jpg": b"\xff\xd8\xff\xe0", ".png": b"\x89PNG\r\n\x1a\n", ".webp": b"RIFF1234WEBP", ".gif": b"GIF89a",
    ".bmp": b"BM\x3a\0\0\0\0\0\0\0", ".tiff": b"MM\0*", ".heic": b"\0\0\0\x20ftypmif1",
    ".mp4": b"\0\0\0\x20ftypisom", ".webm": b"\x1a\x45\xdf\xa3", ".avi": b"RIFF1234AVI ", ".wav": b"RIFF1234WAVE",
    ".wmv": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ".mp3": b"ID3\3",
}  # fmt: skip
TEXTS = {".txt", ".csv"}
"""Whatever has no NUL in it and is no page or program may be a text."""
SAME = [
    {".docx", ".xlsx", ".pptx", ".ofd", ".zip"}, {*OLD_OFFICE}, TEXTS, {".jpg", ".jpeg"}, {".tif", ".tiff"},
    {".heic", ".heif"}, {".mp4", ".m4v", ".m4a", ".mov"},
]  # fmt: skip
ALSO = {".pdf": {".ai"}, ".ai": {".eps"}, ".rtf": {".doc"}}
"""Illustrator saves a PDF or PostScript, old Word opens RTF."""


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_is_of_its_own_kind_and_of_no_other(kind):
    found = {each for each in BEGINS if begins_as(SAMPLES[kind], each)}
    expected = next((same for same in SAME if kind in same), {kind}) | ALSO.get(kind, set())
    assert (found - TEXTS, found & TEXTS) == (expected - TEXTS, set() if b"\0" in SAMPLES[kind] else TEXTS)


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        (".webp", b"RIFF1234WAVE"), (".webp", b"RIFF"), (".png", b"\x89PNG"), (".doc", b"\xd0\xcf\x11\xe0"),
        (".mp4", b"ftypisom"), (".mp4", b"\0\0\0\x20ftypheic"), (".mov", b"moov"),
        (".pdf", b"1234%PDF-"), (".wps", b"PK\x03\x04"),
        (".bmp", b"BMW and others"), (".gif", b"GIF8 frames"), (".wmv", b"\x30\x26\xb2\x75"),
        (".txt", b" <html>"), (".txt", b"MZ\x90"),
        (".heic", b"\0\0\0\x20ftypavif"), (".pdf", b""),
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_refused(kind, head):
    assert not begins_as(head, kind)


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        (".mov", b"\0\0\0\x08wide"), (".mov", b"\0\0\0\x08mdat"), (".mov", b"\0\0\0\x08moov"), (".doc", b"{\\rtf1"),
        (".tif", b"II*\0"), (".mp3", b"\xff\xfb"), (".eps", b"%!PS-Adobe"), (".pdf", b"\xef\xbb\xbf\r\n%PDF-1.4"),
        (".m4a", b"\0\0\0\x20ftypM4A "), (".gif", b"GIF87a"),
    ],
)  # fmt: skip
def test_kinds_that_begin_in_several_ways_are_known_by_each(kind, head):
    assert begins_as(head, kind)


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        ("JPEG", [".jpg", ".jpeg"]), ("PNG", [".png"]), ("WEBP", [".webp"]), ("GIF", [".gif"]), ("BMP", [".bmp"]),
        ("TIFF", [".tif", ".tiff"]),
    ],
)  # fmt: skip
def test_pictures_as_they_are_really_written_are_known(kind, ends):
    out = io.BytesIO()
    Image.new("RGB", (9, 3)).save(out, kind)
    assert [each for each in PICTURES if begins_as(out.getvalue(), each)] == ends


def test_films_move_and_sound_does_not():
    assert {kind for kind in SAMPLES if is_film(SAMPLES[kind])} == {*FILMS} & {*SAMPLES}
    assert not is_film(b"\0\0\0\x20ftypM4A ")


@pytest.mark.parametrize(
    ("name", "kinds", "answer"),
    [("a.PDF", (".pdf",), True), ("a.pdf", (".png",), False), ("a.png", (".png",), False), ("pdf", (".pdf",), False)],
)
def test_name_and_beginning_must_both_be_of_a_kind_that_is_wanted(name, kinds, answer):
    file = io.BytesIO(SAMPLES[".pdf"])
    file.read()
    assert (is_what_it_says(file, name, kinds), file.tell()) == (answer, 0)
