"""The cast of characters for the tests of this room."""

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, before the notice is issued."""
    return make_cast()
