"""The tables of this room, each beside the idea it belongs to."""

from workflow.arrangement import YearArranged
from workflow.jobs import Job
from workflow.listing.choices import ListChoice
from workflow.outbox import Notification
from workflow.pulse import Pulse
from workflow.stateful import JobState, MoveRefused, Stateful, Transition

__all__ = [
    "Job",
    "JobState",
    "ListChoice",
    "MoveRefused",
    "Notification",
    "Pulse",
    "Stateful",
    "Transition",
    "YearArranged",
]
