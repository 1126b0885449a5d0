"""What a notice asks beside the usual: added, changed and dropped on its page until the notice is issued."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import UnitGroup
from activities.models import Demand
from activities.states import Kind
from tests.cast import issued, said, signed_in, text
from tests.pages import opened, page_of, press


@pytest.fixture(autouse=True)
def in_summer(settings):
    settings.TODAY = date(2015, 8, 1)


def page(cast):
    return reverse("activities:demands", args=[cast.notice.pk])


def asks(cast):
    """What stands in data: what, by when, how many, of whom."""
    rows = Demand.objects.filter(notice=cast.notice)
    return [
        (row.title, str(row.due_on or ""), row.wanted, row.counts, sorted(unit.name for unit in row.units.all()))
        for row in rows
    ]


def errors(answer):
    form = answer.context["form"]
    return {name: list(found) for name, found in form.errors.items()}


def test_what_was_missed_in_reading_is_asked_changed_and_dropped_on_the_page(cast):
    office = signed_in(cast.staff)
    press(office, page(cast), "Ask for it", title=" 质量标杆  企业名单 ", due_on="2015-08-10", units="Water bureau")
    press(office, page(cast), "Ask for it", title="工作动态", target="2", measure="篇", counts="progress")
    assert asks(cast) == [
        ("质量标杆 企业名单", "2015-08-10", "", "", ["Water bureau"]),
        ("工作动态", "", "2篇", "progress", []),
    ]
    first = cast.notice.demands.first()
    press(office, reverse("activities:demand", args=[first.pk]), "Save", due_on="2015-08-20", units="")
    assert asks(cast)[0] == ("质量标杆 企业名单", "2015-08-20", "", "", [])
    press(office, page(cast), form=reverse("activities:drop-demand", args=[cast.notice.demands.last().pk]))
    assert [row[0] for row in asks(cast)] == ["质量标杆 企业名单"]
    issued(cast)
    owed = cast.notice.assignments.filter(kind=Kind.OTHER)
    assert {row.unit for row in owed} == set(cast.notice.addressees.exclude(pk=cast.office.pk))


def test_a_group_stands_for_those_of_its_units_to_which_the_notice_goes(cast):
    group = UnitGroup.objects.create(name="各委办局", owner=cast.office)
    group.units.set([cast.water, cast.street])
    press(signed_in(cast.staff), page(cast), "Ask for it", title="名单", units="各委办局")
    assert asks(cast) == [("名单", "", "", "", ["Water bureau"])]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "名单", "due_on": "8月底"}, "due_on"),
        ({"title": "名单", "units": "没有的单位"}, "units"),
        ({"title": "名单", "units": "Street office"}, "units"),
        ({"title": "动态", "counts": "progress"}, "target"),
        ({"title": "动态", "target": "两"}, "target"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_that_was_typed_stays(cast, typed, field):
    typed = {"measure": "篇", **typed}
    answer = press(signed_in(cast.staff), page(cast), "Ask for it", **typed)
    assert (answer.status_code, list(errors(answer)), asks(cast)) == (422, [field], [])
    shown = {name: answer.context["form"][name].value() for name in typed}
    assert shown == typed


def test_the_same_is_not_asked_twice_by_two_presses(cast):
    office = signed_in(cast.staff)
    shown = opened(office, page(cast))
    for _press in range(2):
        answer = press(office, shown, "Ask for it", title="名单")
    assert (errors(answer), len(asks(cast))) == ({"__all__": ["The notice asks for this already."]}, 1)


def test_the_second_of_two_who_change_a_demand_sees_what_the_first_wrote(cast):
    row = Demand.objects.create(notice=cast.notice, order=1, title="名单")
    address = reverse("activities:demand", args=[row.pk])
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    seen = opened(second, address)
    press(first, address, "Save", due_on="2015-08-20")
    answer = press(second, seen, "Save", measure="份")
    assert (answer.status_code, asks(cast)) == (409, [("名单", "2015-08-20", "", "", [])])
    assert "Somebody changed this while you were writing." in text(answer)
    press(second, page_of(answer), "Save")
    assert Demand.objects.get().measure == "份"


def test_once_the_notice_is_issued_the_page_says_why_nothing_changes(cast):
    Demand.objects.create(notice=cast.notice, order=1, title="名单", due_on=date(2015, 8, 20))
    office = signed_in(cast.staff)
    before = opened(office, page(cast))
    issued(cast)
    why = "The notice is issued: units owe this already. Ask for more by another task, or in a supplement."
    assert errors(press(office, before, "Ask for it", title="另一份"))["__all__"] == [why]
    assert said(press(office, before, "Ask for it no longer")) == [why]
    assert (len(asks(cast)), why in text(office.get(page(cast)))) == (1, True)
