"""An evaluation from its rules to the corrected edition, as the office, the assessors and the units go through it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Membership, Role
from activities.states import Kind
from reports.evaluation import deeds
from reports.evaluation.sheets import sheets_of
from reports.models import Criterion, Mark, Release, Scheme
from tests import excel
from tests.cast import filed_summary, said, signed_in, text
from tests.pages import forge, opened, press


def home(cast):
    return reverse("reports:evaluation", args=[cast.campaign.pk])


def inbox(user):
    """What stands in a person's inbox."""
    return text(signed_in(user).get("/inbox/"))


def sheet(cast, unit):
    return f"{reverse('reports:sheet', args=[cast.campaign.pk])}?unit={unit.pk}"


def test_it_begins_with_the_usual_criteria_once_and_is_written_on_one_page(autumn):
    client = signed_in(autumn.staff)
    page = opened(client, home(autumn))
    press(client, page, "Write the rules")
    press(client, page, "Write the rules")
    assert list(Criterion.objects.values_list("name", "weight")) == [
        ("按时报送", 30), ("活动总结按时报送", 10), ("报送质量（一次通过）", 20), ("任务完成", 20), ("活动成效", 20),
    ]  # fmt: skip
    rules = reverse("reports:evaluation-rules", args=[autumn.campaign.pk])
    changes = {"form-5-name": "群众满意度", "form-5-weight": "10", "form-5-place": "1", "form-0-DELETE": "on"}
    press(client, rules, "Save", assessors=[str(autumn.staff.pk), str(autumn.leader.pk)], **changes)
    scheme = Scheme.objects.get()
    assert [row.name for row in scheme.criteria.all()][:2] == ["群众满意度", "活动总结按时报送"]
    assert set(scheme.assessors.all()) == {autumn.staff, autumn.leader}


def test_two_who_write_the_rules_at_once_overwrite_nothing(autumn, scheme):
    client = signed_in(autumn.staff)
    rules = reverse("reports:evaluation-rules", args=[autumn.campaign.pk])
    page = opened(client, rules)
    press(client, rules, "Save", **{"form-0-weight": "35"})
    late = press(client, page, "Save", **{"form-0-weight": "50"})
    assert (late.status_code, "Somebody else changed the rules" in text(late)) == (409, True)
    assert scheme.criteria.first().weight == 35


def test_a_forbidden_criterion_keeps_the_rules_from_being_published_until_an_administrator_lets_it_pass(
    autumn, scheme, settings
):
    settings.TODAY = date(2015, 9, 20)
    row = Criterion.objects.create(scheme=scheme, order=9, name="获得市领导批示", weight=Decimal(5))
    client = signed_in(autumn.staff)
    shown = text(client.get(home(autumn)))
    assert "《整治形式主义为基层减负若干规定》 does not allow it" in shown
    with pytest.raises(deeds.MoveRefused):
        deeds.publish(scheme, by=autumn.staff)
    wave = reverse("reports:wave-criterion", args=[row.pk])
    admin = signed_in(autumn.admin)
    assert said(press(admin, home(autumn), "Let it pass", form=wave, reason=" ")) == [
        "Please say why it may be scored all the same; the reason stands in the log."
    ]
    press(admin, home(autumn), "Let it pass", form=wave, reason="Order of the city government, 3/2015")
    assert "3/2015" in scheme.history().last().note
    assert said(press(client, home(autumn), "Publish the rules")) == ["The rules are published."]
    assert "The rules of the evaluation are published" in inbox(autumn.liaison)


def test_changing_the_words_of_a_criterion_takes_the_pass_away(autumn, scheme):
    row = Criterion.objects.create(scheme=scheme, order=9, name="领导批示", weight=Decimal(5))
    deeds.wave(row, by=autumn.admin, reason="so")
    rules = reverse("reports:evaluation-rules", args=[autumn.campaign.pk])
    press(signed_in(autumn.staff), rules, "Save", **{"form-4-name": "领导批示数量"})
    row.refresh_from_db()
    assert row.waved_by is None


