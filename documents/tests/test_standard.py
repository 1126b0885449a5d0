"""A document looks as the standard says: every number of GB/T 9704-2012 measured on paper."""

import pytest

from documents.tests.measure import everything

MEASURES = tuple(dict.fromkeys(everything()))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: f"{one.form}: {one.what}")
def test_the_page_keeps_the_number(measure):
    assert measure.holds, f"{measure.expected} expected, {measure.found} {measure.unit} found"


def test_all_forms_are_measured():
    assert {one.form for one in MEASURES} == {
        "document", "unsealed", "joint", "upward", "letter", "minutes", "bulletin", "order",
    }  # fmt: skip
    assert len(MEASURES) > 120
