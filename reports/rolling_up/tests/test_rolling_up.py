"""The district rolls up what its streets filed: released by its head, put together, traced to the street."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from accounts.models import Role
from activities.adopting.adopt import Plan, adopt
from activities.models import Assignment
from activities.states import Kind
from campaigns.models import Campaign, DocumentNumber, Indicator, Notice
from campaigns.states import NoticeState
from reports.models import LevelRelease, RolledPiece, RolledSummary, Summary
from reports.rolling_up import compose
from tests.cast import Cast, filed_summary, issued, person, said, signed_in, text, unit
from tests.pages import press
from workflow import clock
from workflow.models import MoveRefused

PRACTICE = "在社区广场设立质量咨询台，现场解答群众关心的质量问题20件。组织企业开放生产线。"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are read as message ids."""
    with translation.override("en"):
        yield


@pytest.fixture
def below(db: None) -> Cast:
    """The district carries out the city's notice; the street filed its summary, another street is silent."""
    cast = issued()
    other = unit("Other street", kept_by=cast.district)
    made = adopt(cast.notice, cast.district, Plan("District carries out", 4), by=cast.district_staff).campaign
    number = DocumentNumber.objects.give("区质强", 2015, by=cast.district_signer, owner=cast.district)
    Notice.objects.filter(campaign=made).update(state=NoticeState.ISSUED, issued_at=clock.now(), document_number=number)
    about = {"campaign": made, "notice": Notice.objects.get(campaign=made), "due_at": clock.now()}
    for each in (cast.street, other):
        Assignment.objects.create(**about, unit=each, kind=Kind.SUMMARY)
    row = Assignment.objects.get(campaign=made, unit=cast.street)
    filed_summary(row, cast.street_liaison, 120, 3000, practice=PRACTICE, effect="群众反映的短斤少两问题当场解决。")
    row.refresh_from_db()
    row.accept(by=cast.district_staff)
    return cast


def lower(cast: Cast) -> Campaign:
    return Campaign.objects.get(parent=cast.campaign)


def street(cast: Cast) -> Assignment:
    return Assignment.objects.get(campaign=lower(cast), unit=cast.street)


def test_the_head_releases_and_the_level_above_counts_it(below: Cast) -> None:
    city, page = signed_in(below.staff), f"/campaigns/{below.campaign.pk}/rolled-up/"
    assert "not released: not counted" in text(city.get(page))
    own = f"/campaigns/{lower(below).pk}/rolled-up/"
    assert "The head of the office releases them." in text(signed_in(below.district_staff).get(own))
    released = press(signed_in(below.district_signer), own, "Release the figures as they stand now")
    assert said(released) == ["Released: the level above counts these figures from now on."]
    seen = text(city.get(page))
    assert ("120 sheets" in seen, "3,000 people" in seen, "2 numbers count" in seen) == (True, True, True)


def test_a_head_goes_before_the_signer(below: Cast) -> None:
    head = person("district_head", (below.district, Role.HEAD))
    own = f"/campaigns/{lower(below).pk}/rolled-up/"
    assert "The head of the office releases them." in text(signed_in(below.district_signer).get(own))
    press(signed_in(head), own, "Release the figures as they stand now")
    assert LevelRelease.objects.get().by == head


def released(cast: Cast) -> None:
    press(
        signed_in(cast.district_signer),
        f"/campaigns/{lower(cast).pk}/rolled-up/",
        "Release the figures as they stand now",
    )


def test_a_number_returned_below_is_marked_above(below: Cast) -> None:
    released(below)
    street(below).send_back(by=below.district_staff, reason="Count again")
    seen = text(signed_in(below.staff).get(f"/campaigns/{below.campaign.pk}/rolled-up/"))
    assert "Left the sum since they were released" in seen
    assert "withdrawn below" in seen


def test_a_figure_defined_otherwise_is_mapped_on_the_page_and_stays_so(below: Cast) -> None:
    Indicator.objects.filter(campaign=lower(below), name="Visitors").update(carries=None, measure="万人次")
    own = f"/campaigns/{lower(below).pk}/rolled-up/"
    refusal = press(signed_in(below.district_signer), own, "Release the figures as they stand now")
    assert said(refusal) == ["Defined otherwise here, or not asked: Visitors（people）. Please map them first."]
    above = below.campaign.indicators.get(name="Visitors")
    mine = Indicator.objects.get(campaign=lower(below), name="Visitors")
    chosen = {f"mine-{above.pk}": str(mine.pk), f"times-{above.pk}": "10000"}
    press(signed_in(below.district_staff), f"/campaigns/{lower(below).pk}/figure-map/", "Keep it", **chosen)
    released(below)
    assert "30,000,000 people" in text(signed_in(below.staff).get(f"/campaigns/{below.campaign.pk}/rolled-up/"))


