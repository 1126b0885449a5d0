"""审签: what a liaison officer wrote lies before the head of the unit, who passes it on to the office or returns it.

A row beside the assignment: this is between people of one unit. For the office, for every figure and every deadline
the assignment is what it was, not filed, until the head passes it on.
"""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.memberships import UNIT_ROLES, Role
from activities.models.assignment import Assignment
from activities.states import SIGNED_BY_HEAD, SIGNING_MOVES, SigningState
from workflow.models import Stateful


class SigningQuerySet(models.QuerySet["Signing"]):
    def waiting(self) -> Self:
        """Those that lie before a head."""
        return self.filter(state=SigningState.WAITING)


class Signing(Stateful):
    """One version of what a unit files, before its head."""

    MOVES = SIGNING_MOVES

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="signings")
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    filing = GenericForeignKey()
    revision = models.PositiveIntegerField()
    """The revision that lies before the head: nothing else is passed on."""
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    """Why the head returned it."""
    state = models.CharField(max_length=20, choices=SigningState, default=SigningState.WAITING)

    objects = SigningQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state=SigningState.WAITING), name="one_before_the_head"
            ),
        ]

    def __str__(self) -> str:
        return str(self.assignment)

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.assignment.unit_id, UNIT_ROLES),)


def goes_to_head(assignment: Assignment, by: Any) -> bool:
    """Whether what this person of the unit submits passes the head first.

    A head files without asking anybody; a unit without a head files as where no campaign asks for it.
    """
    if not assignment.campaign.head_signs or assignment.kind not in SIGNED_BY_HEAD or assignment.volunteered:
        return False
    if by.is_in(assignment.unit_id, Role.HEAD):
        return False
    return User.objects.speaking_for([assignment.unit_id], Role.HEAD).exists()