def test_after_the_campaign_rules_are_published_only_if_they_were_before(autumn, scheme, settings):
    settings.TODAY = date(2015, 12, 1)
    client = signed_in(autumn.staff)
    assert "rules are published before its end" in text(client.get(home(autumn)))
    rules = reverse("reports:evaluation-rules", args=[autumn.campaign.pk])
    press(client, rules, "Save", published_before="深质强办〔2015〕9号，2015年8月20日")
    press(client, home(autumn), "Publish the rules")
    assert "深质强办〔2015〕9号" in text(signed_in(autumn.liaison).get(home(autumn)))


def test_units_see_nothing_of_a_draft_then_the_rules_then_their_own_sheet_and_nobody_elses(autumn, scheme, settings):
    settings.TODAY = date(2015, 9, 20)
    unit = signed_in(autumn.liaison)

    def seen():
        return [unit.get(each).status_code for each in (home(autumn), sheet(autumn, autumn.water))]

    assert seen() == [404, 404]
    deeds.publish(scheme, by=autumn.staff)
    assert seen() == [200, 404]
    judge(autumn, scheme)
    deeds.show(scheme, by=autumn.staff)
    assert seen() == [200, 200]
    assert unit.get(sheet(autumn, autumn.health)).status_code == 404
    assert "Health bureau" not in text(unit.get(home(autumn)))
    own = text(unit.get(sheet(autumn, autumn.water)))
    assert ("well done" in own, "leader" in own) == (True, False)  # the reason, not who gave it


def judge(cast, scheme):
    row = scheme.criteria.get(name="what came of it")
    for unit in (cast.water, cast.health, cast.district):
        for by in (cast.staff, cast.leader):
            deeds.mark(row, unit, by=by, points=Decimal(20), reason="well done")


def test_an_assessor_gives_points_on_one_page_without_seeing_those_of_others(autumn, published):
    address = reverse("reports:assess", args=[autumn.campaign.pk])
    water = f"unit-{autumn.water.pk}"
    leader, staff = signed_in(autumn.leader), signed_in(autumn.staff)
    wrong = press(leader, address, "Save", **{f"{water}-points": "31", f"{water}-reason": ""})
    assert ("At most 30 points" in text(wrong), "Please say why" in text(wrong)) == (True, True)
    assert Mark.objects.count() == 0
    press(leader, address, "Save", **{f"{water}-points": "27.5", f"{water}-reason": "best of all"})
    assert "27.5" not in str(opened(staff, address).html)
    for page in (home(autumn), sheet(autumn, autumn.water)):
        assert "27.50" not in text(staff.get(page))  # nobody follows a colleague
    press(staff, address, "Save", **{f"{water}-points": "20", f"{water}-reason": "good"})
    press(leader, address, "Save", **{f"{water}-points": "28"})
    line = next(each for each in sheets_of(published) if each.unit == autumn.water).lines[-1]
    assert (line.points, line.spread) == (Decimal("24.00"), Decimal("8.00"))
    assert signed_in(autumn.signer).get(address).status_code == 403


def test_whoever_is_no_assessor_any_more_counts_no_more(autumn, judged):
    Membership.objects.filter(user=autumn.leader, role=Role.LEADER).delete()
    judged.assessors.remove(autumn.leader)
    assert sheets_of(judged)[0].lines[-1].points == 20


def test_no_sheet_is_shown_while_points_are_missing(autumn, published):
    client = signed_in(autumn.staff)
    assert "First every assessor gives every unit its points" in text(client.get(home(autumn)))
    with pytest.raises(deeds.MoveRefused, match=r"missing 6 times, first: Water bureau, what came of it \(staff\)"):
        deeds.show(published, by=autumn.staff)


