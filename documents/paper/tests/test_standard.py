"""A document looks as the standard says: every number of GB/T 9704-2012 measured on paper."""

import pytest

from documents.paper.tests.measure import FORMS, Measure, form
from documents.tests import samples


@pytest.mark.parametrize("name", FORMS)
def test_a_form_keeps_every_number_of_the_standard(name):
    measures = tuple(form(name))
    assert [one for one in measures if not one.holds] == []
    assert len(measures) >= 5


def test_every_form_is_measured():
    assert set(FORMS) == set(samples.ALL)


def test_a_number_that_is_missed_is_noticed():
    assert not Measure("document", "top", 37, 37.6).holds
    assert Measure("document", "top", 37, 37.4).holds
    assert not Measure("document", "size", 16, 15.7, "pt").holds
    assert not Measure("document", "lines on a page", 22, 21, "lines").holds
