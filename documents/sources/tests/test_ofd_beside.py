"""What lies beside the text of an OFD: tags of the official document, annotations, seals, attachments; bad input."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from documents.in_child import Stop
from documents.reading import read
from documents.refusal import Refused
from documents.sources.file_text import ofd_source, text_of
from documents.sources.ofd import child
from documents.sources.ofd.beside import texts_of

from .ofd_files import PNG, Manner, More, ofd, package, parts
from .ofd_setting import Sheet, words

PLAIN = Manner()
HEAD = (
    "临川县质量工作领导小组办公室文件", "临质办〔2026〕12号", "临川县质量工作领导小组办公室关于印发《工作要点》和",
    "做好今年工作的通知", "各乡镇人民政府，县直各单位，", "请于10月12日前报送总结。",
    "临川县质量工作领导小组办公室", "2026年8月20日",
)  # fmt: skip
TEXT = (
    '<TextObject ID="{key}" Boundary="30 {y} 60 8" Size="5" Font="5" {more}>'
    '<TextCode X="0" Y="5" DeltaX="5">{said}</TextCode></TextObject>'
)


def sheet(*texts: str) -> Sheet:
    return Sheet([words(30, 40 + 15 * at, text) for at, text in enumerate(texts or HEAD)])


def source(more: More, *texts: str):
    return ofd_source("通知.ofd", child.read(ofd([sheet(*texts)], PLAIN, more)))


def why(data: bytes) -> str:
    """Why a file is refused, "" when it is read."""
    try:
        child.read(data)
    except Stop as stop:
        return str(stop)
    return ""


# --- tags ------------------------------------------------------------------------------------------------------


def tagged(elements: str, *, part: str | None = None) -> More:
    """A file with the tags of an official document, whose elements point at the objects 101, 102, … of page 10."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016" xmlns="http://www.nits.org.cn/eGovDoc/2013"'
    listed = (
        f'<ofd:CustomTags {space}><ofd:CustomTag TypeID="t"><ofd:FileLoc>Tag_OfficeDoc.xml</ofd:FileLoc>'
        "</ofd:CustomTag></ofd:CustomTags>"
    )
    tags = part if part is not None else f"<公文 {space}>{elements}</公文>"
    return More(
        {"Doc_0/Tags/CustomTags.xml": listed, "Doc_0/Tags/Tag_OfficeDoc.xml": tags},
        document="<CustomTags>Tags/CustomTags.xml</CustomTags>",
    )


def pointing(name: str, *keys: int) -> str:
    inside = "".join(f'<ofd:ObjectRef PageRef="10">{key}</ofd:ObjectRef>' for key in keys)
    return f"<{name}>{inside}</{name}>"


ELEMENTS = (
    pointing("发文机关名称", 107) + f"<发文字号>{pointing('发文机关代字', 102)}</发文字号>" + pointing("标题", 103, 104)
    + pointing("主送机关", 105) + pointing("成文日期", 108) + pointing("正文", 106)
)  # fmt: skip


def test_the_tags_of_an_official_document_are_taken_before_any_guess():
    found = source(tagged(ELEMENTS))
    draft = read(found.text, fields=found.fields)
    assert dict(found.fields) == {
        "发文机关": HEAD[6], "发文字号": HEAD[1], "标题": HEAD[2] + HEAD[3], "主送机关": HEAD[4], "成文日期": HEAD[7],
    }  # fmt: skip
    assert draft.title and draft.title.value == HEAD[2] + HEAD[3]
    assert [each.value for each in draft.addressees] == ["各乡镇人民政府", "县直各单位"]
    by = [each.value for each in draft.issuers]
    assert (draft.number.value, by, draft.issued.text) == (
        HEAD[1],
        [HEAD[6]],
        HEAD[7],
    )


def test_without_its_tags_the_same_paper_is_addressed_to_nobody():
    """Its line of addressees ends as no such line does, so nobody can guess it."""
    assert read(source(More()).text).addressees == ()


