"""What came of it: summaries with their figures, and briefings."""

from reports.models.archive import Archive
from reports.models.briefing import Briefing, BriefingState
from reports.models.demonstration import DemonstrationMark
from reports.models.remark import PassageRemark
from reports.models.section import Evidence, Section, SectionSet
from reports.models.shared_passage import Comparison, SharedPassage
from reports.models.summary import Figure, Passage, Summary

__all__ = [
    "Archive",
    "Briefing",
    "BriefingState",
    "Comparison",
    "DemonstrationMark",
    "Evidence",
    "Figure",
    "Passage",
    "PassageRemark",
    "Section",
    "SectionSet",
    "SharedPassage",
    "Summary",
]
