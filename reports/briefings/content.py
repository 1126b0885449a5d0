"""What an edition says, as it is kept with it: fixed at the press, so that nothing a unit changes later reaches it."""

from typing import Any

from django.utils import translation

from documents.block_json import as_json
from reports.briefings.book import date_text
from reports.briefings.book_parts import opening_blocks, sources_list, standing_lists
from reports.briefings.chapters import PhotoRow, photos_of, stamp
from reports.briefings.facts import facts, figures_of
from reports.briefings.filling import on_paper
from reports.briefings.moment import Owed, Stood
from reports.briefings.paper import paper
from reports.briefings.passages import chosen
from reports.briefings.sources import Sources
from reports.briefings.tables import statistics
from reports.models import ChapterChoice, ChapterKind, ChapterOrder, Composition


def content(composition: Composition, stood: Stood) -> dict[str, Any]:
    """Everything an edition says. Arguments: the composition; how the campaign stood."""
    with translation.override("zh-hans"):
        known, sources = facts(stood), Sources()
        foreword = filled(composition.foreword, stood, sources)
        opening, closing = opening_blocks(stood, foreword, sources), filled(composition.closing, stood, sources)
        lists = [*standing_lists(stood), sources_list(sources)]
        return {
            "title": composition.title,
            "dated": date_text(),
            "paper": paper(composition, stood).as_json(),
            "facts": {name: each.text for name, each in known.items()},
            "opening": as_json(opening),
            "closing": closing,
            "statistics": as_json(statistics(stood)),
            "chapters": chapters(composition, stood),
            "lists": [{"key": key, "title": name, "blocks": as_json(rows)} for key, name, rows in lists],
            "used": used(composition, stood),
        }


def filled(text: str, stood: Stood, sources: Sources) -> str:
    """A text of the book with its figures filled, each with the mark of its source."""
    return "\n".join(on_paper(line, facts(stood), sources) for line in text.splitlines())


def in_order(
    composition: Composition, stood: Stood, *, left_out: bool = False
) -> list[tuple[Owed, ChapterChoice | None]]:
    """The chapters in their order. Arguments: the composition; how the campaign stood; whether with those left out."""
    choices = {row.assignment_id: row for row in composition.chapters.all()}
    pairs = [(owed, choices.get(owed.assignment.pk)) for owed in stood.accepted]
    kept = [pair for pair in pairs if left_out or pair[1] is None or pair[1].kind != ChapterKind.LEFT_OUT]
    if composition.order == ChapterOrder.FILED:
        kept.sort(key=lambda pair: pair[0].assignment.submitted_at or stood.at)
    elif composition.order == ChapterOrder.BY_HAND:
        kept.sort(key=lambda pair: pair[1].order if pair[1] and pair[1].order else len(pairs))
    return kept


def chapters(composition: Composition, stood: Stood) -> list[dict[str, Any]]:
    """The chapters in their order, with the photos of all of them read at once."""
    pairs = in_order(composition, stood)
    photos = photos_of([owed.assignment.pk for owed, _choice in pairs])
    return [chapter(owed, choice, photos.get(owed.assignment.pk, [])) for owed, choice in pairs]


def chapter(owed: Owed, choice: ChapterChoice | None, photos: list[PhotoRow]) -> dict[str, Any]:
    """One chapter: which version of which summary, or the office's own text; its photos by their ids."""
    assert owed.summary is not None
    unit = owed.assignment.unit
    edited = choice is not None and choice.kind == ChapterKind.EDITED
    kept = {
        "unit": unit.pk,
        "title": unit.official_name,
        "summary": owed.summary.pk,
        "version": owed.summary.version,
        "text": choice.text if edited and choice else None,
        "photos": [row.pk for row in photos],
    }
    return kept | {"stamp": stamp(owed.summary, kept, photos)}


def used(composition: Composition, stood: Stood) -> dict[str, dict[str, Any]]:
    """What of each unit's own was used, by the id of the unit: cases, problems, figures."""
    found: dict[str, dict[str, Any]] = {}

    def of(unit: int) -> dict[str, Any]:
        return found.setdefault(str(unit), {"cases": [], "problems": [], "figures": []})

    for row in chosen(composition):
        of(row.assignment.unit_id)["cases"].append(row.text)
    for problem in composition.problems.prefetch_related("quotes__assignment"):
        for passage in problem.quotes.all():
            of(passage.assignment.unit_id)["problems"].append({"problem": problem.text, "quoted": passage.quoted})
    for owed in stood.accepted:
        figures = [[str(each.indicator.label), each.shown] for each in figures_of(owed.summary)]
        of(owed.assignment.unit_id)["figures"] = figures
    return found
