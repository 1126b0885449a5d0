"""What came of it: summaries with their figures, and briefings."""

from reports.models.archive import Archive, ArchiveOf
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
from reports.models.evaluation import (
    Adjustment,
    Combine,
    Criterion,
    Mark,
    Measure,
    Release,
    Scheme,
    SchemeState,
    SheetComment,
)
from reports.models.interface import ApiAnswer, ApiHook, ApiToken, Event, HookDelivery, Scope
from reports.models.leader_remark import LeaderRemark, RemarkState
from reports.models.remark import PassageRemark
from reports.models.rolled import LevelRelease, ReleasedFigure, RolledPiece, RolledSummary
from reports.models.search_entry import SearchEntry, SearchPosting, SearchState, Sought
from reports.models.section import Evidence, Section, SectionSet
from reports.models.shared_passage import Comparison, SharedPassage
from reports.models.summary import Figure, Passage, Summary
from reports.models.target import Target, TargetValue, ValueState

__all__ = [
    "Adjustment",
    "ApiAnswer",
    "ApiHook",
    "ApiToken",
    "Archive",
    "ArchiveOf",
    "Briefing",
    "BriefingKind",
    "BriefingOpening",
    "BriefingState",
    "ChapterChoice",
    "ChapterKind",
    "ChapterOrder",
    "Combine",
    "Comparison",
    "Composition",
    "Criterion",
    "DemonstrationMark",
    "Event",
    "Evidence",
    "Figure",
    "HookDelivery",
    "LeaderRemark",
    "LevelRelease",
    "Mark",
    "Measure",
    "Passage",
    "PassageRemark",
    "Problem",
    "Quote",
    "Release",
    "ReleasedFigure",
    "RemarkState",
    "RolledPiece",
    "RolledSummary",
    "Scheme",
    "SchemeState",
    "Scope",
    "SearchEntry",
    "SearchPosting",
    "SearchState",
    "Section",
    "SectionSet",
    "SharedPassage",
    "SheetComment",
    "Sought",
    "StandsOn",
    "Summary",
    "Target",
    "TargetValue",
    "ValueState",
]
