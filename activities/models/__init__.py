"""Who owes what, by when, and what they filed."""

from activities.models.activity import Activity, GroupParticipation, Part, Participation
from activities.models.adopting import (
    Adoption,
    AskingSentence,
    CarriedOut,
    ChangeKind,
    Decision,
    HandedDown,
    UpperChange,
)
from activities.models.assignment import Assignment
from activities.models.bulk import Bulk, BulkDeed, BulkRow, Outcome
from activities.models.burden import BurdenMeasures, NoticeWeight, Spared
from activities.models.calendar_feed import CalendarFeed, CalendarMark
from activities.models.day_count import CountAlarm, DayCount, TermsBefore
from activities.models.deliverable import Comparator, Deliverable, Share, Window
from activities.models.demand import Counts, Demand
from activities.models.entry import Entry
from activities.models.filing import Filing, StaleDraft
from activities.models.handout import HandOut
from activities.models.incoming import Incoming
from activities.models.ladder import Chasing, Ladder
from activities.models.liaison import LiaisonOfficer, LiaisonRegistration
from activities.models.link import PersonalLink
from activities.models.listed import Listed
from activities.models.material import Attachment, Material
from activities.models.meeting import AgendaItem, Invitation, Meeting, Presence
from activities.models.minutes import MeetingDecision, Minutes, MinutesPaper
from activities.models.package import Package, PackagePart
from activities.models.petition import Petition
from activities.models.photo import Photo
from activities.models.photos_wanted import CampaignPhotos, photos_wanted
from activities.models.plan import Plan
from activities.models.question import AnswerKind, Question
from activities.models.reading import Group, Proposal, Reading
from activities.models.reminder import Letter, Named, Reminder, Told
from activities.models.replies import Answer, SlipReply
from activities.models.round import Appearance, Round
from activities.models.signing import Signing
from activities.models.slip import Grade, Slip, SlipDebt, SlipPaper
from activities.models.volunteered import Case, Coverage, Progress, PublishedCase

__all__ = [
    "Activity",
    "Adoption",
    "AgendaItem",
    "Answer",
    "AnswerKind",
    "Appearance",
    "AskingSentence",
    "Assignment",
    "Attachment",
    "Bulk",
    "BulkDeed",
    "BulkRow",
    "BurdenMeasures",
    "CalendarFeed",
    "CalendarMark",
    "CampaignPhotos",
    "CarriedOut",
    "Case",
    "ChangeKind",
    "Chasing",
    "Comparator",
    "CountAlarm",
    "Counts",
    "Coverage",
    "DayCount",
    "Decision",
    "Deliverable",
    "Demand",
    "Entry",
    "Filing",
    "Grade",
    "Group",
    "GroupParticipation",
    "HandOut",
    "HandedDown",
    "Incoming",
    "Invitation",
    "Ladder",
    "Letter",
    "LiaisonOfficer",
    "LiaisonRegistration",
    "Listed",
    "Material",
    "Meeting",
    "MeetingDecision",
    "Minutes",
    "MinutesPaper",
    "Named",
    "NoticeWeight",
    "Outcome",
    "Package",
    "PackagePart",
    "Part",
    "Participation",
    "PersonalLink",
    "Petition",
    "Photo",
    "Plan",
    "Presence",
    "Progress",
    "Proposal",
    "PublishedCase",
    "Question",
    "Reading",
    "Reminder",
    "Round",
    "Share",
    "Signing",
    "Slip",
    "SlipDebt",
    "SlipPaper",
    "SlipReply",
    "Spared",
    "StaleDraft",
    "TermsBefore",
    "Told",
    "UpperChange",
    "Window",
    "photos_wanted",
]
