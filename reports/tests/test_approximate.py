"""Numbers nobody counted to the last stay so, wherever they are shown and whatever they are added to."""

import pytest

from activities.models import Assignment
from campaigns.models import Indicator, RollUp
from reports.approximate import Near, Number, nearness, read, said, together
from reports.models import Figure, Summary
from tests.cast import filed, signed_in, text, totals_if_accepted
from tests.pages import press

WRITTEN = [
    ("1200", Number(1200)),
    ("1,200", Number(1200)),
    ("１２００份", Number(1200)),
    ("3万", Number(30_000)),
    ("1.2万", Number(12_000)),
    ("一百二十", Number(120)),
    ("0", Number(0)),
    ("1,000余", Number(1000, "1,000余")),
    ("1000余份", Number(1000, "1,000余")),
    ("约300", Number(300, "约300")),
    ("近500", Number(500, "近500")),
    ("3万余人次", Number(30_000, "3万余")),
    ("3余万人次", Number(30_000, "3余万")),
    ("1.2万余人", Number(12_000, "1.2万余")),
    ("300多场", Number(300, "300多")),
    ("三百余", Number(300, "三百余")),
    ("超过2,000人次", Number(2000, "超过2,000")),
    ("500人左右", Number(500, "500左右")),
    ("1.5", None),
    ("many", None),
    ("余", None),
    ("", None),
    ("约", None),
    ("1,00余", None),
    ("12万3千", None),
    ("9" * 60, None),
]


@pytest.mark.parametrize(("typed", "found"), WRITTEN)
def test_a_number_is_read_as_it_is_written(typed, found):
    assert read(typed) == found


def test_the_unit_of_measure_of_the_figure_may_stand_behind_it():
    assert (read("1,000余sheets", "sheets"), read("40 sheets", "sheets")) == (Number(1000, "1,000余"), Number(40))


@pytest.mark.parametrize(
    ("about", "near"),
    [("", ""), ("1,000余", "over"), ("超过2,000", "over"), ("近500", "under"), ("约300", "about"), ("500左右", "about"),
     ("上千", "over"), ("500上下", "about")],
)  # fmt: skip
def test_on_which_side_the_truth_lies(about, near):
    assert nearness(about) == near


def test_a_sum_is_exact_only_when_all_its_parts_are():
    sums = [
        (["", ""], ""),
        (["", "1,000余"], "over"),
        (["近5", "近6"], "under"),
        (["近5", "5余"], "about"),
        (["约5"], "about"),
    ]
    assert [together(parts) for parts, _near in sums] == [near for _parts, near in sums]
    assert [said(1300, near) for near in Near] == ["1,300", "1,300余", "近1,300", "约1,300"]


class Autumn:
    """Two units of the cast with their figures, Posters and Visitors."""

    def __init__(self, cast):
        self.cast = cast
        self.posters, self.visitors = cast.campaign.indicators.all()

    def files(self, unit, by, *figures):
        def add(summary):
            for indicator, (value, about) in zip((self.posters, self.visitors), figures, strict=True):
                Figure.objects.create(summary=summary, indicator=indicator, value=value, about=about)

        summary = Summary.draft(Assignment.objects.get(unit=unit, kind="summary"))
        summary.overview = "An overview"
        return filed(summary, by, add)

    def total(self, figure, **definition):
        Indicator.objects.filter(pk=figure.pk).update(**definition)
        return next(each for each in totals_if_accepted(self.cast) if each.name == figure.name)


@pytest.fixture
def both(autumn):
    found = Autumn(autumn)
    found.files(autumn.water, autumn.liaison, (1000, "1,000余"), (40, ""))
    found.files(autumn.health, autumn.neighbour, (301, ""), (20, "约20"))
    return found


def test_totals_are_put_together_as_the_figure_is_defined(both):
    assert both.total(both.posters).shown == "1,301余"
    assert both.total(both.visitors).shown == "约60"
    assert both.total(both.posters, rollup=RollUp.MEAN).shown == "650.5余"
    assert both.total(both.posters, rollup=RollUp.LAST).shown == "301"
    ratio = {"rollup": RollUp.RATIO, "part": both.visitors, "whole": both.posters}
    share = Indicator.objects.create(campaign=both.cast.campaign, order=9, name="Share", **ratio)
    found = both.total(share)
    assert (found.shown, found.measure, found.units) == ("约4.6", "%", 2)


def test_a_share_of_nothing_is_no_figure(autumn):
    posters, visitors = autumn.campaign.indicators.all()
    Indicator.objects.create(
        campaign=autumn.campaign, order=9, name="Share", rollup=RollUp.RATIO, part=posters, whole=visitors
    )
    assert [(each.value, each.units) for each in totals_if_accepted(autumn)] == [(0, 0)] * 3


def test_it_is_typed_kept_and_shown_as_it_was_written(autumn):
    posters, visitors = (f"figure_{each.pk}" for each in autumn.campaign.indicators.all())
    row = autumn.owed(autumn.water, "summary")
    client = signed_in(autumn.liaison)
    press(client, row.get_absolute_url(), "action=save", **{posters: "1000余sheets", visitors: "3万余人次"})
    kept = list(Figure.objects.values_list("value", "about"))
    assert kept == [(1000, "1,000余"), (30_000, "3万余")]
    assert 'value="1,000余"' in text(client.get(row.get_absolute_url()))
    press(client, row.get_absolute_url(), "action=save", **{posters: "1000"})  # now it is counted
    assert list(Figure.objects.values_list("value", "about")) == [(1000, ""), (30_000, "3万余")]
    texts = dict.fromkeys(("overview", "practice", "effect"), "Text")
    press(client, row.get_absolute_url(), "action=submit", **texts)
    assert "3万余 people" in text(signed_in(autumn.staff).get(row.get_absolute_url()))
    assert [each.shown for each in totals_if_accepted(autumn)] == ["1,000", "30,000余"]


def test_the_office_says_what_a_figure_means_and_a_share_is_asked_of_nobody(autumn):
    posters, visitors = autumn.campaign.indicators.all()
    share = Indicator.objects.create(campaign=autumn.campaign, order=9, name="Share")
    page, client = f"/campaigns/{autumn.campaign.pk}/figures/meaning/", signed_in(autumn.staff)
    wrong = press(client, page, "Save", **{"form-2-rollup": "ratio", "form-2-part": str(posters.pk)})
    assert (wrong.status_code, "A share needs two other figures" in text(wrong)) == (422, True)
    values = {"form-2-rollup": "ratio", "form-2-part": str(posters.pk), "form-2-whole": str(visitors.pk)}
    press(client, page, "Save", **values, **{"form-0-counts": "Each sheet put up once", "form-0-target": "1,200"})
    share.refresh_from_db()
    assert (share.rollup, share.part, share.whole) == ("ratio", posters, visitors)
    assert Indicator.objects.get(pk=posters.pk).target == 1200
    shown = text(signed_in(autumn.liaison).get(autumn.owed(autumn.water, "summary").get_absolute_url()))
    assert ("Each sheet put up once" in shown, f"figure_{share.pk}" in shown) == (True, False)
