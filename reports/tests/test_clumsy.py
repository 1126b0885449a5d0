"""What a clumsy and what a hostile person does to the office's pages: nothing twice, nothing lost, nothing broken."""

import io
import re
from datetime import timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from activities.judging import petitions
from activities.models import Petition
from activities.states import Kind
from campaigns.models import Asset, Campaign, Point, Saying
from reports import archive_package
from reports.models import Archive
from tests.cast import campaign, said, signed_in, text
from tests.pages import forge, opened, page_of, press
from workflow import clock

LONG = "质" * 10_000
EMOJI = "🎉质量第一👍🏽"
NEW = {
    "year": "2016", "title": "City month 2016", "theme": "Quality first",
    "starts_on": "2016-09-01", "ends_on": "2016-09-30", "summary_due_on": "2016-10-15",
}  # fmt: skip


def write_new(cast, **changes):
    """Write a new campaign on its page."""
    return press(signed_in(cast.staff), reverse("campaigns:new-campaign"), "Save", **NEW | changes)


def picture():
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "PNG")
    return out.getvalue()


def artwork(cast, **changes):
    file = SimpleUploadedFile("logo.png", picture())
    values = {"kind": "logo", "title": "Logo", "file": file} | changes
    return press(signed_in(cast.staff), reverse("campaigns:assets", args=[cast.campaign.pk]), **values)


def asked(cast, unit=None, person=None, **more):
    plan = cast.owed(unit or cast.water, Kind.PLAN)
    values = {"kind": "waiver", "reason": "The hall is closed"} | more
    return petitions.ask(plan, by=person or cast.liaison, **values)


def petitions_of(cast):
    return reverse("activities:petitions", args=[cast.campaign.pk])


def decide(cast, chosen, decision="grant", **typed):
    """Tick, press, read what will happen, and confirm it."""
    client = signed_in(cast.staff)
    sure = press(client, petitions_of(cast), f"deed={decision}", row=chosen)
    return press(client, page_of(sure), "sure=1", **typed)


# --- one tab, and the way to every page ---------------------------------------------------------------------

OF_CAMPAIGN = {
    "campaigns:campaign": "Overview", "campaigns:assets": "Overview", "reports:renew": "Overview",
    "reports:archives": "Overview", "activities:links": "Overview", "activities:packages": "Overview",
    **dict.fromkeys(
        ["activities:chasing", "activities:remind", "activities:reminders", "activities:ledger"], "Who owes what"
    ),
    "activities:petitions": "Who owes what", "activities:terms": "Who owes what",
    "activities:assignments": "Who owes what", "activities:activities": "Activities", "activities:tasks": "Tasks",
    "activities:rounds": "Tasks", "activities:cases": "Cases", "activities:filings": "What was filed",
    "reports:dashboard": "Dashboard", "reports:briefings": "Briefings",
}  # fmt: skip


def current_tabs(page):
    tabs = re.search(r'<nav class="tabs" aria-label="In this campaign">.*?</nav>', page.content.decode(), re.DOTALL)
    return re.findall(r'aria-current="page">([^<]+)<', tabs.group() if tabs else "")


@pytest.mark.parametrize("name", OF_CAMPAIGN)
def test_each_page_of_a_campaign_marks_one_tab(autumn, name):
    page = signed_in(autumn.staff).get(reverse(name, args=[autumn.campaign.pk]))
    assert current_tabs(page) == [OF_CAMPAIGN[name]]


def test_the_page_of_receipts_marks_one_tab(autumn):
    page = signed_in(autumn.staff).get(reverse("activities:receipts", args=[autumn.notice.pk]))
    assert current_tabs(page) == ["Overview"]


def test_the_page_of_a_receipt_marks_what_is_owed_alone(autumn):
    page = signed_in(autumn.liaison).get(autumn.owed(autumn.water, Kind.RECEIPT).get_absolute_url())
    assert current_tabs(page) == ["What we owe"]


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("campaigns:assets", {"staff", "leader", "liaison"}),
        ("campaigns:sayings", {"staff", "leader"}),
        ("activities:petitions", {"staff", "leader"}),
        ("reports:archives", {"staff", "leader"}),
        ("activities:packages", {"staff", "leader"}),
        ("activities:terms", {"staff"}),
        ("activities:links", {"staff"}),
        ("reports:renew", {"staff"}),
    ],
)
def test_the_campaign_page_leads_to_what_a_person_may_open(autumn, name, people):
    address = f'href="{reverse(name, args=[] if name == "campaigns:sayings" else [autumn.campaign.pk])}"'
    found = set()
    for who in ("staff", "leader", "liaison"):
        page = signed_in(autumn.people()[who]).get(autumn.campaign.get_absolute_url())
        more = page.content.decode().split('id="more"')[1].split("</section>")[0]
        if address in more:
            found.add(who)
    assert found == people


@pytest.mark.parametrize(("who", "offered"), [("staff", False), ("signer", True)])
def test_a_late_unit_is_offered_to_whom_it_is_open(autumn, who, offered):
    shown = signed_in(autumn.people()[who]).get(reverse("activities:receipts", args=[autumn.notice.pk]))
    late = reverse("activities:late-unit", args=[autumn.notice.pk])
    assert (late in shown.content.decode(), "by a signer of the office" in text(shown)) == (offered, not offered)


