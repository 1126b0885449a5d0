"""The summary an office owes above, put together from what it accepted, every piece with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Unit
from activities.adopting import coverage
from activities.models import Assignment, Case
from activities.states import OWED, AssignmentState, Kind
from campaigns.models import Campaign
from documents.counts import thousands
from reports.figures import IndicatorTotal, total_of
from reports.models import Figure, Passage, RolledPiece, RolledSummary, Summary
from reports.models.summary import LONGEST
from reports.rolled import Parts, parts
from reports.rolling_up.release import asked_above, carried
from reports.summaries.sections import asked_of, newest, words_in
from workflow import clock
from workflow.models import MoveRefused

SHARES = {"practice": 45, "effect": 25, "cases": 15, "problems": 10, "suggestions": 5}
"""Of the words that may be used, in per cent, for each section at first."""
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
CLAUSE = re.compile(r"[，、：,]")
LEAST, USUAL = 12, 60
"""Words below which a passage says nothing; words of one passage at first."""


@dataclass(frozen=True)
class Filed:
    """An accepted filing of an own unit, with its passages by section."""

    assignment: Assignment
    version: int
    passages: tuple[Passage, ...]


def owed_above(campaign: Campaign) -> Assignment | None:
    """The summary the host owes to the campaign above; None where it owes none."""
    rows = Assignment.objects.required().filter(campaign=campaign.parent_id, unit=campaign.host_id, kind=Kind.SUMMARY)
    return rows.select_related("campaign__host", "unit").first() if campaign.parent_id else None


def filed(campaign: Campaign) -> list[Filed]:
    """What the office accepted: the newest version of each summary, then cases; in the official order: four queries."""
    rows = Assignment.objects.filter(campaign=campaign, state=AssignmentState.ACCEPTED).select_related("unit")
    summaries = newest_of(Summary, rows.filter(kind=Kind.SUMMARY))
    composed = set(RolledSummary.objects.filter(assignment__campaign=campaign).values_list("assignment", flat=True))
    found = [
        Filed(row, summary.version, tuple(passages_in(summary, by_line=row.pk in composed)))
        for row, summary in summaries
    ]
    for row, case in newest_of(Case, rows.filter(kind=Kind.CASE)):
        told = "\n".join(text for text in (case.practice, case.effect) if text.strip())
        found.append(Filed(row, case.version, (Passage("cases", case.title, told or case.background),)))
    return found


def passages_in(summary: Summary, *, by_line: bool) -> Iterator[Passage]:
    """What a summary says, section by section; of one that was put together line by line: each has its own source."""
    for each in summary.passages:
        lines = each.text.splitlines() if by_line else [each.text]
        yield from (replace(each, text=line) for line in lines if line.strip())


def newest_of(model: type[Any], rows: Any) -> list[tuple[Assignment, Any]]:
    """Each assignment with its newest submitted version, in the official order: two queries."""
    known = {row.pk: row for row in rows.order_by("unit__order", "unit", "pk")}
    versions = model.objects.filter(assignment__in=list(known), submitted_at__isnull=False).order_by("version")
    last = {version.assignment_id: version for version in versions}
    for pk, version in last.items():
        version.assignment = known[pk]
    return [(row, last[pk]) for pk, row in known.items() if pk in last]


@transaction.atomic
def begin(campaign: Campaign, *, by: Any) -> RolledSummary:
    """Begin to put it together, with a first choice of passages within the words allowed.

    Returns: the summary, or the one that was begun already. Raises: MoveRefused when none is owed above.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    there = RolledSummary.objects.filter(campaign=campaign).first()
    if there:
        return there
    owed = owed_above(campaign)
    if owed is None:
        raise MoveRefused(_("No summary is owed above, so there is nothing to put together."))
    rolled = RolledSummary.objects.create(campaign=campaign, assignment=owed, by=by)
    propose(rolled)
    return rolled


def propose(rolled: RolledSummary) -> None:
    """A first choice: of each unit the first sentences of each section, until its share of the words is used."""
    found, pieces = filed(rolled.campaign), list[RolledPiece]()
    for key, share in SHARES.items():
        room = rolled.most * share // 100
        for each in found:
            for passage in each.passages:
                short = shortened(passage.text, USUAL) if passage.key == key else ""
                need = words_in(short)
                if LEAST <= need <= room:
                    room -= need
                    pieces.append(piece(rolled, each, passage, short, len(pieces) + 1))
    RolledPiece.objects.bulk_create(with_origins(pieces), batch_size=500)


