"""A unit without an account reports counts through a personal link: each report is a use."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities.behalf.tests.test_links import link_to, visitor
from activities.counting.tests.test_tally import owed, page_of, posters, reported, typed
from activities.evidence.tests.test_pictures import drawn
from activities.models import Assignment, Entry, PersonalLink
from activities.models.entry import count_of
from activities.states import Kind
from tests.cast import log, said, signed_in, text
from tests.pages import forge, opened, press


@pytest.fixture
def row(cast):
    """A hundred posters the water bureau owes, on 1 September."""
    posters(cast)
    return owed(cast)


def send(client, row, page=None, **more):
    """Type a report on the page of the link (of now, or one opened before) and press Report."""
    return press(client, page or page_of(row), **typed(row, filed_for="王五") | more)


def test_a_count_comes_through_a_link_with_its_photo_and_both_names(cast, row, media):
    link, secret = link_to(cast, row, uses=2)
    client = visitor(secret)
    answer = send(client, row, photos=SimpleUploadedFile("wall.jpg", drawn()))
    assert (said(answer), answer.redirect_chain) == (["Counted."], [(page_of(row), 302)])
    entry = Entry.objects.get()
    assert (entry.count, entry.by, entry.filed_for, entry.photos.count()) == (40, None, "王五", 1)
    assert "王五, through a personal link" in text(answer) and "staff" in entry.filed_note
    told = cast.liaison.notifications.get(key=f"entry-{entry.pk}-0")
    assert "Reported through a personal link" in told.message
    send(client, row, count="60")
    link.refresh_from_db()
    row = owed(cast)
    assert (row.state, row.submitted_by, row.filed_for, link.used) == ("submitted", None, "王五", 2)
    assert "王五, through a personal link" in text(signed_in(cast.staff).get(page_of(row)))


def test_the_same_page_sent_twice_is_one_use_and_so_is_none_that_is_wrong(cast, row):
    link, secret = link_to(cast, row, uses=3)
    client = visitor(secret)
    assert send(client, row, count="-1").status_code == 422
    page = opened(client, page_of(row))
    send(client, row, page)
    assert said(send(client, row, page)) == ["It came in twice and is counted once."]
    link.refresh_from_db()
    assert (link.used, Entry.objects.count()) == (1, 1)


def test_without_a_name_nothing_is_counted(cast, row):
    _link, secret = link_to(cast, row)
    answer = send(visitor(secret), row, filed_for=" ")
    assert (answer.status_code, answer.context["signing"].errors) == (
        422, {"filed_for": ["Needed before you can submit."]},
    )  # fmt: skip
    assert PersonalLink.objects.get().used == 0


def test_a_use_lost_meanwhile_counts_nothing(cast, row, monkeypatch):
    _link, secret = link_to(cast, row)
    client = visitor(secret)
    monkeypatch.setattr(PersonalLink, "use", lambda link: False)
    answer = send(client, row)
    assert (answer.status_code, 'value="40"' in answer.content.decode(), Entry.objects.count()) == (409, True, 0)


def test_a_visitor_takes_back_what_came_through_a_link_and_nothing_else(cast, row):
    own = reported(row, 5, "a", by=cast.liaison)
    _link, secret = link_to(cast, row, uses=3)
    client = visitor(secret)
    send(client, row)
    mine = Entry.objects.get(by=None)
    others = forge(client, f"/entries/{own.pk}/take-back/")
    taken = press(client, page_of(row), form=f"/entries/{mine.pk}/take-back/", follow=False)
    assert (others.status_code, taken.status_code, count_of(row).reported) == (403, 302, 5)
    assert forge(client, f"/entries/{own.pk}/reject/", {"reason": "x"}).status_code == 302  # to sign-in


def test_that_is_all_can_be_said_through_a_link(cast, row):
    link, secret = link_to(cast, row, uses=2)
    client = visitor(secret)
    send(client, row)
    answer = press(client, page_of(row), form=f"/assignments/{row.pk}/deliverable/finish/", remark="40 walls")
    link.refresh_from_db()
    row = owed(cast)
    assert (answer.redirect_chain, row.state, row.filed_for, link.used) == ([("/link/", 302)], "submitted", "王五", 2)
    assert log(row) == [("open", "submitted", None, "40 walls")]
    heard = [str(each.text) for each in cast.liaison.notifications.order_by("pk")]
    assert ["Filed for your unit through a personal link" in each for each in heard[-1:]] == [True]


def test_the_neighbours_deliverable_is_not_there(cast, row):
    _link, secret = link_to(cast, row)
    assert visitor(secret).get(page_of(owed(cast, cast.health))).status_code == 404


def test_a_deliverable_may_be_reported_ten_times_where_nobody_says_otherwise(cast, row):
    staff, address = signed_in(cast.staff), f"/campaigns/{cast.campaign.pk}/links/?unit={cast.water.pk}"
    receipt = Assignment.objects.get(unit=cast.water, kind=Kind.RECEIPT)
    press(staff, address, person="王五", assignments=[row.pk, receipt.pk], until="2015-09-14")
    assert PersonalLink.objects.get().uses == 11
