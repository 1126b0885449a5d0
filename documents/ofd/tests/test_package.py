"""The package around the pages: fonts, properties, outline, names of elements, attachments; said to be unsigned."""

import base64
import io
import zipfile
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

import pytest
from fontTools.ttLib import TTFont

from documents.errors import DocumentError
from documents.ofd import from_pdf, sign
from documents.ofd.office_tags import SPACE
from documents.ofd.tests.measure import Opened
from documents.outline import Document
from documents.paper import to_pdf
from documents.tests import samples

pytestmark = pytest.mark.slow

ORDERS = {  # of the children of an element, as GB/T 33190 has them
    "OFD": ["DocBody"],
    "DocBody": ["DocInfo", "DocRoot", "Versions", "Signatures"],
    "DocInfo": ["DocID", "Title", "Author", "Subject", "Abstract", "CreationDate", "ModDate", "DocUsage", "Cover",
                "Keywords", "Creator", "CreatorVersion", "CustomDatas"],
    "Document": ["CommonData", "Pages", "Outlines", "Permissions", "Actions", "VPreferences", "Bookmarks",
                 "Annotations", "CustomTags", "Attachments", "Extensions"],
    "CommonData": ["MaxUnitID", "PageArea", "PublicRes", "DocumentRes", "TemplatePage", "DefaultCS"],
    "Page": ["Template", "PageRes", "Area", "Content", "Actions", "FileLoc"],
    "Res": ["ColorSpaces", "DrawParams", "Fonts", "MultiMedias", "CompositeGraphicUnits"],
    "TextObject": ["Actions", "Clips", "FillColor", "StrokeColor", "CGTransform", "TextCode"],
    "PathObject": ["Actions", "Clips", "StrokeColor", "FillColor", "AbbreviatedData"],
    "OutlineElem": ["Actions", "OutlineElem"],
    "Annot": ["Remark", "Parameters", "Appearance"],
    "SignedInfo": ["Provider", "SignatureMethod", "SignatureDateTime", "References", "StampAnnot", "Seal"],
    "Signature": ["SignedInfo", "SignedValue"],
}  # fmt: skip


@cache
def notice():
    return from_pdf(to_pdf(samples.notice()), samples.notice(), {"联络员登记表.xlsx": b"PK\x03\x04 a table"})


def local(each):
    return each.tag.rpartition("}")[2]


def parts(ofd):
    opened = Opened(ofd)
    return {name: opened.part(name.removeprefix("Doc_0/")) for name in opened.zip.namelist() if name.endswith(".xml")}


def assert_in_order(ofd):
    for name, part in parts(ofd).items():
        for each in part.iter():
            order = ORDERS.get(local(each))
            if order and len(each):
                places = [order.index(local(child)) for child in each]
                assert places == sorted(places), (name, local(each))


def test_elements_stand_in_the_order_of_the_standard_and_every_object_has_an_id_of_its_own():
    assert_in_order(notice())
    ids = [each.get("ID") for name, part in parts(notice()).items() for each in part.iter() if each.get("ID")]
    declared = [i for i in ids if ids.count(i) > 1]
    assert declared == []
    assert int(Opened(notice()).part("Document.xml").find("{*}CommonData/{*}MaxUnitID").text) >= max(map(int, ids))


def test_every_face_is_one_font_with_cmap_and_post_and_the_name_that_the_standard_gives_it():
    opened = Opened(notice())
    fonts = opened.part("PublicRes.xml").findall("{*}Fonts/{*}Font")
    names = [each.get("FontName") for each in fonts]
    assert sorted(names) == ["仿宋", "宋体", "方正小标宋简体", "楷体", "黑体"]
    printed = {}
    for page in range(len(opened.pages)):
        for each in opened.objects(page, "TextObject"):
            printed.setdefault(each.get("Font"), set()).update("".join(each.itertext()))
    for each in fonts:
        font = TTFont(opened.zip.open(f"Doc_0/Res/{each.find('{*}FontFile').text}"))
        assert {"cmap", "post", "glyf", "OS/2", "name"} <= set(font.keys())
        assert {chr(code) for code in font.getBestCmap()} - {" "} == printed[each.get("ID")] - {" "}


def test_the_same_document_gives_the_same_bytes_and_less_than_its_pdf():
    pdf = to_pdf(samples.plain_notice())
    ofd = from_pdf(pdf, samples.plain_notice())
    assert ofd == from_pdf(pdf, samples.plain_notice())
    assert len(ofd) < 1.2 * len(pdf)


