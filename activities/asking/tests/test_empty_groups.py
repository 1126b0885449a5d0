"""A task asked of a group in which nobody is: said when it is written, before the issue, and when it is handed out."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import UnitGroup
from activities.asking import checks, issue
from activities.models import Assignment, GroupParticipation, HandOut, Participation
from activities.programme.tests.test_tasks import add, issue_it, last
from activities.units.merge import merge
from tests.cast import Cast, activity, said, signed_in, text, unit
from tests.pages import forge
from workflow.models import MoveRefused


@pytest.fixture
def towns(cast: Cast) -> UnitGroup:
    """A group of the office in which nobody is."""
    return UnitGroup.objects.create(owner=cast.office, name="Towns")


def asked_of(cast: Cast, group: UnitGroup, title: str = "Hang up posters"):
    """A task of which a group is asked."""
    row = activity(cast.campaign, title, [])
    GroupParticipation.objects.create(activity=row, group=group, part="lead")
    return row


def found(cast: Cast) -> list[tuple[str, bool, str]]:
    with translation.override("en"):
        return [(each.text, each.blocks, each.where) for each in checks.groups_of_nobody(cast.notice)]


def test_before_the_issue_an_empty_group_is_named_with_its_tasks_and_the_page_that_mends_it(cast, towns) -> None:
    asked_of(cast, towns)
    asked_of(cast, towns, "Show the clip")
    words = "Nobody is in the group “Towns” yet. So nobody of it is asked: Hang up posters、Show the clip."
    assert found(cast) == [(words, False, f"/groups/{towns.pk}/")]
    with translation.override("en"):
        assert words in [each.text for each in checks.findings(cast.notice)]


def test_what_was_let_pass_in_one_language_is_let_pass_in_the_other(cast: Cast, towns: UnitGroup) -> None:
    asked_of(cast, towns)
    codes = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            codes.append([each.code for each in checks.groups_of_nobody(cast.notice)])
    assert codes[0] == codes[1] != []


def test_a_group_whose_units_do_not_get_the_notice_is_named(cast: Cast, towns: UnitGroup) -> None:
    towns.units.add(cast.street)
    asked_of(cast, towns)
    assert [words for words, *_ in found(cast)] == [
        "Nobody of the group “Towns” gets the notice. So nobody of it is asked: Hang up posters."
    ]
    cast.notice.addressees.add(cast.street)
    assert found(cast) == []


def test_a_group_whose_only_unit_was_merged_says_who_took_its_place(cast: Cast, towns: UnitGroup) -> None:
    bay = unit("Bay bureau", merged_into=cast.water)
    towns.units.add(unit("Old bureau", merged_into=bay))
    asked_of(cast, towns)
    assert [words for words, *_ in found(cast)] == [
        "Nobody is left in the group “Towns”; put the successor into it. Old bureau was merged into Water bureau. "
        "So nobody of it is asked: Hang up posters."
    ]


def test_after_a_merger_on_the_page_the_successor_stands_in_the_group_and_is_asked(cast: Cast, towns) -> None:
    towns.units.add(cast.water)
    merge(cast.water, cast.health, by=cast.admin, on=date(2015, 8, 1))
    row = asked_of(cast, towns)
    assert found(cast) == []
    issue_it(cast)
    assert [each.unit for each in Assignment.objects.filter(activity=row)] == [cast.health]


def test_a_merged_unit_left_in_a_group_and_among_the_addressees_is_asked_for_nothing(cast: Cast, towns) -> None:
    old = unit("Old bureau", merged_into=cast.water)
    towns.units.add(old)
    cast.notice.addressees.add(old)
    row = asked_of(cast, towns)
    issue_it(cast)
    assert not Participation.objects.filter(activity=row).exists()
    assert not Assignment.objects.filter(activity=row).exists()


def test_writing_and_handing_out_a_task_for_such_a_group_says_why_nobody_is_asked(cast: Cast, towns) -> None:
    towns.units.add(unit("Old bureau", merged_into=cast.water))
    issue_it(cast)
    answer = add(cast)
    nobody = "Nobody is left in the group “Towns”; put the successor into it. Old bureau was merged into Water bureau."
    assert said(answer) == ["The task is saved.", nobody]
    assert (answer.context["why"], text(answer).count(nobody)) == (["Nobody who gets the notice is asked."], 2)
    pressed = forge(signed_in(cast.staff), reverse("activities:hand-out", args=[last().pk]))
    assert (pressed.status_code, HandOut.objects.filter(activity=last()).count()) == (409, 0)


@pytest.mark.parametrize("merged", [False, True])
def test_handing_out_by_the_deed_is_refused_with_the_same_words(cast: Cast, towns: UnitGroup, merged: bool) -> None:
    issue_it(cast)
    row = asked_of(cast, towns)
    if merged:
        towns.units.add(unit("Old bureau", merged_into=cast.water))
    words = "Nobody is left in the group" if merged else "Nobody is in the group “Towns” yet."
    with translation.override("en"), pytest.raises(MoveRefused, match=words):
        issue.fan_out(cast.notice, row, by=cast.staff, due=issue.proposed_due(cast.notice))
    assert not row.assignments.exists()
