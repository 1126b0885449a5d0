"""Nothing but the images handed over by name ever reaches a document, whatever its text says."""

import socket

import pytest

from documents.errors import ImageError, RefusedAddress
from documents.outline import Document, Figure, Masthead, Paragraph, Table
from documents.paper import weasyprint_engine
from documents.paper.pdf import to_html, to_pdf

NEVER_ASKED = ('<svg width="9" height="9"><use', '<p style="content')  # WeasyPrint does not follow these at all
SECRET = "the content of a file outside"


@pytest.fixture
def outside(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{url}">',
        '<link rel="attachment" href="{url}">',
        '<a rel="attachment" href="{url}">x</a>',
        '<link rel="stylesheet" href="{url}">',
        "<style>@import '{url}';</style>",
        "<style>@font-face {{ font-family: X; src: url('{url}') }} p {{ font-family: X }}</style><p>x</p>",
        "<p style=\"background: url('{url}')\">x</p>",
        '<object data="{url}"></object>',
        '<embed src="{url}">',
        '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
        '<svg width="9" height="9"><use href="{url}#a"/></svg>',
        "<p style=\"content: url('{url}')\">x</p>",
        "<ul style=\"list-style-image: url('{url}')\"><li>x</li></ul>",
    ],
)
@pytest.mark.parametrize("address", ["file", "http", "https", "ftp", "data", "named"])
def test_every_way_out_is_refused_and_reported(markup, address, outside):
    url = {
        "file": outside.as_uri(),
        "http": "http://127.0.0.1:9/x",
        "https": "https://example.com/x",
        "ftp": "ftp://example.com/x",
        "data": "data:text/plain,x",
        "named": "named:nobody-gave-this",
    }[address]
    html = f"<html><body>{markup.format(url=url)}</body></html>"
    if markup.startswith(NEVER_ASKED):
        pdf = weasyprint_engine.write(weasyprint_engine.lay_out(html, {}), b"x")
        assert SECRET.encode() not in pdf
        assert b"/EmbeddedFile" not in pdf
    else:
        with pytest.raises(RefusedAddress, match="nobody handed over"):
            weasyprint_engine.write(weasyprint_engine.lay_out(html, {}), b"x")


def test_a_relative_path_leads_nowhere(outside, monkeypatch):
    monkeypatch.chdir(outside.parent)
    laid = weasyprint_engine.lay_out('<html><body><img src="secret.txt">text</body></html>', {})
    assert SECRET.encode() not in weasyprint_engine.write(laid, b"x")


def test_an_image_that_refers_out_is_no_image():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    document = Document(form="sheet", body=(Figure("a.svg"),))
    with pytest.raises(ImageError, match=r"a\.svg"):
        to_pdf(document, {"a.svg": svg})


def test_what_a_user_types_is_text_and_never_markup():
    nasty = '<img src="http://example.com/x"><script>1</script> {{ 7|add:1 }} {% now %} &amp; \\22 url(x) "quoted"'
    document = Document(
        form="document",
        masthead=Masthead((nasty,), urgency=nasty),
        title=nasty,
        addressees=(nasty,),
        body=(Paragraph(nasty), Table(head=((nasty,),), rows=((nasty,),), caption=nasty)),
        signature=(nasty,),
        notes=(nasty,),
    )
    html = to_html(document)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("{{ 7|add:1 }}") + html.count("7|add:1") > 5
    assert to_pdf(document).startswith(b"%PDF")


def test_an_image_name_cannot_name_a_file(outside):
    with pytest.raises(ImageError, match="was not handed over"):
        to_pdf(Document(form="sheet", body=(Figure(str(outside)),)))
