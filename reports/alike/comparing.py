"""A filed summary is compared with those the other units of the campaign filed before it, by a worker.

What stands in the notice, and the slogans, are the office's own words: they are taken out first, or everybody would
have copied from everybody. The rows are the truth: a summary without ``Comparison`` is compared within a minute. The
index of a campaign is kept by the worker's process and follows what is filed; a new process, and one whose office has
said more since, makes it anew (100,000 passages: some seconds).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Prefetch

from campaigns.models import Campaign, Notice, NoticeAnnex, Slogan
from reports.alike.index import Index
from reports.alike.sentences import sentences
from reports.models import Comparison, SharedPassage, Summary

MOST_OTHERS = 3
"""Of so many units the same passage is shown; more would be a list nobody reads."""


@dataclass(frozen=True)
class Passage:
    """One passage: of which version of a summary, of which unit, under which heading."""

    summary: int
    unit: int
    heading: str
    text: str


@dataclass
class Shelf:
    """All passages of a campaign that are known so far."""

    campaign: int
    said: tuple[str, ...]
    """What the office said when it was begun: its notices and slogans."""
    own: Index = field(default_factory=Index)
    index: Index = field(default_factory=Index)
    passages: list[Passage] = field(default_factory=list)
    places: dict[int, range] = field(default_factory=dict)
    """Where the passages of each summary stand."""
    newest: dict[int, int] = field(default_factory=dict)
    """Of each unit the newest version: versions of one summary have ascending numbers."""

    def __post_init__(self) -> None:
        self.own.add(sentence for text in self.said for sentence in sentences(text))

    def add(self, summary: Summary) -> None:
        """Put a summary's passages beside the others, without the office's own words."""
        found, unit = list(self.without_own(passages_of(summary))), summary.assignment.unit_id
        self.places[summary.pk] = self.index.add(each.text for each in found)
        self.passages += found
        self.newest[unit] = max(self.newest.get(unit, 0), summary.pk)

    def without_own(self, passages: Iterable[Passage]) -> Iterator[Passage]:
        """What the unit wrote itself."""
        rows = list(passages)
        for row, near in zip(rows, self.own.near([each.text for each in rows]), strict=True):
            if not near:
                yield row


_shelf: Shelf | None = None
"""Of the campaign that was asked for last: its passages may take a hundred megabytes."""


def compare_waiting() -> int:
    """Compare every filed summary that has not been. Returns: how many."""
    rows = Summary.objects.filter(submitted_at__isnull=False, comparison=None)
    done = 0
    for pk in rows.order_by("assignment__campaign", "pk").values_list("pk", flat=True):
        done += compared(pk)
    return done


@transaction.atomic
def compared(pk: int) -> bool:
    """Compare one summary with those filed before it. Returns: whether it was not compared already."""
    summary = Summary.objects.select_related("assignment").filter(pk=pk).first()
    if summary is None:
        return False
    Campaign.objects.select_for_update(no_key=True).get(pk=summary.assignment.campaign_id)  # one after another
    if not Comparison.objects.get_or_create(summary=summary)[1]:
        return False
    shelf = shelf_of(summary.assignment.campaign_id)
    SharedPassage.objects.bulk_create(shared(shelf, summary))
    return True


def shelf_of(campaign: int) -> Shelf:
    """The passages of a campaign, with everything that was compared since they were looked at last.

    When the office has said more since (a later notice, an annex, a slogan), it is begun anew without those words.
    """
    global _shelf
    said = words_of_the_office(campaign)
    if _shelf is None or (_shelf.campaign, _shelf.said) != (campaign, said):
        _shelf = Shelf(campaign, said)
    before = Summary.objects.filter(assignment__campaign=campaign, comparison__isnull=False)
    new = set(before.values_list("pk", flat=True)) - _shelf.places.keys()
    for summary in Summary.objects.filter(pk__in=new).select_related("assignment").iterator():
        _shelf.add(summary)
    return _shelf


def words_of_the_office(campaign: int) -> tuple[str, ...]:
    """The notices that went out with their annexes, and the slogans: three queries."""
    notices = Notice.objects.filter(campaign=campaign, issued_at__isnull=False).order_by("pk")
    rows = notices.prefetch_related(Prefetch("annexes", NoticeAnnex.objects.order_by("pk")))
    texts = [text for each in rows for text in (each.body, *(annex.text for annex in each.annexes.all()))]
    return (*texts, *Slogan.objects.filter(campaign=campaign).order_by("pk").values_list("text", flat=True))


def passages_of(summary: Summary) -> Iterator[Passage]:
    """The passages of a summary under their headings."""
    for heading, text in summary.sections:
        for sentence in sentences(text):
            yield Passage(summary.pk, summary.assignment.unit_id, heading, sentence)


def shared(shelf: Shelf, summary: Summary) -> Iterator[SharedPassage]:
    """What of a summary stands nearly so in those of other units, at most ``MOST_OTHERS`` for each passage.

    Of a unit that filed several versions the newest counts.
    """
    mine = [shelf.passages[place] for place in shelf.places[summary.pk]]
    for passage, near in zip(mine, shelf.index.near([each.text for each in mine]), strict=True):
        nearest: dict[int, SharedPassage] = {}
        for number, percent in near:
            other = shelf.passages[number]
            if other.unit == passage.unit or other.unit in nearest or other.summary != shelf.newest[other.unit]:
                continue
            nearest[other.unit] = SharedPassage(
                summary=summary, heading=passage.heading, text=passage.text, percent=percent,
                other_id=other.summary, other_heading=other.heading, other_text=other.text,
            )  # fmt: skip
            if len(nearest) == MOST_OTHERS:
                break
        yield from nearest.values()
