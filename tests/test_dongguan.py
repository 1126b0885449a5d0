"""Dongguan 2013: the task table number by number, and who owes what once it is issued."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import User
from activities.counting.tally import campaign_tally
from activities.models import Assignment, Entry
from activities.models.entry import Report
from activities.states import Kind
from reports.demonstration.load import fixture, load
from reports.demonstration.notices import send
from reports.demonstration.stages import office, officer
from tests.cast import signed_in, text
from workflow import clock

NAME = "dongguan-2013"
TRUTH = Path(__file__).resolve().parents[2] / "shared" / "reading" / "truth" / f"{NAME}.json"
beside = pytest.mark.skipif(not TRUTH.exists(), reason="the notice read by hand is not beside the project")
COMPARATORS = {"=": "exactly", ">=": "at_least"}
HOW_LONG = {"分钟", "秒"}
"""Targets that say how long one clip is, not how many: they stand in the title."""


def truth():
    return json.loads(TRUTH.read_text(encoding="utf-8"))


def same(text):
    return re.sub(r"\s", "", text).rstrip("。")


def names():
    """Every name a unit goes by → its name; groups go by their own."""
    units = fixture("units", NAME)
    known = {alias: unit["name"] for unit in units for alias in (unit["name"], unit["full_name"], *unit["aliases"])}
    return known | {group: group for unit in units for group in (*unit["groups"], *unit.get("empty_groups", ()))}


def with_role(row, role):
    return [part.get("unit") or part["group"] for part in row["participants"] if part["role"] == role]


def test_units_answer_to_one_name_each_and_every_parent_is_known():
    units = fixture("units", NAME)
    every = [name for unit in units for name in {unit["name"], unit["full_name"], *unit["aliases"]}]
    assert (len(units), len(every)) == (55, len(set(every)))
    assert {unit["parent"] for unit in units} - {None} <= {unit["name"] for unit in units}
    assert Counter(group for unit in units for group in unit["groups"]) == {
        "各镇街": 32, "部门和相关单位": 22, "部门": 13,
    }  # fmt: skip


def test_everybody_is_invented_and_every_unit_can_be_reached():
    people = fixture("people", NAME)
    for field in ("username", "name", "mobile", "email", "phone"):
        assert len({person[field] for person in people}) == len(people)
    assert all(re.fullmatch(r"1380000\d{4}", person["mobile"]) for person in people)
    assert all(person["email"].endswith("@example.com") for person in people)
    held = {(each["unit"], each["role"]) for person in people for each in person["memberships"]}
    units = [unit["name"] for unit in fixture("units", NAME) if unit["name"] != "东莞市"]
    assert {(unit, "liaison") for unit in units} <= held


@beside
def test_the_15_tasks_are_those_of_the_table():
    known, ours = names(), fixture("activities", NAME)
    found = [
        (same(row["title"]), row["date_text"], row["due_on"], with_role(row, "lead"), with_role(row, "assist"))
        for row in ours
    ]
    assert found == [
        (
            same(task["title"]),
            same(task["deadline"]["text"]),
            task["deadline"]["end"],
            [known[name] for name in task["responsible"]],
            [known[name] for name in task["assisting"]],
        )
        for task in truth()["tasks"]
    ]


@beside
def test_every_number_of_the_table_is_a_deliverable_or_says_how_long_a_clip_is():
    for row, task in zip(fixture("activities", NAME), truth()["tasks"], strict=True):
        counted = [target for target in task["targets"] if target["unit"] not in HOW_LONG]
        assert [(d["target"], d["measure"], d["comparator"]) for d in row["deliverables"] if "target" in d] == [
            (target["value"], target["unit"], COMPARATORS[target["comparator"]]) for target in counted
        ]
        for target in task["targets"]:
            if target["unit"] in HOW_LONG:
                assert any(f"{target['value']}" in d["title"] for d in row["deliverables"])


@beside
def test_every_date_of_a_remark_is_a_window_or_a_last_day_of_its_own():
    for row, task in zip(fixture("activities", NAME), truth()["tasks"], strict=True):
        days = {
            day for d in row["deliverables"] for w in d.get("windows", ()) for day in (w["starts_on"], w["ends_on"])
        }
        days |= {d["due_on"] for d in row["deliverables"]}
        assert {each[end] for each in task["dates"] for end in ("start", "end")} <= days


@beside
def test_the_ten_rounds_and_their_20_interviewees_are_those_of_the_annex():
    known = names()
    ours = [row for row in fixture("activities", NAME) if "rounds" in row]
    assert [row["number"] for row in ours] == ["7"]
    assert [(r["on"], [one["unit"] for one in r["units"]]) for r in ours[0]["rounds"]] == [
        (each["date"]["start"], [known[name] for name in each["interviewees"]]) for each in truth()["interviews"]
    ]


@beside
def test_the_notice_and_the_day_of_the_registration_are_real():
    notice, real = fixture("campaign", NAME)["notice"], truth()
    assert f"{notice['org_code']}〔{notice['year']}〕{notice['seq']}号" == real["doc_number"]["text"]
    assert (notice["issue_date"], same(notice["title"])) == (real["issue_date"]["start"], same(real["title"]))
    assert [annex["title"] for annex in notice["annexes"]] == [each["title"] for each in real["attachments"]]
    registration = next(each for each in real["deadlines"] if each["kind"] == "registration")
    assert fixture("campaign", NAME)["registration_due"] == registration["date"] == "2013-11-11"


@beside
def test_no_person_of_the_notice_and_no_sentence_of_it_is_here():
    source = same((TRUTH.parents[2] / "notices" / f"{NAME}.txt").read_text(encoding="utf-8"))
    runs = {source[i : i + 40] for i in range(len(source) - 39)}
    texts = [row["remark"] for row in fixture("activities", NAME)]
    notice = fixture("campaign", NAME)["notice"]
    texts += [*notice["body"].split("\n"), *(annex.get("text", "") for annex in notice["annexes"])]
    copied = [t for t in map(same, texts) for i in range(len(t) - 39) if t[i : i + 40] in runs]
    assert copied == []
    people = {contact["name"] for contact in truth()["contacts"]}
    ours = json.dumps([fixture(name, NAME) for name in ("people", "campaign", "activities")], ensure_ascii=False)
    assert [word for word in people if word in ours] == []


# --- issued ------------------------------------------------------------------------------------------------


@pytest.fixture
def dongguan(db):
    found = load(NAME)
    send(found)
    return found


def owed(dongguan, **more):
    return Assignment.objects.filter(campaign=dongguan.campaign, **more)


def last_day(row):
    return (row.due_at.astimezone() - timedelta(seconds=1)).date()


def test_the_notice_goes_out_countersigned_and_numbered(dongguan):
    notice = dongguan.notice
    notice.refresh_from_db()
    assert (notice.number, notice.state, str(notice.joint_bodies.get().state)) == (
        "东质强办〔2013〕41号", "issued", "accepted",
    )  # fmt: skip
    assert notice.issued_at.astimezone().date() == date(2013, 11, 6)


def test_each_responsible_unit_owes_what_its_tasks_ask_for_by_their_own_days(dongguan):
    assert Counter(owed(dongguan).values_list("kind", flat=True)) == {
        "receipt": 53, "liaison": 53, "summary": 53, "deliverable": 88, "round": 20,
    }  # fmt: skip
    rows = owed(dongguan, kind=Kind.DELIVERABLE).select_related("unit", "deliverable__activity")
    by_task = Counter(int(row.deliverable.activity.number) for row in rows)
    assert [by_task[number] for number in range(1, 16)] == [2, 1, 3, 2, 2, 2, 1, 1, 64, 2, 2, 1, 3, 1, 1]
    assert {last_day(row) for row in rows.filter(deliverable__title="张贴海报")} == {date(2013, 11, 20)}
    drafts = rows.filter(deliverable__title__startswith="短片")
    assert [(row.unit.name, str(last_day(row))) for row in drafts.order_by("due_at")] == [
        ("东莞广播电视台", "2013-11-20"), ("东莞广播电视台", "2013-12-15"),
    ]  # fmt: skip


def test_the_office_owes_its_own_five_tasks_and_signs_for_nothing(dongguan):
    own = owed(dongguan, unit=dongguan.campaign.host).order_by("deliverable__activity__order", "deliverable__order")
    assert {row.kind for row in own} == {"deliverable"}
    assert [row.deliverable.activity.number for row in own] == ["2", "3", "3", "3", "5", "5", "7", "12"]


def test_liaison_officers_are_due_on_11_november_and_material_a_week_before_each_round(dongguan):
    assert {last_day(row) for row in owed(dongguan, kind=Kind.LIAISON)} == {date(2013, 11, 11)}
    rows = owed(dongguan, kind=Kind.ROUND).select_related("appearance__round", "unit").order_by("due_at", "pk")
    ahead = [(row.appearance.round.on - last_day(row)).days for row in rows]
    assert ahead == [1, 1] + [7] * 18
    assert len({row.unit for row in rows}) == 20


# --- posters and banners -----------------------------------------------------------------------------------


def reported(dongguan, what, counts):
    """Each town in its order reports the next of these counts; None: nothing."""
    rows = owed(dongguan, deliverable__title=what).select_related("deliverable", "unit").order_by("unit__order")
    for row, count in zip(rows, counts, strict=True):
        if count is not None:
            Entry.report(row, Report("1", count, date(2013, 11, 18)), by=officer(row.unit))


def test_the_tally_of_posters_and_banners_over_all_towns(dongguan):
    """20 towns put up 100 or more posters, 8 fewer, 4 none; every town but two has its ten banners."""
    with clock.as_of(date(2013, 11, 19)):
        reported(dongguan, "张贴海报", [100] * 12 + [150] * 6 + [320, 1000] + [60] * 8 + [None] * 4)
        reported(dongguan, "悬挂标语", [10] * 28 + [15, 12] + [9, None])
        extra = owed(dongguan, deliverable__title="悬挂标语", unit__name="莞城街道").get()
        Entry.report(extra, Report("2", 5, date(2013, 11, 19)), by=officer(extra.unit)).reject(
            by=office(dongguan), reason="照片是去年的"
        )
    ninth = next(task for task in campaign_tally(dongguan.campaign) if task.number == "9")
    posters, banners = ninth.deliverables
    assert (posters.title, posters.units, posters.wanted, posters.reported, posters.done, posters.reporting) == (
        "张贴海报", 32, 3200, 12 * 100 + 6 * 150 + 320 + 1000 + 8 * 60, 20, 28,
    )  # fmt: skip
    assert (posters.reported, posters.per_cent, posters.short) == (3900, 100, 0)
    assert (banners.wanted, banners.reported, banners.done, banners.missing) == (320, 28 * 10 + 15 + 12 + 9, 30, 2)
    assert (banners.reported, banners.per_cent) == (316, 98)


def test_the_tally_of_the_whole_campaign_is_two_queries(dongguan, django_assert_num_queries):
    with django_assert_num_queries(2):
        tasks = campaign_tally(dongguan.campaign)
    assert sum(len(task.deliverables) for task in tasks) == 23


def test_a_town_sees_its_round_in_the_schedule_and_among_what_it_owes(dongguan):
    humen = User.objects.get(username="humen")
    with clock.as_of(date(2013, 11, 7)):
        page = signed_in(humen).get(reverse("activities:rounds", args=[dongguan.campaign.pk]))
        assert [row.on.isoformat() for row, _guests in page.context["schedule"]] == [
            each["on"] for row in fixture("activities", NAME) for each in row.get("rounds", ())
        ]
        own = [guest for _row, guests in page.context["schedule"] for guest in guests if guest.knows]
        assert [(guest.appearance.unit.name, str(guest.assignment)) for guest in own] == [
            ("虎门镇", "Material for a round · 第二期集中采访")
        ]
        listed = signed_in(humen).get(reverse("activities:assignments", args=[dongguan.campaign.pk]))
        assert "第二期集中采访" in text(listed)
