"""Long work as a row: claimed once, its failure with the reason, a killed worker's row queued again."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from campaigns.models import NoticePaper
from documents.errors import DocumentError
from tests.cast import at_once, log, make_cast, postgresql
from workflow import pulse
from workflow.models import JobState, MoveRefused, Pulse


@pytest.fixture
def job(cast):
    return NoticePaper.objects.create(notice=cast.notice)


def fresh(job):
    return NoticePaper.objects.get(pk=job.pk)


def silent_since(job, minutes, state=JobState.RUNNING):
    NoticePaper.objects.filter(pk=job.pk).update(state=state, beat_at=timezone.now() - timedelta(minutes=minutes))
    return fresh(job)


def test_work_writes_its_result(job):
    assert job.work(lambda: {"sha256": "abc"}) is True
    done = fresh(job)
    assert (done.state, done.sha256, done.reason, done.at_work) == ("ready", "abc", "", False)
    assert [line[:3] for line in log(done)] == [("queued", "running", None), ("running", "ready", None)]


def test_work_is_claimed_once(job):
    other, ran = fresh(job), []
    assert job.work(lambda: {"sha256": str(other.work(lambda: ran.append("twice") or {}))}) is True
    assert (ran, fresh(job).sha256, fresh(job).state) == ([], "False", "ready")


def test_finished_work_is_not_done_again(job):
    job.work(lambda: {"sha256": "first"})
    assert fresh(job).work(lambda: {"sha256": "second"}) is False
    assert fresh(job).sha256 == "first"


def test_failed_work_keeps_its_reason_and_can_be_tried_again(job, cast):
    def fail():
        raise DocumentError("the photo of the water bureau is damaged" + "!" * 600)

    with pytest.raises(DocumentError):
        job.work(fail)
    failed = fresh(job)
    assert (failed.state, len(failed.reason)) == ("failed", 500)
    assert failed.reason.startswith("the photo of the water bureau is damaged")
    assert log(failed)[-1][3] == failed.reason
    failed.retry(by=cast.staff)
    queued = fresh(job)
    assert (queued.state, queued.reason, queued.done) == ("queued", "", 0)
    assert queued.work(lambda: {"sha256": "second"}) is True
    assert fresh(job).state == "ready"


def test_a_failure_nobody_foresaw_is_named_by_its_kind_without_folders_of_the_server(job):
    def fail():
        raise FileNotFoundError("/srv/quality/media/photo.jpg")

    with translation.override("en"), pytest.raises(FileNotFoundError):
        job.work(fail)
    assert fresh(job).reason == (
        "Something unexpected happened (FileNotFoundError). The administrator finds it in the log."
    )


def test_steps_are_counted_and_are_the_heartbeat(job):
    seen = []

    def deed():
        before = silent_since(job, 2).beat_at
        job.step(37, 212)
        now = fresh(job)
        seen.append((now.done, now.total, now.beat_at > before, now.state))
        return {}

    job.work(deed)
    assert seen == [(37, 212, True, "running")]


def test_a_step_after_rescue_is_refused_and_the_work_given_up(job):
    after = []

    def deed():
        fresh(job).rescue()
        job.step(1, 2)
        after.append("went on")
        return {"sha256": "from the lost worker"}

    assert job.work(deed) is False
    assert (after, fresh(job).state, fresh(job).sha256) == ([], "queued", "")


def test_a_result_after_rescue_is_given_up_quietly(job):
    assert job.work(lambda: fresh(job).rescue() or {"sha256": "from the lost worker"}) is False
    assert (fresh(job).state, fresh(job).sha256) == ("queued", "")


def test_rows_of_silent_workers_are_found_and_queued_again(job):
    assert list(NoticePaper.objects.silent()) == []
    job = silent_since(job, 4)
    assert list(NoticePaper.objects.silent()) == [job]
    job.rescue()
    assert (fresh(job).state, log(job)[-1][3]) == ("queued", "rescued")
    assert list(NoticePaper.objects.silent()) == []


@pytest.mark.parametrize(("minutes", "state"), [(2, "running"), (4, "queued"), (4, "ready"), (4, "failed")])
def test_only_rows_running_without_a_beat_for_three_minutes_are_silent(job, minutes, state):
    silent_since(job, minutes, state)
    assert list(NoticePaper.objects.silent()) == []


def test_queued_rows_nobody_began_are_found(job):
    assert list(NoticePaper.objects.unheard()) == []
    job = silent_since(job, 1, "queued")
    assert list(NoticePaper.objects.unheard()) == [job]


@pytest.mark.parametrize("state", ["queued", "ready", "failed"])
def test_rescue_leaves_what_is_not_running(job, state):
    silent_since(job, 4, state).rescue()
    assert (fresh(job).state, log(job)) == (state, [])


@pytest.mark.parametrize("state", ["queued", "running", "ready"])
def test_only_failed_work_can_be_tried_again(job, cast, state):
    with translation.override("en"), pytest.raises(MoveRefused):
        silent_since(job, 0, state).retry(by=cast.staff)
    assert fresh(job).state == state


def test_a_queued_job_waits_for_a_worker_only_when_none_was_heard_of(job):
    assert job.waits_for_worker is False
    job = silent_since(job, 1, "queued")
    assert job.waits_for_worker is True
    pulse.beat("photos", "books")
    assert job.waits_for_worker is True, "those who are there do other work"
    pulse.beat("handouts")
    assert job.waits_for_worker is False
    Pulse.objects.update(at=timezone.now() - timedelta(seconds=61))
    assert job.waits_for_worker is True
    assert silent_since(job, 1, "running").waits_for_worker is False


def test_the_pulse_is_one_row_for_each_lane(db):
    assert (pulse.heard("photos"), pulse.silent(["photos", "books"])) == (None, ["photos", "books"])
    pulse.beat("photos")
    first = pulse.heard("photos")
    pulse.beat("photos", "books")
    assert pulse.heard("photos") > first
    assert (pulse.silent(["photos", "books"]), Pulse.objects.count()) == ([], 2)


@postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_the_same_moment_one_does_the_work():
    pk = NoticePaper.objects.create(notice=make_cast().notice).pk

    def worker(together):
        row = NoticePaper.objects.get(pk=pk)
        together()
        return row.work(lambda: {"sha256": "once"})

    assert sorted(at_once(worker)) == [False, False, False, True]
