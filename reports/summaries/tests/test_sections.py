"""The office defines the sections of summaries; who has begun keeps what was written."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from activities.states import Kind
from reports.models import SectionSet, Summary
from reports.summaries.sections import newest, words_in
from tests.cast import filed_summary, said, signed_in, text
from tests.pages import opened, press

USUAL = ["organisation", "activities carried out", "results", "figures of the work", "typical cases", "problems met",
         "suggestions"]  # fmt: skip


def desk(cast):
    return reverse("reports:sections", args=[cast.campaign.pk])


def define(cast, **values):
    return press(signed_in(cast.staff), desk(cast), "Save", **values)


def address(cast):
    return cast.owed(cast.water, Kind.SUMMARY).get_absolute_url()


def write(cast, action="save", **values):
    return press(signed_in(cast.liaison), address(cast), f"action={action}", **values)


def headings(cast):
    """What the unit's form asks, in order."""
    form = signed_in(cast.liaison).get(address(cast)).context["form"]
    return [each.section.heading for each in form.parts]


def test_the_usual_sections_are_asked_until_the_office_says_otherwise(autumn):
    assert (headings(autumn), SectionSet.objects.count()) == (USUAL, 0)
    define(autumn)
    assert SectionSet.objects.count() == 0  # saved as they are: nothing new


def test_a_change_is_a_new_version_in_the_order_of_the_places(autumn):
    new = {"form-7-heading": "Enterprises visited", "form-7-place": "2", "form-6-DELETE": "on", "form-0-needed": None}
    assert said(define(autumn, **new)) == ["Saved."]
    found = newest(autumn.campaign)
    assert (found.version, [each.key for each in found.sections]) == (
        1, ["overview", "practice", "own1", "effect", "figures", "cases", "problems"],
    )  # fmt: skip
    assert (found.sections[0].needed, found.made_by) == (False, autumn.staff)
    assert headings(autumn)[2] == "Enterprises visited"
    define(autumn, **{"form-7-heading": "Media"})
    assert [each.key for each in newest(autumn.campaign).sections][-1] == "own2"


def test_who_has_begun_keeps_what_was_written_under_its_heading(autumn):
    write(autumn, suggestions="More time", practice="A tour", overview="Ten people")
    define(autumn, **{"form-6-DELETE": "on", "form-1-heading": "Deeds"})
    assert headings(autumn)[-1] == "意见建议"  # as papers name it
    page = text(signed_in(autumn.liaison).get(address(autumn)))
    kept = ("More time</textarea>", "A tour</textarea>", "No longer asked. What you wrote stays")
    assert [each for each in kept if each not in page] == []
    assert "When you wrote it, it was called “" in page
    write(autumn)
    assert [each.text for each in Summary.objects.get().passages if each.text] == ["Ten people", "A tour", "More time"]
    write(autumn, suggestions="")
    assert "意见建议" not in headings(autumn)


def test_a_filed_summary_stays_under_the_headings_it_was_filed_with(autumn):
    filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison, 1, 2, suggestions="More time")
    define(autumn, **{"form-6-DELETE": "on", "form-0-heading": "Deeds"})
    page = text(signed_in(autumn.staff).get(address(autumn)))
    assert ("More time" in page, "Deeds" in page) == (True, False)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"form-0-heading": ""}, "Please give a heading, or strike the section out."),
        ({"form-0-heading": "results"}, "This heading stands there twice: results"),
        ({"form-0-least": "9", "form-0-most": "3"}, "The most is less than the least."),
        ({"form-0-strict": "on"}, "Say how many words first."),
        ({f"form-{n}-DELETE": "on" for n in range(7)}, "A summary needs at least one section."),
        ({"form-0-least": "many"}, "Enter a whole number."),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_saved(autumn, values, words):
    response = define(autumn, **values)
    assert (response.status_code, words in text(response), SectionSet.objects.count()) == (422, True, 0)


def test_a_key_that_no_page_gave_is_refused(autumn):
    response = press(signed_in(autumn.staff), desk(autumn), "Save", forged={"form-0-key": "photos"})
    assert (response.status_code, SectionSet.objects.count()) == (422, 0)


def test_a_length_is_insisted_on_by_the_name_of_the_section_or_only_said(autumn):
    define(autumn, **{"form-0-least": "5", "form-0-most": "8", "form-0-strict": "on", "form-1-least": "900"})
    figures = {f"figure_{each.pk}": "1" for each in autumn.campaign.indicators.all()}
    response = write(autumn, "submit", overview="太短了", practice="Short", effect="Good", **figures)
    assert response.context["form"].errors == {"overview": ["“组织领导情况” has 3 words. Asked is: 5 to 8 words."]}
    assert "太短了</textarea>" in text(response)
    write(autumn, overview="太短了")  # a draft may be as short as it likes
    right = {"overview": "这就足够了", "practice": "Short", "effect": "Good"}
    write(autumn, "submit", **right, **figures)  # the second section is shorter than asked: pointed out
    assert said(write(autumn, "submit")) == ["Submitted."]


def test_filing_leads_to_the_first_gap(autumn):
    page = opened(signed_in(autumn.liaison), address(autumn))
    response = press(signed_in(autumn.liaison), page, "action=submit", overview="There")
    assert text(response).count("autofocus") == 1
    assert response.context["form"].fields["practice"].widget.attrs["autofocus"]


def test_words_are_counted_as_word_counts_them():
    assert [words_in(each) for each in ("", "质量月", "共1,200人。", "ISO 9001", "𠮷㛃 a-b")] == [0, 3, 4, 2, 3]


def test_rare_signs_and_a_space_and_two_hundred_thousand(autumn):
    write(autumn, overview="𠮷㛃镇", practice=" ")
    assert Summary.objects.get().sections == [(Summary.objects.get().passages[0].heading, "𠮷㛃镇")]
    response = write(autumn, overview="长" * 200_000)
    assert (response.status_code, "it has 200000" in text(response)) == (422, True)
    response = write(autumn, "submit", practice=" ")
    assert response.context["form"].errors["practice"] == ["Needed before you can submit."]


# --- beside the version before ---------------------------------------------------------------------------------------


def test_what_the_version_before_writes_meanwhile_is_what_holds(autumn):
    write(autumn, overview="New", problems="Rain")
    Summary.objects.update(overview="By the old version", suggestions="One more")  # it knows the columns alone
    found = Summary.objects.get()
    assert [text for _heading, text in found.sections] == ["By the old version", "Rain", "One more"]
    assert (found.overview, found.problems) == ("By the old version", "Rain")


def test_summaries_of_the_version_before_stand_in_the_sections_they_were_written_in(autumn):
    filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison, 1, 2, practice="A tour")
    assert Summary.objects.get().written is None
    importlib.import_module("reports.migrations.0006_summaries_in_sections").into_sections(apps, None)
    found = Summary.objects.get()
    assert found.sections == [("总体情况", "An overview"), ("主要做法", "A tour")]
    assert (found.asked, found.asked.version) == (newest(autumn.campaign), 1)
