"""Which assignments: whose, how they stand, as lists show them; the days of a whole set."""

from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES
from accounts.visitor import Visitor
from activities.models.counting import BATCH, are_terms, held, is_counted, write_down
from activities.models.listed import Listed
from activities.models.standing_sql import TO_REVIEW, overdue, standing_case
from activities.states import FILED, OWED, AssignmentState
from workflow import clock
from workflow.models import MoveRefused


class AssignmentQuerySet(models.QuerySet[Any]):
    # --- writing: whatever is counted is written down in the same transaction ------------------------------

    def update(self, **changes: Any) -> int:
        """Change columns of many rows; what is counted of them goes into the ledger (:mod:`counting`)."""
        if not is_counted(changes):
            return super().update(**changes)
        with transaction.atomic(using=self.db):
            before = held(self)
            numbers, changed = list(before), 0
            for start in range(0, len(numbers), BATCH):
                rows = self.model._base_manager.filter(pk__in=numbers[start : start + BATCH])
                changed += models.QuerySet.update(rows, **changes)
            write_down(self.model, before, before, terms=are_terms(changes))
        return changed

    def bulk_create(  # type: ignore[override]  # what Django takes beside these is refused
        self, objs: Any, batch_size: int | None = None, **conflicts: Any
    ) -> list[Any]:
        """Write many new rows. Raises: ValueError where conflicts are to be passed over: nobody could count then."""
        if any(conflicts.values()):
            raise ValueError("Leave out what is there already: of the rest the ledger must know each row.")
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, batch_size)
            write_down(self.model, {}, [row.pk for row in made])
        return made

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows: nothing of them is counted any more."""
        with transaction.atomic(using=self.db):
            write_down(self.model, held(self), ())
            return super().delete()

    # --- reading ------------------------------------------------------------------------------------------

    def visible_to(self, user: Any) -> Self:
        """What the person's own units owe, and what is owed to a campaign of the person's office; what a link names.

        What a unit begins of its own accord is its own until it is filed.
        """
        if isinstance(user, Visitor):
            return self.of_units_of(user)
        own = Q(unit__in=user.units_as(*UNIT_ROLES))
        begun = Q(volunteered=True, state=AssignmentState.OPEN)
        return self.filter(own | Q(~begun, campaign__host__in=user.units_as(*HOST_ROLES)))

    def of_units_of(self, user: Any) -> Self:
        """What the units owe for which the person files; what a visitor's link names."""
        if isinstance(user, Visitor):
            return self.filter(pk__in=user.assignments)
        return self.filter(unit__in=user.units_as(*UNIT_ROLES))

    def hosted_by(self, user: Any, *roles: str) -> Self:
        """What is owed to campaigns of units in which the person holds one of the roles."""
        return self.filter(campaign__host__in=user.units_as(*roles))

    def to_review(self) -> Self:
        """Filed and waiting for the office."""
        return self.filter(TO_REVIEW)

    @transaction.atomic
    def set_terms(self, *, grace_until: datetime | None, locked_at: datetime | None, by: Any, note: str) -> int:
        """Until when filing counts as on time, and from when nothing can be filed (None: never), for a whole set.

        Arguments: both moments; who sets them, for one campaign; the remark that stands in each log.
        Returns: how many were set. Raises: MoveRefused when a day would come before a deadline.
        """
        for moment in (grace_until, locked_at):
            if moment and self.filter(due_at__gt=moment).exists():
                raise MoveRefused(_("Neither day may come before the deadline."))
        if locked_at and self.filter(extended_until__gt=locked_at).exists():
            raise MoveRefused(_("Some have an extension beyond that day."))
        found = list(self.order_by("pk").values_list("pk", "state"))
        self.update(grace_until=grace_until, locked_at=locked_at)
        one = self.select_related("campaign").first()
        self.model.log_all(found, None, by=by, note=note, acting_for=one and one.acting_for(by, OFFICE_ROLES))
        return len(found)

    def owed(self) -> Self:
        return self.filter(state__in=OWED)

    def overdue(self) -> Self:
        """Never filed, and the deadline is past. What was returned is to be corrected, not overdue."""
        return self.filter(overdue(clock.now()))

    def required(self) -> Self:
        """What is owed or was; not what units file of their own accord."""
        return self.filter(volunteered=False)

    def filed(self) -> Self:
        return self.filter(state__in=FILED)

    def with_standing(self) -> Self:
        """Annotate ``stands``: the same answer as :attr:`Assignment.standing`, in SQL."""
        return self.annotate(stands=standing_case(clock.now()))

    def listed(self) -> list[Listed]:
        """The rows as lists show them."""
        return [Listed(*each) for each in Listed.read_from(self)]

    def for_list(self) -> Self:
        return self.select_related(
            "unit",
            "activity",
            "demand",
            "deliverable",
            "appearance__round",
            "slip__document_number",
            "question",
            "campaign",
            "submitted_by",
        )
