"""What reading a notice proposes: frozen dataclasses, every value with its place in the source and how sure it is.

Spans are half-open offsets into the text that was read. confidence runs from 0 to 1; a doubt is an English message id
(translate it with gettext where a person reads it), "" when there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Day

from documents.reading.phrases.dates import DateFound
from documents.reading.phrases.spans import Span, Text
from documents.reading.phrases.targets import Target
from documents.reading.phrases.units import UnitFound


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about the document as a whole, or about the place at span."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a stretch of the source went: row, frame, prose or unplaced."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A headed paragraph of a chapter. kind: focal_point, content, content_group, goal, measure, requirement, org."""

    kind: str
    heading: Text
    body: Text
    number: str = ""
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class Slogan:
    """A slogan in its order; number as printed or ""."""

    text: Text
    number: str = ""
    is_theme: bool = False


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity.

    scope: common, or member (owner names the unit whose entry it is); span: the whole entry; details: of a row of a
    table what its other columns say, by their heading.
    """

    title: Text
    span: Span
    scope: str = "common"
    owner: UnitFound | None = None
    number: str = ""
    sub_number: str = ""
    group: Text | None = None
    parent: Text | None = None
    theme: Text | None = None
    venue: Text | None = None
    dates: tuple[DateFound, ...] = ()
    units: tuple[UnitFound, ...] = ()
    targets: tuple[Target, ...] = ()
    details: tuple[tuple[str, Text], ...] = ()
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()

    def led_by(self) -> tuple[UnitFound, ...]:
        """Return the units that lead."""
        return tuple(unit for unit in self.units if unit.role == "lead")

    def assisted_by(self) -> tuple[UnitFound, ...]:
        """Return the units that assist."""
        return tuple(unit for unit in self.units if unit.role == "assist")


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a task table, or one task of the running text. details: what other columns say, by their heading."""

    title: Text
    span: Span
    number: str = ""
    deadline: DateFound | None = None
    responsible: tuple[UnitFound, ...] = ()
    assisting: tuple[UnitFound, ...] = ()
    remark: Text | None = None
    details: tuple[tuple[str, Text], ...] = ()
    dates: tuple[DateFound, ...] = ()
    targets: tuple[Target, ...] = ()
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """What the addressees owe by when. relative: as printed; resolved: the days it comes to, how: in which way.

    before: what its sentence says before the day; collects: it is the cut-off of what a call collects.
    reference: which annex the item is, as printed behind it: （附件2）.
    counted: of a term in working days, from which day and over how many (before it: below zero).
    """

    item: str
    kind: str
    text: str
    span: Span
    source: Span
    date: DateFound | None = None
    relative: str = ""
    recurring: str = ""
    resolved: tuple[Day, ...] = ()
    how: str = ""
    sender: str = ""
    to: tuple[UnitFound, ...] = ()
    annex: str = ""
    before: str = ""
    collects: bool = False
    reference: str = ""
    confidence: float = 1.0
    doubt: str = ""
    counted: tuple[Day, int] | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to ask: personal data, to be shown inside the campaign only."""

    span: Span
    name: str = ""
    unit: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    fax: tuple[str, ...] = ()
    mailbox: str = ""
    where: str = "body"
    confidence: float = 1.0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An entry of the attachment list, and whether its text is there."""

    title: Text
    number: str = ""
    content_present: bool = False


@dataclass(frozen=True, slots=True)
class Interview:
    """One round of interviews: 第一期, its date, who is interviewed."""

    number: int
    round: Text
    date: DateFound | None
    interviewees: tuple[UnitFound, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form to fill in: its title, the fields above the table and the columns."""

    title: str
    span: Span
    annex: str = ""
    header_fields: tuple[Text, ...] = ()
    fields: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex or the plan that the notice issues: its sections and targets stay with it."""

    number: str
    title: Text
    theme: Text | None = None
    sections: tuple[Section, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """The proposed campaign of one notice; what could not be placed is in unplaced, nothing is left out.

    asking: sentences that ask for something and became no row; places: the whole source, each word once.
    """

    source: str = field(repr=False)
    doc_type: str = "notice"
    year: int | None = None
    title: Text | None = None
    header: Text | None = None
    number: Text | None = None
    cited_numbers: tuple[Text, ...] = ()
    issuers: tuple[Text, ...] = ()
    addressees: tuple[Text, ...] = ()
    copy_to: tuple[Text, ...] = ()
    issued: DateFound | None = None
    printed: Text | None = None
    publicity: Text | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    aliases: tuple[tuple[str, str], ...] = ()
    preamble: tuple[Text, ...] = ()
    theme: Text | None = None
    spirit_slogan: Text | None = None
    logo_note: Text | None = None
    period: tuple[DateFound, ...] = ()
    ideology: Text | None = None
    goal: Text | None = None
    sections: tuple[Section, ...] = ()
    slogans: tuple[Slogan, ...] = ()
    activities: tuple[Activity, ...] = ()
    headers: tuple[Text, ...] = ()
    tasks: tuple[Task, ...] = ()
    body_tasks: tuple[Task, ...] = ()
    interviews: tuple[Interview, ...] = ()
    forms: tuple[Form, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    milestones: tuple[DateFound, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    annexes: tuple[Annex, ...] = ()
    targets: tuple[Target, ...] = ()
    unplaced: tuple[Text, ...] = ()
    asking: tuple[Text, ...] = ()
    places: tuple[Placed, ...] = field(default=(), repr=False)
    doubts: tuple[Doubt, ...] = ()
