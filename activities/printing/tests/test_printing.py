"""A notice on paper: each kind in its form, its annexes, its bodies, who gets a copy."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from docx import Document as WordFile
from PIL import Image

from accounts.models import UnitGroup
from activities.models import GroupParticipation, Participation
from activities.models.activity import Part
from activities.printing.notice_document import notice_document, notice_paper, set_notice
from campaigns.models import Asset, JointBody, Slogan
from documents.errors import DocumentError
from documents.outline import Figure, Heading, Paragraph, Table, to_text
from tests.cast import activity, issued, unit


def picture(colour="red"):
    data = BytesIO()
    Image.new("RGB", (60, 40), colour).save(data, "PNG")
    return data.getvalue()


def part(ofd, name):
    return zipfile.ZipFile(BytesIO(ofd)).read(f"Doc_0/{name}").decode()


def annex(notice, content, title="Annex", **more):
    return notice.annexes.create(order=notice.annexes.count() + 1, title=title, content=content, **more)


def with_file(notice, name, data, title="Annex"):
    row = annex(notice, "file", title, file_name=name)
    row.file.save(name, ContentFile(data))
    return row


@pytest.mark.parametrize(
    ("kind", "form"),
    [("notice", "document"), ("supplement", "document"), ("correction", "document"), ("plan", "document"),
     ("letter", "letter"), ("bulletin", "bulletin")],
)  # fmt: skip
def test_each_kind_takes_its_form_and_can_be_set(cast, kind, form):
    cast.notice.kind = kind
    assert notice_document(cast.notice).form == form
    pdf, word, ofd = set_notice(cast.notice)
    assert (pdf[:5], word[:2]) == (b"%PDF-", b"PK")
    assert "<标题><ofd:ObjectRef" in part(ofd, "Tags/Tag_OfficeDoc.xml")


def test_a_bulletin_carries_its_issue_instead_of_a_document_number(cast):
    cast.notice.kind, cast.notice.number_wanted = "bulletin", 3
    document = notice_document(cast.notice)
    assert (document.number, document.masthead.issue) == ("", "第3期")
    cast.notice.number_wanted = None
    assert notice_document(cast.notice).masthead.issue == "第　期"


def test_head_number_urgency_and_date_come_from_the_notice(cast):
    cast.notice.urgency = "very_urgent"
    document = notice_document(cast.notice)
    facts = (document.masthead.urgency, document.number, document.addressees, document.date)
    assert facts == ("特急", "深质强〔2015〕号", ("All member units",), date(2015, 9, 1))
    later = notice_document(issued(cast).notice)
    assert (later.number, later.date) == ("深质强〔2015〕1号", date(2015, 8, 20))


def test_joint_bodies_stand_in_the_head_and_sign(cast):
    for order, each in enumerate((cast.water, cast.health), start=1):
        JointBody.objects.create(notice=cast.notice, unit=each, name=each.name, order=order)
    document = notice_document(cast.notice)
    names = ("City office", "Water bureau", "Health bureau")
    assert (document.masthead.bodies, document.masthead.suffix, document.signature) == (names, "文件", names)


def test_who_gets_a_copy_stands_in_the_imprint_and_a_whole_group_by_its_name(cast):
    units = [unit(f"Plant {number}") for number in range(5)]
    UnitGroup.objects.create(owner=cast.office, name="All plants").units.set(units)
    cast.notice.copy_to.set([cast.street, *units])
    assert notice_document(cast.notice).imprint.copy_to == ("Street", "All plants")
    cast.notice.copy_to.remove(units[0])
    assert notice_document(cast.notice).imprint.copy_to == ("Street", *(each.name for each in units[1:]))


def entries(cast):
    [found] = notice_document(cast.notice).annexes
    return to_text(found.body).split("\n")


def test_the_list_of_activities_says_who_leads_and_assists_when_and_where(cast):
    annex(cast.notice, "activities")
    fair = activity(cast.campaign, "Fair", [cast.water], [cast.health, cast.district])
    fair.description, fair.starts_on, fair.ends_on = "Stalls for everybody。", date(2015, 9, 3), date(2015, 9, 5)
    fair.place, fair.number = "Square", "（九）"
    fair.save()
    Participation.objects.create(activity=fair, unit=cast.street, part=Part.UNDERTAKE)
    GroupParticipation.objects.create(activity=fair, group=cast.office.groups.get(), part=Part.PARTICIPATE)
    assert entries(cast) == [
        "一、全市统筹安排的活动",
        "（一）Open day of the waterworks。（牵头：Water bureau；协办：Health bureau）",
        "（二）Clinic on the square。（牵头：Health bureau、District office）",
        "（九）Fair。Stalls for everybody。（时间：2015年9月3日至2015年9月5日；地点：Square；牵头：Water bureau；"
        "承办：Street；协办：Health bureau、District office；参与：Member units）",
    ]


def test_where_all_units_of_a_group_take_part_the_group_stands_for_them(cast):
    annex(cast.notice, "activities")
    units = [unit(f"Plant {number}") for number in range(5)]
    UnitGroup.objects.create(owner=cast.office, name="All plants").units.set(units)
    cast.campaign.activities.all().delete()
    activity(cast.campaign, "Fair", [cast.water], [cast.health, *units])
    assert entries(cast)[1:] == ["（一）Fair。（牵头：Water bureau；协办：Health bureau、All plants）"]


def test_a_last_day_is_printed_where_there_is_no_date_and_nothing_is_said_twice(cast):
    annex(cast.notice, "activities")
    cast.campaign.activities.all().delete()
    hall = activity(cast.campaign, "Talks", [cast.water])
    hall.description, hall.place, hall.due_on = "In the city hall", "city hall", date(2015, 9, 20)
    hall.save()
    activity(cast.campaign, "Fair", [])  # has no day: so it is a list and no table of tasks
    assert entries(cast)[1:-1] == ["（一）Talks。In the city hall。（完成时限：2015年9月20日；牵头：Water bureau）"]
    hall.description = "Talks in the city hall by the water bureau."
    hall.save()
    assert entries(cast)[1:-1] == ["（一）Talks in the city hall by the water bureau."]


def test_the_list_is_set_from_one_set_of_questions(cast, django_assert_num_queries):
    annex(cast.notice, "activities")
    notice_document(cast.notice)
    with django_assert_num_queries(QUERIES):
        notice_document(cast.notice)
    for number in range(50):
        activity(cast.campaign, f"Fair {number}", [cast.water], [cast.health])
    with django_assert_num_queries(QUERIES):
        notice_document(cast.notice)


QUERIES = 7


def test_slogans_are_set_with_the_logo_and_the_note_on_its_use(cast, media):
    annex(cast.notice, "slogans")
    cast.campaign.logo_note = "Red on white.\nNever smaller than 20 mm."
    Slogan.objects.create(campaign=cast.campaign, order=1, text="Quality starts with me")
    logo = Asset.objects.create(campaign=cast.campaign, kind="logo", title="Logo")
    version = logo.versions.model(
        asset=logo,
        number=1,
        file_name="logo.png",
        sha256="0",
        size=1,
        added_by=cast.staff,
        added_at="2015-08-01T00:00Z",
    )
    version.file.save("logo.png", ContentFile(picture()))
    cast.notice.campaign = cast.campaign
    document, files, _spoilt = notice_paper(cast.notice)
    assert document.annexes[0].body == (
        Heading(1, "一、", "“质量月”标识"), Figure("logo", width=0.35), Paragraph("Red on white."),
        Paragraph("Never smaller than 20 mm."), Heading(1, "二、", "“质量月”宣传口号"),
        Paragraph("Quality starts with me"),
    )  # fmt: skip
    assert (list(files), set_notice(cast.notice)[0][:5]) == (["logo"], b"%PDF-")


def test_a_text_with_a_table_written_here_is_set(cast):
    annex(cast.notice, "text", text="一、Form\n单位 | 件数\n市教育局 | 3")
    [found] = notice_document(cast.notice).annexes
    assert found.body == (Heading(1, "一、", "Form"), Table(head=(("单位", "件数"),), rows=(("市教育局", "3"),)))


def test_pictures_and_word_files_are_set_and_other_files_go_beside(cast, media):
    word, data = WordFile(), BytesIO()
    word.add_paragraph("一、Receipt form")
    word.save(data)
    with_file(cast.notice, "map.png", picture())
    with_file(cast.notice, "form.docx", data.getvalue())
    with_file(cast.notice, "list.pdf", b"%PDF-1.7")
    document, files, spoilt = notice_paper(cast.notice)
    bodies = [each.body for each in document.annexes]
    assert bodies == [(Figure("1-picture"),), (Heading(1, "一、", "Receipt form"),), ()]
    assert (list(files), spoilt) == (["1-picture"], [])
    pdf, word, ofd = set_notice(cast.notice)
    assert [made[:4] for made in (pdf, word, ofd)] == [b"%PDF", b"PK\x03\x04", b"PK\x03\x04"]
    assert re.findall(r'Name="([^"]+)"', part(ofd, "Attachs/Attachments.xml")) == ["附件3 list.pdf"]


def test_a_broken_file_is_named_with_its_annex_and_nothing_is_issued_without_it(cast, media):
    with_file(cast.notice, "map.png", picture()[:60], title="Map")
    with_file(cast.notice, "form.docx", b"PK\x03\x04 no word", title="Form")
    with translation.override("en"):
        _document, _files, spoilt = notice_paper(cast.notice)
    assert [each.order for each in spoilt] == [1, 2]
    assert spoilt[0].why.startswith("Annex 1 “Map”: “map.png” is broken and cannot be printed")
    assert spoilt[1].why.startswith("Annex 2 “Form”: This is no Word file (.docx) that can be read")
    with pytest.raises(DocumentError, match=r"map\.png"):
        set_notice(cast.notice)
