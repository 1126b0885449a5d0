"""What the office makes of photos that look alike: noted with who and when, and not pointed out any more."""

import pytest
from django.urls import reverse

from activities import tasks
from activities.counting.tests.test_tally import page_of, posters, reported
from activities.evidence.forms.photos import add_photo
from activities.evidence.pictures import picture_from
from activities.evidence.tests.test_looking import alike as alike
from activities.evidence.tests.test_looking import data, filed
from activities.models import Assignment, Entry
from activities.models.photo import Likeness
from activities.states import Kind
from tests.cast import log, said, signed_in, text
from tests.pages import opened, press
from tests.same_photo import changed, hall


def page(photo):
    return reverse("activities:alike", args=[photo.pk])


def judge(cast, photo, verdict, by=None, shown=None, forged=None):
    """Press a verdict on the page of both photos (of now, or one opened before)."""
    return press(signed_in(by or cast.staff), shown or page(photo), f"verdict={verdict}", forged=forged)


def test_what_was_judged_is_noted_with_who_and_when_and_pointed_out_no_more(autumn, alike):
    one, other = alike
    answer = judge(autumn, one, "occasion")
    assert said(answer) == ["Noted. It is not pointed out any more."]
    assert log(Likeness.objects.get()) == [("open", "occasion", autumn.staff, "")]
    assert ("One occasion, told by both</strong>" in text(answer), "staff ·" in text(answer)) == (True, True)
    for photo in (one, other):  # from either side
        shown = text(signed_in(autumn.staff).get(photo.assignment.get_absolute_url()))
        assert ("Looks like a photo" in shown, "One occasion, told by both (" in shown) == (False, True)


def test_it_can_be_looked_at_again(autumn, alike):
    one, _other = alike
    judge(autumn, one, "different")
    assert said(judge(autumn, one, "open", by=autumn.signer)) == ["It is open again."]
    assert Likeness.objects.get().state == "open"
    assert "Looks like a photo" in text(signed_in(autumn.staff).get(one.assignment.get_absolute_url()))


def test_of_two_who_judge_the_second_is_told(autumn, alike):
    shown = opened(signed_in(autumn.staff), page(alike[1]))
    judge(autumn, alike[0], "different")
    assert "Somebody was faster" in said(judge(autumn, alike[1], "twice", shown=shown))[0]
    assert Likeness.objects.get().state == "different"


@pytest.mark.parametrize(("verdict", "likeness"), [("guilty", None), ("", None), ("twice", "0"), ("twice", "\0")])
def test_what_is_no_verdict_about_this_photo_changes_nothing(autumn, alike, verdict, likeness):
    forged = {"verdict": verdict} | ({} if likeness is None else {"likeness": likeness})
    answer = judge(autumn, alike[0], "twice", forged=forged)
    assert (said(answer), Likeness.objects.get().state) == (["Nothing was changed. Please look again."], "open")


def test_the_office_finds_what_is_to_be_looked_at_in_the_list_and_units_do_not(autumn, alike):
    address = reverse("activities:assignments", args=[autumn.campaign.pk])

    def found(who, **chosen):
        return [str(row.unit) for row in signed_in(who).get(address, chosen).context["shown"].page]

    assert sorted(found(autumn.staff, standing="alike")) == ["Health bureau", "Water bureau"]
    for who in (autumn.liaison, autumn.neighbour, autumn.leader):  # it means nothing to them: nothing is left out
        assert found(who, standing="alike") == found(who)
    offered = ["standing=alike" in text(signed_in(who).get(address)) for who in (autumn.staff, autumn.liaison)]
    assert offered == [True, False]
    judge(autumn, alike[0], "different")
    assert found(autumn.staff, standing="alike") == []


def test_looking_again_keeps_the_verdict(autumn, alike):
    judge(autumn, alike[0], "different")
    for photo in alike:
        type(photo).objects.filter(pk=photo.pk).update(looked_at=None)
    tasks.rescue()
    assert Likeness.objects.get().state == "different"


def test_what_nobody_judged_comes_first(autumn, alike):
    one, other = alike
    judge(autumn, one, "different")
    (third,) = filed(autumn, autumn.district, autumn.district_liaison, changed(hall(1), "resized", 1))
    assert [each.photo for each in one.alike(autumn.staff)] == [third, other]


def test_the_same_poster_reported_by_two_towns_is_pointed_out(cast, media):
    """A deliverable is not accepted or returned as a whole, but its evidence is looked at all the same."""
    posters(cast)
    for row in Assignment.objects.filter(kind=Kind.DELIVERABLE):
        entry = reported(row, 1, str(row.pk))
        add_photo(row, picture_from(data(hall(1))), None)
        entry.photos.set(row.photos.all())
    tasks.rescue()
    first = Entry.objects.first()
    shown = signed_in(cast.staff).get(page_of(first.assignment))
    assert "Looks like a photo filed by Health bureau in 2015:" in text(shown)
    assert signed_in(cast.staff).get(page(first.photos.get())).status_code == 200
    assert "Looks like" not in text(signed_in(cast.liaison).get(page_of(first.assignment)))
