"""What an assignment says of itself, whether its row is read whole (``Assignment``) or for a list (``Listed``)."""

from datetime import datetime
from typing import Any

from activities.states import FILED, OWED, AssignmentState


class RowFacts:
    """Facts that follow from its own columns and ask nothing more."""

    __slots__ = ()

    state: Any
    due_at: Any
    extended_until: Any

    @property
    def falls_due(self) -> datetime:
        """The deadline as it stands: as printed, or as extended."""
        extended: datetime = max(self.due_at, self.extended_until or self.due_at)
        return extended

    @property
    def is_filed(self) -> bool:
        return self.state in FILED

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

    @property
    def is_open(self) -> bool:
        """Whether it is to be filed; what was returned is to be corrected."""
        return bool(self.state == AssignmentState.OPEN)
