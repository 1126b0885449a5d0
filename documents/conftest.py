"""Messages are read in English, whatever the office speaks."""

import logging
from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def no_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that is set may make WeasyPrint warn."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []
