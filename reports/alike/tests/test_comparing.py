"""What two units wrote nearly the same is shown to the office beside the summary, to nobody else, and is no figure."""

import pytest

from activities.states import Kind
from campaigns.models import Slogan
from reports.alike import comparing
from reports.alike.comparing import MOST_OTHERS, compare_waiting
from reports.models import Comparison, SharedPassage, Summary
from tests.cast import filed_summary, signed_in, text

OWN = "我局走进十二所学校讲解用水安全，编印读本三千册，由专家现场答疑并回访每一位提问的家长。"
TAKEN = "活动期间共出动执法人员320人次，检查企业86家，发现隐患41处，全部督促整改到位。"
TAKEN_TOO = "活动期间共出动执法人员75人次，检查企业24家，发现隐患9处，已全部督促整改到位。"


@pytest.fixture(autouse=True)
def fresh_worker(monkeypatch):
    monkeypatch.setattr(comparing, "_shelf", None)


@pytest.fixture
def water(autumn):
    return filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison, overview=OWN, practice=TAKEN)


@pytest.fixture
def health(autumn, water):
    return filed_summary(autumn.owed(autumn.health, Kind.SUMMARY), autumn.neighbour, overview=TAKEN_TOO)


def page(user, summary):
    return signed_in(user).get(summary.assignment.get_absolute_url())


def shared(response):
    found = response.context and text(response)
    return found[found.index("The same in other summaries") :] if "The same in other summaries" in found else ""


def test_the_office_reads_which_passage_stands_in_another_summary_too_with_what_differs(autumn, water, health):
    assert "in a minute" in shared(page(autumn.staff, health))
    assert compare_waiting() == 2
    assert list(SharedPassage.objects.values_list("summary", "other", "text")) == [(health.pk, water.pk, TAKEN_TOO)]
    for summary, other in ((health, "Water bureau"), (water, "Health bureau")):
        found = shared(page(autumn.staff, summary))
        assert (other in found, "removed:" in found, OWN in found) == (True, True, False)


def test_nobody_but_the_office_sees_it(autumn, water, health):
    compare_waiting()
    for user, summary in ((autumn.liaison, water), (autumn.head, water), (autumn.neighbour, health)):
        response = page(user, summary)
        assert (response.status_code, shared(response)) == (200, "")


def test_the_words_of_the_notice_and_its_slogans_are_nobodys(autumn):
    autumn.notice.body = f"一、总体要求\n{TAKEN}"
    autumn.notice.save()
    Slogan.objects.create(
        campaign=autumn.campaign, order=1, text="全面提升质量水平，共同建设质量强市，质量惠及千家万户"
    )
    quoted = "我局以“全面提升质量水平，共同建设质量强市，质量惠及千家万户”为口号。"
    for unit, user in ((autumn.water, autumn.liaison), (autumn.health, autumn.neighbour)):
        filed_summary(autumn.owed(unit, Kind.SUMMARY), user, overview=TAKEN_TOO, practice=quoted)
    assert (compare_waiting(), SharedPassage.objects.count()) == (2, 0)


def test_a_running_worker_hears_of_what_the_office_says_later(autumn, water):
    compare_waiting()
    Slogan.objects.create(campaign=autumn.campaign, order=1, text=TAKEN)
    filed_summary(autumn.owed(autumn.health, Kind.SUMMARY), autumn.neighbour, overview=TAKEN)
    assert (compare_waiting(), SharedPassage.objects.count()) == (1, 0)


def test_what_was_compared_is_not_compared_again_and_a_new_worker_knows_the_old_ones(autumn, water, monkeypatch):
    assert (compare_waiting(), compare_waiting()) == (1, 0)
    monkeypatch.setattr(comparing, "_shelf", None)
    filed_summary(autumn.owed(autumn.health, Kind.SUMMARY), autumn.neighbour, overview=TAKEN_TOO)
    assert (compare_waiting(), SharedPassage.objects.count()) == (1, 1)


def test_what_was_withdrawn_is_not_shown_and_the_corrected_version_is_compared_anew(autumn, water, health):
    compare_waiting()
    health.assignment.send_back(by=autumn.staff, reason="Please use your own words.")
    assert "No passage stands nearly so" in shared(page(autumn.staff, water))
    again = filed_summary(autumn.owed(autumn.health, Kind.SUMMARY), autumn.neighbour, overview=f"{TAKEN_TOO}{OWN}")
    compare_waiting()
    assert "Health bureau" in shared(page(autumn.staff, water))
    assert SharedPassage.objects.filter(summary=again).count() == 2
    assert not SharedPassage.objects.filter(other=health).exists()  # a unit's own earlier version is nobody else's


def test_a_passage_that_everybody_has_names_only_some(autumn, water):
    shelf = comparing.shelf_of(autumn.campaign.pk)
    compare_waiting()
    shelf.passages += [comparing.Passage(900 + number, -number, "results", TAKEN) for number in range(1, 10)]
    shelf.newest |= {each.unit: each.summary for each in shelf.passages}
    shelf.index.add([TAKEN] * 9)
    found = list(comparing.shared(shelf, water))
    assert [row.text for row in found] == [TAKEN] * MOST_OTHERS


def test_who_copies_from_a_corrected_summary_is_found_as_well(autumn, water):
    compare_waiting()
    water.assignment.send_back(by=autumn.staff, reason="Please add the figures.")
    filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison, overview=OWN, practice=TAKEN)
    compare_waiting()
    copied = filed_summary(autumn.owed(autumn.health, Kind.SUMMARY), autumn.neighbour, overview=TAKEN_TOO)
    compare_waiting()
    assert "Water bureau" in shared(page(autumn.staff, copied))


def test_a_draft_is_not_compared(autumn):
    draft = Summary.draft(autumn.owed(autumn.water, Kind.SUMMARY))
    draft.overview = TAKEN
    draft.save()
    assert (compare_waiting(), Comparison.objects.count()) == (0, 0)