def test_the_file_says_what_it_is_and_that_it_is_unsigned():
    info = Opened(notice()).part("OFD.xml").find("{*}DocBody/{*}DocInfo")
    said = {local(each): each.text for each in info}
    assert said["Title"] == samples.notice().title
    assert (said["Author"], said["CreationDate"], said["Creator"]) == (samples.OFFICE, "2024-08-28", "Quality Month")
    (state,) = info.findall("{*}CustomDatas/{*}CustomData")
    assert (state.get("Name"), state.text) == ("签章状态", "未签章")
    assert Opened(notice()).part("OFD.xml").find("{*}DocBody/{*}Signatures") is None


def test_the_elements_of_the_document_are_named_with_the_objects_that_show_them():
    opened = Opened(notice())
    (tag,) = opened.part("Tags/CustomTags.xml")
    assert (tag.get("NameSpace"), tag[0].text) == (SPACE, "Tag_OfficeDoc.xml")
    texts = {
        each.get("ID"): "".join(each.itertext())
        for page in range(len(opened.pages))
        for each in opened.objects(page, "TextObject")
    }
    found = {
        local(each): "".join(texts[reference.text] for reference in each)
        for each in opened.part("Tags/Tag_OfficeDoc.xml")
    }
    body = found.pop("正文")
    assert found == {
        "发文机关名称": f"{samples.OFFICE}文件",
        "发文字号": "临质强办〔2024〕3号",
        "标题": samples.notice().title,
        "主送机关": "各县（区）人民政府，市质量强市工作领导小组各成员单位，各有关企业、行业协会：",
        "成文日期": "2024年8月28日",
        "附注": "（联系人：李某某，电话：0000-0000000）",
        "抄送机关": "抄送：市委办公室，市人大常委会办公室，市政府办公室，市政协办公室，省质量强省工作领导小组办公室。",
        "印发机关": samples.OFFICE,
        "印发日期": "2024年8月28日印发",
    }
    assert body == "".join("".join(samples.BODY).split())


def test_the_outline_leads_to_the_headings_on_their_pages():
    document = Opened(notice()).part("Document.xml")
    entries = document.find("{*}Outlines")
    (title, *annexes) = entries
    assert title.get("Title") == samples.notice().title
    assert [each.get("Title") for each in title if local(each) == "OutlineElem"] == [
        "一、活动主题", "二、重点活动", "三、工作要求",
    ]  # fmt: skip
    assert [each.get("Title") for each in annexes] == ["附件1 2024年“质量月”重点活动安排表"]
    (dest,) = annexes[0].find("{*}Actions").findall(".//{*}Dest")
    assert (dest.get("Type"), dest.get("PageID")) == ("XYZ", "4")
    assert document.find("{*}VPreferences/{*}PageMode").text == "UseOutlines"


def test_what_goes_with_the_document_lies_in_it():
    opened = Opened(notice())
    (each,) = opened.part("Attachs/Attachments.xml")
    assert (each.get("Name"), each.get("Format"), each[0].text) == ("联络员登记表.xlsx", "xlsx", "Attach_0.xlsx")
    assert opened.zip.read("Doc_0/Attachs/Attach_0.xlsx") == b"PK\x03\x04 a table"


class Sealing:
    """A signing service for the test, with digests anybody can check."""

    name, company, version = "测试签章", "临江", "1"
    digest_method, signature_method = "2.16.840.1.101.3.4.2.1", "1.2.156.10197.1.501"

    def digest(self, data):
        return sha256(data).digest()

    def seal(self):
        return b"a seal"

    def sign(self, signature):
        return sha256(signature).digest()


def test_a_signing_service_signs_every_part_and_the_file_says_so():
    ofd = from_pdf(to_pdf(samples.order()), samples.order())
    signed = sign(ofd, Sealing(), page=1, place=(120, 200, 42, 42), moment=datetime(2024, 8, 28, 9, tzinfo=UTC))
    assert_in_order(signed)
    found = zipfile.ZipFile(io.BytesIO(signed))
    info = Opened(signed).part("Signs/Sign_0/Signature.xml").find("{*}SignedInfo")
    checked = {each.get("FileRef").lstrip("/"): each[0].text for each in info.find("{*}References")}
    assert set(checked) == set(zipfile.ZipFile(io.BytesIO(ofd)).namelist())
    for name, value in checked.items():
        assert sha256(found.read(name)).digest().hex() == base64.b64decode(value).hex()
    assert (
        found.read("Doc_0/Signs/Sign_0/SignedValue.dat")
        == sha256(found.read("Doc_0/Signs/Sign_0/Signature.xml")).digest()
    )
    assert "已签章" in found.read("OFD.xml").decode() and "未签章" not in found.read("OFD.xml").decode()


def test_an_empty_document_is_a_page_and_what_is_no_pdf_is_refused():
    opened = Opened(from_pdf(to_pdf(Document(form="sheet")), Document(form="sheet")))
    assert len(opened.pages) == 1
    with pytest.raises(DocumentError, match="damaged"):
        from_pdf(b"%PDF-1.7 nothing")
