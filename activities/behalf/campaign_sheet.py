"""A list of what units file in a campaign, as Excel: before the unit's people their own rows, before the office all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from accounts.unit_names import Names, tidy
from activities.behalf.writer import Writer, the_office, the_unit
from activities.models import Assignment
from activities.states import AssignmentState
from campaigns.models import Campaign
from workflow.pages import may
from workflow.sheets.declared import Sheet


class CampaignSheet(Sheet):
    """The ground of such lists: which assignments, and as what somebody writes."""

    kind: str

    def __init__(self, user: Any, scope: Mapping[str, Any]) -> None:
        super().__init__(user, {"campaign": scope["campaign"]})
        found = Campaign.objects.visible_to(user).select_related("host").filter(pk=scope["campaign"]).first()
        if found is None:
            raise Http404
        self.campaign: Campaign = found
        self.is_office: bool = user.is_in(found.host_id, *OFFICE_ROLES)
        if not self.is_office and not user.units_as(*UNIT_ROLES):
            raise PermissionDenied

    @property
    def about(self) -> str:
        return str(self.campaign)

    def assignments(self) -> QuerySet[Assignment]:
        """What may be filed here, the units in the order of the register."""
        rows = Assignment.objects.visible_to(self.user).filter(
            campaign=self.campaign, kind=self.kind, volunteered=False
        )
        if not self.is_office:
            rows = rows.filter(unit__in=self.user.units_as(*UNIT_ROLES))
        rows = rows.exclude(state__in=[AssignmentState.CLOSED, AssignmentState.WAIVED])
        return rows.select_related("unit", "campaign", "activity", "deliverable").order_by("unit__order", "unit", "pk")

    def writer(self, row: Assignment) -> Writer:
        """As what the person writes. Raises: PermissionDenied."""
        if not may(self.user, "file_for" if self.is_office else "file", row):
            raise PermissionDenied
        return the_office(self.user, row) if self.is_office else the_unit(self.user, row)

    @cached_property
    def names(self) -> Names:
        """All units by every name they go by."""
        return Names()

    def read_unit(self, text: str) -> str:
        """A unit by any of its names, as its short name."""
        found = self.names.called(text)
        return found[0].name if len(found) == 1 else tidy(text)

    def lock(self) -> None:
        list(self.assignments().order_by("pk").select_for_update(of=("self",)))
