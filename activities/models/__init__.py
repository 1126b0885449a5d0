"""Who owes what, by when, and what they filed."""

from activities.models.activity import Activity, Part, Participation
from activities.models.assignment import Assignment
from activities.models.demand import Demand
from activities.models.filing import Filing, StaleDraft
from activities.models.liaison import LiaisonOfficer, LiaisonRegistration
from activities.models.material import Material
from activities.models.photo import Fingerprint, Likeness, Photo, PhotoMark
from activities.models.plan import Plan
from activities.models.reading import Group, Proposal, Reading

__all__ = [
    "Activity",
    "Assignment",
    "Demand",
    "Filing",
    "Fingerprint",
    "Group",
    "LiaisonOfficer",
    "LiaisonRegistration",
    "Likeness",
    "Material",
    "Part",
    "Participation",
    "Photo",
    "PhotoMark",
    "Plan",
    "Proposal",
    "Reading",
    "StaleDraft",
]
