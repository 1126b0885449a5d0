"""The grid of all units: how far each is with its summary, and the silent ones among them."""

from datetime import timedelta

from django.urls import reverse

from activities.models import Assignment
from activities.states import Kind
from reports.models import Summary
from tests.cast import filed_summary, signed_in
from workflow import clock


def grid(cast, user=None, **query):
    return signed_in(user or cast.staff).get(reverse("reports:summaries", args=[cast.campaign.pk]), query)


def rows(response):
    """Unit, how far, sections written, standing, as the page shows them."""
    found = response.context["shown"].found
    listing = {column.name: column for column in found.listing.columns}
    return {
        str(row): tuple(str(listing[name].value(row)) for name in ("stage", "written", "standing"))
        for row in found.rows()
    }


def draft(cast, **texts):
    summary = Summary.draft(cast.owed(cast.water, Kind.SUMMARY))
    for key, words in texts.items():
        setattr(summary, key, words)
    summary.save_draft(by=cast.liaison, seen=0)
    return summary


def test_who_has_not_begun_stands_in_it_like_the_others(autumn):
    draft(autumn, overview="Ten people", practice="A tour")
    found = rows(grid(autumn))
    assert len(found) == Assignment.objects.filter(campaign=autumn.campaign, kind=Kind.SUMMARY).count()
    assert found[str(autumn.water)] == ("Draft", "2/5", "Not due yet")
    assert found[str(autumn.health)] == ("Not started", "", "Not due yet")


def test_each_step_of_the_way_and_how_it_stands_against_the_day(autumn):
    row = autumn.owed(autumn.water, Kind.SUMMARY)
    with clock.as_of((row.due_at + timedelta(days=2)).date()):
        assert rows(grid(autumn))[str(autumn.health)] == ("Not started", "", "Overdue")
        filed_summary(row, autumn.liaison, 1, 2)
        assert rows(grid(autumn))[str(autumn.water)] == ("Submitted, waits for review", "1/5", "Filed late")
        row.refresh_from_db()
        row.send_back(by=autumn.staff, reason="Again")
        assert rows(grid(autumn))[str(autumn.water)] == ("Returned", "1/5", "To be corrected")
    other = autumn.owed(autumn.health, Kind.SUMMARY)
    filed_summary(other, autumn.neighbour, 1, 2)
    other.refresh_from_db()
    other.accept(by=autumn.staff)
    assert rows(grid(autumn))[str(autumn.health)] == ("Accepted", "1/5", "On time")


def test_it_is_narrowed_by_how_far_they_are(autumn):
    draft(autumn, overview="Ten people")
    assert list(rows(grid(autumn, stage="draft"))) == [str(autumn.water)]
    assert str(autumn.water) not in rows(grid(autumn, stage="not_started"))
    offers = {facet.name: {offer.value: offer.number for offer in found} for facet, found in
              grid(autumn).context["shown"].found.facets()}  # fmt: skip
    silent = Assignment.objects.filter(campaign=autumn.campaign, kind=Kind.SUMMARY).count() - 1
    assert offers["stage"] == {"not_started": silent, "draft": 1}


def test_how_far_says_nothing_of_what_is_written(autumn):
    draft(autumn, overview="Not for your eyes yet")
    assert "Not for your eyes" not in grid(autumn).content.decode()
    assert signed_in(autumn.liaison).get(reverse("reports:summaries", args=[autumn.campaign.pk])).status_code == 403


def test_it_goes_out_as_excel(autumn):
    response = grid(autumn, excel="1")
    assert (response.status_code, response["Content-Type"].endswith("sheet")) == (200, True)
