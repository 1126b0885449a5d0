"""What a unit asks of the office about an assignment: more time, or that it does not apply."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from activities import rules
from activities.models.assignment import Assignment
from activities.states import PETITION_MOVES, PetitionKind, PetitionState
from workflow.day_field import DayField
from workflow.models import Stateful


class PetitionQuerySet(models.QuerySet["Petition"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's units, and those to the person's office."""
        own = Q(assignment__unit__in=user.units_as(*UNIT_ROLES))
        return self.filter(own | Q(assignment__campaign__host__in=user.units_as(*HOST_ROLES)))

    def waiting(self) -> Self:
        return self.filter(state=PetitionState.ASKED)


class Petition(Stateful, RulesModel):
    """One request with its reason; the office grants or refuses it."""

    MOVES = PETITION_MOVES

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="petitions")
    kind = models.CharField(_("kind"), max_length=20, choices=PetitionKind)
    reason = models.TextField(_("reason"), max_length=1000)
    until = DayField(_("until"), null=True, blank=True)
    """The last day asked for (extension only)."""
    granted_until = DayField(_("granted until"), null=True, blank=True)
    """The last day the office gave, where it is another one than asked for."""
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=PetitionState, default=PetitionState.ASKED)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state=PetitionState.ASKED), name="one_petition_waits"
            ),
            models.CheckConstraint(
                condition=~Q(kind=PetitionKind.EXTENSION) | Q(until__isnull=False), name="extension_has_day"
            ),
        ]
        rules_permissions = {"view": rules.sees_petition, "decide": rules.decides_petition}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.assignment.acts_in()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.assignment}"

    def get_absolute_url(self) -> str:
        return self.assignment.get_absolute_url()
