"""Words of units that the office chose: cases in two sentences, problems with the number of units that named them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from activities.models import Assignment, Case, PublishedCase
from activities.states import Kind, Standing
from documents.counts import thousands
from documents.numerals import in_chinese
from reports.briefings.moment import Owed, Stood
from reports.briefings.sources import Source, minute, of_filing
from reports.models import Composition, Problem, Quote, Summary

SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
LEAD = re.compile(r"^(?:[一二三四五六七八九十]+[是、.]|（[一二三四五六七八九十]+）|\d+[.、])")
PROBLEM = re.compile("问题|不足|困难|problem", re.I)
SHORTEST = 6
"""Characters of a sentence that says something."""


@dataclass(frozen=True)
class Line:
    """A line of the paper with the source of what it says."""

    text: str
    source: Source


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the words that only number them."""
    found = (LEAD.sub("", each.strip()) for each in SENTENCE.findall(text))
    return [each for each in found if len(each) >= SHORTEST]


def first_two(text: str) -> str:
    """The first two sentences of a text."""
    return "".join(sentences(text)[:2])


def filed_text(assignment: Assignment) -> str:
    """What a unit's newest filing says: a case as the office worded it, or the sections of its summary."""
    if assignment.kind == Kind.CASE:
        chosen = PublishedCase.objects.filter(case__assignment=assignment).first()
        case = chosen or Case.objects.filter(assignment=assignment, submitted_at__isnull=False).last()
        return "\n".join(getattr(case, name) for name in PublishedCase.TEXTS) if case else ""
    summary = Summary.objects.filter(assignment=assignment, submitted_at__isnull=False).order_by("version").last()
    return "\n".join(text for _heading, text in summary.sections) if summary else ""


def is_changed(passage: Quote) -> bool:
    """Whether what was chosen no longer stands in what the unit filed last."""
    return any(sentence not in filed_text(passage.assignment) for sentence in passage.quoted.splitlines() if sentence)


def problem_sentences(stood: Stood) -> Iterator[tuple[Owed, str]]:
    """The sentences in which units name problems, in the official order of the units."""
    for each in stood.accepted:
        assert each.summary is not None
        for heading, text in each.summary.sections:
            if PROBLEM.search(heading):
                yield from ((each, sentence) for sentence in sentences(text))


def chosen(composition: Composition) -> list[Quote]:
    """The cases, in their order."""
    rows = composition.quotes.filter(problem=None).select_related("assignment__unit", "assignment__campaign")
    return list(rows)


def source_of(assignment: Assignment, at: datetime) -> Source:
    """Where the words of one filing are read: the version that was filed by a moment."""
    version, filed_at = None, assignment.submitted_at
    if assignment.kind == Kind.SUMMARY:
        filed = Summary.objects.filter(assignment=assignment, submitted_at__lte=at).order_by("version")
        version, filed_at = filed.values_list("version", "submitted_at").last() or (None, filed_at)
    return Source(of_filing(assignment, version, filed_at), assignment.get_absolute_url(), (assignment.unit_id,))


def case_lines(rows: Iterable[Quote], at: datetime) -> list[Line]:
    """The cases as they are printed: the unit, and two sentences of the office."""
    return [
        Line(f"（{in_chinese(number)}）{row.assignment.unit.name}。{row.text}", source_of(row.assignment, at))
        for number, row in enumerate(rows, 1)
    ]


def problem_lines(composition: Composition, stood: Stood, record: Source) -> list[Line]:
    """The problems as they are printed: how many units, cause, next step; at last those of reporting itself.

    Arguments: the composition; how the campaign stood; the source of what came in.
    """
    rows = composition.problems.prefetch_related("quotes__assignment__unit")
    lines = [Line(f"（{in_chinese(at)}）{worded(row)}", problem_source(row)) for at, row in enumerate(rows, 1)]
    late = reporting(stood)
    return [*lines, Line(f"（{in_chinese(len(lines) + 1)}）{late}", record)] if late else lines


def worded(row: Problem) -> str:
    """A problem in one paragraph."""
    units = len({passage.assignment.unit_id for passage in row.quotes.all()})
    said = f"{row.text.rstrip('。；')}。"
    said += f"有{thousands(units)}个单位反映。" if units else ""
    said += f"主要原因：{row.cause.rstrip('。；')}。" if row.cause else ""
    return said + (f"下一步：{row.next_step.rstrip('。；')}。" if row.next_step else "")


def reporting(stood: Stood) -> str:
    """Who did not report as asked, by name; empty where everybody did."""
    ways = (
        ("逾期报送活动总结", [each for each in stood.summaries if each.standing == Standing.LATE]),
        ("的活动总结退回后尚未补正", stood.returned),
        ("尚未报送活动总结", stood.silent),
    )
    parts = [
        f"{'、'.join(each.assignment.unit.name for each in found)}等{thousands(len(found))}个单位{words}"
        if len(found) > 1
        else f"{found[0].assignment.unit.name}{words}"
        for words, found in ways
        if found
    ]
    return f"部分单位报送不及时。截至{minute(stood.at)}，{'；'.join(parts)}。" if parts else ""


def problem_source(row: Problem) -> Source:
    """The units that named a problem."""
    passages = list(row.quotes.all())
    units = {each.assignment.unit_id: each.assignment.unit.name for each in passages}
    said = f"活动总结中反映的问题：{'、'.join(units.values())}" if units else "主办单位归纳"
    url = passages[0].assignment.get_absolute_url() if passages else row.composition.get_absolute_url()
    return Source(said, url, tuple(units))
