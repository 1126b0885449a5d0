"""What was typed into a PDF form, or across its page, is read and shown (pypdfium2 5.15.2 does neither by itself)."""

import io

import pikepdf
import weasyprint
from pikepdf import Array, Dictionary, Name
from PIL import Image

from documents.pictures.pdf_pages import first_page
from documents.sources.file_text import text_of

_PAGE = "<style>@page{size:%s;margin:%s}body{margin:0;font:16pt 'Noto Serif CJK SC'}p{margin:0}</style>%s"
_BOX = (200, 30)  # points
HIDDEN = 2


def _set(body: str, size: str, margin: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(weasyprint.HTML(string=_PAGE % (size, margin, body)).write_pdf()))


def filled(body: str, fields: dict[float, str], notes: dict[float, str] | None = None, flags: int = 4) -> bytes:
    """Return one page of HTML with fields and notes upon it.

    fields, notes: what is typed, by how far from the page's head it stands in points; flags: of every note.
    """
    pdf = _set(body, "A4", "0 0 0 72pt")

    def upon(kind: str, top: float, text: str, flag: int) -> pikepdf.Object:
        source = _set(text, "{}pt {}pt".format(*_BOX), "0")
        typed = source.pages[0].as_form_xobject()
        height = float(pdf.pages[0].mediabox[3])
        box = Array([300, height - top - _BOX[1], 300 + _BOX[0], height - top])
        parts = {"/Rect": box, "/F": flag, "/AP": Dictionary(N=pdf.copy_foreign(typed))}
        own = {"/FT": Name.Tx, "/T": str(top), "/V": text} if kind == "Widget" else {"/Contents": text}
        return pdf.make_indirect(Dictionary({"/Type": Name.Annot, "/Subtype": Name("/" + kind), **parts, **own}))

    widgets = [upon("Widget", top, text, 4) for top, text in fields.items()]
    written = [upon("FreeText", top, text, flags) for top, text in (notes or {}).items()]
    pdf.pages[0].Annots = Array([*widgets, *written])
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(widgets), DA="/Helv 12 Tf 0 g"))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


FORM = "<p>质量月活动报名表</p><p>单位：</p><p>联系人：</p><p>请于2026年9月10日前报送，逾期不再受理。</p>"
LINE = 23  # points, as the font sets it
TYPED = {LINE * 1.0: "临江市教育局", LINE * 2.0: "综合科"}


def lines(data: bytes) -> list[str]:
    return text_of("form.pdf", data).text.split("\n")


def test_what_was_typed_into_fields_is_read_where_it_stands():
    found = ["".join(line.split()) for line in lines(filled(FORM, TYPED))]
    assert found[:3] == ["质量月活动报名表", "单位：临江市教育局", "联系人：综合科"]


def test_what_was_written_across_the_page_is_read_unless_it_is_hidden():
    shown, hidden = filled(FORM, {}, {300: "同意，请办理"}), filled(FORM, {}, {300: "同意，请办理"}, HIDDEN)
    assert "同意，请办理" in lines(shown)
    assert "同意，请办理" not in lines(hidden)


def ink(image: Image.Image) -> int:
    """How many dark pixels there are to the right, where the fields are."""
    return sum(image.convert("L").crop((image.width // 2, 0, image.width, image.height // 14)).histogram()[:128])


def test_the_picture_of_a_page_shows_what_was_typed():
    assert ink(first_page(filled(FORM, {}), 800)) == 0
    assert ink(first_page(filled(FORM, TYPED), 800)) > 100
