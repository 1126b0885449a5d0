"""The whole September through the models and their deeds; a real worker sets the paper and binds the briefing."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from activities.asking import issue
from activities.asking.handing_out import debts
from activities.evidence.forms.photos import add_photo
from activities.evidence.pictures import picture_from
from activities.models import Activity, Assignment, LiaisonOfficer, LiaisonRegistration, Plan
from activities.states import AssignmentState, Kind, Standing
from campaigns.models import Campaign, Notice
from campaigns.way import approve
from documents import outline
from reports import figures
from reports.briefings import editions
from reports.briefings.book import book_of
from reports.demonstration.load import Demonstration, fixture, load
from reports.models import Briefing, BriefingState, Figure, Summary
from tests import september
from tests.september import UNIT, person
from tests.worker import Worker
from workflow import clock
from workflow.models import JobState, MoveRefused, Notification
from workflow.pages import may
from workflow.templatetags.clock import deadline

ASKED = (Kind.RECEIPT, Kind.LIAISON, Kind.PLAN, Kind.SUMMARY)  # this notice asks for no other material
pytestmark = [pytest.mark.journey, pytest.mark.worker]


def test_the_whole_september_from_the_notice_to_the_briefing(celery_worker: Worker) -> None:
    shutil.rmtree(settings.CHAPTERS_DIR, ignore_errors=True)  # nothing is set beforehand
    demonstration = load()
    only_the_signer_issues(demonstration.notice)
    every_unit_owes_what_the_notice_asks(demonstration)
    the_worker_sets_the_paper(celery_worker, demonstration.notice)
    the_unit_signs_and_registers()
    plan = the_unit_writes_withdraws_and_submits_a_plan()
    the_office_returns_it_and_accepts_the_correction(plan)
    the_unit_reports_late()
    others = [row["unit"] for row in fixture("summaries") if row["unit"] != UNIT]
    september.the_others_do_their_part(demonstration, others)
    edition = the_worker_binds_the_briefing(celery_worker, demonstration.campaign)
    every_unit_opens_it_and_no_other(edition)
    the_leader_sees_done_late_and_missing(demonstration.campaign)


def only_the_signer_issues(notice: Notice) -> None:
    """Staff see everything and cannot issue; the signer sees who gets what, and issues once."""
    staff, signer, campaign = person("staff"), person("signer"), notice.campaign
    assert list(Campaign.objects.visible_to(staff)) == [campaign]
    assert not Campaign.objects.visible_to(person("liaison-futian")).exists()
    assert (campaign.theme, campaign.slogans.count()) == ("质量成就未来", 10)
    assert Counter(Activity.objects.visible_to(staff).values_list("scope", flat=True)) == {"common": 6, "member": 57}
    assert (may(staff, "issue", notice), may(signer, "issue", notice)) == (False, True)
    addressed = list(notice.addressees.values_list("pk", flat=True))
    assert Counter(debt.kind for debt in debts(notice, addressed)) == {
        Kind.RECEIPT: 26,
        Kind.LIAISON: 26,
        Kind.PLAN: 58,
        Kind.SUMMARY: 26,
    }
    approve(notice, author=staff, reviewer=signer)
    with clock.as_of(september.ISSUED):
        assert issue.issue(notice, by=signer, due=issue.proposed_due(notice)) == 136
        with pytest.raises(MoveRefused):
            issue.issue(Notice.objects.get(), by=signer, due=issue.proposed_due(notice))
    assert Assignment.objects.count() == 136


def every_unit_owes_what_the_notice_asks(demonstration: Demonstration) -> None:
    """Receipt, liaison officers, summary by 15 October 24:00 at Beijing time, a plan for each activity it leads."""
    midnight = datetime(2015, 10, 16, tzinfo=ZoneInfo("Asia/Shanghai"))
    members = list(demonstration.notice.addressees.all())
    assert len(members) == 26
    for unit in members:
        rows = list(unit.assignments.all())
        assert sorted(row.kind for row in rows if row.kind != Kind.PLAN) == ["liaison", "receipt", "summary"]
        assert {row.activity_id for row in rows if row.kind == Kind.PLAN} == {
            each.pk for each in Activity.objects.led_by(unit)
        }
        assert [row.due_at for row in rows if row.kind == Kind.SUMMARY] == [midnight]
    assert deadline(midnight) in ("10月15日 24:00", "15 October 24:00")
    about = Notification.objects.filter(key=f"issued-{demonstration.notice.pk}")
    told = about.values_list("person__username", flat=True)
    people = {each.user.username for unit in members for each in unit.memberships.filter(role__in=UNIT_ROLES)}
    assert sorted(told) == sorted(people)


def the_worker_sets_the_paper(worker: Worker, notice: Notice) -> None:
    """The paper is a row that the worker turns into a PDF with number and date of issue."""
    assert worker.wait(lambda: not Notice.objects.get().paper.at_work)
    paper = Notice.objects.get().paper
    assert (paper.state, paper.reason) == (JobState.READY, "")
    pages = september.text_of(paper.file.read())
    assert notice.number == "深质强办〔2015〕17号"
    assert notice.number in pages[0]
    assert "2015年8月20日" in "".join(pages)
    assert sum(len(page) for page in pages) > len(notice.body)


def the_unit_signs_and_registers() -> None:
    """The liaison officer signs for receipt and registers whom the office can reach."""
    officer = person("liaison-futian")
    [receipt], [registration] = september.owed(Kind.RECEIPT), september.owed(Kind.LIAISON)
    with clock.as_of(september.SIGNED):
        receipt.submit(by=officer)
        draft = LiaisonRegistration.draft(registration)
        draft.save_draft(by=officer, seen=0)
        LiaisonOfficer.objects.create(registration=draft, **september.OFFICER)
        draft.submit(by=officer)
    assert [row.standing for row in (receipt, registration)] == [Standing.ON_TIME, Standing.ON_TIME]
    latest = LiaisonRegistration.latest(registration)
    assert latest and [each.mobile for each in latest.officers.all()] == [september.OFFICER["mobile"]]


def the_unit_writes_withdraws_and_submits_a_plan() -> Assignment:
    """Half-done is enough to save; submitted can be taken back; what was submitted stays as a version."""
    officer, first = person("liaison-futian"), september.owed(Kind.PLAN)[0]
    with clock.as_of(september.PLANNED):
        Plan(assignment=first, **september.HALF).save_draft(by=officer, seen=0)
        assert first.state == AssignmentState.OPEN
        submitted(first)
        first.withdraw(by=officer)
        assert (first.state, first.submitted_at) == (AssignmentState.OPEN, None)
        submitted(first)
    assert first.state == AssignmentState.SUBMITTED
    assert [version.submitted_at is not None for version in Plan.objects.filter(assignment=first)] == [True, True]
    return first


def submitted(assignment: Assignment, **changes: str) -> None:
    """The liaison officer completes the next version of the plan, saves and submits it."""
    plan, officer = Plan.draft(assignment), person("liaison-futian")
    for name, value in {**september.PLAN, **changes}.items():
        setattr(plan, name, value)
    plan.save_draft(by=officer, seen=plan.revision)
    plan.submit(by=officer)
    assignment.refresh_from_db()


def the_office_returns_it_and_accepts_the_correction(assignment: Assignment) -> None:
    """The unit reads reason and history, corrects and submits again; on time stays on time."""
    staff, officer = person("staff"), person("liaison-futian")
    assert (may(staff, "review", assignment), may(officer, "review", assignment)) == (True, False)
    filed = assignment.submitted_at
    with clock.as_of(september.RETURNED):
        assignment.send_back(by=staff, reason=september.REASON)
    assert (assignment.return_reason, assignment.standing) == (september.REASON, Standing.RETURNED)
    with clock.as_of(september.CORRECTED):
        submitted(assignment, **september.CORRECTION)
        assignment.accept(by=staff)
    with pytest.raises(MoveRefused):
        assignment.withdraw(by=officer)
    moves = [(line.to_state, str(line.by), line.note) for line in assignment.history()]
    filing, judging = str(officer), str(staff)
    assert moves == [
        ("submitted", filing, ""),
        ("open", filing, ""),
        ("submitted", filing, ""),
        ("returned", judging, september.REASON),
        ("submitted", filing, ""),
        ("accepted", judging, ""),
    ]
    assert assignment.submitted_at == filed
    latest = Plan.latest(assignment)
    assert latest and (latest.version, latest.expected_participants) == (3, 260)


def the_unit_reports_late() -> None:
    """Two days after the deadline the summary is taken in, and shown as late."""
    officer, [assignment] = person("liaison-futian"), september.owed(Kind.SUMMARY)
    text = september.summary_text()
    with clock.as_of(september.LATE):
        assert (assignment.standing, assignment.is_locked) == (Standing.OVERDUE, False)
        draft = Summary.draft(assignment)
        for name in Summary.SECTIONS:
            setattr(draft, name, text[name])
        draft.save_draft(by=officer, seen=0)
        for indicator in assignment.campaign.indicators.all():
            Figure.objects.create(summary=draft, indicator=indicator, value=text["figures"][indicator.name])
        for data, caption in september.photos():
            add_photo(assignment, picture_from(data), officer, caption)
        draft.submit(by=officer)
    assert assignment.submitted_at and assignment.submitted_at - assignment.due_at > timedelta(days=1)
    assert (assignment.state, assignment.standing) == (AssignmentState.SUBMITTED, Standing.LATE)
    assert Assignment.objects.with_standing().get(pk=assignment.pk).stands == Standing.LATE
    assert (draft.figures.count(), assignment.photos.count()) == (8, 2)


def the_worker_binds_the_briefing(worker: Worker, campaign: Campaign) -> Briefing:
    """A second press finds the edition at work; its row counts the chapters; the book holds who reported."""
    staff, steps = person("staff"), []
    with clock.as_of(september.BOUND):
        for owed in campaign.assignments.filter(kind=Kind.SUMMARY, state=AssignmentState.SUBMITTED):
            owed.accept(by=staff)  # only what the office has read is content
        edition = editions.build(campaign, by=staff)
        assert editions.build(campaign, by=staff) == edition

    def over() -> bool:
        edition.refresh_from_db()
        steps.append((edition.done, edition.total))
        return not edition.at_work

    assert worker.wait(over)
    assert (edition.state, edition.reason) == (BriefingState.READY, "")
    # 22 units reported, statistics before them; then who is to correct (1), who never reported (3), and the sources
    assert steps[-1] == (26, 26)
    assert steps == sorted(steps)
    assert [total for done, total in steps if 0 < done < total] != []
    with clock.as_of(september.BOUND):
        assert_book_holds(edition, campaign)
    return edition


def assert_book_holds(edition: Briefing, campaign: Campaign) -> None:
    """What the worker printed on that day is what this campaign reported."""
    pages = september.text_of(edition.file.read())
    book, text = book_of(campaign, edition.content), "".join(pages)
    assert "2015年10月22日" in pages[0]
    photos = [
        figure
        for chapter in book.chapters
        if chapter.title == Unit.objects.get(name=UNIT).official_name
        for block in chapter.whole().blocks
        if isinstance(block, outline.Gallery)
        for figure in block.figures
    ]
    assert len(photos) == 2
    for sentence in (*(chapter.title for chapter in book.chapters), september.summary_text()["overview"]):
        assert "".join(sentence.split()) in text
    end = len(pages) - sum("序号来源" in page for page in pages)  # the list of sources closes the book
    assert end < len(pages)
    # who filed and is to correct is not among those who never did
    ends = {"never": pages[end - 1], "returned": pages[end - 2]}
    rows = [(row["unit"], row["filed"]) for row in fixture("summaries") if row["filed"] in ends]
    for name, filed in rows:
        unit = Unit.objects.get(name=name).official_name
        assert [unit in page for page in ends.values()] == [filed == which for which in ends]
    assert len(rows) == 4


def every_unit_opens_it_and_no_other(edition: Briefing) -> None:
    """Not before it is circulated; then every unit of the campaign and the leaders are told, each once."""
    officers = [unit.memberships.filter(role="liaison")[0].user for unit in addressees(edition)]
    outsider = person("liaison-dafu")
    assert [who for who in officers if Briefing.objects.visible_to(who).exists()] == []
    with clock.as_of(september.BOUND):
        number = editions.circulate(edition, by=person("staff"))
        with pytest.raises(MoveRefused):
            editions.circulate(Briefing.objects.get(), by=person("signer"))
    assert [list(Briefing.objects.visible_to(who)) for who in officers] == [[edition]] * 26
    assert [may(who, "view", edition) for who in officers] == [True] * 26
    assert (Briefing.objects.visible_to(outsider).exists(), may(outsider, "view", edition)) == (False, False)
    told = Counter(Notification.objects.filter(key=f"briefing-{edition.pk}").values_list("person__username", flat=True))
    assert set(told.values()) == {1}
    assert number == len(told) == 26 * 2 + 1
    assert "leader" in told


def addressees(edition: Briefing) -> list[Unit]:
    """The units of the campaign, in their order."""
    return list(Unit.objects.filter(notices__campaign=edition.campaign))


def the_leader_sees_done_late_and_missing(campaign: Campaign) -> None:
    """The one page counts what the dates say, by kind and by unit; a leader reads and never writes."""
    leader = person("leader")
    deeds = [may(leader, "oversee", campaign), may(leader, "change", campaign)]
    assert deeds == [True, False]
    assert [row for row in Assignment.objects.all() if may(leader, "review", row) or may(leader, "file", row)] == []
    with clock.as_of(september.BOUND):
        seen, units = figures.campaign_figures(campaign), figures.unit_figures(campaign)
        assert {row.kind: row.tally for row in seen.kinds} == {kind: counted(kind=kind) for kind in ASKED}
        assert {row.name: row.tally for row in units} == {
            unit.name: counted(unit=unit) for unit in Unit.objects.filter(notices__campaign=campaign)
        }
    summaries = next(row.tally for row in seen.kinds if row.kind == Kind.SUMMARY)
    # four others were late as well; three never reported, one is to correct its summary
    assert (summaries.on_time, summaries.late, summaries.overdue, summaries.to_correct) == (17, 5, 3, 1)
    assert next(row.tally.late for row in units if row.name == UNIT) == 1


def counted(**which: object) -> figures.Tally:
    """A tally counted row by row from states and dates, without the code under test."""
    now, counts = clock.now(), Counter()
    for row in Assignment.objects.filter(**which):
        if row.state in ("submitted", "accepted"):
            counts["late" if row.submitted_at > row.due_at else "on_time"] += 1
        elif row.state == "returned":
            counts["to_correct"] += 1
        else:
            counts["overdue" if row.due_at < now else "due"] += 1
    return figures.Tally(**counts)