def test_home_says_how_many_wait_for_an_answer(autumn):
    asked(autumn)
    shown = text(signed_in(autumn.staff).get("/"))
    assert "1 question about more time, or that something does not apply, waits for you" in shown
    decide(autumn, [Petition.objects.get().pk])
    assert "more time" not in text(signed_in(autumn.staff).get("/"))


# --- pressed twice, gone back --------------------------------------------------------------------------------


def test_a_campaign_saved_twice_is_one(cast):
    client = signed_in(cast.staff)
    page = opened(client, reverse("campaigns:new-campaign"))
    press(client, page, "Save", **NEW)
    again = press(client, page, "Save", **NEW)
    assert again.context["form"].errors == {"title": ["There is a campaign of this name in this year already."]}
    assert Campaign.objects.filter(year=2016).count() == 1
    made = Campaign.objects.get(year=2016)
    page = opened(client, reverse("campaigns:edit-campaign", args=[made.pk]))
    assert [press(client, page, "Save", follow=False).status_code for _press in range(2)] == [302, 302]


def test_artwork_added_twice_is_one_with_one_version(autumn, media):
    artwork(autumn)
    again = artwork(autumn)
    words = "There is artwork of this name already. Add the file there as a new version."
    assert again.context["form"].errors == {"title": [words]}
    logo = Asset.objects.get()
    upload = SimpleUploadedFile("other name.png", picture())
    answer = press(signed_in(autumn.staff), logo.get_absolute_url(), "version=1", file=upload)
    assert answer.context["file"].errors == {"file": ["This file is the newest version already."]}
    assert logo.versions.count() == 1


def test_a_decision_pressed_again_after_going_back_says_that_it_was_made(autumn):
    petition, client = asked(autumn), signed_in(autumn.staff)
    gone_back_to = opened(client, petitions_of(autumn))
    sure = page_of(press(client, gone_back_to, "deed=refuse", row=[petition.pk]))
    decide(autumn, [petition.pk])
    again = press(client, sure, "sure=1", note="No")
    assert said(again) == ["Nothing was changed: what you chose was decided or taken back already."]
    petition.refresh_from_db()
    assert petition.state == "granted"


def test_setting_the_closing_keeps_the_grace_that_stands(autumn):
    rows = autumn.campaign.assignments.filter(kind=Kind.PLAN)
    grace, address = clock.today() + timedelta(days=30), reverse("activities:terms", args=[autumn.campaign.pk])
    rows.set_terms(grace_until=clock.end_of(grace), locked_at=None, by=autumn.staff, note="")
    form = signed_in(autumn.staff).get(address, {"kind": "plan"}).context["form"]
    assert (form["grace_until"].value(), form["locked_on"].value()) == (grace, None)


def test_a_campaign_without_a_theme_can_be_changed(cast):
    page = signed_in(cast.staff)
    write_new(cast, theme="")
    made = Campaign.objects.get(year=2016)
    address = reverse("campaigns:edit-campaign", args=[made.pk])
    press(page, address, "Save", title="Inspection")
    shown = text(page.get(made.get_absolute_url()))
    assert ("Inspection" in shown, "No theme is set for this campaign." in shown) == (True, True)


# --- what the office answers, the unit reads ----------------------------------------------------------------


def test_the_unit_and_the_file_room_read_why_it_was_refused(autumn):
    petition = asked(autumn)
    decide(autumn, [petition.pk], decision="refuse", note="Every unit keeps this day")
    shown = text(signed_in(autumn.liaison).get(petition.get_absolute_url()))
    assert re.search("The office answered:.{0,40}Every unit keeps this day", shown)
    assert "Every unit keeps this day" in text(signed_in(autumn.leader).get(petitions_of(autumn)))
    row = next(iter(archive_package.asked_rows(autumn.campaign)))
    assert (row[-4], row[-3], row[-1]) == (None, autumn.staff, "Every unit keeps this day")


def test_the_log_of_the_file_room_names_whose_and_what(autumn):
    asked(autumn)
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    lines = [row[1:3] for row in archive_package.log_rows(autumn.campaign)]
    assert ("报送事项", f"{autumn.water} · {autumn.owed(autumn.water, Kind.RECEIPT)}") in lines
    assert {what for what, _about in lines} == {"活动", "通知", "报送事项"}


# --- too much, too far, somebody else's -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "field", ["title", "theme", "spirit_slogan", "slogans", "focal", "year", "starts_on", "summary_due_on"]
)
def test_ten_thousand_characters_in_a_campaign_are_refused_beside_the_field(cast, field):
    answer = write_new(cast, **{field: LONG})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Campaign.objects.filter(year=2016).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("year", "99999999999"), ("year", "1"), ("starts_on", "9999-12-31"), ("ends_on", "9999-12-31"),
     ("summary_due_on", "9999-12-31"), ("starts_on", "2015-09-01"), ("title", "a\0b")],
)  # fmt: skip
def test_days_and_years_nobody_can_mean_are_refused(cast, field, value):
    answer = write_new(cast, **{field: value})
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)


