"""One task handed out to 5,000 units: one pass, bounded memory; killed half-way it ends complete, nobody told twice."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from activities.asking import handing_out, issue
from activities.asking.handing_out import BATCH
from activities.models import Activity, Assignment, GroupParticipation, HandOut, Part
from activities.models.activity import Scope
from activities.tasks import rescue
from campaigns import way
from campaigns.models import Notice
from reports.demonstration import province
from tests.worker import Worker
from workflow import jobs
from workflow.models import Notification
from workflow.tasks import deliver

UNITS = 5000
MEGABYTES = 20
"""What handing out may take at its peak, whatever the number of units: a batch and the ids of all of them."""


def task(units: int) -> tuple[Notice, Activity]:
    """A province of so many units with a notice in force, and a task for all of them that was added later."""
    with transaction.atomic():
        campaign = province.make_campaign(province.make_units(units))
        notice = province.make_notice(campaign)
        staff, signer = (User.objects.get(username=name) for name in ("staff", "signer"))
        way.approve(notice, author=staff, reviewer=signer)
        way.sign(notice, by=signer)
        way.issue(notice, by=signer)  # in force; what it asked for itself is not the question here
        row = Activity.objects.create(
            campaign=campaign, order=9999, scope=Scope.COMMON, title="Posters", due_on=date(2015, 11, 20)
        )
        row.deliverables.create(order=1, title="Posters", target=100)
        row.deliverables.create(order=2, title="Banners", target=10)
        GroupParticipation.objects.create(activity=row, group=campaign.host.groups.get(), part=Part.LEAD)
    return Notice.objects.get(pk=notice.pk), row


def handed_out(notice: Notice, row: Activity) -> HandOut:
    """The deed of the page."""
    staff = User.objects.speaking_for([notice.campaign.host_id], Role.STAFF)[0]
    return issue.fan_out(notice, row, by=staff, due=issue.proposed_due(notice))


def complete(row: Activity, units: int) -> None:
    """Every unit owes both deliverables once, and its liaison officer was told once."""
    owed = Assignment.objects.filter(activity=row).values_list("unit", "deliverable")
    assert (owed.count(), len(set(owed))) == (2 * units, 2 * units)
    told = Notification.objects.filter(key=f"task-{row.pk}").values_list("person", flat=True)
    assert (len(told), set(Counter(told).values())) == (units, {1})


@pytest.mark.slow
@pytest.mark.django_db
def test_one_pass_with_as_many_queries_for_each_batch_and_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflow.queue.ask", lambda *asked: None)
    notice, row = task(UNITS)
    job = handed_out(notice, row)
    job.move("running", by=None)
    tracemalloc.start()
    with CaptureQueriesContext(connection) as queries:
        handing_out.hand_out(job)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    complete(row, UNITS)
    assert len(queries) <= 40 * UNITS // BATCH, f"{len(queries)} queries"  # SQLite splits long inserts
    assert peak < MEGABYTES, f"{peak:.0f} MB"


@pytest.mark.slow
@pytest.mark.worker
def test_a_fan_out_whose_worker_was_killed_half_way_ends_complete(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice, row = task(UNITS)
    job = handed_out(notice, row)

    def half_way() -> bool:
        job.refresh_from_db()
        return job.done >= 2 * BATCH or not job.at_work

    assert worker.wait(half_way)
    worker.kill()
    there = Assignment.objects.filter(activity=row).count()
    assert 2 * 2 * BATCH <= there < 2 * UNITS, "it was over before it could be killed"

    worker.start()
    monkeypatch.setattr(jobs, "SILENT", timedelta(0))
    rescue()
    assert worker.wait(lambda: not HandOut.objects.get(pk=job.pk).at_work)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.reason) == ("ready", UNITS, UNITS, "")
    complete(row, UNITS)
    rescue()
    deliver()
    complete(row, UNITS)
