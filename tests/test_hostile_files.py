"""Hostile files: none is kept as it came, none fetches anything, and whoever sent one reads what to do.

The harmless samples are made by ``hostile_files``; what offices really send is taken in as it came.
"""

import io
import socket
import zipfile
from collections.abc import Iterator

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

import documents
from activities.evidence.accepted_documents import SORTS, check
from activities.filing import volunteer
from activities.models import Attachment
from activities.states import Kind
from campaigns.forms.register import AssetFileForm
from documents.outline import Document, Paragraph
from documents.refusal import REASONS
from tests.cast import issued, said, signed_in, text
from tests.hostile_files import Sample, samples
from tests.office_files import PDF, compound, excel_97, ofd, office, pdf, relation, relations, word_97
from tests.pages import press


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """What the files would be fetched from: an address of this machine that notes who asks."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def hostile(listener: socket.socket) -> list[Sample]:
    return samples(f"http://127.0.0.1:{listener.getsockname()[1]}")


def asked(listener: socket.socket) -> bool:
    """Whether anybody asked."""
    try:
        listener.accept()
    except BlockingIOError:
        return False
    return True


def at_the_door(name: str, data: bytes) -> tuple[bytes, str]:
    """What is kept of a file, or why it is refused: at the door of filings, or of artwork for other kinds."""
    upload = SimpleUploadedFile(name, data)
    if "." + name.rpartition(".")[2] in SORTS:
        try:
            return check(upload)[0].read(), ""
        except ValidationError as refused:
            return b"", refused.messages[0]
    form = AssetFileForm({}, {"file": upload})
    return (form.cleaned_data["file"].read(), "") if form.is_valid() else (b"", form.errors["file"][0])


WORDS = {code: str(words) for code, words in REASONS.items()}
OF_ANOTHER_KIND = (
    "are not taken in",
    "not what its name says",
    "is not accepted",
    "whatever its name says",
    "PostScript",
)


def as_wanted(kept: bytes, words: str, wanted: str, data: bytes) -> bool:
    """Whether a file became what it should: cleaned to something else, or refused for its reason."""
    if wanted == "clean":
        return bool(kept) and kept != data and not words
    if wanted == "kind":
        return not kept and any(each in words for each in OF_ANOTHER_KIND)
    return not kept and words.startswith(str(REASONS[wanted]))


def test_none_of_five_hundred_is_kept_as_it_came_and_none_fetches_anything(listener):
    found = hostile(listener)
    with translation.override("en"):
        became = [(name, data, wanted, *at_the_door(name, data)) for name, data, wanted in found]
        wrong = [
            (name, wanted, words)
            for name, data, wanted, kept, words in became
            if not as_wanted(kept, words, wanted, data)
        ]
    kinds = {wanted for _name, _data, wanted in found}
    assert (wrong, len(found) > 500, len(kinds) >= 18, asked(listener)) == ([], True, True, False)


def test_what_was_made_clean_is_clean_and_reads_the_same(listener):
    place = f"127.0.0.1:{listener.getsockname()[1]}".encode()
    for name, data, wanted in hostile(listener):
        if wanted != "clean":
            continue
        kept, _words = at_the_door(name, data)
        again = documents.safety.judged(name, kept)
        assert (again.data, place in plain(name, kept)) == (None, False), name
        assert read(name, kept) == read(name, data), name


def plain(name: str, data: bytes) -> bytes:
    """All that stands in a file, unpacked."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(archive.read(each) for each in archive.namelist())
    with pikepdf.open(io.BytesIO(data)) as opened:
        return b"".join(repr(each).encode() for each in opened.objects)