def test_a_number_as_long_as_a_telephone_s_is_no_number_of_a_point(cast):
    write_new(cast, focal="075583000001、Call us\n（一）Safe lifts")
    numbers = [(point.number, point.heading) for point in Point.objects.filter(campaign__year=2016)]
    assert numbers == [("", "075583000001、Call us"), ("（一）", "Safe lifts")]


def test_emoji_and_signs_that_stand_for_a_phrase_are_kept(cast):
    page, address = signed_in(cast.staff), reverse("campaigns:sayings")
    row = {"kind": "theme", "year": "2014", "level": "national", "issuer": EMOJI}
    for each in (EMOJI, "\ufdfa" * 120, "㍿" * 120):
        answer = press(page, address, **row, text=each)
        assert (answer.context["form"].errors, said(answer)) == ({}, ["Entered in the register."])
    assert max(len(saying.key) for saying in Saying.objects.all()) == 120
    only = press(page, address, **row, text="🎉🎉")
    assert only.context["form"].errors == {"text": ["There are no words in it."]}
    assert EMOJI in text(page.get(address, {"q": "质量第一"}))


@pytest.mark.parametrize("query", [{"q": LONG}, {"year": "²²²²"}, {"kind": LONG}, {"level": "\0"}, {"page": "-3"}])
def test_whatever_is_looked_for_in_the_register_the_page_answers(cast, query):
    assert signed_in(cast.staff).get(reverse("campaigns:sayings"), query).status_code == 200


@pytest.mark.parametrize("until", ["9999-12-31", "0001-01-01", LONG, "2015-02-30", ""])
def test_days_nobody_can_mean_are_said_where_they_were_typed(autumn, until):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    address = reverse("activities:ask", args=[plan.pk])
    answer = press(signed_in(autumn.liaison), address, kind="extension", until=until, reason="Rain")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until"])
    assert not Petition.objects.exists()


@pytest.mark.parametrize(
    ("day", "wrong", "words"),
    [
        ("2099-12-31", {"locked_on": ["This day is more than a year away."]}, []),
        ("9999-12-31", {"locked_on": ["Choose a day from 2000 to 2100."]}, []),
        ("2015-02-30", {"locked_on": ["Enter a valid date."]}, []),
        ("0001-01-01", {"locked_on": ["Choose a day from 2000 to 2100."]}, []),
        ("2001-01-01", None, ["Neither day may come before the deadline."]),
    ],
)
def test_a_closing_nobody_can_mean_is_not_set(autumn, day, wrong, words):
    address = reverse("activities:terms", args=[autumn.campaign.pk])
    answer = press(signed_in(autumn.staff), f"{address}?kind=plan", locked_on=day)
    form = answer.context["form"]
    assert (form and form.errors, said(answer)) == (wrong, words)
    assert set(autumn.campaign.assignments.values_list("locked_at", flat=True)) == {None}


def test_a_page_of_a_kilometre_makes_a_small_thumbnail(autumn, media):
    book = pypdfium2.PdfDocument.new()
    book.new_page(2_000_000, 1_000_000)
    out = io.BytesIO()
    book.save(out)
    artwork(autumn, file=SimpleUploadedFile("logo.pdf", out.getvalue()))
    version = Asset.objects.get().versions.get()
    assert not version.thumbnail or Image.open(version.thumbnail).size == (400, 200)


def test_another_campaign_s_petitions_and_activities_are_not_taken(autumn):
    petition = asked(autumn)
    other = campaign(autumn.office, "Second month")
    page = signed_in(autumn.staff)
    values = {"row": [petition.pk, "9" * 30, "x"], "deed": "grant", "sure": "1"}
    forge(page, reverse("activities:petitions", args=[other.pk]), values)
    petition.refresh_from_db()
    assert petition.state == "asked"
    foreign = {"activities": [autumn.campaign.activities.first().pk]}
    renewal = reverse("reports:renew", args=[other.pk])
    answer = press(page, renewal, "action=make", year="2016", theme="New", parts=["activities"], forged=foreign)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["activities"])


@pytest.mark.parametrize(
    "name",
    ["campaigns:edit-campaign", "reports:renew", "reports:archives", "activities:petitions", "activities:terms"],
)
def test_a_unit_s_person_changes_nothing_on_the_office_s_pages(autumn, name):
    before = Campaign.objects.values().get(pk=autumn.campaign.pk)
    petition = asked(autumn)
    page, address = signed_in(autumn.liaison), reverse(name, args=[autumn.campaign.pk])
    everything = NEW | {"kind": "plan", "row": petition.pk, "deed": "grant", "sure": "1", "parts": ["units"]}
    assert (page.get(address).status_code, forge(page, address, everything).status_code) == (403, 403)
    petition.refresh_from_db()
    assert (Campaign.objects.values().get(pk=autumn.campaign.pk), petition.state) == (before, "asked")
    assert (Campaign.objects.filter(year=2016).count(), Archive.objects.count()) == (0, 0)
