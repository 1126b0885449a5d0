"""What an office does with one activity of the upper notice."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import UnitGroup
from activities.models import Activity

REPEAT, ADAPT, LEAVE = "repeat", "adapt", "leave"


@dataclass(frozen=True)
class Choice:
    """What the office does with one activity of the upper notice.

    how: REPEAT it as it is, ADAPT it under a title of one's own, LEAVE it to others; group: who leads it here (None:
    the office itself); to: to whom it is left.
    """

    activity: Activity
    how: str = REPEAT
    title: str = ""
    group: UnitGroup | None = None
    to: str = ""
