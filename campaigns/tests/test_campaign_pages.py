"""A campaign is written, changed, closed; its themes, slogans and artwork."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from campaigns import register
from campaigns.models import Asset, Campaign, Saying, Slogan
from tests.cast import campaign, said, signed_in, text
from tests.pages import opened, press

NEW = {
    "year": "2016", "title": "City month 2016", "theme": "Quality first",
    "starts_on": "2016-09-01", "ends_on": "2016-09-30", "summary_due_on": "2016-10-15",
    "slogans": "Quality first\n\n  Better every day  \n",
    "focal": "（一）Safe lifts。Every lift is checked.\n二、Clean water",
}  # fmt: skip


def write_new(cast, forged=None, **changes):
    """A new campaign in which the member units take part."""
    typed = NEW | {"groups": [cast.office.groups.get().pk]} | changes
    return press(signed_in(cast.staff), reverse("campaigns:new-campaign"), "Save", **typed, forged=forged)


def test_the_office_writes_a_campaign_with_slogans_and_points_one_a_line(cast):
    answer = write_new(cast)
    made = Campaign.objects.get(year=2016)
    assert said(answer) == ["City month 2016 was saved. 3 units take part."]
    assert [(slogan.text, slogan.is_theme) for slogan in made.slogans.all()] == [
        ("Quality first", True), ("Better every day", False),
    ]  # fmt: skip
    assert [(point.number, point.heading, point.body) for point in made.focal_points] == [
        ("（一）", "Safe lifts", "Every lift is checked."), ("二、", "Clean water", ""),
    ]  # fmt: skip
    assert set(made.taking_part()) == {cast.water, cast.health, cast.district}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("ends_on", "2016-08-31", "The last day is before the first day."),
        ("summary_due_on", "2016-08-01", "The summary would be due before the campaign begins."),
        ("slogans", "x" * 121, "Line 1 is longer than 120 characters."),
        ("slogans", "Quality first\nQuality, first!", "This slogan stands there twice: Quality, first!"),
        (
            "focal",
            "（一）" + "x" * 121,
            "The heading of line 1 is longer than 120 characters: end it with a full stop.",
        ),
        ("title", "", "This field is required."),
        ("host", "0", "Select a valid choice. That choice is not one of the available choices."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(cast, field, value, words):
    answer = write_new(cast, forged={field: value})
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})
    assert "Better every day" in text(answer) or field == "slogans"
    assert not Campaign.objects.filter(year=2016).exists()


def test_changing_a_campaign_offers_what_stands_there_and_writes_it_back(cast):
    write_new(cast)
    made = Campaign.objects.get(year=2016)
    page, address = signed_in(cast.staff), reverse("campaigns:edit-campaign", args=[made.pk])
    form = page.get(address).context["form"]
    assert form["focal"].value() == "（一）Safe lifts。Every lift is checked.\n二、Clean water"
    assert "host" not in form.fields
    press(page, address, "Save", theme="Better every day")
    assert [slogan.text for slogan in made.slogans.filter(is_theme=True)] == ["Better every day"]


def test_a_campaign_is_closed_archived_and_opened_again(autumn):
    page, address = signed_in(autumn.staff), reverse("campaigns:move-campaign", args=[autumn.campaign.pk])
    for to in ("closed", "archived", "closed", "under_way"):
        answer = press(page, autumn.campaign.get_absolute_url(), f"to={to}", form=address)
        autumn.campaign.refresh_from_db()
        assert (autumn.campaign.state, answer.context["messages"].used) == (to, True)
    press(page, autumn.campaign.get_absolute_url(), form=address, forged={"to": "planned"})
    autumn.campaign.refresh_from_db()
    assert autumn.campaign.state == "under_way"


def test_what_is_offered_follows_how_the_campaign_stands(autumn):
    """A campaign that was never closed cannot be opened again."""
    page, moves = signed_in(autumn.staff), {}
    for state in ("planned", "under_way", "closed", "archived"):
        Campaign.objects.filter(pk=autumn.campaign.pk).update(state=state)
        moves[state] = [words for _to, words in page.get(autumn.campaign.get_absolute_url()).context["moves"]]
    assert moves == {
        "planned": [],
        "under_way": ["Close the campaign"],
        "closed": ["Open it again", "Put it into the archive"],
        "archived": ["Take it out of the archive"],
    }


# --- the register ------------------------------------------------------------------------------------------


def test_themes_and_slogans_enter_the_register_once_and_are_found_however_they_are_written(cast):
    Slogan.objects.create(campaign=cast.campaign, order=1, text="抓质量，讲诚信，树品牌")
    assert register.enter(cast.campaign) == register.enter(cast.campaign) == 2
    found = signed_in(cast.staff).get(reverse("campaigns:sayings"), {"q": "抓质量 讲诚信"})
    assert [(saying.text, used) for saying, used in found.context["rows"]] == [
        ("抓质量，讲诚信，树品牌", ["City month"])
    ]
    assert "used already" in text(found)


def test_another_level_s_theme_is_entered_by_hand_and_not_twice(cast):
    page, address = signed_in(cast.staff), reverse("campaigns:sayings")
    row = {"kind": "theme", "year": "2014", "level": "national"}
    assert said(press(page, address, **row, text="质量第一")) == ["Entered in the register."]
    again = press(page, address, **row, text="质量 第一！")
    assert (again.status_code, again.context["form"].errors) == (422, {"text": ["It stands in the register already."]})
    assert Saying.objects.count() == 1


def test_what_the_own_office_mistyped_is_taken_out_again_and_nothing_else(cast):
    """A slogan with a wrong character in the register would be held against every right one for ever."""
    address, row = reverse("campaigns:sayings"), {"year": "2015", "level": "city"}
    staff, foreign = signed_in(cast.staff), signed_in(cast.district_staff)
    press(staff, address, **row, kind="slogan", text="质量从我作起")
    mistyped, theme = Saying.objects.get(), cast.campaign.theme
    gone = "It is not in the register any more, or was not entered by your office."
    assert ("Take it out" in text(staff.get(address)), "Take it out" in text(foreign.get(address))) == (True, False)
    signer = signed_in(cast.signer)
    page = opened(signer, address)
    assert said(press(foreign, page, f"remove={mistyped.pk}")) == [gone]
    assert said(press(signer, page, f"remove={mistyped.pk}")) == ["Taken out of the register: 质量从我作起"]
    press(staff, address, **row, kind="theme", text=theme)
    page = opened(staff, address)
    register.enter(cast.campaign)  # and now it is issued as well
    assert said(press(staff, page, f"remove={Saying.objects.get().pk}"))[-1:] == [gone]
    assert [saying.text for saying in Saying.objects.all()] == [theme]


def test_two_who_enter_the_same_at_once_are_no_error(cast):
    rows = [Saying(kind="slogan", text=text, year=2014, level="city") for text in ("质量第一", "质量，第一")]
    assert [register.enter_by_hand(row, by=cast.staff) for row in rows] == [True, False]


@pytest.mark.parametrize("rows", [1, 50])
def test_the_register_asks_the_same_number_of_questions_whatever_its_length(cast, rows, django_assert_num_queries):
    Saying.objects.bulk_create(
        Saying(kind="slogan", text=f"口号{n}", key=f"口号{n}", year=2014, level="city") for n in range(rows)
    )
    page = signed_in(cast.staff)
    with django_assert_num_queries(8):
        assert len(page.get(reverse("campaigns:sayings")).context["rows"]) == rows


# --- artwork -----------------------------------------------------------------------------------------------


def picture(kind="PNG", size=(900, 300)):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def add(cast, name="logo.png", data=None, **more):
    file = SimpleUploadedFile(name, data or picture())
    values = {"kind": "logo", "title": "Logo", "rules": "Red only", "colours": "red", "smallest_mm": "20", "file": file}
    return press(signed_in(cast.staff), reverse("campaigns:assets", args=[cast.campaign.pk]), **values | more)


def test_every_unit_downloads_the_logo_and_each_download_counts(autumn, media):
    assert said(add(autumn)) == ["Logo was added."]
    version = Asset.objects.get().versions.get()
    reader = signed_in(autumn.liaison)
    address = reverse("campaigns:asset-file", args=[version.pk])
    for _ in range(2):
        answer = reader.get(address)
        assert answer["Content-Disposition"] == 'attachment; filename="logo.png"'
        assert b"".join(answer.streaming_content) == picture()
    version.refresh_from_db()
    small = b"".join(reader.get(reverse("campaigns:asset-thumbnail", args=[version.pk])).streaming_content)
    assert (version.downloads, Image.open(io.BytesIO(small)).size) == (2, (400, 133))
    assert "2 downloads" in text(reader.get(reverse("campaigns:assets", args=[autumn.campaign.pk])))


def test_a_new_version_leaves_the_older_one(autumn, media):
    add(autumn)
    asset = Asset.objects.get()
    upload = SimpleUploadedFile("logo-2.png", picture(size=(50, 50)))
    press(signed_in(autumn.staff), asset.get_absolute_url(), "version=1", file=upload)
    assert list(asset.versions.values_list("number", "file_name")) == [(2, "logo-2.png"), (1, "logo.png")]


@pytest.mark.parametrize("name", ["logo.svg", "page.html", "run.exe", "logo"])
def test_files_that_may_carry_a_program_are_refused(autumn, media, name):
    answer = add(autumn, name, b"<svg onload=alert(1)>")
    assert answer.context["file"].errors == {"file": ["This kind of file is not accepted."]}
    assert "Red only" in text(answer)
    assert not Asset.objects.exists()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_of_artwork_asks_the_same_number_of_questions(autumn, media, rows, django_assert_num_queries):
    for n in range(rows):
        add(autumn, title=f"Logo {n}")
    page = signed_in(autumn.liaison)
    with django_assert_num_queries(6):
        page.get(reverse("campaigns:assets", args=[autumn.campaign.pk]))


def test_campaigns_of_others_are_no_parents_to_choose(cast):
    other = campaign(cast.district, "Theirs")
    page = signed_in(cast.staff).get(reverse("campaigns:new-campaign"))
    assert other not in page.context["form"].fields["parent"].queryset
