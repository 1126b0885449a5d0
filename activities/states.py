"""States of an assignment, where each may go, and the groups pages ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AssignmentState(models.TextChoices):
    OPEN = "open", _("To be filed")
    SUBMITTED = "submitted", _("Filed")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    WAIVED = "waived", _("Not applicable")
    CLOSED = "closed", _("No longer asked")


ASSIGNMENT_MOVES: dict[str, set[str]] = {
    AssignmentState.OPEN: {AssignmentState.SUBMITTED, AssignmentState.WAIVED, AssignmentState.CLOSED},
    AssignmentState.SUBMITTED: {
        AssignmentState.ACCEPTED,
        AssignmentState.RETURNED,
        AssignmentState.OPEN,
        AssignmentState.CLOSED,
    },
    AssignmentState.ACCEPTED: {AssignmentState.RETURNED},
    AssignmentState.RETURNED: {AssignmentState.SUBMITTED, AssignmentState.WAIVED, AssignmentState.CLOSED},
    AssignmentState.WAIVED: {AssignmentState.OPEN, AssignmentState.CLOSED},
    AssignmentState.CLOSED: set(),
}

FILED = (AssignmentState.SUBMITTED, AssignmentState.ACCEPTED)
OWED = (AssignmentState.OPEN, AssignmentState.RETURNED)


class Standing(models.TextChoices):
    """How an assignment stands against its deadline: it follows from dates (see :attr:`Assignment.settled`)."""

    ON_TIME = "on_time", _("On time")
    EXTENDED = "extended", _("Within the extension")
    LATE = "late", _("Filed late")
    OVERDUE = "overdue", _("Overdue")
    RETURNED = "to_correct", _("To be corrected")
    DUE = "due", _("Not due yet")
    WAIVED = "waived", _("Not applicable")
    CLOSED = "closed", _("No longer asked")


CAME_IN = (Standing.ON_TIME, Standing.EXTENDED, Standing.LATE, Standing.RETURNED)
"""What was filed: what was returned as well, it is to be corrected."""


class Kind(models.TextChoices):
    """What a unit can owe."""

    RECEIPT = "receipt", _("Receipt")
    LIAISON = "liaison", _("Liaison officers")
    PLAN = "plan", _("Activity plan")
    DELIVERABLE = "deliverable", _("Deliverable")
    ROUND = "round", _("Material for a round")
    PROGRESS = "progress", _("Progress")
    CASE = "case", _("Typical case")
    COVERAGE = "coverage", _("Media coverage")
    OTHER = "other", _("Other material")
    SUMMARY = "summary", _("Summary")
    SLIP = "slip", _("Reply to a supervision slip")
    QUESTION = "question", _("One more question")
    DECISION = "decision", _("Decision of a meeting")


PAGES = {
    Kind.RECEIPT: "activities:receipt",
    Kind.LIAISON: "activities:liaison",
    Kind.PLAN: "activities:plan",
    Kind.SUMMARY: "reports:summary",
    Kind.OTHER: "activities:material",
    Kind.DELIVERABLE: "activities:deliverable",
    Kind.ROUND: "activities:material",
    Kind.PROGRESS: "activities:progress",
    Kind.CASE: "activities:case",
    Kind.COVERAGE: "activities:coverage",
    Kind.SLIP: "activities:slip-reply",
    Kind.QUESTION: "activities:answer",
    Kind.DECISION: "activities:material",
}
"""The page of each kind, by URL name: a higher room's page is known by address only."""

REVIEWED = (Kind.PLAN, Kind.SUMMARY, Kind.OTHER, Kind.CASE, Kind.ROUND, Kind.SLIP, Kind.DECISION)
"""Kinds the office accepts or returns; the others are done when they are filed."""


OFFERED = (Kind.PROGRESS, Kind.CASE, Kind.COVERAGE, Kind.OTHER)
"""Kinds a unit may file of its own accord, as often as it likes; nobody owes them then."""


class PetitionKind(models.TextChoices):
    EXTENSION = "extension", _("Extension")
    WAIVER = "waiver", _("Not applicable")
    RETURN = "return", _("To be returned for correction")


class PetitionState(models.TextChoices):
    ASKED = "asked", _("Waiting for the office")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PETITION_MOVES: dict[str, set[str]] = {
    PetitionState.ASKED: {PetitionState.GRANTED, PetitionState.REFUSED, PetitionState.WITHDRAWN},
    PetitionState.GRANTED: set(),
    PetitionState.REFUSED: set(),
    PetitionState.WITHDRAWN: set(),
}


SIGNED_BY_HEAD = (Kind.PLAN, Kind.SUMMARY)
"""What passes the head of the unit before it goes to the office, where a campaign asks for it."""


class SigningState(models.TextChoices):
    WAITING = "waiting", _("With the head of the unit")
    PASSED = "passed", _("Passed on to the office")
    RETURNED = "returned", _("Returned to the liaison officer")
    TAKEN_BACK = "taken_back", _("Taken back from the head")


SIGNING_MOVES: dict[str, set[str]] = {
    SigningState.WAITING: {SigningState.PASSED, SigningState.RETURNED, SigningState.TAKEN_BACK},
    SigningState.PASSED: set(),
    SigningState.RETURNED: set(),
    SigningState.TAKEN_BACK: set(),
}


