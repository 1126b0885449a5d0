"""What was filed: in a campaign before its office, in all years before the unit that filed it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from html import escape
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from activities.judging.lists.owed import COLUMNS, FACETS, IN, Owed, stands, what
from activities.judging.lists.source import CAMPAIGN, Assignments
from activities.models import Assignment, Attachment, Coverage, Listed, Photo
from activities.models import Case as TypicalCase
from activities.states import Kind
from campaigns.models import Campaign
from workflow.compiled import Compiled, any_of
from workflow.listing.columns import Column, Type
from workflow.listing.listing import Facet, Listing, Order
from workflow.words import Words

NUMBER = re.compile(r"\d{4}-0*(\d{1,18})")


@dataclass(frozen=True, slots=True)
class FiledRow(Owed):
    """One filing."""

    photos: int = 0
    files: int = 0
    headline: str = ""
    """The title under which a case or media coverage was filed."""
    campaign: str = ""
    number: str = ""
    """The number of its receipt, which the unit can name: the year and the number of what was owed."""


def receipt_number(year: int, pk: int) -> str:
    """The number of a receipt: 2015-000123."""
    return f"{year}-{pk:06}"


def number_of(model: Any) -> Coalesce:
    """How many photos or files there are with an assignment."""
    rows = model._default_manager.filter(assignment=OuterRef("pk")).order_by().values("assignment")
    return Coalesce(Subquery(rows.values_list(Count("pk"))), Value(0), output_field=IntegerField())


def title_of(model: Any) -> Subquery:
    """The title in the newest version that was submitted."""
    rows = model._default_manager.filter(assignment=OuterRef("pk"), submitted_at__isnull=False)
    return Subquery(rows.order_by("-version").values("title")[:1])


def with_parts(pks: Any) -> Any:
    """Rows with what is in them."""
    titles = [When(kind=Kind.CASE, then=title_of(TypicalCase)), When(kind=Kind.COVERAGE, then=title_of(Coverage))]
    rows = Assignment.objects.filter(any_of("pk", pks)).annotate(
        whose=F("unit"), photo_number=number_of(Photo), file_number=number_of(Attachment),
        headline=Case(*titles, output_field=CharField()),
    )  # fmt: skip
    return Listed.read_from(rows, "whose", "photo_number", "file_number", "headline")


ROWS = Compiled(with_parts)


@dataclass
class Filed(Assignments):
    """What was filed, before one reader."""

    campaigns: dict[int, Campaign] = field(default_factory=dict)

    @classmethod
    def among(cls, source: Assignments, campaigns: dict[int, Campaign]) -> "Filed":
        """The filings among assignments. Arguments: these; their campaigns."""
        parts = {each.name: getattr(source, each.name) for each in fields(source)}
        return cls(**parts | {"seen": source.seen & stands(source, IN), "campaigns": campaigns})

    def worded(self, words: str) -> int:
        number = NUMBER.fullmatch(words.strip())
        place = self.sheet.place.get(int(number[1])) if number else None
        return super().worded(words) | (0 if place is None else 1 << place)

    def read(self, pks: Sequence[int]) -> list[Owed]:
        known, groups, found = self.units.units, dict(self.units.groups), list[Owed]()
        for unit, photos, files, headline, *row in ROWS(pks=list(pks)):
            of, listed = known.get(unit), Listed(*row)
            campaign = self.campaigns[self.sheet.columns[CAMPAIGN][self.sheet.place[listed.pk]]]
            named = tuple(groups[each] for each in of.groups) if of else ()
            more = {"photos": photos, "files": files, "headline": headline or "", "campaign": str(campaign)}
            number, page = receipt_number(campaign.year, listed.pk), self.address(listed.get_absolute_url())
            found.append(FiledRow(listed, of, named, page, **more, number=number))
        return found


def titled(row: Any, words: Words) -> str:
    """What it is, and under which title it was filed."""
    return what(row, words) + (f'<div class="small">{escape(row.headline)}</div>' if row.headline else "")


def taken(*names: str) -> tuple[Column, ...]:
    """Columns of the list of who owes what, by their names."""
    known = {column.name: column for column in COLUMNS}
    return tuple(known[name] for name in names)


def facet(name: str) -> Facet:
    """A facet of the list of who owes what."""
    return next(each for each in FACETS if each.name == name)


NUMBERED = Column("number", _("Receipt number"), lambda row: row.number, width=14)
WHAT = Column("what", _("What was filed"), lambda row: " · ".join(filter(None, (str(row), row.headline))), width=40,
              html=titled)  # fmt: skip
PHOTOS = Column("photos", _("Photos"), lambda row: row.photos or None, Type.NUMBER, 8)
FILES = Column("files", _("Files"), lambda row: row.files or None, Type.NUMBER, 8)
NEWEST_FIRST = (Order("filed", "filed", back=True), Order("unit", "unit"), Order("due", "due"))

FILED = Listing(
    "filings",
    _("What was filed"),
    (WHAT, *taken("kind", "about", "unit", "level", "sort", "groups", "filed", "day", "by"), PHOTOS, FILES,
     *taken("standing", "state"), NUMBERED),
    (facet("kind"), facet("standing"), facet("state"), facet("group"), facet("level"), facet("sort"), facet("asked"),
     facet("unit")),
    NEWEST_FIRST,
)  # fmt: skip


def campaigns_of(source: Filed) -> list[tuple[str, Any]]:
    """The campaigns in which something was filed, the newest first."""
    return [(str(pk), str(each)) for pk, each in sorted(source.campaigns.items(), reverse=True)]


def of_campaign(source: Filed, value: str) -> int:
    """The rows of a campaign."""
    return source.sheet.having("campaign", int(value))


OWN = Listing(
    "own-filings",
    _("What our unit has filed"),
    (NUMBERED, WHAT, Column("campaign", _("Campaign"), lambda row: row.campaign, width=26),
     *taken("unit", "due", "filed", "day", "by"), PHOTOS, FILES, *taken("standing", "state")),
    (Facet("campaign", _("Campaign"), campaigns_of, of_campaign), facet("kind"), facet("standing"), facet("state"),
     facet("asked"), facet("unit")),
    NEWEST_FIRST,
)  # fmt: skip
