"""Every figure of a briefing equals a slow recomputation from the filings, over random histories."""

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from django.core.cache import caches
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Assignment
from activities.states import Kind
from campaigns.models import RollUp
from reports.briefings.tests.drafts import said_now
from reports.models import Figure, Summary
from reports.tests.test_adds_up import Autumn
from workflow import clock
from workflow.listing.followed import forget_all

DEEDS = ("submit", "submit", "accept", "accept", "return", "withdraw", "extend", "waive", "ask_again")
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 11), st.integers(0, 9)), max_size=30)
NUMBERS = st.lists(st.tuples(st.integers(0, 5000), st.booleans()), min_size=12, max_size=12)
WORDS = {"on_time": "按时", "extended": "延期内", "late": "逾期报送"}


class Told(Autumn):
    """The same autumn; what units write are other numbers each time, some of them only about right."""

    def __init__(self, cast, numbers):
        super().__init__(cast)
        self.numbers = list(numbers)

    def _submit(self, row, unit, office):
        super()._submit(row, unit, office)
        summary = Summary.objects.filter(assignment=row, submitted_at__isnull=False).last()
        for figure in summary.figures.all() if summary and self.numbers else ():
            value, is_about = self.numbers.pop()
            Figure.objects.filter(pk=figure.pk).update(value=value, about=f"{value:,}余" if is_about else "")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, NUMBERS, st.sampled_from([RollUp.SUM, RollUp.MEAN, RollUp.LAST]))
def test_every_figure_is_what_the_filings_say_one_by_one(autumn, steps, numbers, rollup):
    with transaction.atomic():
        caches["figures"].clear()
        forget_all()
        autumn.campaign.indicators.update(rollup=rollup)
        story = Told(autumn, numbers)
        for step in steps:
            story.do(*step)
        with clock.as_of(story.day):
            says = said_now(autumn.campaign, autumn.staff)
            rows = [each for each in Assignment.objects.filter(campaign=autumn.campaign) if not each.volunteered]
            the_record_is_right(says["facts"], rows)
            the_figures_are_right(says, rows, rollup)
            the_table_of_units_is_right(says["paper"]["annexes"][0]["blocks"][0]["rows"], rows)
        transaction.set_rollback(True)


def number(text):
    """The digits of a figure."""
    return int("".join(re.findall(r"\d", text)) or 0)


def expected_of(rows):
    """What is asked of units: not what was waived or closed. Returns: how many, and how many came in."""
    stands = [each.standing for each in rows]
    owed = [each for each in stands if each not in ("waived", "closed")]
    return len(owed), sum(each in ("on_time", "extended", "late", "to_correct") for each in owed)


def the_record_is_right(facts, rows):
    summaries = [each for each in rows if each.kind == Kind.SUMMARY]
    owed, came = expected_of(summaries)
    all_owed, all_came = expected_of(rows)
    states = Counter(each.state for each in summaries)
    names = ("应报总结", "已报总结", "已审核总结", "待审核总结", "应报材料", "已报材料")
    assert [number(facts[name]) for name in names] == [
        owed, came, states["accepted"], states["submitted"], all_owed, all_came,
    ]  # fmt: skip
    for name, part, whole in (("总结报送率", came, owed), ("材料报送率", all_came, all_owed)):
        assert facts[name] == (f"{part * 100 // whole}%" if whole else "–")
    silent = [each.unit.name for each in summaries if each.standing in ("overdue", "due")]
    assert set(facts["未报送单位"].split("、")) == set(silent or ["无"])


def the_figures_are_right(says, rows, rollup):
    accepted = [each for each in rows if each.kind == Kind.SUMMARY and each.state == "accepted"]
    newest = [
        Summary.objects.filter(assignment=each, submitted_at__isnull=False).latest("version") for each in accepted
    ]
    for indicator in says_indicators(rows):
        found = list(Figure.objects.filter(indicator=indicator, summary__in=newest))
        found.sort(key=lambda each: (each.summary.submitted_at, each.pk))
        if not found:
            assert indicator.name not in says["facts"]
            continue
        values = [each.value for each in found]
        wanted = {
            RollUp.SUM: Decimal(sum(values)),
            RollUp.MEAN: (Decimal(sum(values)) / len(values)).quantize(Decimal("0.1"), ROUND_HALF_UP),
            RollUp.LAST: Decimal(values[-1]),
        }[rollup]
        used = found[-1:] if rollup == RollUp.LAST else found
        text = f"{wanted:,}{'余' if any(each.about for each in used) else ''}{indicator.measure}"
        assert says["facts"][indicator.name] == text
        assert says["used"][str(found[0].summary.assignment.unit_id)]["figures"]


def says_indicators(rows):
    """The figures the office asked for."""
    return rows[0].campaign.indicators.all() if rows else ()


def the_table_of_units_is_right(table, rows):
    """Each unit's line: how its summary stands, and that its parts add up to what is asked of it."""
    for line in table[:-1]:
        mine = [each for each in rows if each.unit.name == line[1]]
        owed, came = expected_of(mine)
        assert (number(line[3]), sum(map(number, line[4:8]))) == (owed, came)
        for each in mine:
            if each.kind == Kind.SUMMARY and each.standing in WORDS:
                assert line[2] == f"{WORDS[each.standing]}，{'已审核' if each.state == 'accepted' else '待审核'}"
    assert number(table[-1][3]) == expected_of(rows)[0]
