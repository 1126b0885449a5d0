"""What a killed, a missing and a failing worker mean for the people who wait for the briefing."""

from __future__ import annotations

import shutil
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.evidence.forms.photos import add_photo
from activities.evidence.made_anew import picture_of
from activities.evidence.pictures import picture_from
from activities.models import Assignment
from activities.states import Kind
from campaigns.models import Campaign
from reports.models import Briefing, BriefingState
from reports.tasks import rescue
from tests import september
from tests.pages import press
from tests.september import person
from tests.worker import Worker
from workflow import jobs

pytestmark = pytest.mark.worker


def reported(units: int) -> Campaign:
    """A campaign of which so many units reported, in words that no other test has set before."""
    demonstration = september.issued()
    september.short_summaries(demonstration, units, f"第{uuid4().hex[:8]}号总结")
    return demonstration.campaign


@pytest.fixture
def campaign() -> Campaign:
    """A campaign of which two units reported."""
    return reported(2)


def finished(edition: Briefing, worker: Worker) -> bool:
    """Wait for the worker to be done with an edition, in whichever way."""
    done = worker.wait(lambda: not Briefing.objects.get(pk=edition.pk).at_work)
    edition.refresh_from_db()
    return done


def test_without_a_worker_the_page_says_that_the_job_waits_and_why(
    campaign: Campaign, worker: Worker, client: Client
) -> None:
    worker.kill()
    client.force_login(person("staff"))
    page = press(client, f"/campaigns/{campaign.pk}/briefings/").content.decode()
    waits = _(
        "It waits: no background worker has been heard of for a minute. It begins by itself as soon as the "
        "administrator has started the worker."
    )
    edition = Briefing.objects.get()
    assert _("The work is in the queue and begins in a moment.") in page
    assert waits not in page, "it has only just been asked for"

    Briefing.objects.update(beat_at=timezone.now() - timedelta(seconds=6))
    assert waits in client.get(edition.get_absolute_url()).content.decode()
    assert waits in client.get(f"/briefings/{edition.pk}/progress/").content.decode()
    assert client.get(f"/briefings/{edition.pk}/briefing.pdf").status_code == 404

    worker.start()
    assert finished(edition, worker)
    assert edition.state == BriefingState.READY
    assert waits not in client.get(edition.get_absolute_url()).content.decode()


def test_a_lost_hint_is_given_again(campaign: Campaign, worker: Worker) -> None:
    """The row is the truth: an edition nobody was told of is found and built."""
    edition = Briefing.objects.create(campaign=campaign, edition=1, made_by=person("staff"))
    rescue()
    assert not edition.history().exists(), "the queue has half a minute before anybody doubts it"
    Briefing.objects.update(beat_at=timezone.now() - jobs.UNHEARD - timedelta(seconds=1))
    rescue()
    assert finished(edition, worker)
    assert edition.state == BriefingState.READY


def test_a_failing_job_says_why_and_can_be_tried_again(campaign: Campaign, worker: Worker, client: Client) -> None:
    summary = Assignment.objects.filter(kind=Kind.SUMMARY, state="accepted").select_related("unit")[0]
    data, caption = september.photos()[0]
    add_photo(summary, picture_from(data), person("staff"), caption)
    photo = Path(picture_of(summary.photos.get()).path)
    away = shutil.move(photo, photo.with_suffix(".away"))
    client.force_login(person("staff"))
    press(client, f"/campaigns/{campaign.pk}/briefings/")
    edition = Briefing.objects.get()
    assert finished(edition, worker)
    assert edition.state == BriefingState.FAILED
    page = client.get(edition.get_absolute_url()).content.decode()
    assert summary.unit.official_name in edition.reason, "the chapter that could not be set is named"
    assert settings.MEDIA_ROOT not in edition.reason, "a reader has no use for a folder of the server"
    assert _("It could not be built:") in page
    assert _("Try again") in page

    shutil.move(away, photo)
    press(client, edition.get_absolute_url(), form=f"/briefings/{edition.pk}/retry/")
    assert finished(edition, worker)
    assert (edition.state, edition.reason) == (BriefingState.READY, "")
    assert Briefing.objects.count() == 1
    pages = len(pypdfium2.PdfDocument(BytesIO(edition.file.read())))
    assert pages >= 3 + 4, "cover, foreword and contents, then at least a page for each of four chapters"
