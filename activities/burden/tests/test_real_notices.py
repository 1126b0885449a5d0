"""What five real notices ask, by kind of filing and of unit, and under which rule; skipped where they are not kept.

They are read and confirmed as a clerk would: a theme that is missing is filled in; where no unit of the register is
named they go to the three of the office.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from activities.asking import checks
from activities.asking.handing_out import asked_by
from activities.burden.tests.test_weight import REAL, adds_up, rows
from activities.burden.weight import weigh
from activities.reading import confirm
from activities.reading.propose import propose
from activities.states import Kind
from campaigns.models import Notice
from tests.cast import Cast, make_cast
from workflow import clock

pytestmark = pytest.mark.skipif(REAL is None, reason="the real notices are not kept beside the project")
OWN_MEASURE = "本单位自定口径"
RELIEF = "《整治形式主义为基层减负若干规定》（2024年8月6日印发）"


@dataclass(frozen=True)
class Expected:
    """Of one notice: when it went out, filings and hours by kind, its lines by kind of unit, rules of its findings."""

    on: date
    kinds: dict[str, tuple[int, str]]
    lines: list[tuple[str, bool, int, int, str]]
    rules: list[str]


PAPERS = {
    "dongguan-2013": Expected(
        date(2013, 11, 6),
        {Kind.RECEIPT: (29, "8.7"), Kind.LIAISON: (29, "5.8"), Kind.DELIVERABLE: (20, "20.0"),
         Kind.ROUND: (20, "80.0"), Kind.SUMMARY: (29, "174.0")},
        [("", True, 29, 127, "288.5")],
        [OWN_MEASURE, OWN_MEASURE],
    ),
    "hubei-2020": Expected(
        date(2020, 8, 20),
        {Kind.RECEIPT: (3, "0.9"), Kind.LIAISON: (3, "0.6"), Kind.SUMMARY: (3, "18.0")},
        [("Member units", False, 3, 9, "19.5")],
        [RELIEF],
    ),
    "jiangsu-2010": Expected(
        date(2010, 8, 20),
        {Kind.RECEIPT: (3, "0.9"), Kind.LIAISON: (3, "0.6"), Kind.PLAN: (5, "25.0"), Kind.SUMMARY: (3, "18.0")},
        [("", True, 3, 14, "44.5")],
        [],
    ),
    "shenzhen-2010": Expected(
        date(2010, 11, 30),
        {Kind.RECEIPT: (2, "0.6"), Kind.LIAISON: (2, "0.4"), Kind.SUMMARY: (2, "12.0")},
        [("Member units", False, 2, 6, "13.0")],
        [RELIEF, OWN_MEASURE],
    ),
    "shenzhen-2015": Expected(
        date(2015, 7, 30),
        {Kind.RECEIPT: (26, "7.8"), Kind.LIAISON: (26, "5.2"), Kind.PLAN: (58, "290.0"), Kind.DELIVERABLE: (1, "1.0"),
         Kind.OTHER: (26, "52.0"), Kind.SUMMARY: (26, "156.0")},
        [("", True, 26, 163, "512.0")],
        [],
    ),
}  # fmt: skip


def confirmed(cast: Cast, name: str) -> Notice:
    """The notice a clerk makes of the paper."""
    assert REAL
    reading = propose((REAL / f"{name}.txt").read_text(), host=cast.office, by=cast.staff)
    theme = reading.proposals.get(field="theme")
    if not theme.values["text"]:
        theme.write(theme.revision, values={"text": "质量强市"})
    notice: Notice = confirm.confirm(reading, by=cast.staff).notices.get()
    if not notice.addressees.exists():
        notice.addressees.set([cast.water, cast.health, cast.district])
    return notice


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAPERS)
def test_filings_and_hours_by_kind_of_unit_and_the_rule_of_each_finding(name: str) -> None:
    expected, cast = PAPERS[name], make_cast()
    with translation.override("zh-hans"), clock.as_of(expected.on):
        notice = confirmed(cast, name)
        found = weigh(asked_by(notice))
        rules = [each.rule and str(each.rule.name) for each in checks.asks_much(notice)]
    adds_up(found)
    assert {each.code: (each.filings, str(each.hours)) for each in found.kinds} == expected.kinds
    lines = [(group, leads, units, filings, str(hours)) for group, _level, leads, units, filings, hours in rows(found)]
    assert lines == expected.lines
    assert rules == expected.rules
    assert found.hours == sum((Decimal(hours) for _filings, hours in expected.kinds.values()), Decimal(0))
