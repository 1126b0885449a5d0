"""What the tests of this room share: what a briefing would say if it were frozen now."""

from typing import Any

import documents
from campaigns.models import Campaign
from reports.briefings.book import book_of
from reports.briefings.composing import begin
from reports.briefings.content import content
from reports.briefings.moment import stood
from reports.models import BriefingKind


def said_now(campaign: Campaign, by: Any) -> dict[str, Any]:
    """What an edition would say now."""
    return content(begin(campaign, BriefingKind.CONSOLIDATED, by=by), stood(campaign))


def book_now(campaign: Campaign, by: Any, *, gaps: bool = False) -> "documents.book.Book":
    """The book it would be."""
    return book_of(campaign, said_now(campaign, by), gaps=gaps)