def test_points_are_added_for_something_filed_and_never_for_a_leaders_remark(autumn, judged):
    filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison)
    client, evidence = signed_in(autumn.staff), str(autumn.owed(autumn.water, Kind.SUMMARY).pk)
    page, form = sheet(autumn, autumn.water), sheet(autumn, autumn.water).replace("?", "adjust/?")
    refused = press(client, page, "Save", form=form, points="2", reason="获市领导批示", evidence=evidence)
    assert (refused.status_code, "领导批示" in text(refused)) == (422, True)
    nothing = press(client, page, "Save", form=form, points="0", reason="so", evidence=evidence)
    assert "Nought points change nothing" in text(nothing)
    press(client, page, "Save", form=form, points="2", reason="提前完成", evidence=evidence)
    assert "+2.00" in text(client.get(page))
    press(client, page, "Take back")
    assert (judged.adjustments.count(), sheets_of(judged)[0].added) == (1, 0)


def test_what_must_not_be_scored_counts_once_an_administrator_lets_it_pass(autumn, judged):
    filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison)
    client, evidence = signed_in(autumn.staff), str(autumn.owed(autumn.water, Kind.SUMMARY).pk)
    page, form = sheet(autumn, autumn.water), sheet(autumn, autumn.water).replace("?", "adjust/?")
    asked = {"points": "2", "reason": "获市领导批示", "evidence": evidence}
    refused = press(client, page, "Save", form=form, **asked)
    assert "Lay it before an administrator" in text(refused)
    press(client, page, "Save", form=form, forged={"ask": "on"}, **asked)
    row = judged.adjustments.get()
    assert (row.waits, sheets_of(judged)[0].added) == (True, 0)
    assert "获市领导批示" not in text(signed_in(autumn.liaison).get(page))
    wave = reverse("reports:wave-adjustment", args=[row.pk])
    assert forge(client, wave, reason="so").status_code == 403
    press(signed_in(autumn.admin), home(autumn), "Let it pass", form=wave, reason="Order of the city, 3/2015")
    assert sheets_of(judged)[0].added == 2
    assert judged.history().last().note == "放行Water bureau的加减分+2.00分（获市领导批示）：Order of the city, 3/2015"


def test_an_assessor_who_leaves_holds_nothing_up_and_another_is_named(autumn, published):
    row = published.criteria.get(name="what came of it")
    units = (autumn.water, autumn.health, autumn.district)
    for unit in units:
        deeds.mark(row, unit, by=autumn.staff, points=Decimal(20), reason="well done")
    Membership.objects.filter(user=autumn.leader).delete()
    with pytest.raises(deeds.MoveRefused, match="at least two assessors"):
        deeds.show(published, by=autumn.staff)
    client, form = signed_in(autumn.staff), reverse("reports:name-assessors", args=[autumn.campaign.pk])
    assert "is not of this office any more" in text(client.get(home(autumn)))
    press(client, home(autumn), "Save", form=form, people=[str(autumn.staff.pk), str(autumn.signer.pk)])
    assert published.history().last().note == f"评分人员：{autumn.leader} → {autumn.signer}"
    for unit in units:
        deeds.mark(row, unit, by=autumn.signer, points=Decimal(10), reason="so")
    deeds.show(published, by=autumn.staff)
    assert sheets_of(published)[0].lines[-1].points == 15


def test_an_emptied_mark_is_taken_back_and_every_change_is_a_line_of_the_log(autumn, published):
    address, water = reverse("reports:assess", args=[autumn.campaign.pk]), f"unit-{autumn.water.pk}"
    client = signed_in(autumn.leader)
    press(client, address, "Save", **{f"{water}-points": "27.5", f"{water}-reason": "best of all"})
    press(client, address, "Save", **{f"{water}-points": "20"})
    emptied = press(client, address, "Save", **{f"{water}-points": "", f"{water}-reason": ""})
    assert said(emptied) == ["0 units were given points.", "Points of 1 unit taken back."]
    assert Mark.objects.count() == 0
    notes = list(published.history().values_list("by__username", "note"))[-2:]
    assert notes == [
        ("leader", "Water bureau，what came of it：27.50分 → 20分"),
        ("leader", "Water bureau，what came of it：20.00分 → –分"),
    ]
    assert "27.50分" not in text(signed_in(autumn.staff).get(home(autumn)))  # colleagues follow nobody


