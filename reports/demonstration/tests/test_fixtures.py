"""The facts of the Shenzhen 2015 campaign, counted as the notice prints them."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from reports.demonstration.pictures import SCENES

BASE = Path(__file__).resolve().parents[3]
FOLDER = BASE / "fixtures" / "shenzhen-2015"
TRUTH = BASE.parent / "shared" / "reading" / "truth" / "shenzhen-2015.json"
TEXTS = ("overview", "practice", "effect", "problems", "suggestions")


def rows(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def members():
    return [unit["name"] for unit in rows("units") if unit["member"]]


def test_no_two_units_answer_to_one_name_and_every_parent_is_known():
    units = rows("units")
    names = [name for unit in units for name in (unit["name"], *unit["aliases"])]
    assert len(names) == len(set(names))
    assert {unit["parent"] for unit in units} - {None} <= {unit["name"] for unit in units}
    assert len(members()) == 26


def test_six_citywide_and_57_activities_of_26_units_in_the_order_of_the_notice():
    activities = rows("activities")
    assert [a["scope"] for a in activities] == ["common"] * 6 + ["member"] * 57
    assert list(dict.fromkeys(a["owner_unit"] for a in activities[6:])) == members()
    assert len({(a["scope"], a["number"], a["sub_number"]) for a in activities}) == 63


def test_every_activity_is_led_and_every_participant_is_a_unit_named_once():
    known = {unit["name"] for unit in rows("units")}
    for activity in rows("activities"):
        parts = [part["unit"] for part in activity["participants"]]
        assert len(parts) == len(set(parts))
        assert set(parts) <= known
        leads = [p["unit"] for p in activity["participants"] if p["role"] == "lead"]
        assert leads and activity["owner_unit"] in (None, *leads)


def test_activities_that_have_a_date_fall_into_september_2015():
    dated = [a for a in rows("activities") if a["date_text"]]
    assert len(dated) == 11
    for activity in dated:
        start, end = date.fromisoformat(activity["starts_on"]), date.fromisoformat(activity["ends_on"])
        assert date(2015, 9, 1) <= start <= end <= date(2015, 9, 30)


def test_the_notice_names_theme_points_requirements_and_the_date_of_the_summary():
    campaign = rows("campaign")
    body = campaign["notice"]["body"]
    assert len(campaign["slogans"]) == 10
    assert [s["text"] for s in campaign["slogans"] if s["is_theme"]] == [campaign["theme"]]
    assert (len(campaign["focal_points"]), len(campaign["requirements"]), len(campaign["indicators"])) == (
        4,
        5,
        8,
    )
    for point in campaign["focal_points"] + campaign["requirements"]:
        assert f"{point['number']}{point['heading']}。{point['body']}" in body.split("\n")
    assert "10月15日前报送“质量月”活动总结" in body


def test_everybody_can_be_reached_and_speaks_for_a_unit():
    people = rows("people")
    known = {unit["name"] for unit in rows("units")}
    held = {(m["unit"], m["role"]) for person in people for m in person["memberships"]}
    assert {unit for unit, _role in held} == known
    assert {(unit, role) for unit in members() for role in ("liaison", "head")} <= held
    assert {("市质量强市办", role) for role in ("staff", "signer", "leader", "admin")} <= held
    for field in ("username", "name", "mobile", "email"):
        assert len({person[field] for person in people}) == len(people)
    assert all(re.fullmatch(r"1380000\d{4}", person["mobile"]) for person in people)
    assert all(person["email"].endswith("@example.com") for person in people)


def test_every_member_unit_has_a_summary_of_its_own():
    summaries = rows("summaries")
    names = [indicator["name"] for indicator in rows("campaign")["indicators"]]
    assert [summary["unit"] for summary in summaries] == members()
    assert all(list(summary["figures"]) == names for summary in summaries)
    assert Counter(s["filed"] for s in summaries) == {"on time": 18, "late": 4, "never": 3, "returned": 1}
    for summary in summaries:
        late = summary["filed_on"] is not None and summary["filed_on"] > "2015-10-15"
        assert late == (summary["filed"] == "late")
        assert bool(summary.get("reason")) == (summary["filed"] == "returned")
    for key in TEXTS:
        assert len({summary[key] for summary in summaries}) == 26


def test_every_photograph_has_a_scene_that_can_be_drawn():
    photos = [photo for summary in rows("summaries") for photo in summary["photos"]]
    assert {photo["scene"] for photo in photos} == set(SCENES)
    assert all(photo["caption"] and photo["text"] for photo in photos)


def test_every_leading_unit_but_the_host_has_one_plan_for_each_of_its_activities():
    activities, plans = rows("activities"), rows("plans")
    led = [
        (index, part["unit"])
        for index, activity in enumerate(activities)
        for part in activity["participants"]
        if part["role"] == "lead" and part["unit"] != "市质量强市办"
    ]
    assert [(plan["activity"], plan["unit"]) for plan in plans] == led
    for plan in plans:
        activity = activities[plan["activity"]]
        assert (activity["starts_on"] or "2015-09-01") <= plan["starts_on"] <= plan["ends_on"]
        assert plan["ends_on"] <= (activity["ends_on"] or "2015-09-30")
        assert bool(plan["reason"]) == (plan["filed"] == "returned")


@pytest.mark.skipif(not TRUTH.exists(), reason="the notice read by hand is not beside the project")
def test_titles_dates_and_slogans_are_those_of_the_notice():
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))
    ours = rows("activities")
    assert [a["title"] for a in ours] == [a["title"] for a in truth["activities"]]
    assert [a["date_text"] for a in ours] == ["".join(d["text"] for d in a["dates"]) for a in truth["activities"]]
    slogans = [re.sub(r"\s", "", slogan["text"]) for slogan in truth["slogans"]]
    assert [re.sub(r"\s", "", slogan["text"]) for slogan in rows("campaign")["slogans"]] == slogans
    assert members() == truth["member_units"]


@pytest.mark.skipif(not TRUTH.exists(), reason="the notice read by hand is not beside the project")
def test_no_sentence_of_the_notice_is_copied():
    """A run of 40 signs in common would be a sentence; names, titles and lists of names are shorter."""
    source = (TRUTH.parents[2] / "notices" / "shenzhen-2015.txt").read_text(encoding="utf-8")
    runs = {clean[i : i + 40] for clean in [re.sub(r"\s", "", source)] for i in range(len(clean) - 39)}
    texts = [row[key] for row in rows("summaries") for key in TEXTS]
    texts += [row["description"] for row in rows("activities")] + [rows("campaign")["guiding_ideology"]]
    texts += [p["body"] for key in ("focal_points", "requirements") for p in rows("campaign")[key]]
    texts += [row[key] for row in rows("plans") for key in ("goal", "safety")]
    assert [
        t for text in texts for t in [re.sub(r"\s", "", text)] for i in range(len(t) - 39) if t[i : i + 40] in runs
    ] == []
