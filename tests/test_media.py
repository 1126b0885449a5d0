"""Files in an S3-compatible store (MEDIA=s3://bucket), as a province keeps them: written, served, printed."""

import io
from collections.abc import Iterator

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from moto import mock_aws
from PIL import Image

from activities.evidence.forms.photos import add_photo
from activities.evidence.made_anew import picture_of
from activities.evidence.pictures import picture_from
from qualitymonth.environment import media_storage
from reports.briefings.chapters import kept
from reports.demonstration.pictures import picture
from tests.cast import issued, signed_in


@pytest.fixture
def bucket(settings, monkeypatch) -> Iterator[str]:
    """A bucket of an S3 in this process, and the settings MEDIA=s3://quality gives."""
    for name, value in (("ACCESS_KEY_ID", "key"), ("SECRET_ACCESS_KEY", "secret"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="quality")
        settings.STORAGES = {**settings.STORAGES, "default": media_storage("s3://quality", "")}
        yield "quality"


def test_a_photo_is_kept_in_the_bucket_served_by_us_and_printed(db, bucket):
    autumn = issued()
    owed, drawn = autumn.owed(autumn.water, "summary"), picture("stage", "质量月", 1)
    add_photo(owed, picture_from(drawn), autumn.liaison, "现场")
    photo = owed.photos.get()
    assert boto3.client("s3").get_object(Bucket=bucket, Key=photo.sent.name)["Body"].read() == drawn
    picture_of(photo)
    stored = boto3.client("s3").get_object(Bucket=bucket, Key=photo.file.name)["Body"].read()
    assert Image.open(io.BytesIO(stored)).format == "JPEG"
    served = signed_in(autumn.liaison).get(photo.get_absolute_url())
    assert b"".join(served.streaming_content) == stored
    assert kept(photo) == stored


@pytest.mark.parametrize("media", ["", "var/media", "ftp://somewhere", "s3://"])
def test_any_other_place_is_refused_at_the_start(media):
    with pytest.raises(ImproperlyConfigured, match="neither file:///folder nor s3://bucket"):
        media_storage(media, "")
