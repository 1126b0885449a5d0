"""The pages of a notice while it is written: as typed, page by page, with what cannot be printed."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

import documents
from activities.printing import preview_pages
from activities.printing.preview_pages import LONGEST, Line, preview
from campaigns.models import Notice
from campaigns.way import approve
from documents.block_json import as_json
from documents.outline import Paragraph
from tests.cast import issued, signed_in, text
from tests.pages import opened, previewed

WORDS = {"title": "关于开展“质量月”活动的通知", "salutation": "各成员单位", "signature": "市质强办"}


def pages_of(notice):
    return reverse("activities:preview", args=[notice.pk])


def editor(cast):
    return reverse("campaigns:editor", args=[cast.notice.pk])


def shown(cast, **typed):
    """What the editor puts beside the text that is being written."""
    return previewed(signed_in(cast.staff), editor(cast), **WORDS | typed)


def test_the_pages_are_those_of_what_stands_in_the_editor_and_nothing_is_saved(cast):
    response = shown(cast, body="一、活动主题\n让质量走进生活。\n（一）时间。九月。")
    found = response.context["preview"]
    assert [(page.number, page.width, page.height) for page in found.pages] == [(1, 893, 1263)]
    assert found.outline == (Line(0, 1, "一、活动主题"), Line(2, 2, "（一）时间"))
    assert Notice.objects.get(pk=cast.notice.pk).body == "一、Purpose\nEverybody takes part."


def test_each_page_is_a_picture_that_a_browser_asks_for_when_it_comes_to_it(cast):
    found = shown(cast, body="让质量走进生活。\n" * 80).context["preview"]
    assert len(found.pages) == 5
    client, address = signed_in(cast.staff), reverse("activities:preview-page", args=[cast.notice.pk])
    answer = client.get(address, {"of": found.key, "page": 5})
    assert (answer.headers["Content-Type"], Image.open(BytesIO(answer.content)).size) == ("image/png", (893, 1263))
    for wrong in ({"page": 6}, {"page": 0}, {"of": "0" * 64}, {"of": "../x"}, {"page": "x"}):
        assert client.get(address, {"of": found.key, "page": 1, **wrong}).status_code == 404


def test_the_pages_of_one_notice_are_not_found_under_another(cast):
    found = shown(cast, body="Secret").context["preview"]
    foreign = reverse("activities:preview-page", args=[cast.district_notice.pk])
    assert signed_in(cast.district_staff).get(foreign, {"of": found.key, "page": 1}).status_code == 404


def test_the_same_text_is_set_once(cast, monkeypatch):
    set_ = []
    monkeypatch.setattr(documents.paper, "to_pdf", lambda *given, **more: set_.append(1) or TO_PDF(*given, **more))
    for body in ("One", "One", "Two", "One"):
        shown(cast, body=body)
    assert len(set_) == 2


TO_PDF = documents.paper.to_pdf


def test_a_sign_no_font_has_is_named_with_its_paragraph_and_the_pages_come_all_the_same(cast):
    found = shown(cast, body="一、Purpose\n\nParty \U0001f9a9 time", title="A \U0001f9a9").context["preview"]
    assert [(problem.said, problem.line) for problem in found.problems] == [
        ("No font can print “\U0001f9a9” (U+1F9A9) in paragraph 2, “Party \U0001f9a9 time…”.", 2),
        ("no font can print “\U0001f9a9” (U+1F9A9) in the title", None),
    ]
    assert len(found.pages) == 1


def test_a_broken_picture_is_named_with_its_annex(cast, media):
    row = cast.notice.annexes.create(order=1, title="Map", content="file", file_name="map.png")
    row.file.save("map.png", ContentFile(b"\x89PNG broken"))
    found = shown(cast, body="Text").context["preview"]
    assert found.problems[0].said.startswith("Annex 1 “Map”: “map.png” is")
    assert len(found.pages) == 2  # the others are set, this one leaves its mark


def test_of_a_long_text_the_first_pages_are_shown_and_it_is_said(cast):
    response = shown(cast, body="让质量走进生活，让每个人都参与质量月活动。\n" * 9_000)
    assert response.context["preview"].cut
    assert "The text is long" in text(response)
    assert sum(1 for _ in response.context["preview"].pages) < LONGEST / 400


@pytest.mark.parametrize("body", ["a\tb\n" * 5000, "①项目\n" * 5000, "一\n" * 20_000, "质" * 60_000])
def test_nobody_waits_for_a_book_however_it_is_made(cast, body):
    found = shown(cast, body=body).context["preview"]
    assert (found.cut, 0 < len(found.pages) < 50, len(found.outline) <= 300) == (True, True, True)


@pytest.mark.parametrize("body", ["", "\0\x01", "\n\n\n", "\t\t\n\t\t", "一、" * 2000, "x" * 3000])
def test_whatever_is_typed_has_pages(cast, body):
    response = shown(cast, body=body)
    assert (response.status_code, len(response.context["preview"].pages) > 0) == (200, True)


def test_while_another_text_is_set_the_page_is_told_to_ask_again(cast, monkeypatch):
    monkeypatch.setattr(preview_pages, "PATIENCE", 0.01)
    with preview_pages.one_at_a_time():
        response = shown(cast, body="Waits")
    assert (response.status_code, "these follow in a moment" in text(response)) == (202, True)
    assert shown(cast, body="Waits").status_code == 200


def test_who_reads_the_pages(cast):
    people = cast.people()
    status = {who: signed_in(user).get(pages_of(cast.notice)).status_code for who, user in people.items()}
    assert {who for who, found in status.items() if found == 200} == {"staff", "signer", "leader"}
    page = opened(signed_in(cast.staff), editor(cast))
    issued(cast)
    assert signed_in(cast.liaison).get(pages_of(cast.notice)).status_code == 200
    assert previewed(signed_in(cast.liaison), page, **WORDS).status_code == 403


def test_the_page_without_javascript_shows_what_was_saved(cast):
    response = signed_in(cast.leader).get(pages_of(cast.notice))
    assert "Page 1 of 1 as it will be printed" in text(response)
    assert preview(Notice.objects.get(pk=cast.notice.pk)).outline == (Line(0, 1, "一、Purpose"),)


def test_whoever_signs_sees_the_pages_and_what_each_annex_is_printed_from(cast):
    """On the notice that is on its way, and where it is issued; each page opens alone."""
    cast.notice.annexes.create(order=1, title="List", content="activities")
    cast.notice.annexes.create(order=2, title="Form", content="handed_in", blocks=as_json((Paragraph("Name:"),)))
    approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    signer = signed_in(cast.signer)
    for address in (cast.notice.get_absolute_url(), reverse("activities:issue", args=[cast.notice.pk])):
        page = opened(signer, address).html.select_one("#pages")
        said = [" ".join(each.get_text().split()) for each in page.select("p")]
        assert said == ["Annex 1 List From the system: the list of activities", "Annex 2 Form As it was handed in"]
        part = signer.get(page.select_one("[hx-get]")["hx-get"], headers={"hx-request": "true"})
        links = BeautifulSoup(part.content, "html.parser").select(".sheaf a")
        pages = preview(Notice.objects.get(pk=cast.notice.pk)).pages
        assert [signer.get(link["href"]).headers["Content-Type"] for link in links] == ["image/png"] * len(pages)


def test_more_of_a_long_text_is_set_for_whoever_signs_than_for_whoever_types(cast):
    body = "让质量走进生活，让每个人都参与质量月活动。\n" * 1500
    Notice.objects.filter(pk=cast.notice.pk).update(body=body)
    read = signed_in(cast.staff).get(pages_of(cast.notice)).context["preview"]
    assert (read.cut, shown(cast, body=body).context["preview"].cut) == (False, True)
