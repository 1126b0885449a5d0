"""Some five hundred files of the kinds that attack offices, harmless all of them: they carry marks, never means.

What would be fetched is an address of this machine, given by the test; what would be run is a word. Each has the name
it comes under and what is to become of it: "clean", or the reason (documents.refusal) for which it is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import product

import pikepdf
from PIL import Image

from tests.office_files import (
    DOCX,
    OFFICE,
    PDF,
    WORD,
    compound,
    excel_97,
    ofd,
    office,
    pdf,
    record,
    relation,
    relations,
    word_97,
    zipped,
)

Sample = tuple[str, bytes, str]
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64)
VBA = "application/vnd.ms-office.vbaProject"
RELS = {"docx": "word___rels__document.xml.rels", "xlsx": "xl___rels__workbook.xml.rels",
        "pptx": "ppt___rels__presentation.xml.rels"}  # fmt: skip
KINDS = tuple(RELS)
FOLDERS = {"docx": "word", "xlsx": "xl", "pptx": "ppt"}


def samples(outside: str) -> list[Sample]:
    """All of them; outside: what they would fetch something from."""
    makers = (
        templates, macros, objects, drawn_in, links, controls, chunks, fields, workbooks, formulas, acting_pdfs,
        carrying_pdfs, ofds, lists, rich_texts, old_office, archives, disguised, clips,
    )  # fmt: skip
    return [sample for maker in makers for sample in maker(outside)]


# --- files of Office of today ---------------------------------------------------------------------------------------


def templates(outside: str) -> Iterator[Sample]:
    """A template that lies elsewhere: loaded when the document is opened."""
    kinds = (f"{OFFICE}/attachedTemplate", "http://purl.oclc.org/ooxml/officeDocument/relationships/attachedTemplate")
    places = (f"{outside}/t.dotm", f"{outside}/t", "file://///host.invalid/t.dotx", "\\\\host.invalid\\t.dotm")
    for number, (kind, place, other) in enumerate(product(kinds, places, ("settings", "settings2"))):
        named = f'<w:settings xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:attachedTemplate r:id="rId1"/></w:settings>'
        parts = {
            f"word__{other}.xml": named,
            f"word___rels__{other}.xml.rels": relations(relation(kind, place, outside=True)),
        }
        yield f"template{number}.docx", office("docx", **parts), "clean"


def macros(_outside: str) -> Iterator[Sample]:
    """A project of macros under its own name or another, told by its type, its relation, or its content alone."""
    for kind, name in product(KINDS, ("vbaProject.bin", "media__image1.png", "theme__extra.bin", "data.xml", "x.dat")):
        part = f"{FOLDERS[kind]}__{name}"
        place = part.replace("__", "/")
        told = relation("http://schemas.microsoft.com/office/2006/relationships/vbaProject", name.replace("__", "/"))
        typed = f'<Override PartName="/{place}" ContentType="{VBA}"/>'
        default = f'<Default Extension="{place.rpartition(".")[2]}" ContentType="{VBA}"/>'
        yield f"typed.{kind}", office(kind, types=typed, **{part: OLE}), "macros"
        yield f"default.{kind}", office(kind, types=default, **{part: b"x"}), "macros"
        yield f"told.{kind}", office(kind, **{part: b"x", RELS[kind]: relations(told)}), "macros"
        yield f"held.{kind}", office(kind, **{part: OLE + b"_VBA_PROJECT"}), "macros"
    enabled = '<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    yield "enabled.docx", office("docx", types=enabled), "macros"
    sheet = '<Override PartName="/xl/m.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'
    told = relation("http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "m.xml")
    yield "sheet.xlsx", office("xlsx", types=sheet, **{RELS["xlsx"]: relations(told)}), "macros"


def objects(_outside: str) -> Iterator[Sample]:
    """Objects of other programs, whole files and programs as parts."""
    inside = {"ole": OLE, "pdf": PDF, "rtf": b"{\\rtf1 x}", "program": b"MZ" + bytes(64), "script": b"#!/bin/sh\n"}
    names = ("embeddings__oleObject1.bin", "media__image9.emf")
    for kind, name, (what, data) in product(KINDS, names, inside.items()):
        yield f"{what}.{kind}", office(kind, **{f"{FOLDERS[kind]}__{name}": data}), "embedded"
    for kind in KINDS:
        told = relations(relation("oleObject", "embeddings/x.bin"))
        yield f"told.{kind}", office(kind, **{RELS[kind]: told}), "embedded"
        deep = office("xlsx", xl__embeddings__b__xlsx=office("xlsx"))
        yield f"deep.{kind}", office(kind, **{f"{FOLDERS[kind]}__embeddings__a.xlsx": deep}), "embedded"
        inner = office("xlsx", xl__vbaProject=OLE + b"_VBA_PROJECT")
        yield f"inner.{kind}", office(kind, **{f"{FOLDERS[kind]}__embeddings__a.xlsx": inner}), "macros"
        yield f"eps.{kind}", office(kind, **{f"{FOLDERS[kind]}__media__a.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n"}), "eps"


def drawn_in(outside: str) -> Iterator[Sample]:
    """Parts that lie elsewhere."""
    words = ("image", "oleObject", "frame", "subDocument", "aFChunk", "video", "audio", "package", "slide", "unknown")
    for kind, word, place in product(KINDS, words, (f"{outside}/x", "\\\\host.invalid\\x")):
        told = relations(relation(word, place, outside=True, key="rId7"))
        yield f"{word}.{kind}", office(kind, '<drawing r:link="rId7"/>', **{RELS[kind]: told}), "external"
    both = '<w:p><w:r><w:drawing r:embed="rId1" r:link="rId7"/></w:r></w:p>'
    told = relations(relation("image", "media/a.png"), relation("image", f"{outside}/a.png", outside=True, key="rId7"))
    yield "both.docx", office("docx", both, **{RELS["docx"]: told}), "clean"


def links(_outside: str) -> Iterator[Sample]:
    """Links that start a program of their own when they are pressed."""
    for kind, scheme in product(
        KINDS, ("javascript:", "vbscript:", "example-run:/go?", "search-example:", " JavaScript:")
    ):
        told = relations(relation("hyperlink", f"{scheme}word", outside=True))
        yield f"link.{kind}", office(kind, **{RELS[kind]: told}), "external"


def controls(_outside: str) -> Iterator[Sample]:
    """Controls that run programs."""
    for kind, name in product(KINDS, ("activeX__activeX1.xml", "x.xml")):
        part, place = f"{FOLDERS[kind]}__{name}", name.replace("__", "/")
        typed = f'<Override PartName="/{FOLDERS[kind]}/{place}" ContentType="application/vnd.ms-office.activeX+xml"/>'
        yield f"typed.{kind}", office(kind, types=typed, **{part: "<x/>"}), "controls"
        yield (
            f"told.{kind}",
            office(kind, **{part: "<x/>", RELS[kind]: relations(relation("control", place))}),
            "controls",
        )


def chunks(outside: str) -> Iterator[Sample]:
    """Pages and drawings inside a document that run or fetch something."""
    bodies = ("<script>word</script>", f'<img src="{outside}/a.png">', "<iframe></iframe>",
              '<a href="javascript:word">x</a>',
              '<p onclick="word">x</p>', f"<img src={outside}/a.png>")  # fmt: skip
    for name, body in product(("afchunk.htm", "a.html", "media__a.svg"), bodies):
        yield "page.docx", office("docx", **{f"word__{name}": f"<html>{body}</html>"}), "external"


def fields(outside: str) -> Iterator[Sample]:
    """Fields that draw something in, their letters spread over runs, in any part with text."""
    codes = (' DDE example "a" "b"', "DDEAUTO example a b", f' INCLUDEPICTURE "{outside}/a.png" \\d',
             f"INCLUDETEXT {outside}",
             " LINK Example.Sheet a b", ' import "a"', "ddeauto x")  # fmt: skip
    for code, part in product(codes, ("document", "header1.xml", "notes.dat")):
        quoted = code.replace('"', "&quot;")
        run, mark = "<w:r><w:instrText>{}</w:instrText></w:r>", '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        spread = "".join(run.format(quoted[at : at + 3]) for at in range(0, 12, 3)) + run.format(quoted[12:])
        broken = quoted.find("&") in range(0, 13)  # an entity is not to be cut
        for body in (
            f'<w:p><w:fldSimple w:instr="{quoted}"/></w:p>',
            f"<w:p>{mark.format('begin')}{run.format(quoted) if broken else spread}{mark.format('end')}</w:p>",
        ):
            if part == "document":
                yield "field.docx", office("docx", body), "fields"
            else:
                whole = f'<w:hdr xmlns:w="{WORD}">{body}</w:hdr>'
                yield "field.docx", office("docx", **{f"word__{part}": whole}), "fields"


def workbooks(outside: str) -> Iterator[Sample]:
    """Workbooks that draw data from other files, from a database, from the network."""
    for kind in ("externalLink", "connections", "queryTable"):
        told = relations(relation(kind, "x.xml"))
        typed = (
            f'<Override PartName="/xl/x.xml" ContentType="application/vnd.openxmlformats.spreadsheetml.{kind}+xml"/>'
        )
        yield "told.xlsx", office("xlsx", xl__x="<x/>", **{RELS["xlsx"]: told}), "workbook-links"
        yield "typed.xlsx", office("xlsx", types=typed, xl__x="<x/>"), "workbook-links"
    place = relations(relation("externalLinkPath", f"{outside}/a.xlsx", outside=True))
    yield "path.xlsx", office("xlsx", **{"xl__externalLinks___rels__externalLink1.xml.rels": place}), "workbook-links"
    for name, code in product(
        ("WEBSERVICE", "_xlfn.WEBSERVICE", "IMAGE", "RTD", "CALL"), ("<f>{}</f>", "<f t='a'>1+{}</f>")
    ):
        sheet = f"<worksheet><c>{code.format(f'{name}(&quot;{outside}&quot;)')}</c></worksheet>"
        yield "sheet.xlsx", office("xlsx", **{"xl__worksheets__sheet1.xml": sheet}), "workbook-links"
    for coded in ("WEBSER&#86;ICE(1)", "<![CDATA[RTD(1)]]>"):
        sheet = f"<worksheet><c><f>{coded}</f></c></worksheet>"
        yield "coded.xlsx", office("xlsx", **{"xl__data.dat": sheet}), "workbook-links"
        yield "wide.xlsx", office("xlsx", **{"xl__worksheets__sheet1.xml": sheet.encode("utf-16")}), "workbook-links"
    sheet = "<worksheet><c><f>example|'word'!A0</f></c></worksheet>"
    yield "dde.xlsx", office("xlsx", **{"xl__worksheets__sheet1.xml": sheet}), "workbook-links"
    yield "name.xlsx", office("xlsx", "<definedName name='a'>EXEC(1)</definedName>"), "workbook-links"


def formulas(_outside: str) -> Iterator[Sample]:
    """Cells of a list that a spreadsheet would run."""
    cells = (
        "=1+1",
        "=A1",
        "@SUM(1)",
        "+example|'word'!A0",
        "-1+2+example|'word'!A0",
        '"=1+1"',
        "' =A1",
        "＝1+1",
        "＋SUM(1)",
    )
    rows = ("{}", "单位,{}", "单位;{};1", "a,b\n1,2\n{},3", "单位\t{}")
    for cell, row, code in product(cells, rows, ("utf-8-sig", "gb18030")):
        yield "list.csv", row.format(cell).encode(code), "formulas"


# --- PDF ------------------------------------------------------------------------------------------------------------


def acting_pdfs(outside: str) -> Iterator[Sample]:
    """What a PDF does by itself, wherever it stands."""
    actions = {
        "/JavaScript": {"/JS": pikepdf.String("word")}, "/Launch": {"/F": pikepdf.String("word")},
        "/SubmitForm": {"/F": pikepdf.String(outside)}, "/ImportData": {"/F": pikepdf.String("word")},
        "/GoToR": {"/F": pikepdf.String("\\\\host.invalid\\x")}, "/GoToE": {"/F": pikepdf.String("x")},
        "/Rendition": {"/JS": pikepdf.String("word")},
    }  # fmt: skip
    for (word, keys), where in product(actions.items(), PLACES):
        action = pikepdf.Dictionary({"/S": pikepdf.Name(word), **keys})
        yield "acting.pdf", pdf(lambda made, where=where, action=action: where(made, action)), "clean"
    yield (
        "acting.ai",
        pdf(lambda made: at_opening(made, pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="word"))),
        "clean",
    )
    form = pikepdf.Dictionary(XFA=pikepdf.String("word"), Fields=pikepdf.Array())
    yield "form.pdf", pdf(lambda made: made.Root.__setattr__("AcroForm", form)), "clean"
    yield "signed.pdf", pdf(signed), "active"
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as made:
        made.save(locked, encryption=pikepdf.Encryption(user="word", owner="word"))
    yield "locked.pdf", locked.getvalue(), "encrypted"
    yield "half.pdf", b"%PDF-1.7\n" + bytes(100), "damaged"


def at_opening(made: pikepdf.Pdf, action: pikepdf.Dictionary) -> None:
    made.Root.OpenAction = action


def at_closing(made: pikepdf.Pdf, action: pikepdf.Dictionary) -> None:
    made.Root.AA = pikepdf.Dictionary(WC=action)


def on_a_page(made: pikepdf.Pdf, action: pikepdf.Dictionary) -> None:
    made.pages[0].obj.AA = pikepdf.Dictionary(O=made.make_indirect(action))


def on_a_link(made: pikepdf.Pdf, action: pikepdf.Dictionary) -> None:
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(link)])


def behind_another(made: pikepdf.Pdf, action: pikepdf.Dictionary) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.Named, N=pikepdf.Name.FirstPage, Next=pikepdf.Array([action])
    )


def by_name(made: pikepdf.Pdf, action: pikepdf.Dictionary) -> None:
    made.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), action]))
    )


PLACES = (at_opening, at_closing, on_a_page, on_a_link, behind_another, by_name)


def signed(made: pikepdf.Pdf) -> None:
    at_opening(made, pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="word"))
    made.Root.Perms = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3]))


def carrying_pdfs(outside: str) -> Iterator[Sample]:
    """PDF that holds other files, or says that its content lies elsewhere."""

    def attached(made: pikepdf.Pdf) -> None:
        made.attachments["a.txt"] = b"word"

    def drawn(made: pikepdf.Pdf) -> None:
        made.Root.Data = made.make_stream(b"", F=pikepdf.String(outside))

    yield "attached.pdf", pdf(attached), "attached"
    yield "attached.ai", pdf(attached), "attached"
    yield "drawn.pdf", pdf(drawn), "external"
    for kind in ("FileAttachment", "RichMedia", "Screen", "Movie", "Sound", "3D"):
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=[0, 0, 9, 9])
        yield f"{kind}.pdf", pdf(lambda made, note=note: made.pages[0].obj.__setattr__("Annots", [note])), "attached"


# --- OFD ------------------------------------------------------------------------------------------------------------


def ofds(outside: str) -> Iterator[Sample]:
    """OFD that draws something in, runs something, holds programs, leads out or unpacks without end."""
    bomb = "<!DOCTYPE a [<!ENTITY b 'word'>]><OFD>&b;</OFD>"
    yield "entities.ofd", ofd(**{"OFD.xml": bomb}), "damaged"
    yield "wide.ofd", ofd(**{"Doc_0/a.xml": bomb.encode("utf-16")}), "damaged"
    yield "none.ofd", zipped({"OFD.xml": "<a/>"}), "kind"
    for place in (
        f"{outside}/font.ttf",
        "file:///C:/a.ttf",
        "\\\\host.invalid\\a.ttf",
        "//host.invalid/a",
        "../../a.ttf",
    ):
        for part in ("<Res><FontFile>{}</FontFile></Res>", '<Res BaseLoc="{}"/>', "<a><MediaFile>{}</MediaFile></a>"):
            yield "outside.ofd", ofd(**{"Doc_0/PublicRes.xml": part.format(place)}), "external"
    for link in ("javascript:word", "file:///C:/word", "vbscript:word", "search-ms:word"):
        yield "link.ofd", ofd(**{"Doc_0/Page.xml": f'<Page><URI URI="{link}"/></Page>'}), "external"
        yield "based.ofd", ofd(**{"Doc_0/Page.xml": f'<Page><URI Base="{link}" URI="a"/></Page>'}), "external"
    yield "loose.ofd", ofd(**{"Doc_0/a.xml": "<:a>javascript:word</:a>"}), "external"
    for name in ("a.exe", "a.js", "a.html", "a.zip", "a.docm", "a"):
        yield "inside.ofd", ofd(**{f"Doc_0/Attachs/{name}": b"x"}), "inside"
    for name in ("Seal.esl", "SignedValue.dat", "font.ttf", "a.png"):
        yield "program.ofd", ofd(**{f"Doc_0/{name}": b"MZ" + bytes(64)}), "inside"
    for why, inner in {"macros": next(macros(outside))[1], "external": next(links(outside))[1]}.items():
        yield "document.ofd", ofd(**{"Doc_0/Attachs/plan.docx": inner}), why
    yield "template.ofd", ofd(**{"Doc_0/Attachs/plan.docx": next(templates(outside))[1]}), "inside"
    yield "nested.ofd", ofd(**{"a.ofd": ofd(**{"a.ofd": ofd()})}), "inside"
    yield "steep.ofd", ofd(**{"Doc_0/a.xml": bytes(2_000_000)}), "bomb"
    yield "paths.ofd", ofd(**{"../a.xml": b"<a/>"}), "paths"


# --- text, old Office, archives, clips ------------------------------------------------------------------------------


def lists(_outside: str) -> Iterator[Sample]:
    yield "wide.csv", "单位,=A1".encode("utf-16"), "formulas"


def rich_texts(outside: str) -> Iterator[Sample]:
    """RTF with objects, templates and fields, under both its names."""
    bodies = {
        r"{\object\objemb{\*\objdata 00}}": "embedded", r"{\object\objautlink x}": "embedded",
        r"{\object\objocx{\*\objclass x}}": "embedded", rf"{{\*\template {outside}/t.dot}}": "template",
        r"{\*\template \\\\host.invalid\\t}": "template", r"{\field{\*\fldinst DDEAUTO example a}}": "fields",
        rf"{{\field{{\*\fldinst{{\b0 INCLUDEPICTURE {outside}/a.png}}}}}}": "fields",
        r"{\field{\*\fldinst {\rtlch \hich LINK a b}}}": "fields",
    }  # fmt: skip
    for (body, why), kind in product(bodies.items(), ("rtf", "doc")):
        yield f"text.{kind}", b"{\\rtf1\\ansi " + body.encode() + b"}", why


def old_office(_outside: str) -> Iterator[Sample]:
    """Old files of Office and WPS."""
    for kind in ("doc", "wps"):
        for name in ("Macros/VBA/dir", "_VBA_PROJECT_CUR/x", "VBA/_VBA_PROJECT"):
            yield f"macros.{kind}", word_97(**{name: b""}), "macros"
        for name in ("ObjectPool/_1/x", "\x01Ole10Native", "Package"):
            yield f"object.{kind}", word_97(**{name: b""}), "embedded"
        yield f"locked.{kind}", compound({"EncryptedPackage": b"", "EncryptionInfo": b""}), "encrypted"
        for word, code in product(("DDE", "DDEAUTO", "INCLUDETEXT", "LINK"), ("ascii", "utf-16-le")):
            yield f"field.{kind}", word_97(f"\x13 {word} example".encode(code)), "fields"
        yield f"half.{kind}", OLE, "damaged"
    for kind in ("xls", "et"):
        yield f"macros.{kind}", excel_97(record(0xD3)), "macros"
        yield f"sheet.{kind}", excel_97(record(0x85, bytes(5) + b"\1\0\0")), "macros"
        yield f"locked.{kind}", excel_97(record(0x2F, bytes(4))), "encrypted"
        yield f"links.{kind}", excel_97(record(0x1AE, b"\1\0\x09\0\1")), "workbook-links"
        yield f"object.{kind}", compound({"Workbook": b"", "MBD0001A2B3/x": b""}), "embedded"
    for kind in ("ppt", "dps"):
        held = bytes.fromhex("0f00e80308000000") + bytes.fromhex("0000111000000000")
        yield f"object.{kind}", compound({"PowerPoint Document": held}), "embedded"


def archives(outside: str) -> Iterator[Sample]:
    """Archives that lead out, unpack without end, or hold what is not taken in."""
    for name in ("../a.pdf", "a/../../b.pdf", "/etc/a.pdf", "C:/a.pdf", "..\\a.pdf", "\\a.pdf"):
        yield "paths.zip", zipped({name: PDF}), "paths"
    for name in (
        "a.exe",
        "a.js",
        "a.vbs",
        "a.html",
        "a.svg",
        "a.lnk",
        "a.zip",
        "a.docm",
        "a.pdf.scr",
        "a.eps",
        "a",
        "a.jar",
    ):
        yield "inside.zip", zipped({"logo.pdf": PDF, f"folder/{name}": b"x"}), "inside"
    for name in ("a.pdf", "logo.png", "a.ttf"):
        yield "program.zip", zipped({name: b"MZ" + bytes(64)}), "inside"
    for why, inner in {"macros": next(macros(outside))[1], "external": next(links(outside))[1]}.items():
        yield "document.zip", zipped({"a/plan.docx": inner}), why
    yield "template.zip", zipped({"plan.docx": next(templates(outside))[1]}), "inside"
    yield "acting.zip", zipped({"plan.pdf": next(acting_pdfs(outside))[1]}), "inside"
    yield "list.zip", zipped({"a.csv": "=1+1"}), "formulas"
    yield "steep.zip", zipped({"a.txt": bytes(2_000_000)}), "bomb"
    yield "many.zip", zipped({f"{number}.txt": b"" for number in range(5001)}), "bomb"
    yield "steep.docx", office("docx", word__a=bytes(2_000_000)), "bomb"
    shared = io.BytesIO()
    with zipfile.ZipFile(shared, "w") as archive:
        archive.writestr("a.txt", b"x" * 99)
        archive.filelist.append(archive.filelist[0])
        archive._didModify = True  # type: ignore[attr-defined]  # the directory names the same bytes twice
    yield "shared.zip", shared.getvalue(), "bomb"
    link = zipfile.ZipInfo("a.pdf")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/hosts")
    yield "link.zip", out.getvalue(), "paths"
    locked = bytearray(zipped({"a.txt": b"x"}))
    locked[6] |= 1
    locked[locked.index(b"PK\1\2") + 8] |= 1
    yield "locked.zip", bytes(locked), "encrypted"


def disguised(_outside: str) -> Iterator[Sample]:
    """Files of another kind than their name says, and two files in one."""
    other = {
        "page": b"<html><script>word</script></html>",
        "drawing": b"<svg xmlns='x'/>",
        "program": b"MZ" + bytes(99),
    }
    for (what, data), kind in product(other.items(), ("pdf", "docx", "doc", "xlsx", "txt", "csv", "mp4", "zip", "ai")):
        yield f"{what}.{kind}", data, "kind"
    for kind in ("svg", "html", "exe", "js", "docm", "xlsm", "eps", "hta", "jar", "iso"):
        yield f"named.{kind}", DOCX, "kind"
    for kind in ("eps", "ai", "pdf"):
        yield f"script.{kind}", b"%!PS-Adobe-3.0 EPSF-3.0\n", "kind"
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    for name, data in {
        "a.pdf": PDF,
        "a.rtf": b"{\\rtf1 x}",
        "a.mp4": b"\0\0\0\x20ftypisom",
        "logo.png": picture.getvalue(),
    }.items():
        yield name, data + zipped({"a.txt": b"x"}), "two-files"


def clips(_outside: str) -> Iterator[Sample]:
    """Clips that open something while they are played."""
    head = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(64)
    yield "commands.wmv", head + bytes.fromhex("301afb1e620bd011a39b00a0c90348f6"), "commands"
    yield "elsewhere.mov", b"\0\0\0\x40moov\0\0\0\x38rmra\0\0\0\x30rmda\0\0\0\x28rdrf", "commands"
