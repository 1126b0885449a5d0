"""The briefing: one edition at work, its progress and failure on the page, circulated to the campaign's units only."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone, translation

from campaigns.models import NoticePaper
from reports.briefings import editions as deed
from reports.models import Briefing, BriefingState
from tests.cast import at_once, issued, log, postgresql, said, signed_in, text
from tests.pages import forge, opened, press
from workflow import pulse
from workflow.models import MoveRefused, Notification
from workflow.pages import may

QUEUED, RUNNING, READY, FAILED, CIRCULATED = BriefingState
PDF = b"%PDF-1.7 a briefing"
RUNS = {"staff", "signer"}
SEES = RUNS | {"leader"}


@pytest.fixture(autouse=True)
def hinted():
    """What the queue was told; nothing is set here."""
    with mock.patch("workflow.queue.ask") as ask:
        yield ask


def edition(cast, state=READY, **more):
    """An edition in a state, with its file where it has one."""
    row = Briefing.objects.create(
        campaign=cast.campaign, edition=Briefing.objects.count() + 1, made_by=cast.staff, state=state, **more
    )
    if state in (READY, CIRCULATED):
        row.file.save("briefing.pdf", ContentFile(PDF))
    if state == CIRCULATED:
        Briefing.objects.filter(pk=row.pk).update(circulated_at=timezone.now())
    return Briefing.objects.get(pk=row.pk)


def editions():
    return list(Briefing.objects.order_by("pk").values_list("edition", "state", "made_by__username"))


# --- building ----------------------------------------------------------------------------------------------


def list_of(cast):
    return reverse("reports:briefings", args=[cast.campaign.pk])


def build(cast, user, page=None):
    """Press the button on the page of the briefings, or on one somebody else has open."""
    return press(signed_in(user), page or list_of(cast), "Build the briefing")


def retry(client, row, page=None):
    """Press Try again on the page of an edition, or on one opened before."""
    return press(client, page or row.get_absolute_url(), "Try again", form=reverse("reports:retry", args=[row.pk]))


def test_a_press_begins_an_edition_and_a_second_press_finds_it(autumn, hinted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = build(autumn, autumn.staff), build(autumn, autumn.signer)
    row = Briefing.objects.get()
    assert editions() == [(1, "queued", "staff")]
    assert first.redirect_chain == second.redirect_chain == [(row.get_absolute_url(), 302)]
    assert hinted.mock_calls == [mock.call("reports.build_briefing", row.pk)]


def test_when_one_is_done_the_next_press_begins_the_next_edition(autumn, media):
    edition(autumn)
    build(autumn, autumn.staff)
    assert editions() == [(1, "ready", "staff"), (2, "queued", "staff")]


def test_before_the_notice_is_issued_it_is_refused_and_the_button_says_why(cast):
    why = "Nothing is owed yet: the notice has not been issued."
    assert said(forge(signed_in(cast.staff), list_of(cast), follow=True)) == [why]
    shown = text(signed_in(cast.staff).get(reverse("reports:briefings", args=[cast.campaign.pk])))
    assert (editions(), why in shown, "disabled>Build the briefing" in shown) == ([], True, True)


@pytest.mark.parametrize(
    ("name", "status"), [("leader", 403), ("liaison", 403), ("district_staff", 404), ("admin", 404)]
)
def test_nobody_else_builds_it(autumn, name, status):
    page = opened(signed_in(autumn.staff), list_of(autumn))
    assert (build(autumn, autumn.people()[name], page).status_code, editions()) == (status, [])


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_give_one_edition():
    cast = issued()

    def press_button(together):
        together()
        return deed.build(cast.campaign, by=cast.staff).pk

    assert len(set(at_once(press_button))) == 1
    assert editions() == [(1, "queued", "staff")]


# --- progress, failure -------------------------------------------------------------------------------------


def progress(cast, row, user=None):
    return signed_in(user or cast.staff).get(reverse("reports:progress", args=[row.pk]))


def test_progress_is_shown_while_it_runs_and_polling_ends_with_it(autumn, media):
    running = progress(autumn, edition(autumn, RUNNING, done=37, total=212))
    assert (running.status_code, "37 of 212 chapters are set." in text(running)) == (200, True)
    assert 'hx-trigger="every 1s"' in text(running)
    done = progress(autumn, edition(autumn))
    assert (done.status_code, "Open the PDF" in text(done), "hx-trigger" in text(done)) == (286, True, False)


def test_a_failed_edition_shows_its_reason_and_can_be_tried_again(autumn):
    row = edition(autumn, FAILED, reason="the photo of the water bureau is damaged")
    shown = text(progress(autumn, row))
    assert ("the photo of the water bureau is damaged" in shown, "Try again</button>" in shown) == (True, True)
    client = signed_in(autumn.staff)
    page = opened(client, row.get_absolute_url())
    twice = [retry(client, row, page) for _ in range(2)]
    assert [said(each)[0][:24] for each in twice] == ["It is being built again.", "Somebody was faster: it "]
    row.refresh_from_db()
    assert (row.state, row.reason, log(row)) == ("queued", "", [("failed", "queued", autumn.staff, "")])


def test_a_leader_sees_the_reason_and_no_button(autumn):
    row = edition(autumn, FAILED, reason="damaged")
    shown = text(progress(autumn, row, autumn.leader))
    assert ("damaged" in shown, "Try again" in shown) == (True, False)
    page = opened(signed_in(autumn.staff), row.get_absolute_url())
    assert retry(signed_in(autumn.leader), row, page).status_code == 403


def test_a_retry_while_another_edition_is_at_work_is_refused_in_words(autumn):
    failed, _other = edition(autumn, FAILED, reason="damaged"), edition(autumn, RUNNING)
    response = retry(signed_in(autumn.staff), failed)
    assert said(response) == ["Another edition is being built. Try again when it is done."]
    assert [state for _number, state, _who in editions()] == ["failed", "running"]


@pytest.mark.parametrize("state", [QUEUED, RUNNING, READY, CIRCULATED])
def test_what_has_not_failed_is_not_tried_again(autumn, state, media, hinted):
    row = edition(autumn, FAILED)
    client = signed_in(autumn.staff)
    page = opened(client, row.get_absolute_url())
    Briefing.objects.filter(pk=row.pk).delete()
    row = edition(autumn, state, pk=row.pk)  # as another tab left it meanwhile
    retry(client, row, page)
    row.refresh_from_db()
    assert (row.state, log(row), hinted.mock_calls) == (state, [], [])


def test_it_says_that_it_waits_for_a_worker_and_why(autumn):
    words = "no background worker has been heard of for a minute"
    row = edition(autumn, QUEUED, beat_at=timezone.now() - timedelta(seconds=20))
    assert words in text(progress(autumn, row))
    pulse.beat("books")
    assert words not in text(progress(autumn, row))


# --- circulating -------------------------------------------------------------------------------------------


def test_circulating_tells_the_campaign_s_units_and_leaders_once(autumn, media):
    row = edition(autumn)
    Notification.objects.all().delete()
    client = signed_in(autumn.staff)
    page = opened(client, row.get_absolute_url())
    twice = [press(client, page, form=reverse("reports:circulate", args=[row.pk])) for _ in range(2)]
    assert [said(each)[0][:28] for each in twice] == ["Circulated; 5 people were to", "Somebody was faster: it stan"]
    told = Notification.objects.order_by("person__username").values_list("person__username", "url")
    assert list(told) == [
        (name, row.get_absolute_url()) for name in ("district_liaison", "head", "leader", "liaison", "neighbour")
    ]
    assert log(row) == [("ready", "circulated", autumn.staff, "")]


@pytest.mark.parametrize("state", [QUEUED, RUNNING, FAILED, CIRCULATED])
def test_only_what_is_ready_is_circulated(autumn, state, media):
    row = edition(autumn, state)
    before = row.circulated_at
    with translation.override("en"), pytest.raises(MoveRefused):
        deed.circulate(row, by=autumn.staff)
    row.refresh_from_db()
    assert (row.state, row.circulated_at) == (state, before)


FILE = {READY: 200, CIRCULATED: 200, QUEUED: 404, RUNNING: 404, FAILED: 404}
READERS = SEES | {"liaison", "head", "neighbour", "district_liaison"}


@pytest.mark.parametrize("state", BriefingState)
def test_every_person_every_state(autumn, state, media):
    """Who sees the page, who gets the file, who may circulate: the host's people; its units once it is circulated."""
    row = edition(autumn, state)
    readers = READERS if state == CIRCULATED else SEES
    for name, user in autumn.people().items():
        client = signed_in(user)
        page, pdf = (client.get(reverse(f"reports:{each}", args=[row.pk])).status_code for each in ("briefing", "file"))
        assert (name, page) == (name, 200 if name in readers else 404)
        assert (name, pdf) == (name, FILE[state] if name in readers else 404)
        assert (name, may(user, "view", row), may(user, "change", row)) == (name, name in readers, name in RUNS)
    listed = {name for name, user in autumn.people().items() if Briefing.objects.visible_to(user).exists()}
    assert listed == readers


