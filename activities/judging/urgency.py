"""Who owes what, the most urgent first: a page of the list at a cost that does not grow with the campaign.

The office's list has tens of thousands of rows. What stands alike lies together in an index, in the order of its
deadline; how many stand how is counted already (:mod:`activities.standings`). So a page is read from where it begins,
and nothing is sorted. Whoever searches by words or looks at their own units reads the few rows that fit and sorts
them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When, Window

from accounts.models import Unit
from accounts.models.units import bare
from accounts.unit_names import known_by
from activities.models import Activity, Assignment, Listed
from activities.models.listed import BEGUN, OPEN_YET
from activities.models.standing_sql import TO_REVIEW, overdue
from activities.standings import Share, standings
from activities.states import CAME_IN, Kind, Standing
from workflow import clock
from workflow.compiled import PART, Compiled, any_of
from workflow.pages import number, page_of

PAGE = 50
URGENCY = (
    Standing.OVERDUE,
    Standing.RETURNED,
    Standing.DUE,
    Standing.LATE,
    Standing.EXTENDED,
    Standing.ON_TIME,
    Standing.WAIVED,
    Standing.CLOSED,
)
"""What needs somebody first."""
ORDER = ("due_at", "unit__order", "pk")
NOT_FILED, IN, REVIEW = "owed", "filed", "review"
"""What may be chosen beside a standing."""


@dataclass(frozen=True)
class Choice:
    """What of a campaign is to be listed. Senseless parts of an address choose nothing."""

    kind: str = ""
    standing: str = ""
    words: str = ""
    unit: int = 0
    asked: bool = False
    """Only what was asked for: what units sent of their own accord is in no figure."""

    @classmethod
    def of(cls, chosen: dict[str, str]) -> "Choice":
        """From the address of the list."""
        kind, standing = chosen["kind"], chosen["standing"]
        return cls(
            kind=kind if kind in Kind.values else "",
            standing=standing if standing in (*Standing.values, NOT_FILED, IN, REVIEW) else "",
            words=chosen["q"],
            unit=number(chosen.get("unit")),
            asked=bool(chosen.get("asked")),
        )

    def fits(self, share: Share) -> bool:
        """Whether a share of the campaign is among it, as far as kind and standing say."""
        if (self.kind and share.kind != self.kind) or (self.asked and share.volunteered):
            return False
        if self.standing == NOT_FILED:
            return share.standing in (Standing.OVERDUE, Standing.DUE)
        if self.standing == IN:
            return share.standing in CAME_IN
        if self.standing == REVIEW:
            return share.waits
        return not self.standing or share.standing == self.standing


def stands(standing: Standing, now: Any) -> Q:
    """That an assignment stands like this."""
    if standing == Standing.OVERDUE:
        return overdue(now)
    if standing == Standing.DUE:
        return Q(settled=OPEN_YET, last_at__gte=now)
    return Q(settled=standing.value)


def narrowed(rows: "QuerySet[Assignment]", kind: Any, standing: str, asked: bool, now: Any) -> "QuerySet[Assignment]":
    """The rows of a kind and of what was chosen of standings; only what was asked for, if that is wanted."""
    if kind:
        rows = rows.filter(kind=kind)
    if asked:
        rows = rows.filter(volunteered=False)
    if standing == NOT_FILED:
        return rows.filter(settled__in=(OPEN_YET, BEGUN))
    if standing == IN:
        return rows.filter(settled__in=[each.value for each in CAME_IN])
    if standing == REVIEW:
        return rows.filter(TO_REVIEW)
    begun = Q(settled=BEGUN) if standing == Standing.DUE else Q()
    return rows.filter(begun | stands(Standing(standing), now)) if standing else rows


# --- a whole campaign ---------------------------------------------------------------------------------------


def of_standing(standing: Standing, reviewed: bool, kind: str, asked: bool, campaign: Any, now: Any) -> Any:
    """What of a campaign stands in one way, in the order of its deadlines."""
    rows = Assignment.objects.filter(stands(standing, now), campaign=campaign)
    return Listed.read_from(narrowed(rows, kind, REVIEW if reviewed else "", asked, now).order_by(*ORDER))


OF_STANDING = Compiled(of_standing, PART)


def page_of_campaign(campaign: int, choice: Choice, asked: Any) -> "Page[Any]":
    """A page of all a campaign's assignments but what units have begun and not filed.

    Arguments: the campaign; kind and standing chosen; the number of the page as asked for.
    """
    found = standings(campaign)
    shares = [share for share in found.shares if choice.fits(share)]
    lengths = {each: sum(share.number for share in shares if share.standing == each) for each in URGENCY}

    def read(limit: int, offset: int) -> list[Listed]:
        return rows_between(campaign, choice, lengths, range(offset, offset + limit), found.at)

    return page_of(sum(lengths.values()), PAGE, asked, read)


def rows_between(
    campaign: int, choice: Choice, lengths: dict[Standing, int], wanted: range, now: datetime
) -> list[Listed]:
    """The rows of one page, from as many standings as it reaches into."""
    rows: list[Listed] = []
    first = 0
    for standing, length in lengths.items():
        start, stop = max(wanted.start - first, 0), min(wanted.stop - first, length)
        if start < stop:
            found = OF_STANDING(
                standing, choice.standing == REVIEW, choice.kind, choice.asked,
                campaign=campaign, now=now, limit=stop - start, offset=start,
            )  # fmt: skip
            rows += [Listed(*each) for each in found]
        first += length
    return rows


# --- what fits words, or is one's own -----------------------------------------------------------------------


def matching(column: str, words: Any, caseless: bool) -> Q:
    """That a text contains the words, in any case; Chinese has none, and is found without changing it."""
    return Q(**{f"{column}__contains" if caseless else f"{column}__icontains": words})


def called(words: Any, name: Any, caseless: bool, campaign: Any) -> Any:
    """The assignments of a campaign whose unit (by any of its names) or activity is called so: two lists, each found in
    an index."""
    rows = Assignment.objects.filter(campaign=campaign).order_by()
    units = Unit.objects.filter(known_by(name))
    activities = Activity.objects.filter(matching("title", words, caseless), campaign=campaign)
    about = rows.filter(activity__in=activities.order_by().values("pk")).values("pk")
    return rows.filter(unit__in=units.order_by().values("pk")).values("pk").union(about)


def few(
    kind: str,
    standing: str,
    asked: bool,
    caseless: bool,
    whole: bool,
    *,
    campaign: Any,
    now: Any,
    own: Any,
    **more: Any,
) -> Any:
    """The rows that fit, the most urgent first, each behind how many there are."""
    rows = Assignment.objects.filter(campaign=campaign)
    mine = any_of("unit", own)
    rows = rows.filter(mine | ~Q(settled=BEGUN)) if whole else rows.filter(mine)
    if "words" in more:
        rows = rows.filter(pk__in=called(more["words"], more["name"], caseless, campaign))
    if "unit" in more:
        rows = rows.filter(unit=more["unit"])
    ranks = [When(stands(standing, now), then=Value(rank)) for rank, standing in enumerate(URGENCY)]
    rank = Case(*ranks, default=Value(URGENCY.index(Standing.DUE)), output_field=IntegerField())
    found = narrowed(rows, kind, standing, asked, now).annotate(every=Window(Count("*")), rank=rank)
    return Listed.read_from(found.order_by("rank", *ORDER), "every")


FEW = Compiled(few, PART)


def page_of_few(campaign: int, choice: Choice, own: Collection[int], asked: Any, *, whole: bool) -> "Page[Any]":
    """A page of what fits words or one unit, or of what the person's own units owe.

    Arguments: the campaign; what was chosen; the units for which the person files; the number of the page as asked
    for; whether the person sees the whole campaign, else only the own units.
    """
    given: dict[str, Any] = {"campaign": campaign, "now": clock.now(), "own": sorted(own)}
    if choice.words:
        given |= {"words": choice.words, "name": bare(choice.words)}
    if choice.unit:
        given["unit"] = choice.unit
    shape = choice.kind, choice.standing, choice.asked, choice.words.upper() == choice.words.lower(), whole
    first = (page_number(asked) - 1) * PAGE
    found = FEW(*shape, **given, limit=PAGE, offset=first)
    if not found and first:  # behind the last page: how many there are is not known yet
        found = FEW(*shape, **given, limit=1, offset=0)

    def read(limit: int, offset: int) -> list[Listed]:
        rows = found if offset == first else FEW(*shape, **given, limit=limit, offset=offset)
        return [Listed(*each) for _total, *each in rows]

    return page_of(found[0][0] if found else 0, PAGE, asked, read)


def page_number(asked: Any) -> int:
    """The number of a page as it stands in an address; 1 when it is none."""
    return int(asked) if asked and asked.isdecimal() and 0 < len(asked) < 9 and int(asked) else 1