def test_a_tag_that_does_not_stand_in_the_text_is_not_believed():
    said = (("标题", "关于别的事情的通知"), ("成文日期", "2020年1月1日"), ("发文字号", ""))
    assert read("\n".join(HEAD), fields=said) == read("\n".join(HEAD))


@pytest.mark.parametrize("part", ["<:eInvoice xmlns:=''>1</:eInvoice>", "<:params a>", "", "no XML", "<a"])
def test_tags_that_are_no_xml_or_missing_hinder_nothing(part):
    found = source(tagged("", part=part))
    assert (found.text.split("\n")[0], found.fields, found.notes) == (HEAD[0], (), ())


# --- annotations, seals, attachments ----------------------------------------------------------------------------


def annotated(*annotations: tuple[str, str], more: str = "") -> More:
    """A file with these annotations on its page: type and text."""
    drawn = "".join(
        f'<Annot Type="{kind}"><Appearance Boundary="0 0 210 297">{TEXT.format(key=900, y=200, said=said, more=more)}'
        "</Appearance></Annot>"
        for kind, said in annotations
    )
    return More(
        {
            "Doc_0/Annots/Annotations.xml": '<Annotations><Page PageID="10"><FileLoc>'
            "/Doc_0/Annots/Page_0/Annotation.xml"
            "</FileLoc></Page></Annotations>",
            "Doc_0/Annots/Page_0/Annotation.xml": f"<PageAnnot>{drawn}</PageAnnot>",
        },
        document="<Annotations>Annots/Annotations.xml</Annotations>",
    )


def test_what_is_written_over_a_page_is_no_sentence_of_it():
    found = source(
        annotated(("Watermark", "内部资料"), ("Stamp", "临川县质量办"), ("Highlight", "请抓紧"), ("Link", ""))
    )
    assert found.text.split("\n") == list(read_lines())
    assert found.notes == (
        "A watermark lies across the pages and is no part of the text: “内部资料”.",
        "A stamp stands on the pages: “临川县质量办”.",
        "A remark was written on a page and is no part of the text: page 1 “请抓紧”.",
    )


def read_lines() -> list[str]:
    """The lines of the paper as it is read without anything beside it."""
    return source(More()).text.split("\n")


