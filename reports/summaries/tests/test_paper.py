"""A summary as official paper: PDF and Word of one outline; a draft is printed by its unit alone."""

import io

import docx
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.models import Attachment
from activities.states import Kind
from reports.models import Summary
from tests.cast import filed_summary, said, signed_in
from tests.pages import press


def address(cast, kind="pdf"):
    return reverse(f"reports:summary-{kind}", args=[cast.owed(cast.water, Kind.SUMMARY).pk])


def pages(response):
    document = pypdfium2.PdfDocument(b"".join(response))
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "").replace(" ", "")


def written(response):
    found = docx.Document(io.BytesIO(b"".join(response)))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "".join([*(each.text for each in found.paragraphs), *cells]).replace(" ", "")


@pytest.fixture
def filed(autumn):
    summary = filed_summary(
        autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison, 1200, 30,
        overview="成立领导小组。", practice="项目\t数量\n开放日\t三场", effect="𠮷㛃满意。",
    )  # fmt: skip
    summary.activities = [["开放日", "9月5日", "完成", "手册1,200份", "照片3张"]]
    summary.save()
    summary.figures.filter(value=1200).update(about="1,200余")
    return autumn


def test_both_files_say_all_that_was_filed(filed):
    client = signed_in(filed.staff)
    for text in (pages(client.get(address(filed))), written(client.get(address(filed, "word")))):
        words = (
            "成立领导小组",
            "开放日",
            "三场",
            "手册1,200份",
            "1,200余",
            "𠮷㛃满意",
            filed.water.official_name.replace(" ", ""),
        )
        assert [each for each in words if each not in text] == []


def test_a_draft_is_printed_by_its_unit_alone(autumn):
    draft = Summary.draft(autumn.owed(autumn.water, Kind.SUMMARY))
    draft.overview = "草稿内容。"
    draft.save_draft(by=autumn.liaison, seen=0)
    assert "草稿内容" in pages(signed_in(autumn.liaison).get(address(autumn)))
    assert signed_in(autumn.staff).get(address(autumn)).status_code == 404


def test_a_table_of_sixty_columns_is_set_or_said_to_be_too_wide(filed):
    wide = "\t".join(f"列{n}" for n in range(60))
    Summary.objects.update(practice=f"{wide}\n{wide}")
    response = signed_in(filed.staff).get(address(filed), follow=True)
    if response["Content-Type"] == "application/pdf":
        assert "列59" in pages(response)
    else:
        assert len(said(response)) == 1


def test_more_than_a_page_waits_for_is_said_in_words(filed):
    long = "长" * 20_000
    Summary.objects.update(overview=long, practice=long, effect=long, problems=long, suggestions=long + "长")
    response = signed_in(filed.staff).get(address(filed), follow=True)
    assert said(response) == ["The summary has 100,001 characters; up to 100,000 are set as paper."]


def test_the_stamped_scan_is_handed_in_beside_it(filed):
    scan = signed_in(filed.liaison).get(address(filed)).getvalue()
    cast, client = filed, signed_in(filed.neighbour)
    page = cast.owed(cast.health, Kind.SUMMARY).get_absolute_url()
    press(client, page, "action=save", documents=[SimpleUploadedFile("盖章件.pdf", scan)])
    assert list(Attachment.objects.values_list("name", flat=True)) == ["盖章件.pdf"]