class EntryState(models.TextChoices):
    COUNTED = "counted", _("Counted")
    REJECTED = "rejected", _("Not counted")
    TAKEN_BACK = "taken_back", _("Taken back by the unit")


ENTRY_MOVES: dict[str, set[str]] = {
    EntryState.COUNTED: {EntryState.REJECTED, EntryState.TAKEN_BACK},
    EntryState.REJECTED: {EntryState.COUNTED},
    EntryState.TAKEN_BACK: set(),
}


class LikenessState(models.TextChoices):
    """What the office says of two photos that look alike."""

    OPEN = "open", _("To be looked at")
    DIFFERENT = "different", _("Different photos")
    OCCASION = "occasion", _("One occasion, told by both")
    TWICE = "twice", _("The same photo used twice")


VERDICTS = (LikenessState.DIFFERENT, LikenessState.OCCASION, LikenessState.TWICE)
LIKENESS_MOVES: dict[str, set[str]] = {
    LikenessState.OPEN: {*VERDICTS},
    **{verdict: {LikenessState.OPEN} for verdict in VERDICTS},
}


class ReadingState(models.TextChoices):
    OPEN = "open", _("Under review")
    CONFIRMED = "confirmed", _("Confirmed")


READING_MOVES: dict[str, set[str]] = {
    ReadingState.OPEN: {ReadingState.CONFIRMED},
    ReadingState.CONFIRMED: {ReadingState.OPEN},
}


class ReminderState(models.TextChoices):
    HELD = "held", _("Held back")
    WAITING = "waiting", _("Will be sent")
    SENT = "sent", _("Sent")
    DELETED = "deleted", _("Deleted")


REMINDER_MOVES: dict[str, set[str]] = {
    ReminderState.HELD: {ReminderState.WAITING, ReminderState.DELETED},
    ReminderState.WAITING: {ReminderState.HELD, ReminderState.SENT, ReminderState.DELETED},
    ReminderState.SENT: set(),
    ReminderState.DELETED: set(),
}


class LetterState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    LEFT_OUT = "left_out", _("Left out")
    NOTHING = "nothing", _("Nothing left to ask")
    SENT = "sent", _("Sent")


class SlipState(models.TextChoices):
    """Of a supervision slip. How its reply stands is the state of an assignment, and is not kept twice."""

    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SLIP_MOVES: dict[str, set[str]] = {
    SlipState.DRAFT: {SlipState.ISSUED, SlipState.WITHDRAWN},
    SlipState.ISSUED: {SlipState.CLOSED, SlipState.WITHDRAWN},
    SlipState.CLOSED: set(),
    SlipState.WITHDRAWN: set(),
}


class QuestionState(models.TextChoices):
    ASKED = "asked", _("Asked")
    CLOSED = "closed", _("Closed")


QUESTION_MOVES: dict[str, set[str]] = {
    QuestionState.ASKED: {QuestionState.CLOSED},
    QuestionState.CLOSED: set(),
}


class MeetingState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    CONVENED = "convened", _("Convened")
    HELD = "held", pgettext_lazy("a meeting", "Held")
    CANCELLED = "cancelled", _("Does not take place")


MEETING_MOVES: dict[str, set[str]] = {
    MeetingState.DRAFT: {MeetingState.CONVENED, MeetingState.CANCELLED},
    MeetingState.CONVENED: {MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.HELD: set(),
    MeetingState.CANCELLED: set(),
}


class InvitationState(models.TextChoices):
    ASKED = "asked", _("No answer yet")
    COMING = "coming", _("Attends")
    EXCUSED = "excused", _("Asks to be excused")
    TAKEN_OUT = "taken_out", _("No longer invited")


INVITATION_MOVES: dict[str, set[str]] = {
    InvitationState.ASKED: {InvitationState.COMING, InvitationState.EXCUSED, InvitationState.TAKEN_OUT},
    InvitationState.COMING: {
        InvitationState.COMING,
        InvitationState.EXCUSED,
        InvitationState.ASKED,
        InvitationState.TAKEN_OUT,
    },
    InvitationState.EXCUSED: {
        InvitationState.COMING,
        InvitationState.EXCUSED,
        InvitationState.ASKED,
        InvitationState.TAKEN_OUT,
    },
    InvitationState.TAKEN_OUT: {InvitationState.ASKED},
}


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CIRCULATED = "circulated", _("Circulated")
    REPLACED = "replaced", _("Replaced by a newer version")


MINUTES_MOVES: dict[str, set[str]] = {
    MinutesState.DRAFT: {MinutesState.CIRCULATED},
    MinutesState.CIRCULATED: {MinutesState.REPLACED},
    MinutesState.REPLACED: set(),
}


class DecisionState(models.TextChoices):
    """How it is carried out is the state of an assignment, and is not kept twice."""

    DRAFT = "draft", _("Not handed out yet")
    HANDED_OUT = "handed_out", _("Handed out")
    DROPPED = "dropped", _("Dropped")


DECISION_MOVES: dict[str, set[str]] = {
    DecisionState.DRAFT: {DecisionState.HANDED_OUT},
    DecisionState.HANDED_OUT: {DecisionState.DROPPED},
    DecisionState.DROPPED: set(),
}
