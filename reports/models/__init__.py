"""What came of it: summaries with their figures, and briefings."""

from reports.models.archive import Archive
from reports.models.briefing import Briefing, BriefingOpening, BriefingState
from reports.models.composition import (
    BriefingKind,
    ChapterChoice,
    ChapterKind,
    ChapterOrder,
    Composition,
    Problem,
    Quote,
    StandsOn,
)
from reports.models.demonstration import DemonstrationMark
from reports.models.remark import PassageRemark
from reports.models.section import Evidence, Section, SectionSet
from reports.models.shared_passage import Comparison, SharedPassage
from reports.models.summary import Figure, Passage, Summary

__all__ = [
    "Archive",
    "Briefing",
    "BriefingKind",
    "BriefingOpening",
    "BriefingState",
    "ChapterChoice",
    "ChapterKind",
    "ChapterOrder",
    "Comparison",
    "Composition",
    "DemonstrationMark",
    "Evidence",
    "Figure",
    "Passage",
    "PassageRemark",
    "Problem",
    "Quote",
    "Section",
    "SectionSet",
    "SharedPassage",
    "StandsOn",
    "Summary",
]
