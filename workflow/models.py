"""The tables of this room, each beside the idea it belongs to."""

from workflow.arrangement import YearArranged
from workflow.channels.channel import Cause
from workflow.channels.delivery import Delivery
from workflow.channels.returns.mailbox import Mailbox
from workflow.channels.returns.stopped import StoppedAddress
from workflow.channels.state import ChannelState
from workflow.jobs import Job
from workflow.listing.choices import ListChoice
from workflow.outbox import Notification
from workflow.pulse import Pulse
from workflow.sheets.exports import ListExport
from workflow.sheets.models import SheetImport
from workflow.stateful import JobState, MoveRefused, Stateful, Transition

__all__ = [
    "Cause", "ChannelState", "Delivery", "Job", "JobState", "ListChoice", "ListExport", "Mailbox", "MoveRefused",
    "Notification", "Pulse", "SheetImport", "Stateful", "StoppedAddress", "Transition", "YearArranged",
]  # fmt: skip
