"""PDF/A and PDF/UA on request: what can be read off the file without a validator, and veraPDF where it is installed."""

import io
import shutil
import subprocess
from dataclasses import replace

import pytest
from PIL import Image

from documents.book.binding import Book, Chapter
from documents.book.whole_book import set_whole
from documents.outline import Figure, from_text
from documents.paper.pdf import to_pdf
from documents.paper.tests.archive import accessible, archival
from documents.tests import samples

VERAPDF = shutil.which("verapdf")


def picture(mode):
    out = io.BytesIO()
    Image.new(mode, (90, 60), "red").save(out, "PNG")
    return out.getvalue()


def illustrated():
    """A notice with a seal, a picture and a table, and its files."""
    notice = samples.notice()
    body = (*notice.body, Figure("a.png", caption="图1"))
    return replace(notice, seals=("seal",), body=body), {"seal": picture("RGBA"), "a.png": picture("RGB")}


def book():
    blocks = (*from_text(samples.BODY), samples.SCHEDULE, Figure("a.png", caption="图"))
    chapters = tuple(Chapter(str(number), f"第{number}章", blocks, {"a.png": picture("RGB")}) for number in (1, 2))
    return Book(title="汇编", chapters=chapters)


@pytest.mark.parametrize("name", samples.ALL)
def test_every_form_can_be_archived_and_read_aloud(name):
    document = samples.ALL[name]()
    assert archival(to_pdf(document, variant="pdf/a-2u"), "U") == []
    assert accessible(to_pdf(document, variant="pdf/ua-1")) == []


def test_seals_and_pictures_can_be_archived_and_read_aloud():
    document, files = illustrated()
    assert archival(to_pdf(document, files, variant="pdf/a-2u"), "U") == []
    assert accessible(to_pdf(document, files, variant="pdf/ua-1")) == []


def test_a_book_in_one_piece_can_be_archived_and_read_aloud():
    assert archival(set_whole(book(), variant="pdf/a-2u"), "U") == []
    assert accessible(set_whole(book(), variant="pdf/ua-1")) == []


def test_a_plain_pdf_is_neither():
    document, files = illustrated()
    plain = to_pdf(document, files)
    assert archival(plain, "U") == [
        "6.2.3 output intent with an RGB profile",
        "6.2.4 colour that is no RGB",
        "6.2.8 interpolated or alternate image",
        "6.6.4 conformance",
        "6.6.4 part",
    ]
    assert {"7.1 no tree", "7.1 not marked", "7.1 painted outside of the tree: TJ"} <= set(accessible(plain))


@pytest.mark.skipif(not VERAPDF, reason="veraPDF is not here")
@pytest.mark.parametrize(("variant", "flavour"), [("pdf/a-2u", "2u"), ("pdf/ua-1", "ua1")])
def test_verapdf_finds_no_fault(tmp_path, variant, flavour):
    document, files = illustrated()
    (tmp_path / "notice.pdf").write_bytes(to_pdf(document, files, variant=variant))
    (tmp_path / "book.pdf").write_bytes(set_whole(book(), variant=variant))
    command = [VERAPDF, "--flavour", flavour, "--format", "text", *sorted(tmp_path.glob("*.pdf"))]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert [line.split()[0] for line in found.stdout.splitlines()] == ["PASS", "PASS"], found.stdout
