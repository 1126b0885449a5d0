"""Numbers in words, as headings and lists are counted."""

import pytest

from documents.numerals import in_chinese


@pytest.mark.parametrize(
    ("value", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (101, "一百零一")]
)
def test_headings_are_counted_as_officials_count(value, words):
    assert in_chinese(value) == words
