"""Counts on pages: thousands parted one way everywhere, and still one thing or several."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

COUNTED = (
    "{% load i18n counts %}"
    "{% blocktranslate count n=n|thousands %}{{ n }} unit{% plural %}{{ n }} units{% endblocktranslate %}"
)


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [("en", 1, "1 unit"), ("en", 0, "0 units"), ("en", 4999, "4,999 units"), ("zh-hans", 1234567, "1,234,567个单位")],
)
def test_a_counted_thing_is_written_with_its_thousands_parted(language: str, number: int, words: str) -> None:
    with translation.override(language):
        assert Template(COUNTED).render(Context({"n": number})) == words


@pytest.mark.parametrize(
    ("number", "words"), [(999, "999"), (1000, "1,000"), (Decimal("12000.50"), "12,000.50"), (None, "")]
)
def test_a_number_by_itself_too(number: object, words: str) -> None:
    assert Template("{% load counts %}{{ n|thousands }}").render(Context({"n": number})) == words