def test_a_watermark_on_the_page_itself_is_no_sentence_either():
    aslant = TEXT.format(key=900, y=120, said="征求意见稿", more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    pale = (
        '<TextObject Boundary="30 60 150 40" Size="30" Font="5"><FillColor Value="#c8 #c8 #c8"/>'
        '<TextCode X="0" Y="25" DeltaX="30">内部资料</TextCode></TextObject>'
    )
    found = source(More(objects=aslant + pale))
    assert found.text.split("\n") == read_lines()
    assert "征求意见稿" in "".join(found.notes) and "内部资料" in "".join(found.notes)


def der(tag: int, *inner: bytes) -> bytes:
    content = b"".join(inner)
    size = bytes([len(content)]) if len(content) < 128 else b"\x82" + len(content).to_bytes(2, "big")
    return bytes([tag]) + size + content


NAME = der(0x0C, "临川县质量工作领导小组办公室".encode())
SEAL = der(
    0x30, der(0x30, der(0x30, der(0x16, b"ES"), der(0x02, b"\4")), der(0x16, b"1"), der(0x30, der(0x02, b"\1"), NAME))
)


def signed(**more: bytes) -> More:
    """A file with a signature; more: its parts."""
    listed = '<Signatures><Signature ID="1" BaseLoc="/Doc_0/Signs/Sign_0/Signature.xml"/></Signatures>'
    own = (
        "<Signature><SignedInfo><Seal><BaseLoc>Seal.esl</BaseLoc></Seal></SignedInfo>"
        "<SignedValue>SignedValue.dat</SignedValue></Signature>"
    )
    return More(
        {"Doc_0/Signs/Signatures.xml": listed, "Doc_0/Signs/Sign_0/Signature.xml": own}
        | {f"Doc_0/Signs/Sign_0/{name.replace('_', '.')}": content for name, content in more.items()},
        start="<Signatures>Doc_0/Signs/Signatures.xml</Signatures>",
    )


def test_a_signature_is_said_to_be_there_and_never_that_it_is_right():
    told = "The file carries 1 electronic signature (“临川县质量工作领导小组办公室”). It was not verified here."
    assert source(signed(Seal_esl=SEAL)).notes == (told,)
    assert source(signed(SignedValue_dat=der(0x30, der(0x30, der(0x02, b"\1"), SEAL)))).notes == (told,)
    assert source(signed(Seal_esl=b"\x30\xff\xff")).notes == (
        "The file carries 1 electronic signature (without a name). It was not verified here.",
    )


@pytest.mark.parametrize(
    "data", [b"", b"\x30", b"\x30\x84\xff\xff\xff\xff", b"\x30\x80" * 200, der(0x0C, b"\xff"), b"\x0c\x00"]
)
def test_a_seal_that_is_none_has_no_name(data):
    assert list(texts_of(data)) in ([], ["\ufffd"])


def test_attached_files_are_named():
    listed = (
        '<Attachments><Attachment ID="1" Name="任务表" Format="xlsx"><FileLoc>Attachs/a.xlsx</FileLoc></Attachment>'
        '<Attachment ID="2" Name="original_invoice.xml" Visible="false"><FileLoc>b.xml</FileLoc></Attachment>'
        "</Attachments>"
    )
    more = More(
        {"Doc_0/Attachs/Attachments.xml": listed}, document="<Attachments>/Doc_0/Attachs/Attachments.xml</Attachments>"
    )
    assert source(more).notes == (
        "1 file is attached to it and was not read: “任务表.xlsx”. Hand it in as a file of its own.",
    )


# --- bad input ------------------------------------------------------------------------------------------------------


def changed(**more: bytes | str | None) -> bytes:
    """A file with parts changed (None: left out); a name with __ for / and _ for a dot at its end."""
    held = parts([sheet(), sheet("附件", "任务分解表，请各单位认真落实。")], PLAIN, More())
    for name, content in more.items():
        path = name.replace("__", "/").replace("_xml", ".xml")
        if content is None:
            del held[path]
        else:
            held[path] = content
    return package(held)


def picture(count: int = 1) -> More:
    return More({"Doc_0/Res/a.png": PNG}, objects='<ImageObject Boundary="0 0 210 297" ResourceID="9"/>' * count)


BOMB = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><OFD>&b;</OFD>"
ROUND = (
    '<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="40"><Content><CompositeObject ResourceID="41"/>'
    '</Content></CompositeGraphicUnit><CompositeGraphicUnit ID="41"><Content><CompositeObject ResourceID="40"/>'
    "</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>"
)
DOUBLING = "".join(
    f'<CompositeGraphicUnit ID="{at}"><Content>' + f'<CompositeObject ResourceID="{at + 1}"/>' * 20
    + "</Content></CompositeGraphicUnit>"
    for at in range(40, 60)
)  # fmt: skip
LOCKED = ((b"PK\3\4", 6), (b"PK\1\2", 8))
"""Where the directory and each entry say that it is encrypted."""


@pytest.mark.parametrize(
    ("reason", "data"),
    [
        ("damaged", changed(OFD_xml="<OFD/>")), ("damaged", changed(OFD_xml="no XML")),
        ("damaged", changed(Doc_0__Document_xml=None)), ("damaged", changed(OFD_xml=BOMB)),
        ("damaged", changed(Doc_0__Document_xml=BOMB.encode("utf-16"))),
        ("damaged", ofd([])),
        ("encrypted", changed(OFD_xml="<OFD><Encryptions>a.xml</Encryptions></OFD>")),
        ("encrypted", changed(Encryptions_xml="<a/>")),
        ("too-long", ofd([sheet()] * 201)),
        ("bomb", package({"OFD.xml": "<OFD/>", "a.xml": bytes(3_000_000)})),
        ("bomb", ofd([sheet()], PLAIN, More(resources=f"<CompositeGraphicUnits>{DOUBLING}</CompositeGraphicUnits>",
                                          objects='<CompositeObject ResourceID="40"/>'))),
        ("paths", package({"OFD.xml": "<OFD/>", "../a.xml": b""})),
        ("scan", ofd([Sheet(), Sheet()], PLAIN, picture())), ("empty", ofd([Sheet()])),
        ("garbled", ofd([sheet(*("\ue11e\ue12f\ue130\ue131\ue132\ue133\ue134\ue135\ue136\ue137" for _ in range(4)))])),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(reason, data):
    assert why(data) == reason


def test_a_million_objects_are_refused_in_seconds():
    """12 MB of XML is more than any page has; zipped it is a few kilobytes."""
    many = '<TextObject Size="5"><TextCode X="1" Y="1">质</TextCode></TextObject>' * 150_000
    data = ofd([sheet()], PLAIN, More(objects=many))
    start = time.process_time()
    assert why(data) == "bomb"
    assert time.process_time() - start < 8


def test_the_door_says_why_in_the_words_of_the_user():
    with pytest.raises(Refused) as refused:
        text_of("a.ofd", ofd([Sheet()], PLAIN, picture()))
    assert refused.value.code == "scan"
    whole = ofd([sheet()])
    with pytest.raises(Refused) as refused:
        text_of("a.ofd", whole[: len(whole) // 2])
    assert refused.value.code in ("damaged", "binary")
    assert text_of("a.ofd", whole).text.split("\n") == read_lines()


def test_a_locked_package_is_encrypted():
    data = bytearray(ofd([sheet()]))
    for mark, at in LOCKED:
        where = data.find(mark)
        while where >= 0:
            data[where + at] |= 1
            where = data.find(mark, where + 4)
    with pytest.raises(Refused) as refused:
        text_of("a.ofd", bytes(data))
    assert refused.value.code == "encrypted"


def test_a_page_that_is_missing_or_half_is_said():
    found = ofd_source("a", child.read(changed(Doc_0__Pages__Page_1__Content_xml=None)))
    assert found.notes == ("1 page is missing in the file, or cannot be opened: page 2. Please ask the sender for it.",)
    with zipfile.ZipFile(io.BytesIO(changed())) as archive:
        half = archive.read("Doc_0/Pages/Page_1/Content.xml")[:-150]
    found = ofd_source("a", child.read(changed(Doc_0__Pages__Page_1__Content_xml=half)))
    assert found.notes == ("1 page of the file is damaged and was read as far as it goes: page 2.",)
    assert "附件" in found.text


def test_a_font_or_a_picture_that_is_missing_hinders_nothing():
    assert ofd_source("a", child.read(changed(Doc_0__PublicRes_xml=None))).notes == ()


def test_units_and_templates_that_draw_on_one_another_end():
    said = ("Parts of the file draw on one another in a circle; what they would repeat was left out.",)
    more = More({"Doc_0/Res.xml": ROUND}, common="<DocumentRes>Res.xml</DocumentRes>",
                objects='<CompositeObject ResourceID="40"/>')  # fmt: skip
    assert source(more).notes == said
    itself = More(common='<TemplatePage ID="3" BaseLoc="Pages/Page_0/Content.xml"/>', page='<Template TemplateID="3"/>')
    assert source(itself).notes == said


def test_a_path_that_leads_out_leads_nowhere():
    more = More(common="<DocumentRes>../../../etc/passwd</DocumentRes><PublicRes>file:///etc/passwd</PublicRes>")
    assert source(more).text.split("\n") == read_lines()


def test_a_picture_that_fills_a_page_among_others_is_said():
    held = parts([sheet(), Sheet()], PLAIN, More())
    held["Doc_0/Pages/Page_1/Content.xml"] = (
        '<Page><Content><Layer><ImageObject Boundary="0 0 210 297" ResourceID="9"/></Layer></Content></Page>'
    )
    found = ofd_source("a", child.read(package(held)))
    assert found.notes == ("1 page is a picture and was not read: page 2.",)
