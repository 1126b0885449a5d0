"""The versions of a notice: listed, compared, taken again."""

import pytest
from django.urls import reverse

from campaigns.models import Notice
from campaigns.versions import save_text
from campaigns.way import send_to_review
from tests.cast import said, signed_in, text
from tests.pages import opened, press
from workflow import clock


def write(notice, by, body):
    save_text(Notice.objects.get(pk=notice.pk), by=by, seen=Notice.objects.get(pk=notice.pk).revision, body=body)


@pytest.fixture
def three(cast):
    """A notice with three versions by two people, now in review."""
    write(cast.notice, cast.staff, "The meeting is in May.")
    write(cast.notice, cast.signer, "The meeting is in June.")
    write(cast.notice, cast.staff, "The meeting is in June. Bring 300 leaflets.")
    return cast


def address(name, pk):
    return reverse(f"campaigns:{name}", args=[pk])


def test_the_list_says_who_wrote_what_when_and_where_the_notice_stood(three):
    notice = Notice.objects.get(pk=three.notice.pk)
    send_to_review(notice, by=three.staff)
    page = text(signed_in(three.leader).get(address("versions", notice.pk)))
    for words in ("Version 3", "Version 2", "Version 1", "staff", "signer", "In review", "Draft"):
        assert words in page


def test_any_two_versions_are_compared_with_additions_and_deletions_marked(three):
    client = signed_in(three.staff)
    page = client.get(address("compare-versions", three.notice.pk), {"old": 1, "new": 3})
    [(name, pieces)] = page.context["changes"]
    changed = [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"]
    assert (name, changed) == ("text", [("removed", "May"), ("added", "June. Bring 300 leaflets")])
    turned = client.get(address("compare-versions", three.notice.pk), {"old": 3, "new": 1})
    assert (turned.context["old"].number, turned.context["new"].number) == (1, 3)


def test_without_a_choice_the_last_two_are_compared_and_a_version_that_is_not_there_is_404(three):
    client = signed_in(three.staff)
    page = client.get(address("compare-versions", three.notice.pk))
    assert (page.context["old"].number, page.context["new"].number) == (2, 3)
    assert client.get(address("compare-versions", three.notice.pk), {"old": 1, "new": 99}).status_code == 404
    empty = client.get(address("compare-versions", three.notice.pk), {"old": "x", "new": "3"})
    assert empty.status_code == 404


def test_a_notice_without_versions_says_what_will_be_here(cast):
    client = signed_in(cast.staff)
    assert "appear here as soon as it has been saved" in text(client.get(address("versions", cast.notice.pk)))
    assert "There are no two versions" in text(client.get(address("compare-versions", cast.notice.pk)))


def test_an_older_text_becomes_the_text_again_and_the_present_one_stays_a_version(three):
    first = three.notice.versions.get(number=1)
    response = press(signed_in(three.staff), address("version", first.pk), "Take this text again")
    assert said(response) == ["The text of version 1 is the text again."]
    assert Notice.objects.get(pk=three.notice.pk).body == "The meeting is in May."
    assert [row.body[-12:] for row in three.notice.versions.all()] == [
        "g is in May.", " is in June.", "00 leaflets.", "g is in May.",
    ]  # fmt: skip


def test_an_older_text_is_not_taken_over_one_that_was_saved_meanwhile(three):
    first = three.notice.versions.get(number=1)
    client = signed_in(three.signer)
    page = opened(client, address("version", first.pk))
    save_text(Notice.objects.get(pk=three.notice.pk), by=three.staff, seen=3, body="Saved meanwhile.")
    response = press(client, page, "Take this text again")
    assert said(response) == ["staff saved this notice meanwhile. Nothing was changed."]
    assert Notice.objects.get(pk=three.notice.pk).body == "Saved meanwhile."


def test_nor_once_the_notice_is_on_its_way(three):
    first = three.notice.versions.get(number=1)
    client = signed_in(three.staff)
    page = opened(client, address("version", first.pk))
    send_to_review(Notice.objects.get(pk=three.notice.pk), by=three.staff)
    assert "can be changed only while the notice is a draft" in text(client.get(address("version", first.pk)))
    press(client, page, "Take this text again")
    assert Notice.objects.get(pk=three.notice.pk).body.endswith("leaflets.")


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("liaison", 404), ("district_staff", 404)])
def test_drafts_are_read_in_the_host_s_house_only(three, who, status):
    version = three.notice.versions.first()
    client = signed_in(three.people()[who])
    pages = [address("versions", three.notice.pk), address("version", version.pk)]
    assert [client.get(page).status_code for page in pages] == [status, status]


def test_fifty_versions_ask_as_many_questions_as_one(cast, django_assert_num_queries):
    client = signed_in(cast.staff)
    page = address("versions", cast.notice.pk)
    write(cast.notice, cast.staff, "First")
    client.get(page)
    with django_assert_num_queries(QUERIES):
        assert len(client.get(page).context["page"]) == 1
    for number in range(2, 51):
        cast.notice.versions.create(number=number, saved_by=cast.signer, saved_at=clock.now(), body="More")
    with django_assert_num_queries(QUERIES):
        assert len(client.get(page).context["page"]) == 50


QUERIES = 6
