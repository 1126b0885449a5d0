"""Every line of the log says for whom a deputy acted, in the language of the office and not of whoever pressed."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models.memberships import Role
from activities.asking import issue
from activities.filing import volunteer
from activities.judging import petitions
from activities.models import Assignment, Case, Entry, Petition
from activities.models.entry import Report
from activities.programme import task_table
from activities.states import Kind
from activities.units import merge
from campaigns import way
from campaigns.models import Notice
from tests.cast import ISSUED_ON, activity, filed_plan, notice, person, signed_in, text, unit
from tests.pages import press
from workflow import clock

UNTIL = date(2016, 1, 1)


@pytest.fixture
def signer(autumn):
    """Stands in for the office's signer."""
    return deputy("deputy_signer", autumn.office, Role.SIGNER, autumn.signer)


@pytest.fixture
def head(autumn):
    """Stands in for the head of the water bureau."""
    return deputy("deputy_head", autumn.water, Role.HEAD, autumn.head)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def deputy(name, where, role, absent):
    user = person(name)
    where.memberships.create(user=user, role=role, acting_for=absent, until=UNTIL)
    return user


def lines(record):
    """Who stood in the log, for whom, with which remark."""
    return [(line.by, line.acting_for, line.note) for line in record.history()]


def test_a_deputy_of_the_unit_files_and_takes_back(autumn, head, settings):
    settings.TODAY = date(2015, 8, 25)
    plan = autumn.owed(autumn.water, Kind.PLAN)
    filed_plan(plan, head)
    plan.refresh_from_db()
    plan.withdraw(by=head)
    assert lines(plan) == [(head, autumn.head, ""), (head, autumn.head, "")]
    assert "deputy_head (acting for head)" in text(signed_in(autumn.staff).get(plan.get_absolute_url()))


def test_a_deputy_of_the_office_accepts_returns_and_files_on_behalf(autumn, signer):
    plan, receipt = autumn.owed(autumn.water, Kind.PLAN), autumn.owed(autumn.water, Kind.RECEIPT)
    filed_plan(plan, autumn.liaison)
    plan.refresh_from_db()
    plan.accept(by=signer)
    plan.send_back(by=signer, reason="No budget")
    receipt.submit(by=signer, filed_for="Li", filed_note="by telephone")
    assert lines(plan)[1:] == [(signer, autumn.signer, ""), (signer, autumn.signer, "No budget")]
    assert lines(receipt) == [(signer, autumn.signer, "代报，报送人Li：by telephone")]


def test_who_is_a_deputy_of_the_office_and_of_the_unit_at_home_is_marked_where_they_stand_in(autumn, signer):
    autumn.water.memberships.create(user=signer, role=Role.LIAISON)
    receipt, plan = autumn.owed(autumn.water, Kind.RECEIPT), autumn.owed(autumn.health, Kind.PLAN)
    receipt.submit(by=signer)
    plan.waive(by=signer, reason="No factory")
    assert (lines(receipt), lines(plan)) == ([(signer, None, "")], [(signer, autumn.signer, "No factory")])


def test_petitions_asked_for_and_decided_by_deputies(autumn, signer, head):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    row = petitions.ask(plan, kind="extension", reason="The hall is closed", by=head, until=date(2015, 9, 10))
    petitions.withdraw(row, by=head)
    row = petitions.ask(plan, kind="extension", reason="The hall is closed", by=head, until=date(2015, 9, 10))
    petitions.decide(row, grant=True, by=signer, note="Until then")
    told = [line for each in Petition.objects.order_by("pk") for line in lines(each)]
    assert told == [(head, autumn.head, ""), (signer, autumn.signer, "Until then")]
    assert lines(plan) == [(signer, autumn.signer, "延期至2015年9月10日")]


def test_grace_and_closing_set_for_everybody_at_once(autumn, signer):
    page = reverse("activities:terms", args=[autumn.campaign.pk]) + "?kind=plan"
    press(signed_in(signer), page, grace_until="2015-09-03", locked_on="2015-09-05")
    rows = Assignment.objects.filter(kind="plan", campaign=autumn.campaign)
    assert {line for row in rows for line in lines(row)} == {(signer, autumn.signer, "设定宽限期和截止报送日期")}
    assert rows.count() > 1


def test_a_notice_withdrawn_by_a_deputy_closes_what_is_owed_in_the_signers_name(autumn, signer):
    autumn.office.memberships.create(user=signer, role=Role.STAFF)
    issue.withdraw(autumn.notice, by=signer, reason="The epidemic")
    plan = autumn.owed(autumn.health, Kind.PLAN)
    assert lines(autumn.notice)[-1] == lines(plan)[-1] == (signer, autumn.signer, "The epidemic")


def test_a_new_last_day_set_by_a_deputy(autumn, signer):
    row = autumn.owed(autumn.water, Kind.PLAN)
    owed = Assignment.objects.filter(kind=Kind.PLAN)
    task_table.move_deadline(owed, date(2015, 10, 9), by=signer, what="Plans", url="/")
    assert lines(row) == [(signer, autumn.signer, "完成时限改为2015年10月9日")]


def test_what_the_unit_does_not_pursue(autumn, head):
    row = volunteer.begin(autumn.campaign, autumn.water, Kind.CASE)
    filing = Case.draft(row)
    filing.save_draft(by=head, seen=0)
    row.submit(by=head)
    row.withdraw(by=head)
    volunteer.discard(row, by=head)
    assert lines(row)[-1] == (head, autumn.head, "单位不再报送。")


def test_a_merger_stands_in_every_log_in_the_office_s_language(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    merge.merge(autumn.water, unit("Successor"), on=date(2015, 9, 1), by=autumn.admin)
    assert lines(plan) == [(autumn.admin, None, "Water bureau于2015年9月1日并入Successor。")]


def test_a_draft_thrown_away_by_a_deputy_is_marked(autumn, signer):
    draft = notice(autumn.campaign, 9, [autumn.water])
    way.discard(draft, by=signer)
    assert lines(autumn.campaign)[-1] == (signer, autumn.signer, "草稿已删除：Notice of City month")
    assert not Notice.objects.filter(pk=draft.pk).exists()


def test_a_target_reached_and_missed_again_by_reports_of_a_deputy(cast):
    asked = activity(cast.campaign, "Put up posters", [cast.water]).deliverables.create(
        order=1, title="Posters", target=100, measure="张", due_on=date(2015, 9, 20)
    )
    with clock.as_of(ISSUED_ON):
        way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
        issue.issue(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice))
    stands_in = deputy("deputy_head", cast.water, Role.HEAD, cast.head)
    owed = Assignment.objects.get(deliverable=asked)
    entry = Entry.report(owed, Report("k1", 100, date(2015, 9, 1)), by=stands_in)
    entry.take_back(by=stands_in)
    assert lines(owed) == [(stands_in, cast.head, "已达到要求。"), (stands_in, cast.head, "单位撤回了一次填报。")]
    assert lines(entry) == [(stands_in, cast.head, "")]
