"""An evaluation in the cast's campaign: four criteria, two assessors, rules published in time."""

from datetime import date
from decimal import Decimal

import pytest

from reports.evaluation import deeds
from reports.models import Criterion, Measure, Scheme
from tests.cast import Cast

CRITERIA = (
    ("filed in time", Measure.IN_TIME, 40),
    ("summary", Measure.SUMMARY, 10),
    ("accepted at once", Measure.RIGHT_AT_ONCE, 20),
    ("what came of it", Measure.BY_HAND, 30),
)


@pytest.fixture
def scheme(autumn: Cast) -> Scheme:
    """A draft with its criteria and assessors."""
    found = Scheme.objects.create(campaign=autumn.campaign)
    for order, (name, measure, weight) in enumerate(CRITERIA, 1):
        Criterion.objects.create(scheme=found, order=order, name=name, measure=measure, weight=Decimal(weight))
    found.assessors.set([autumn.staff, autumn.leader])
    return found


@pytest.fixture
def published(autumn: Cast, scheme: Scheme, settings) -> Scheme:
    """The rules hold."""
    settings.TODAY = date(2015, 9, 20)
    deeds.publish(scheme, by=autumn.staff)
    scheme.refresh_from_db()
    return scheme


@pytest.fixture
def judged(autumn: Cast, published: Scheme) -> Scheme:
    """Both assessors have given every unit its points: 20 and 25."""
    row = published.criteria.get(name="what came of it")
    for unit in (autumn.water, autumn.health, autumn.district):
        for by, given in ((autumn.staff, 20), (autumn.leader, 25)):
            deeds.mark(row, unit, by=by, points=Decimal(given), reason="well done")
    return published
