"""The annexes of a notice: added, put in order, read by those who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.annex_editing import blocks
from campaigns.forms import annex as forms
from campaigns.models import NoticeAnnex
from campaigns.way import send_to_review
from documents.outline import Heading, Paragraph, Table
from tests.cast import issued, said, signed_in, text
from tests.office_files import PDF
from tests.pages import NoSuchForm, opened, press


def page_of(notice):
    return reverse("campaigns:annexes", args=[notice.pk])


def add(client, notice, title, content="apart", **more):
    return press(client, page_of(notice), "Add the annex", title=title, content=content, follow=False, **more)


def titles(notice):
    return [f"{row.order}.{row.title}" for row in notice.annexes.all()]


def test_annexes_stand_in_the_order_in_which_they_are_printed(cast):
    client = signed_in(cast.staff)
    for title in ("One", "Two", "Three"):
        assert add(client, cast.notice, title).status_code == 302
    two = cast.notice.annexes.get(title="Two")
    move = reverse("campaigns:move-annex", args=[two.pk])
    page = opened(client, page_of(cast.notice))
    press(client, page, "deed=up", form=move)
    press(client, page, "deed=up", form=move)  # the first stays the first
    assert titles(cast.notice) == ["1.Two", "2.One", "3.Three"]
    with pytest.raises(NoSuchForm):
        press(client, page_of(cast.notice), "deed=up", form=move)
    press(client, page_of(cast.notice), "deed=away", form=move)
    assert titles(cast.notice) == ["1.One", "2.Three"]


def test_the_list_of_activities_is_named_not_typed(cast):
    page = text(signed_in(cast.staff).get(page_of(cast.notice), {"content": "activities"}))
    assert ('value="City month安排"' in page, "to be seen" in page) == (True, False)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "T" * 300}, "title"),
        ({"content": "text", "text": " \0 "}, "text"),
        ({"content": "text", "text": "x" * 100_001}, "text"),
        ({"content": "file"}, "file"),
        ({"forged": {"content": "nonsense"}}, "content"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(cast, sent, field):
    response = add(signed_in(cast.staff), cast.notice, **({"title": "Form"} | sent))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert NoticeAnnex.objects.count() == 0


def test_a_file_is_kept_under_its_name_and_read_by_those_the_notice_goes_to(cast, media):
    client = signed_in(cast.staff)
    add(client, cast.notice, "Names", "file", file=SimpleUploadedFile("名单 2015.pdf", PDF))
    row = cast.notice.annexes.get()
    file = reverse("campaigns:annex-file", args=[row.pk])
    assert signed_in(cast.liaison).get(file).status_code == 404  # a draft
    issued(cast)
    response = signed_in(cast.liaison).get(file)
    assert (response.status_code, b"".join(response)) == (200, PDF)
    assert "%E5%90%8D%E5%8D%95%202015.pdf" in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert signed_in(cast.street_liaison).get(file).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [("form.exe", b"MZ"), ("form.pdf", b"MZ not a pdf"), ("form", PDF), ("form.html", b"<html>"), ("a.jpg", PDF)],
)
def test_a_file_is_judged_by_its_name_and_by_how_it_begins(cast, media, name, data):
    response = add(signed_in(cast.staff), cast.notice, "Form", "file", file=SimpleUploadedFile(name, data))
    assert response.context["form"].errors["file"] == ["This is not a PDF, Word, Excel, WPS, JPEG or PNG file."]


def test_a_file_that_is_too_large_is_refused_with_both_sizes(cast, media, monkeypatch):
    monkeypatch.setattr(forms, "MOST_BYTES", 10)
    response = add(signed_in(cast.staff), cast.notice, "Form", "file", file=SimpleUploadedFile("form.pdf", PDF))
    assert response.context["form"].errors["file"] == [f"The file has {len(PDF)}\xa0bytes; at most 10\xa0bytes."]


def test_an_annex_is_changed_and_keeps_its_file_unless_another_comes(cast, media):
    client = signed_in(cast.staff)
    add(client, cast.notice, "Names", "file", file=SimpleUploadedFile("names.pdf", PDF))
    row = cast.notice.annexes.get()
    page = reverse("campaigns:annex", args=[row.pk])
    press(client, page, title="List of names")
    row.refresh_from_db()
    assert (row.title, row.file_name, row.file.read()) == ("List of names", "names.pdf", PDF)
    press(client, page, title="List", file=SimpleUploadedFile("new.pdf", PDF + b"!"))
    row.refresh_from_db()
    assert (row.file_name, row.file.read()) == ("new.pdf", PDF + b"!")


def test_annexes_stay_as_they_are_once_the_notice_is_on_its_way(cast):
    client = signed_in(cast.staff)
    row = cast.notice.annexes.create(order=1, title="One", content="apart")
    page = opened(client, page_of(cast.notice))
    its_page = opened(client, reverse("campaigns:annex", args=[row.pk]))
    send_to_review(cast.notice, by=cast.staff)
    deeds = [
        press(client, page, "Add the annex", title="Two", content="apart"),
        press(client, its_page, title="Other"),
        press(client, page, "deed=away"),
    ]
    assert ["In review" in said(each)[0] for each in deeds] == [True, True, True]
    assert titles(cast.notice) == ["1.One"]


def test_lines_parted_by_bars_or_tabs_are_a_table():
    wanted = Table(head=(("单位", "件数"),), rows=(("市教育局", "3"), ("市水务局", "")))
    for written in (
        "| 单位 | 件数 |\n|---|:--:|\n| 市教育局 | 3 |\n| 市水务局 | |",
        "单位|件数\n市教育局|3\n市水务局|",
        "单位\t件数\n市教育局\t3\n市水务局\t",
        "单位｜件数\n市教育局｜3\n市水务局｜",
    ):
        assert blocks(written) == (wanted,), written
    assert blocks("一、要求\n每单位3件。") == (Heading(1, "一、", "要求"), Paragraph("每单位3件。"))


def test_fifty_annexes_ask_as_many_questions_as_one(cast, django_assert_num_queries):
    client = signed_in(cast.staff)
    cast.notice.annexes.create(order=1, title="One")
    client.get(page_of(cast.notice))
    with django_assert_num_queries(QUERIES):
        client.get(page_of(cast.notice))
    for order in range(2, 52):
        cast.notice.annexes.create(order=order, title="More")
    with django_assert_num_queries(QUERIES):
        client.get(page_of(cast.notice))


QUERIES = 5


def test_a_damaged_picture_is_refused_when_it_is_chosen(cast, media):
    """Not found out by whoever wants to issue the notice."""
    broken = SimpleUploadedFile("map.png", b"\x89PNG\r\n\x1a\n and then nothing of a picture")
    address = reverse("campaigns:annexes", args=[cast.notice.pk])
    answer = press(signed_in(cast.staff), address, "Add the annex", title="Map", content="file", file=broken)
    assert answer.context["form"].errors == {"file": ["The picture is damaged and cannot be opened."]}
    assert ('value="Map"' in text(answer), cast.notice.annexes.count()) == (True, 0)


def test_pressed_twice_it_is_one_annex(cast):
    client = signed_in(cast.staff)
    first, second = (add(client, cast.notice, "名单", "text", text="甲") for _ in range(2))
    assert (first.status_code, second.context["form"].errors) == (
        302, {"title": ["An annex of this title stands there already."]},
    )  # fmt: skip
    row = cast.notice.annexes.get()
    kept = press(client, reverse("campaigns:annex", args=[row.pk]), text="乙", follow=False)
    assert (kept.status_code, cast.notice.annexes.get().text) == (302, "乙")
