"""What goes in and out of the interface, as its description has it."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

NUMBER = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=NUMBER)]
Text = Annotated[str, Field(max_length=20_000)]


class Problem(Schema):
    code: str
    message: str
    fields: dict[str, list[str]] | None = None


class Wrong(Schema):
    """Why it was not done: a word for programs, a sentence for people."""

    error: Problem


class CampaignOut(Schema):
    id: int
    title: str
    year: int
    theme: str
    host: int
    state: str
    starts_on: date
    ends_on: date
    summary_due_on: date


class NoticeOut(Schema):
    id: int
    campaign: int
    kind: str
    title: str
    number: str | None
    state: str
    issued_at: datetime | None


class NoticeWhole(NoticeOut):
    salutation: str
    body: str
    signature: str


class UnitOut(Schema):
    id: int
    name: str
    full_name: str
    kind: str
    level: str
    parent: int | None


class AssignmentOut(Schema):
    id: int
    campaign: int
    notice: int
    unit: int
    unit_name: str
    kind: str
    about: str
    activity: int | None
    state: str
    standing: str
    volunteered: bool
    due_at: datetime
    extended_until: datetime | None
    submitted_at: datetime | None


class FilingOut(Schema):
    id: int
    assignment: int
    campaign: int
    unit: int
    kind: str
    version: int
    submitted_at: datetime
    content: dict[str, Any]


class TallyOut(Schema):
    on_time: int
    extended: int
    late: int
    overdue: int
    to_correct: int
    due: int
    waived: int
    closed: int
    filed: int
    expected: int
    rate: int | None


class KindOut(Schema):
    kind: str
    tally: TallyOut


class FiguresOut(Schema):
    campaign: int
    at: datetime
    of: str
    """``campaign``: of all units; ``unit``: of the token's own."""
    total: TallyOut
    kinds: list[KindOut]
    units: int | None
    units_with_overdue: int | None
    to_review: int | None


class Campaigns(Schema):
    items: list[CampaignOut]
    next: str | None


class Notices(Schema):
    items: list[NoticeOut]
    next: str | None


class Units(Schema):
    items: list[UnitOut]
    next: str | None


class Assignments(Schema):
    items: list[AssignmentOut]
    next: str | None


class Filings(Schema):
    items: list[FilingOut]
    next: str | None


class ProgressIn(Schema):
    """How an activity goes. ``assignment`` where the office asked for it; else ``campaign`` and ``activity``."""

    assignment: Id | None = None
    campaign: Id | None = None
    activity: Id | None = None
    stage: str = Field(max_length=20, description="preparing, under_way, done, stuck")
    percent: int = Field(ge=0, le=100)
    narrative: Text
    problems: Text = ""
    next_step: Text = ""


class CountIn(Schema):
    """So many, on a day."""

    count: int = Field(ge=1, le=10**9)
    on: date
    window: Id | None = None
    note: str = Field("", max_length=500)
    link: str = Field("", max_length=500)
    sure: bool = Field(False, description="a number that was asked back is right all the same")


class CountOut(Schema):
    id: int
    assignment: int
    count: int
    on: date
    reported: int
    target: int | None
    filed: bool