def read(name: str, data: bytes) -> object:
    """What one reads in it: the text of a Word file, how many pages a PDF has."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("word/document.xml").replace(b' r:link="rId7"', b"").rpartition(b"<w:body>")[2]
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [bytes(page.mediabox.unparse()) for page in opened.pages]


# --- through the page -----------------------------------------------------------------------------------------------


def test_some_dozens_sent_through_the_page_leave_nothing_of_what_they_carried(db, media, listener):
    autumn = issued()
    row = volunteer.begin(autumn.campaign, autumn.water, Kind.OTHER)
    client, found = signed_in(autumn.liaison), hostile(listener)
    chosen = [sample for sample in found if "." + sample[0].rpartition(".")[2] in SORTS][::11]
    for start in range(0, len(chosen), 10):
        uploads = [
            SimpleUploadedFile(f"{start + at}-{name}", data)
            for at, (name, data, _) in enumerate(chosen[start : start + 10])
        ]
        press(client, row.get_absolute_url(), "action=save", documents=uploads)
    sent = {data for _name, data, _wanted in chosen}
    kept = [path.read_bytes() for path in media.rglob("*") if path.is_file()]
    clean = sum(wanted == "clean" for _name, _data, wanted in chosen)
    assert (len(chosen) > 36, sent & set(kept), len(kept) <= clean) == (True, set(), True)
    assert (Attachment.objects.count() > 0, asked(listener)) == (True, False)


def test_the_page_says_what_was_taken_out_and_what_to_do_about_the_rest(db, media):
    autumn = issued()
    row = volunteer.begin(autumn.campaign, autumn.water, Kind.OTHER)
    template = relations(relation("attachedTemplate", "file:///C:/office.dotm", outside=True))
    plan = office("docx", **{"word___rels__settings.xml.rels": template, "word__settings.xml": "<a/>"})
    objects = office("docx", word__embeddings__a=bytes.fromhex("d0cf11e0a1b11ae1"))
    uploads = [SimpleUploadedFile("方案.docx", plan), SimpleUploadedFile("附件.docx", objects)]
    response = press(signed_in(autumn.liaison), row.get_absolute_url(), "action=save", documents=uploads)
    assert "方案.docx was made clean: without the link to a template. What one reads in it is the same." in said(
        response
    )
    page = text(response)
    assert "附件.docx: Objects of other programs are embedded in it." in page
    assert [each.name for each in row.attachments.all()] == ["方案.docx"]


# --- what offices send ----------------------------------------------------------------------------------------------


def with_links() -> bytes:
    """Links to press, to pages and to other papers."""
    places = ("https://example.com/", "mailto:office@example.com", "another.docx", "file:///D:/a.docx", "#top")
    rows = [relation("hyperlink", place, outside=True, key=f"rId{n}") for n, place in enumerate(places)]
    return office("docx", **{"word___rels__document.xml.rels": relations(*rows)})


def opening_at_a_page(made: pikepdf.Pdf) -> None:
    page = made.pages[0].obj
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([page, pikepdf.Name.Fit]))
    web = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.com"))
    page.Annots = [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=web, F=4)]


NOTICE = Document(title="质量月", body=(Paragraph("一、目的"),))
FIELDS = '<w:p><w:r><w:instrText> HYPERLINK "https://example.com" </w:instrText></w:r></w:p>'
SUM = {"xl__worksheets__sheet1.xml": "<worksheet><c><f>SUM(A1:A9)</f></c></worksheet>"}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("通知.docx", lambda: documents.word.to_docx(NOTICE)), ("通知.pdf", lambda: documents.paper.to_pdf(NOTICE)),
        ("plain.pdf", lambda: PDF), ("opening.pdf", lambda: pdf(opening_at_a_page)),
        ("links.docx", with_links), ("fields.docx", lambda: office("docx", FIELDS)),
        ("chart.pptx", lambda: office("pptx", ppt__embeddings__a=office("xlsx"))),
        ("sums.xlsx", lambda: office("xlsx", **SUM)), ("paper.ofd", ofd), ("old.doc", word_97), ("old.et", excel_97),
        ("empty pool.doc", lambda: compound({"WordDocument": b"", "ObjectPool/": b""})),
        ("list.csv", lambda: "单位,电话,增减\n水务局,+86 755 0000,-5\n=====,—,@水务局\n".encode("gb18030")),
        ("notes.txt", lambda: b"=1+1 is two"),
    ],
)  # fmt: skip
def test_what_offices_really_send_stays_as_it_came(name, make):
    data = make()
    assert at_the_door(name, data) == (data, "")
