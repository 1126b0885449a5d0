"""Telling the people of a unit what became of something it owes."""

from django.conf import settings
from django.utils import translation

from accounts.models import User
from accounts.models.memberships import UNIT_ROLES
from activities.models import Assignment
from workflow.telling import notify


def tell_unit(assignment: Assignment, message: str, *, about: str = "") -> None:
    """One message to each person who files for the unit; the key holds the line of the log, so once a deed.

    ``about``: what it is told of where that is no deed, so once for it.

    ``unit`` lets a successor be given what is still unread.
    """
    with translation.override(settings.LANGUAGE_CODE):  # kept for readers, whatever language the office works in
        what = str(assignment)
    notify(
        User.objects.speaking_for([assignment.unit_id], *UNIT_ROLES),
        message,
        key=f"assignment-{assignment.pk}-{about or assignment.history().count()}",
        url=assignment.get_absolute_url(),
        what=what,
        unit=assignment.unit_id,
    )