def piece(rolled: RolledSummary, of: Filed, passage: Passage, text: str, order: int) -> RolledPiece:
    """A passage of a filing, not saved yet."""
    return RolledPiece(
        rolled=rolled,
        order=order,
        key=passage.key,
        source=of.assignment,
        version=of.version,
        original=passage.text,
        text=text,
    )


def shortened(text: str, most: int) -> str:
    """The first sentences of a text that have room in so many words; of one that is too long its first clauses."""
    kept, used = list[str](), 0
    for found in SENTENCE.findall(text):
        sentence = found.strip()
        if not sentence:
            continue
        need = words_in(sentence)
        if used + need > most:
            return "".join(kept) or clauses(sentence, most)
        kept.append(sentence)
        used += need
    return "".join(kept)


def clauses(sentence: str, most: int) -> str:
    """The first clauses of a long sentence."""
    cut = [found.start() for found in CLAUSE.finditer(sentence) if words_in(sentence[: found.start()]) <= most]
    return f"{sentence[: cut[-1]]}。" if cut else ""


def with_origins(pieces: Sequence[RolledPiece]) -> list[RolledPiece]:
    """Pieces of a summary that was put together itself know the piece below from which they come; one query."""
    sources = {each.source_id for each in pieces}
    below: dict[int, list[RolledPiece]] = {}
    for row in RolledPiece.objects.filter(rolled__assignment__in=sources).select_related("rolled"):
        below.setdefault(row.rolled.assignment_id, []).append(row)
    for each in pieces:
        like = [row for row in below.get(each.source_id, ()) if row.key == each.key]
        each.origin = next((row for row in like if shares(row.text, each.text)), None)
    return list(pieces)


def shares(below: str, above: str) -> bool:
    """Whether a text above has a sentence of one below, or the other way round."""
    first = next((each.strip("。；！？ ") for each in SENTENCE.findall(below) if each.strip()), "")
    head = first[:20]
    return bool(head) and head in above


# --- what the office does with it -------------------------------------------------------------------------------


def used(rolled: RolledSummary) -> int:
    """How many words the pieces have."""
    return sum(words_in(text) for text in rolled.pieces.values_list("text", flat=True))


@transaction.atomic
def shorten(row: RolledPiece, text: str) -> None:
    """Word a piece otherwise beside its original; empty takes it out. Raises: MoveRefused over the words allowed."""
    RolledSummary.objects.select_for_update().get(pk=row.rolled_id)
    if not text:
        row.delete()
        return
    insist_on_room(row.rolled, words_in(text) - words_in(row.text))
    RolledPiece.objects.filter(pk=row.pk).update(text=text[:LONGEST])


@transaction.atomic
def take(rolled: RolledSummary, source: int, key: str) -> RolledPiece:
    """Take one more passage of an accepted filing. Raises: MoveRefused when it is none, or has no room."""
    RolledSummary.objects.select_for_update().get(pk=rolled.pk)
    pairs = offered(rolled, rolled.pieces.all())
    found = next((pair for pair in pairs if pair[0].assignment.pk == source and pair[1].key == key), None)
    if found is None:
        raise MoveRefused(_("That is no accepted filing of this campaign."))
    text = shortened(found[1].text, USUAL)
    insist_on_room(rolled, words_in(text))
    last = rolled.pieces.aggregate(last=Max("order"))["last"] or 0
    (made,) = with_origins([piece(rolled, *found, text, last + 1)])
    made.save()
    return made


def offered(rolled: RolledSummary, pieces: Iterable[RolledPiece]) -> list[tuple[Filed, Passage]]:
    """Passages of accepted filings that are not taken yet."""
    taken = {(row.source_id, row.key, row.original) for row in pieces}
    return [
        (each, passage)
        for each in filed(rolled.campaign)
        for passage in each.passages
        if (each.assignment.pk, passage.key, passage.text) not in taken
    ]


def insist_on_room(rolled: RolledSummary, more: int) -> None:
    """That the words allowed are enough. Raises: MoveRefused."""
    now = used(rolled)
    if more > 0 and now + more > rolled.most:
        said = _("%(now)s of %(most)s words are used: please shorten something first.")
        raise MoveRefused(said % {"now": thousands(now), "most": thousands(rolled.most)})


# --- written into the summary ------------------------------------------------------------------------------------


