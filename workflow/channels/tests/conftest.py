from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import Cast, make_cast
from tests.post_office import PostOffice


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, before the notice is issued."""
    return make_cast()


@pytest.fixture
def post_office(settings: Any) -> Iterator[PostOffice]:
    """A mail server that the site sends through."""
    with PostOffice() as office:
        settings.EMAIL_BACKEND = "workflow.channels.post.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_TIMEOUT = 2
        yield office