def test_a_criterion_may_be_called_like_a_sum_and_hides_nothing():
    row = {"unit": 1, "name": "Water", "place": 1, "total": "5.00", "added": "0.00", "taken_off": "0.00"}
    before, now = [row | {"lines": [["加分", "3.00"]]}], [row | {"lines": [["加分", "4.00"]]}]
    assert deeds.changed(before, now) == [{"name": "Water", "what": [["加分（指标）", "3.00", "4.00"]]}]


def test_a_unit_comments_the_office_answers_the_result_is_released_and_corrected(autumn, judged, settings):
    staff, unit = signed_in(autumn.staff), signed_in(autumn.liaison)
    press(staff, home(autumn), "Show each unit its own sheet")
    assert "Your evaluation sheet can be read" in inbox(autumn.liaison)
    press(unit, sheet(autumn, autumn.water), "Tell the office", text="Our plan was in time.")
    waits = opened(staff, home(autumn))
    assert "Our plan was in time." in text(staff.get(home(autumn)))
    assert waits.html.find("button", string="Release the result").has_attr("disabled")
    with pytest.raises(deeds.MoveRefused, match="Units may comment until 27 September"):
        deeds.release(judged, by=autumn.staff)
    settings.TODAY = date(2015, 9, 28)
    assert "Units could comment until 27 September" in text(unit.get(sheet(autumn, autumn.water)))
    with pytest.raises(deeds.MoveRefused, match="Units could comment until"):
        deeds.comment(judged, autumn.water, "One thing more.", by=autumn.liaison)
    with pytest.raises(deeds.MoveRefused, match="waits for an answer"):
        deeds.release(judged, by=autumn.staff)
    press(staff, sheet(autumn, autumn.water), "Answer", text="You are right.")
    assert "You are right." in text(unit.get(sheet(autumn, autumn.water)))
    press(staff, home(autumn), "Release the result")
    first = Release.objects.get()
    before = first.rows
    again = press(staff, home(autumn), "Release a corrected edition", why="so")
    assert said(again) == ["Nothing changed since edition 1."]
    row = judged.criteria.get(name="what came of it")
    deeds.mark(row, autumn.water, by=autumn.staff, points=Decimal(30), reason="counted anew")
    press(staff, home(autumn), "Release a corrected edition", why="The unit was right.")
    second = Release.objects.get(edition=2)
    assert [each["name"] for each in second.changes] == ["Water bureau", "Health bureau", "District office"]
    first.refresh_from_db()
    assert first.rows == before  # what was released stays
    page = text(unit.get(second.get_absolute_url()))
    assert ("What changed since the edition before" in page, "22.50 → 27.50" in page) == (True, True)
    grid = excel.sheets_of(unit.get(reverse("reports:release-excel", args=[second.pk])))
    (rows,) = grid.values()
    assert rows[0] == ["Rank", "Unit", *(row.name for row in judged.criteria.all()), "Added", "Taken off", "Total"]
    frozen = second.rows[0]
    points = [float(found) if found else "" for _name, found in frozen["lines"]]
    assert rows[1] == [frozen["place"], frozen["name"], *points, 0, 0, float(frozen["total"])]


def test_others_cannot(autumn, judged):
    for user in (autumn.liaison, autumn.leader, autumn.district_staff, autumn.stranger):
        client = signed_in(user)
        for name in ("publish-evaluation", "show-evaluation", "release-evaluation"):
            assert forge(client, reverse(f"reports:{name}", args=[autumn.campaign.pk])).status_code in (403, 404)
