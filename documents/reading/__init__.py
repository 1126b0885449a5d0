"""Read a text: an official notice becomes a proposed campaign (read), any official document an outline.

phrases knows dates, units and quantities wherever they stand; structure takes a text apart into lines, parts, tables
and chapters; notice makes the proposal of them; document puts a bare text together to be set as it stands.
"""

from .document.annexes import HandedIn, annexes_of, pasted_blocks
from .document.assembly import document_from_blocks, document_from_text
from .notice.days_off import DaysOff, Wrong, read_days_off
from .notice.demands import Demands, Quota, read_demands
from .notice.draft import Activity, Deadline, Interview, NoticeDraft, Task
from .notice.draft_json import draft_json
from .notice.figure_forms import FigureAsked, distinct, figures_of
from .notice.filing_words import kind_of_filing
from .notice.reader import read
from .phrases.dates import Calendar, DateFound, is_date_line, working_days_from
from .phrases.dates import find as find_dates
from .phrases.spans import Span, Text, verbatim
from .phrases.targets import Target
from .phrases.units import KnownUnit, UnitFound
from .structure.lines import flow
from .structure.lines import split as lines_of

__all__ = [
    "Activity", "Calendar", "DateFound", "DaysOff", "Deadline", "Demands", "FigureAsked", "HandedIn", "Interview",
    "KnownUnit", "NoticeDraft", "Quota", "Span", "Target", "Task", "Text", "UnitFound", "Wrong", "annexes_of",
    "distinct", "document_from_blocks", "document_from_text", "draft_json", "figures_of", "find_dates", "flow",
    "is_date_line", "kind_of_filing", "lines_of", "pasted_blocks", "read", "read_days_off", "read_demands",
    "verbatim", "working_days_from",
]  # fmt: skip
