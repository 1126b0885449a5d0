"""The cast of characters for the tests of this room."""

import pytest

from tests.cast import Cast, issued, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, before the notice is issued."""
    return make_cast()


@pytest.fixture
def autumn(db: None) -> Cast:
    """Everybody, on 1 September: the notice was issued on 20 August."""
    return issued()
