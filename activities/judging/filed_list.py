"""What was filed in a campaign, the newest first: read along an index, with all a row shows in one query."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, CharField, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Unit
from accounts.models.units import bare
from accounts.naming import known_by
from activities.models import Assignment, Attachment, Coverage, Listed, Photo
from activities.models import Case as TypicalCase
from activities.standings import standings
from activities.states import FILED, Kind
from workflow.compiled import COUNT, PART, Compiled, any_of
from workflow.pages import page_of

PAGE = 50


@dataclass(frozen=True)
class Sought:
    """What of the filings is to be listed: a kind, the units called so, one unit, or the units one files for."""

    kind: str = ""
    name: str = ""
    unit: int = 0
    own: Collection[int] | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What the query is given."""
        given: dict[str, Any] = {}
        if self.name:
            given["name"] = bare(self.name)
        if self.unit:
            given["unit"] = self.unit
        return given if self.own is None else given | {"own": sorted(self.own)}


@dataclass(frozen=True, slots=True)
class Filed:
    """One row of the list."""

    row: Listed
    photos: int
    files: int
    headline: str
    """The title under which a case or media coverage was filed."""


def among(kind: str, *, campaign: Any, **given: Any) -> "QuerySet[Assignment]":
    """The filings sought."""
    rows = Assignment.objects.filter(campaign=campaign, state__in=FILED)
    if kind:
        rows = rows.filter(kind=kind)
    if "unit" in given:
        rows = rows.filter(unit=given["unit"])
    if "name" in given:
        rows = rows.filter(unit__in=Unit.objects.filter(known_by(given["name"])).order_by().values("pk"))
    return rows.filter(any_of("unit", given["own"])) if "own" in given else rows


def number_of(model: Any) -> Coalesce:
    """How many photos or files there are with an assignment."""
    rows = model._default_manager.filter(assignment=OuterRef("pk")).order_by().values("assignment")
    return Coalesce(Subquery(rows.values_list(Count("pk"))), Value(0), output_field=IntegerField())


def title_of(model: Any) -> Subquery:
    """The title in the newest version that was submitted."""
    rows = model._default_manager.filter(assignment=OuterRef("pk"), submitted_at__isnull=False)
    return Subquery(rows.order_by("-version").values("title")[:1])


def newest_first(kind: str, *, campaign: Any, **given: Any) -> Any:
    """The rows with what they show."""
    titles = [When(kind=Kind.CASE, then=title_of(TypicalCase)), When(kind=Kind.COVERAGE, then=title_of(Coverage))]
    rows = among(kind, campaign=campaign, **given).annotate(
        photo_number=number_of(Photo), file_number=number_of(Attachment),
        headline=Case(*titles, output_field=CharField()),
    )  # fmt: skip
    return Listed.read_from(rows.order_by("-submitted_at", "-pk"), "photo_number", "file_number", "headline")


NEWEST_FIRST = Compiled(newest_first, PART)
HOW_MANY = Compiled(lambda kind, **given: among(kind, **given).order_by().values_list("pk"), COUNT)


def page_of_filed(campaign: int, sought: Sought, asked: Any) -> "Page[Any]":
    """A page of what was filed in a campaign.

    Arguments: the campaign; what is sought; the number of the page as asked for. Returns: its rows are :class:`Filed`.
    """
    given = sought.values | {"campaign": campaign}

    def read(limit: int, offset: int) -> list[Filed]:
        rows = NEWEST_FIRST(sought.kind, **given, limit=limit, offset=offset)
        return [Filed(Listed(*row), photos, files, headline or "") for photos, files, headline, *row in rows]

    return page_of(how_many(campaign, sought, given), PAGE, asked, read)


def how_many(campaign: int, sought: Sought, given: dict[str, Any]) -> int:
    """How many filings there are; of the whole campaign that is counted already."""
    if sought.name or sought.unit or sought.own is not None:
        return HOW_MANY.number(sought.kind, **given)
    chosen = (sought.kind,) if sought.kind else tuple(Kind)
    return standings(campaign).number(lambda share: share.state in FILED and share.kind in chosen)
