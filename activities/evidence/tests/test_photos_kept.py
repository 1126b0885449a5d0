"""Photos chosen on a page on which something else is wrong: no page can give a chosen file back, so they are kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities.counting.tests.test_tally import owed, page_of
from activities.counting.tests.test_tally import posters as with_deliverable
from activities.counting.tests.test_tally import send as report
from activities.evidence.tests.test_pictures import BLUE, drawn
from activities.models import Entry
from activities.packing.tests.test_packing import made, opened
from activities.states import Kind
from activities.tasks import rescue
from tests.cast import PLAN, filed_plan, said, signed_in, text
from tests.pages import opened as show
from tests.pages import press

KEPT = "The photos and files you chose are kept; you need not choose them again."


@pytest.fixture
def plan(autumn, media):
    """The plan the water bureau owes."""
    return autumn.owed(autumn.water, Kind.PLAN)


def photo(name="wall.jpg", data=None):
    return SimpleUploadedFile(name, data or drawn())


def send(plan, by, *photos, action="submit", page=None, **typed):
    """Choose photos on the page (of now, or one opened before), type, and press a button."""
    page = page or plan.get_absolute_url()
    return press(signed_in(by), page, f"action={action}", photos=list(photos), **typed)


def test_a_plan_without_its_goal_is_not_submitted_and_keeps_its_photos(autumn, plan):
    answer = send(plan, autumn.liaison, photo(), photo("gate.jpg", drawn(colour=BLUE)), **PLAN | {"goal": ""})
    assert (answer.status_code, said(answer)[1:], plan.photos.count()) == (422, [KEPT], 2)
    page = text(answer)
    assert [f"/photos/{each.pk}/part/" in page for each in plan.photos.all()] == [True, True]
    answer = send(plan, autumn.liaison, **PLAN)
    assert (said(answer), plan.photos.count()) == (["Submitted."], 2)


def test_of_photos_of_which_one_is_refused_the_others_are_kept(autumn, plan):
    answer = send(plan, autumn.liaison, photo(), photo("film.jpg", b"\0\0\0\x20ftypmp42"), action="save")
    assert (answer.status_code, plan.photos.count()) == (422, 1)
    assert "film.jpg: This is a video, no photo." in text(answer)


def test_thirteen_photos_are_for_a_person_to_choose_from(autumn, plan):
    send(plan, autumn.liaison, *(photo(data=drawn(size=(60, 40 + n))) for n in range(12)), action="save")
    answer = send(plan, autumn.liaison, photo(data=drawn(colour=BLUE)), action="save")
    assert "At most 12 photos in all." in text(answer)
    assert (said(answer)[1:], plan.photos.count()) == ([], 12)


def test_who_was_slower_keeps_the_photos_too(autumn, plan):
    page = show(signed_in(autumn.head), plan.get_absolute_url())
    send(plan, autumn.liaison, action="save", goal="What the liaison officer wrote")
    answer = send(plan, autumn.head, photo(), action="save", page=page, goal="What the head wrote")
    assert (answer.status_code, said(answer)[1:], plan.photos.count()) == (409, [KEPT], 1)


def test_with_what_is_filed_already_no_photo_comes_in(autumn, plan):
    page = show(signed_in(autumn.head), plan.get_absolute_url())
    filed_plan(plan, autumn.liaison)
    answer = send(plan, autumn.head, photo(), page=page, **PLAN | {"goal": "What the head wrote"})
    assert (answer.status_code, len(said(answer)), plan.photos.count()) == (409, 1, 0)


# --- evidence of a report ----------------------------------------------------------------------------------------


@pytest.fixture
def posters(cast, media):
    """A hundred posters the water bureau owes; asked for by the notice of 20 August."""
    with_deliverable(cast)
    return owed(cast)


def test_evidence_is_kept_when_the_number_is_wrong_and_goes_with_the_report(cast, posters):
    answer = report(cast, posters, count="-5", photos=photo())
    assert (answer.status_code, said(answer)[1:], Entry.objects.count()) == (422, [KEPT], 0)
    kept = posters.photos.get()
    assert f"/photos/{kept.pk}/part/" in text(answer)
    answer = report(cast, posters, **{f"caption_{kept.pk}": "Station wall"})
    assert said(answer) == ["Counted."]
    assert [(each.pk, each.caption) for each in Entry.objects.get().photos.all()] == [(kept.pk, "Station wall")]
    assert signed_in(cast.liaison).get(page_of(posters)).context["photos"].rows == []


def test_evidence_kept_for_later_can_be_taken_away_and_is_not_in_the_report(cast, posters):
    report(cast, posters, count="-5", photos=[photo(), photo("gate.jpg", drawn(colour=BLUE))])
    first, second = posters.photos.all()
    report(cast, posters, **{f"remove_{first.pk}": "on"})
    assert [each.pk for each in Entry.objects.get().photos.all()] == [second.pk]
    assert posters.photos.count() == 1


def test_photos_of_a_report_taken_back_wait_for_the_next_one(cast, posters):
    report(cast, posters, photos=photo())
    entry = Entry.objects.get()
    press(signed_in(cast.liaison), page_of(posters), form=f"/entries/{entry.pk}/take-back/")
    report(cast, posters, count="4")
    assert [each.photos.count() for each in Entry.objects.order_by("pk")] == [1, 1]


def test_a_photo_of_one_report_can_be_the_evidence_of_a_second(cast, posters):
    report(cast, posters, photos=photo())
    report(cast, posters, photos=photo())
    assert (posters.photos.count(), [each.photos.count() for each in Entry.objects.all()]) == (1, [1, 1])


def test_the_office_sees_the_evidence_before_the_target_is_reached(cast, posters):
    report(cast, posters, photos=photo())
    reported = posters.photos.get()
    report(cast, posters, count="-5", photos=photo("gate.jpg", drawn(colour=BLUE)))
    waiting = posters.photos.exclude(pk=reported.pk).get()
    rescue()  # a worker makes them
    met = {
        who: [
            signed_in(getattr(cast, who)).get(f"/photos/{each.pk}/small/").status_code for each in (reported, waiting)
        ]
        for who in ("staff", "leader", "liaison", "neighbour")
    }
    assert met == {"staff": [200, 404], "leader": [200, 404], "liaison": [200, 200], "neighbour": [404, 404]}


def test_evidence_of_half_the_target_is_in_the_download_and_what_waits_is_not(cast, posters):
    report(cast, posters, photos=photo())
    report(cast, posters, count="-5", photos=photo("gate.jpg", drawn(colour=BLUE)))
    reported = Entry.objects.get().photos.get()
    names = [path.rpartition("/")[2] for path in opened(made(cast, kind="deliverable")).namelist()]
    assert [name.partition("_")[0] for name in names if name.endswith(".jpg")] == [str(reported.pk)]
    assert [name for name in names if name.endswith(".txt")] == ["任务完成情况 · Posters.txt"]


def test_a_film_of_gigabytes_among_the_evidence_is_named_and_nothing_is_counted(cast, posters, settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    film = SimpleUploadedFile("opening.mp4", b"\0\0\0\x20ftypisom" + bytes(300_000))
    answer = report(cast, posters, photos=film)
    assert (answer.status_code, Entry.objects.count()) == (422, 0)
    assert "opening.mp4: The file is larger than 20 MB. Please make it smaller." in text(answer)
    assert 'value="40"' in answer.content.decode()