@transaction.atomic
def write(rolled: RolledSummary, *, by: Any) -> Summary:
    """Write it into the draft of the summary owed above: figures, passages, who is silent, who carries out what.

    Whoever files for the office reads it there and submits it. Raises: MoveRefused when it is filed already.
    """
    owed = Assignment.objects.select_for_update().get(pk=rolled.assignment_id)
    if why := owed.why_not_filed():
        raise MoveRefused(why)
    draft = Summary.draft(owed)
    draft.write(passages(rolled))
    draft.asked = newest(owed.campaign)
    draft.save_draft(by=by, seen=draft.revision)
    draft.figures.all().delete()
    Figure.objects.bulk_create(figures(draft, rolled.campaign))
    RolledSummary.objects.filter(pk=rolled.pk).update(at=clock.now(), by=by)
    return draft


def passages(rolled: RolledSummary) -> Iterator[Passage]:
    """The sections as the level above asks for them; what has no section of its own stands in the last."""
    sections = [each for each in asked_of(newest(rolled.assignment.campaign)) if each.key != "figures"]
    keys = {each.key for each in sections}
    texts: dict[str, list[str]] = {each.key: [] for each in sections}
    first, last = sections[0].key, sections[-1].key
    texts[first] += overview(rolled.campaign)
    for row in rolled.pieces.select_related("source__unit"):
        texts[row.key if row.key in keys else last].append(f"{row.source.unit.name}：{row.text}")
    for each in sections:
        yield Passage(each.key, each.heading, "\n".join(texts[each.key])[:LONGEST])


def overview(campaign: Campaign) -> list[str]:
    """What came in, what it adds up to, who is silent, what of the upper notice is carried out by whom."""
    rows = Assignment.objects.required().filter(campaign=campaign, kind=Kind.SUMMARY)
    states = list(rows.values_list("state", flat=True))
    accepted = sum(state == AssignmentState.ACCEPTED for state in states)
    said = [f"本级应报总结{thousands(len(states))}份，已审核{thousands(accepted)}份。"]
    given = [total for total in released_totals(campaign).values() if total.units]
    if given:
        said.append("，".join(f"{each.name}{each.shown}{each.measure}" for each in given) + "。")
    if silent := silent_units(campaign):
        said.append(f"未报送总结的单位：{'、'.join(silent)}。")
    return said + list(carried_out(campaign))


def silent_units(campaign: Campaign) -> list[str]:
    """Who has not filed a summary, in the official order."""
    rows = Assignment.objects.required().filter(campaign=campaign, kind=Kind.SUMMARY, state__in=OWED)
    units = Unit.objects.filter(pk__in=rows.values("unit")).order_by("order", "pk")
    return list(units.values_list("name", flat=True))


def carried_out(campaign: Campaign) -> Iterator[str]:
    """The coverage of the upper notice in sentences."""
    adoption = coverage.adoption_of(campaign.pk)
    if adoption is None:
        return
    rows = coverage.rows_of(adoption)
    done = [row for row in rows if row.carried and not row.carried.is_refused]
    nobody = [str(row.sentence) for row in rows if row.carried is None]
    refused = [f"{row.sentence}（{row.carried.reason}）" for row in rows if row.carried and row.carried.is_refused]
    if rows:
        yield f"上级通知要求{thousands(len(rows))}项，已落实{thousands(len(done))}项。"
    if nobody:
        yield f"尚无人落实：{'、'.join(nobody)}。"
    if refused:
        yield f"与本级无关：{'、'.join(refused)}。"


def released_totals(campaign: Campaign, found: Parts | None = None) -> dict[int, IndicatorTotal]:
    """The figures above as they are rolled up from here, by their id: what the head released and still stands.

    Arguments: the lower campaign; what counts above, if it was read already.
    """
    if campaign.parent is None:
        return {}
    above = found or parts(campaign.parent)
    mine = Parts(tuple(each for each in above.counted if each.through == campaign.host_id and not each.direct), (), ())
    filed_here = mine.filed()
    known = carried(campaign)
    return {row.pk: total_of(row, filed_here) for row in asked_above(campaign) if row.pk in known}


def figures(draft: Summary, campaign: Campaign) -> Iterator[Figure]:
    """The figures of the draft; what is no whole number says that it is about right."""
    for pk, total in released_totals(campaign).items():
        if total.units:
            value = int(total.value)
            about = total.shown if total.near or value != total.value else ""
            yield Figure(summary=draft, indicator_id=pk, value=value, about=about[:40])