def begun(cast: Cast) -> RolledSummary:
    press(signed_in(cast.district_staff), f"/campaigns/{lower(cast).pk}/roll-up/", "action=begin")
    return RolledSummary.objects.get()


def test_the_summary_for_the_city_is_put_together_with_every_source(below: Cast) -> None:
    released(below)
    rolled = begun(below)
    assert [(row.key, row.source.unit.name, row.text) for row in rolled.pieces.all()] == [
        ("practice", "Street", PRACTICE),
        ("effect", "Street", "群众反映的短斤少两问题当场解决。"),
    ]
    page = press(signed_in(below.district_staff), f"/campaigns/{lower(below).pk}/roll-up/", "action=write")
    assert said(page) == ["Written into the summary owed above. Whoever files for your office submits it there."]
    draft = Summary.objects.get(assignment=rolled.assignment)
    assert draft.practice == f"Street：{PRACTICE}"
    assert "本级应报总结2份，已审核1份。" in draft.overview
    assert "未报送总结的单位：Other street。" in draft.overview
    assert [(row.indicator.name, row.value) for row in draft.figures.all()] == [("Posters", 120), ("Visitors", 3000)]
    assert (draft.submitted_at, rolled.assignment.unit) == (None, below.district)


def test_words_are_shortened_beside_the_original_within_what_is_allowed(below: Cast) -> None:
    rolled = begun(below)
    RolledSummary.objects.filter(pk=rolled.pk).update(most=100)
    piece = rolled.pieces.first()
    assert piece
    browser, page = signed_in(below.district_staff), f"/campaigns/{lower(below).pk}/roll-up/"
    form = f'form[action="/rolled-pieces/{piece.pk}/"]'
    assert "of 100 words are used" in said(press(browser, page, form=form, text="字" * 200))[0]
    press(browser, page, form=form, text="设立质量咨询台。")
    piece.refresh_from_db()
    assert (piece.text, piece.original) == ("设立质量咨询台。", PRACTICE)
    press(browser, page, form=form, text="")
    assert not RolledPiece.objects.filter(pk=piece.pk).exists()
    compose.take(RolledSummary.objects.get(), street(below).pk, "practice")
    with pytest.raises(MoveRefused, match="no accepted filing"):
        compose.take(RolledSummary.objects.get(), below.owed(below.water, Kind.SUMMARY).pk, "practice")


def test_a_passage_is_traced_to_the_street_and_read_there_only_when_it_was_opened(below: Cast) -> None:
    rolled = begun(below)
    compose.write(rolled, by=below.district_staff).submit(by=below.district_liaison)
    city, address = signed_in(below.staff), f"/assignments/{rolled.assignment_id}/where-from/"
    assert address in text(city.get(rolled.assignment.get_absolute_url()))
    seen = text(city.get(address))
    assert ("Street" in seen, PRACTICE in seen, "The office between has not opened it." in seen) == (True, True, True)
    source = f"/rolled-pieces/{rolled.pieces.all()[0].pk}/source/"
    assert city.get(source).status_code == 404
    press(signed_in(below.district_staff), f"/campaigns/{lower(below).pk}/roll-up/", "action=settings", opened="on")
    assert "当场解决" in text(city.get(source))
    assert signed_in(below.neighbour).get(source).status_code == 404


def test_what_is_corrected_below_is_marked_on_the_way(below: Cast) -> None:
    rolled = begun(below)
    row = street(below)
    row.send_back(by=below.district_staff, reason="Where?")
    page = f"/assignments/{rolled.assignment_id}/where-from/"
    assert "withdrawn below" in text(signed_in(below.district_liaison).get(page))
    filed_summary(row, below.street_liaison, 120, 3000, practice="在市场设点。", effect="问题解决。")
    row.refresh_from_db()
    row.accept(by=below.district_staff)
    assert "corrected below" in text(signed_in(below.district_liaison).get(page))


def test_nothing_is_put_together_where_nothing_is_owed_above(below: Cast) -> None:
    with pytest.raises(MoveRefused, match="No summary is owed above"):
        compose.begin(below.campaign, by=below.staff)
