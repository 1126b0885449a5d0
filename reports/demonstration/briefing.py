"""What the office of the demonstration composes: cases, problems with those who named them, words of the book."""

import re
from typing import Any

from reports.briefings.composing import add_cases, add_problem, begin, save
from reports.briefings.moment import stood
from reports.briefings.passages import problem_sentences
from reports.demonstration.load import Demonstration, fixture
from reports.models import BriefingKind, Composition


def compose(demonstration: Demonstration, staff: Any) -> Composition:
    """Compose the consolidated briefing by the deeds of the pages."""
    campaign, told = demonstration.campaign, fixture("briefing")
    composition, shows = begin(campaign, BriefingKind.CONSOLIDATED, by=staff), stood(campaign)
    named = {each.assignment.unit.name: each.assignment for each in shows.accepted}
    add_cases(composition, [named[name] for name in told["cases"] if name in named], by=staff)
    sentences = list(problem_sentences(shows))
    for each in told["problems"]:
        quotes = [(owed.assignment, said) for owed, said in sentences if re.search(each["words"], said)]
        problem = add_problem(composition, quotes, by=staff)
        words = {name: each[name] for name in ("text", "cause", "next_step")}
        save(composition, by=staff, seen=composition.revision, values={}, problems={problem.pk: words})
    words = {name: told[name] for name in ("foreword", "closing")}
    save(composition, by=staff, seen=composition.revision, values=words)
    return composition
