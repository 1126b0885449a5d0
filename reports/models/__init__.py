"""What came of it: summaries with their figures, and briefings."""

from reports.models.briefing import Briefing, BriefingState
from reports.models.summary import Figure, Indicator, Summary

__all__ = ["Briefing", "BriefingState", "Figure", "Indicator", "Summary"]
