"""What came of it: summaries with their figures, and briefings."""

from reports.models.archive import Archive
from reports.models.briefing import Briefing, BriefingOpening, BriefingState
from reports.models.composition import (
    BriefingKind,
    ChapterChoice,
    ChapterKind,
    ChapterOrder,
    Composition,
    Passage,
    Problem,
    StandsOn,
)
from reports.models.demonstration import DemonstrationMark
from reports.models.summary import Figure, Summary

__all__ = [
    "Archive",
    "Briefing",
    "BriefingKind",
    "BriefingOpening",
    "BriefingState",
    "ChapterChoice",
    "ChapterKind",
    "ChapterOrder",
    "Composition",
    "DemonstrationMark",
    "Figure",
    "Passage",
    "Problem",
    "StandsOn",
    "Summary",
]