@pytest.mark.parametrize("deed_name", ["circulate", "retry"])
def test_deeds_are_the_office_s(autumn, deed_name, media):
    row = edition(autumn, CIRCULATED)
    statuses = {
        name: forge(signed_in(user), reverse(f"reports:{deed_name}", args=[row.pk])).status_code
        for name, user in autumn.people().items()
    }
    assert {name for name, status in statuses.items() if status == 302} == RUNS
    assert {name for name, status in statuses.items() if status == 403} == READERS - RUNS
    assert {name for name, status in statuses.items() if status == 404} == set(statuses) - READERS


def test_the_file_is_the_one_that_was_stored(autumn, media):
    response = signed_in(autumn.liaison).get(reverse("reports:file", args=[edition(autumn, CIRCULATED).pk]))
    assert (b"".join(response), response["Content-Type"]) == (PDF, "application/pdf")


@pytest.mark.parametrize(("name", "number"), [("staff", 6), ("liaison", 6)])
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_editions(autumn, media, name, number, rows, django_assert_num_queries):
    for _ in range(rows):
        edition(autumn, CIRCULATED)
    client, address = signed_in(autumn.people()[name]), reverse("reports:briefings", args=[autumn.campaign.pk])
    client.get(address)
    with django_assert_num_queries(number):
        response = client.get(address)
    assert len(response.context["briefings"]) == rows


