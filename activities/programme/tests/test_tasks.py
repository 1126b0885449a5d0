"""The task table: written by the office, handed out one by one after issue, its days changed knowingly."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Unit, UnitGroup
from activities.asking import deadlines, issue
from activities.models import Activity, Assignment, HandOut, Participation
from activities.states import AssignmentState, Kind
from campaigns import way
from tests.cast import activity, log, person, said, signed_in, text, unit
from tests.pages import forge, opened, page_of, press
from workflow import clock
from workflow.models import Notification

SAVE, MOVE = "Save the task", "Change the day and tell the units"
TASK = {
    "number": "3",
    "title": "Put up posters",
    "due_on": "2015-09-20",
    "lead": "Towns",
    "assist": "Health bureau",
    "remark": "At least 100 a town.",
    "deliverables-0-title": "Posters",
    "deliverables-0-comparator": "at_least",
    "deliverables-0-target": "100",
    "deliverables-0-measure": "张",
    "deliverables-0-share": "each",
    "deliverables-0-due_on": "",
    "deliverables-1-title": "Clip",
    "deliverables-1-comparator": "at_least",
    "deliverables-1-share": "each",
    "deliverables-1-due_on": "2015-10-05",
    "deliverables-1-first_0": "2015-09-20",
    "deliverables-1-last_0": "2015-09-25",
    "deliverables-1-first_1": "2015-10-01",
    "deliverables-1-last_1": "2015-10-05",
}


@pytest.fixture
def towns(cast):
    """Three towns in a group of the office, addressed by the notice; each with a liaison officer."""
    found = [unit(f"Town {n}") for n in (1, 2, 3)]
    UnitGroup.objects.create(owner=cast.office, name="Towns").units.set(found)
    cast.notice.addressees.add(*found)
    for each in found:
        person(f"of_{each.name.replace(' ', '_')}", (each, "liaison"))
    return found


def issue_it(cast, on=date(2015, 8, 20)):
    with clock.as_of(on):
        way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
        issue.issue(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice))


def add(cast, user=None, **changes):
    address = reverse("activities:new-task", args=[cast.campaign.pk])
    return press(signed_in(user or cast.staff), address, SAVE, **TASK | changes)


def change(cast, row, page=None, button=SAVE, **typed):
    """Type on the page of a task (of now, or one opened before) and press a button."""
    return press(signed_in(cast.staff), page or reverse("activities:task", args=[row.pk]), button, **typed)


def strike(cast, row, page=None):
    """Press "Take it out of the table" on the page of a task."""
    form = reverse("activities:strike-task", args=[row.pk])
    return press(signed_in(cast.staff), page or reverse("activities:task", args=[row.pk]), form=form)


def last():
    return Activity.objects.order_by("pk").last()


# --- writing -----------------------------------------------------------------------------------------------


def test_the_second_of_two_who_change_a_row_sees_what_the_first_wrote_and_chooses(cast, towns):
    """Until now the deliverable the first had added would have gone without a word."""
    add(cast)
    row = last()
    page = opened(signed_in(cast.staff), reverse("activities:task", args=[row.pk]))
    assert said(change(cast, row, page, **{"deliverables-2-title": "Banners"})) == ["The task is saved."]
    late = change(cast, row, page, remark="With the schools")
    shown = text(late)
    assert (late.status_code, "Banners" in shown, "With the schools" in shown) == (409, True, True)
    assert "Somebody changed this while you were writing." in shown
    assert [each.title for each in row.deliverables.all()] == ["Posters", "Clip", "Banners"]
    change(cast, row, page_of(late))
    row.refresh_from_db()
    assert (row.remark, [each.title for each in row.deliverables.all()]) == ("With the schools", ["Posters", "Clip"])


def test_what_is_handed_out_while_somebody_types_keeps_its_days_and_the_page_what_was_typed(cast, towns):
    add(cast)
    row = last()
    page = opened(signed_in(cast.staff), reverse("activities:task", args=[row.pk]))
    issue_it(cast)
    days = sorted(row.assignments.values_list("due_at", flat=True))
    answer = change(cast, row, page, due_on="2015-09-25", remark="With the schools")
    assert (answer.status_code, "With the schools" in text(answer)) == (409, True)
    assert "Units owe this task already: only its days can be changed." in text(answer)
    assert (sorted(row.assignments.values_list("due_at", flat=True)), len(days)) == (days, 6)


def test_a_row_is_written_with_its_units_groups_and_what_it_asks_for(cast, towns):
    assert said(add(cast)) == ["The task is saved."]
    row = last()
    assert (row.title, row.number, row.due_on, row.remark) == (
        "Put up posters", "3", date(2015, 9, 20), "At least 100 a town.",
    )  # fmt: skip
    assert [str(each) for each in row.leads] == ["Towns"] and [str(each) for each in row.assists] == ["Health bureau"]
    posters, clip = row.deliverables.all()
    assert (posters.title, posters.target, posters.measure, posters.due_on) == ("Posters", 100, "张", None)
    assert (clip.target, clip.due_on, [(w.starts_on.day, w.ends_on.day) for w in clip.windows.all()]) == (
        None, date(2015, 10, 5), [(20, 25), (1, 5)],
    )  # fmt: skip


def test_the_table_shows_each_row_with_its_group_and_everything_asked(cast, towns):
    add(cast)
    page = text(signed_in(cast.staff).get(reverse("activities:tasks", args=[cast.campaign.pk])))
    for words in ("Put up posters", "At least 100 a town.", "Towns", "Health bureau", "Posters: at least"):
        assert words in page
    assert "Town 1" not in page


def test_what_is_called_as_its_task_is_named_once_and_a_number_has_no_dot_in_its_column(cast, towns):
    add(cast)
    row = last()
    Activity.objects.filter(pk=row.pk).update(number="3.", sub_number="")
    row.deliverables.filter(title="Posters").update(title=row.title, due_on=date(2015, 9, 10))
    page = text(signed_in(cast.staff).get(reverse("activities:tasks", args=[cast.campaign.pk])))
    assert ('<td class="number-of">3</td>' in page, "Put up posters: " in page) == (True, False)
    named = sorted(each.what for each in deadlines.named(cast.notice))
    assert named == ["Put up posters", "Put up posters", "Put up posters：Clip"]


def test_a_row_pressed_twice_stands_once(cast, towns):
    add(cast)
    assert "This task is in the table already; nothing was made twice." in text(add(cast))
    assert cast.campaign.activities.filter(title="Put up posters").count() == 1


def test_a_row_is_corrected_in_place_and_what_is_struck_out_goes(cast, towns):
    add(cast)
    row = last()
    posters, _clip = row.deliverables.all()
    struck = {"deliverables-0-target": "150", "deliverables-1-DELETE": "on"}
    change(cast, row, lead="Water bureau、Town 2", **struck)
    row = Activity.objects.get(pk=row.pk)
    assert [str(each) for each in row.leads] == ["Water bureau", "Town 2"]
    assert list(row.deliverables.values_list("pk", "target")) == [(posters.pk, 150)]


def test_a_window_keeps_the_words_it_was_printed_with_as_long_as_its_days_stay(cast, towns):
    add(cast)
    row = last()
    _posters, clip = row.deliverables.all()
    assert [str(window) for window in clip.windows.all()] == [
        "20 September – 25 September",
        "1 October – 5 October",
    ]
    clip.windows.update(text="Prime time")
    change(cast, row, **{"deliverables-1-last_1": "2015-10-04"})
    assert [str(window) for window in clip.windows.all()] == ["Prime time", "1 October – 4 October"]


def test_who_takes_part_is_named_by_any_name_and_a_group_comes_before_a_unit(cast, towns):
    Unit.objects.filter(pk=cast.water.pk).update(full_name="Bureau of Water", aliases=["ＷＡＴＥＲ works"])
    unit("towns ")
    add(cast, lead="Towns", assist="1. water works；Bureau of Water\nHealth  bureau")
    row = last()
    assert [(str(each), type(each)) for each in row.leads] == [("Towns", UnitGroup)]
    assert row.with_part("assist") == [cast.water, cast.health]


def test_a_name_of_several_units_is_told_as_such(cast, towns):
    Unit.objects.filter(pk__in=[cast.water.pk, cast.health.pk]).update(aliases=["The bureau"])
    answer = add(cast, assist="The bureau")
    words = "“The bureau” is the name of several units: Water bureau、Health bureau."
    assert (answer.status_code, answer.context["form"].errors) == (422, {"assist": [words]})


def test_a_merged_unit_is_refused_by_its_name_though_the_successor_inherited_it(cast, towns):
    old = unit("Old bureau", aliases=["The office of old"])
    middle = unit("Middle bureau", merged_into=cast.water)
    Unit.objects.filter(pk=old.pk).update(merged_into=middle)
    Unit.objects.filter(pk=cast.water.pk).update(aliases=["Old bureau", "The new office"])
    answer = add(cast, assist="Old bureau、The office of old")
    words = "Old bureau was merged into Water bureau."
    assert (answer.status_code, answer.context["form"].errors) == (422, {"assist": [words, words]})
    add(cast, assist="The new office")
    assert last().with_part("assist") == [cast.water]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"lead": "Nobody's bureau"}, "lead", "No unit and no group of the office is called “Nobody's bureau”."),
        ({"lead": ""}, "lead", "Who is responsible? Without a unit nobody would owe it."),
        ({"assist": "Old bureau"}, "assist", "Old bureau was merged into Water bureau."),
        ({"title": ""}, "title", "This field is required."),
        ({"due_on": ""}, "due_on", "This field is required."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_written(cast, towns, wrong, field, words):
    unit("Old bureau", merged_into=cast.water)
    before = Activity.objects.count()
    answer = add(cast, **wrong)
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})
    assert "At least 100 a town." in text(answer)
    assert Activity.objects.count() == before


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"deliverables-0-target": "-1"}, "target", "Ensure this value is greater than or equal to 0."),
        ({"deliverables-0-target": "0"}, "target", "Nothing is no target. Leave it empty when nothing is counted."),
        ({"deliverables-0-target": "10" * 9}, "target", "Ensure this value is less than or equal to 100000000."),
        ({"deliverables-0-title": ""}, "title", "This field is required."),
        (
            {"deliverables-0-first_0": "2015-09-09", "deliverables-0-last_0": "2015-09-01"},
            "last_0",
            "The last day is before the first day.",
        ),
    ],
)
def test_a_target_that_cannot_be_is_told(cast, towns, wrong, field, words):
    answer = add(cast, **wrong)
    assert (answer.status_code, answer.context["formset"].errors[0]) == (422, {field: [words]})


def test_a_group_that_is_empty_is_pointed_out(cast):
    UnitGroup.objects.create(owner=cast.office, name="Towns")
    assert said(add(cast)) == ["The task is saved.", "Nobody is in the group “Towns” yet."]


def test_under_review_the_table_stays_as_it_was_read(cast, towns):
    page = opened(signed_in(cast.staff), reverse("activities:new-task", args=[cast.campaign.pk]))
    way.send_to_review(cast.notice, by=cast.staff)
    before = Activity.objects.count()
    answer = press(signed_in(cast.staff), page, SAVE, **TASK)
    told = "The notice stands at “In review” with this table: it must go back to its author before it is changed."
    assert (answer.status_code, said(answer), Activity.objects.count()) == (409, [told], before)


def test_a_row_nobody_owes_can_be_taken_out_one_that_is_owed_cannot(cast, towns):
    add(cast)
    strike(cast, last())
    assert not Activity.objects.filter(title="Put up posters").exists()
    row = cast.campaign.activities.first()
    page = opened(signed_in(cast.staff), reverse("activities:task", args=[row.pk]))
    issue_it(cast)
    answer = strike(cast, row, page)
    assert said(answer) == ["Units owe this task already, so it stays in the table."]


# --- issued, and handed out later ---------------------------------------------------------------------------


def test_who_is_in_the_group_is_fixed_when_the_notice_is_issued(cast, towns):
    add(cast)
    issue_it(cast)
    row = last()
    owed = Assignment.objects.filter(activity=row, deliverable__title="Posters").order_by("unit__order")
    assert [each.unit.name for each in owed] == ["Town 1", "Town 2", "Town 3"]
    cast.office.groups.get(name="Towns").units.add(unit("Town 4"))
    through = Participation.objects.filter(activity=row, group__name="Towns")
    assert set(through.values_list("unit__name", flat=True)) == {"Town 1", "Town 2", "Town 3"}
    assert [str(each) for each in Activity.objects.for_list().get(pk=row.pk).leads] == ["Towns"]


def test_a_task_added_later_is_handed_out_after_the_count_and_the_names_were_shown(
    cast, towns, django_capture_on_commit_callbacks
):
    issue_it(cast)
    answer = add(cast)
    row, page = last(), text(answer)
    assert answer.redirect_chain[-1][0] == reverse("activities:hand-out", args=[row.pk])
    assert "It goes to 3 units." in page and "Town 1、Town 2、Town 3" in page and "Hand out to 3 units" in page
    assert not Assignment.objects.filter(activity=row).exists()
    Notification.objects.all().delete()
    asked = page_of(answer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = press(signed_in(cast.staff), asked, "Hand out to 3 units", follow=False)
    job = HandOut.objects.last()
    assert answer.url == reverse("activities:handing-out", args=[job.pk])
    assert "6 entries are owed" in text(signed_in(cast.staff).get(answer.url))
    owed = Assignment.objects.filter(activity=row).order_by("unit__order", "pk")
    assert [(each.unit.name, str(each.deliverable)) for each in owed] == [
        (f"Town {n}", what) for n in (1, 2, 3) for what in ("Posters", "Clip")
    ]
    told = sorted(Notification.objects.values_list("person__username", flat=True))
    assert told == ["of_Town_1", "of_Town_2", "of_Town_3"]
    again = press(signed_in(cast.staff), asked, "Hand out to 3 units")
    assert (again.status_code, again.context["why"], owed.count()) == (
        409,
        ["Every unit responsible has it already."],
        6,
    )


def test_a_task_for_an_empty_group_says_that_nobody_is_asked(cast):
    UnitGroup.objects.create(owner=cast.office, name="Towns")
    issue_it(cast)
    answer = add(cast)
    assert answer.context["why"] == ["Nobody who gets the notice is asked."]
    assert "Nobody is in the group “Towns” yet." in text(answer)
    assert forge(signed_in(cast.staff), reverse("activities:hand-out", args=[last().pk])).status_code == 409
    assert HandOut.objects.filter(activity=last()).count() == 0


def test_units_that_were_merged_or_do_not_get_the_notice_are_named(cast, towns):
    issue_it(cast)
    cast.office.groups.get(name="Towns").units.add(unit("Far town"))
    Unit.objects.filter(name="Town 3").update(merged_into=towns[0])
    page = text(add(cast))
    assert "It goes to 2 units." in page
    assert "Town 3 was merged into Town 1, so it is not asked." in page
    assert "Far town does not get the notice, so it is not asked." in page


def test_before_issue_nothing_is_handed_out_by_hand(cast, towns):
    add(cast)
    answer = signed_in(cast.staff).get(reverse("activities:hand-out", args=[last().pk]))
    assert answer.context["why"] == ["The notice is not issued yet: with it every task is handed out by itself."]


# --- another last day ---------------------------------------------------------------------------------------


def test_another_last_day_moves_what_is_still_owed_and_tells_those_units(cast, towns):
    add(cast)
    issue_it(cast)
    row = last()
    done = Assignment.objects.get(unit=towns[0], deliverable__title="Posters")
    done.submit(by=cast.staff)
    Notification.objects.all().delete()
    posters, clip = row.deliverables.all()
    page = signed_in(cast.staff).get(reverse("activities:task", args=[row.pk]))
    assert "3 units still owe it." in text(page) and "What is filed already (1)" in text(page)
    days = {"due_on": "2015-09-25", f"due_{posters.pk}": "", f"due_{clip.pk}": "2015-10-05"}
    answer = change(cast, row, None, MOVE, **days)
    assert said(answer) == ["The day is changed; 2 units that still owe it are told."]
    ends = {
        each.unit.name: each.due_at.astimezone().date().isoformat()
        for each in Assignment.objects.filter(deliverable=posters)
    }
    assert ends == {"Town 1": "2015-09-21", "Town 2": "2015-09-26", "Town 3": "2015-09-26"}
    moved = Assignment.objects.get(unit=towns[1], deliverable=posters)
    assert log(moved) == [("open", "open", cast.staff, "完成时限改为2015年9月25日")]
    assert sorted(Notification.objects.values_list("person__username", flat=True)) == ["of_Town_2", "of_Town_3"]
    assert str(Notification.objects.first()) == "New last day of “Posters”: 2015-09-25."


def test_a_later_day_keeps_a_form_open_and_ends_an_extension_it_overtakes(cast, towns):
    add(cast)
    issue_it(cast)
    row = Assignment.objects.filter(deliverable__title="Posters").first()
    ends = clock.end_of(date(2015, 9, 22))
    Assignment.objects.filter(pk=row.pk).update(extended_until=ends, locked_at=ends)
    posters, clip = last().deliverables.all()
    days = {"due_on": "2015-09-25", f"due_{posters.pk}": "", f"due_{clip.pk}": "2015-10-05"}
    change(cast, last(), None, MOVE, **days)
    row.refresh_from_db()
    assert (row.extended_until, row.locked_at) == (None, clock.end_of(date(2015, 9, 25)))


def test_a_day_that_is_past_is_refused(cast, towns):
    add(cast)
    issue_it(cast)
    answer = change(cast, last(), None, MOVE, due_on="2015-08-30")
    assert (answer.status_code, answer.context["form"].errors) == (422, {"due_on": ["This day is past."]})


# --- the size of the table ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["staff", "liaison"])
def test_the_table_asks_as_often_for_one_row_as_for_50(cast, who):
    issue_it(cast)
    client, address, asked = signed_in(cast.people()[who]), reverse("activities:tasks", args=[cast.campaign.pk]), []
    for number in range(48):
        row = activity(cast.campaign, f"Task {number}", [cast.water], [cast.health])
        made = row.deliverables.create(order=1, title="Clip", target=3)
        made.windows.create(starts_on=date(2015, 9, 1), ends_on=date(2015, 9, 2))
        cast.notice.assignments.create(
            campaign=cast.campaign, unit=cast.water, kind=Kind.DELIVERABLE, activity=row, deliverable=made,
            due_at=clock.now(), state=AssignmentState.OPEN,
        )  # fmt: skip
        if number in (0, 47):
            with CaptureQueriesContext(connection) as queries:
                assert f"Task {number}" in text(client.get(address))
            asked.append(len(queries))
    assert asked[0] == asked[1]