# --- the notice on paper follows the same rules ------------------------------------------------------------


@pytest.mark.parametrize(("state", "status"), [("queued", 404), ("running", 404), ("failed", 404), ("ready", 200)])
def test_the_notice_s_files_are_there_when_it_is_ready(autumn, media, state, status):
    paper = NoticePaper.objects.get()
    NoticePaper.objects.update(state=state, reason="a table is too wide", **paper.store(PDF, b"PK", b"PK OFD"))
    client = signed_in(autumn.liaison)
    files = [client.get(reverse(f"campaigns:{name}", args=[autumn.notice.pk])) for name in ("paper-file", "word-file")]
    assert [response.status_code for response in files] == [status] * 2
    assert status == 404 or [b"".join(response) for response in files] == [PDF, b"PK"]
    part = client.get(reverse("campaigns:paper", args=[autumn.notice.pk]))
    assert part.status_code == (200 if state in ("queued", "running") else 286)
    assert ("a table is too wide" in text(part)) is (state == "failed")


def test_a_draft_notice_has_no_paper(cast):
    client = signed_in(cast.staff)
    statuses = [
        client.get(reverse(f"campaigns:{name}", args=[cast.notice.pk])).status_code for name in ("paper-file", "paper")
    ]
    assert statuses == [404, 286]


def test_a_paper_that_could_not_be_set_is_tried_again_by_the_office(autumn):
    NoticePaper.objects.update(state="failed", reason="a table is too wide")
    address = reverse("activities:set-again", args=[autumn.notice.pk])
    client = signed_in(autumn.staff)
    page = opened(client, autumn.notice.get_absolute_url())
    assert said(press(client, page, form=address)) == ["It is being set again."]
    paper = NoticePaper.objects.get()
    assert (paper.state, paper.reason) == ("queued", "")
    assert "stands at" in said(press(client, page, form=address))[0]
