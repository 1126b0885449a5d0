"""Joint meetings (联席会议): what the office convenes, with what on the agenda, who is invited and who attends."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES
from activities import rules
from activities.states import INVITATION_MOVES, MEETING_MOVES, DecisionState, InvitationState, MeetingState
from campaigns.models import Campaign
from workflow.models import Stateful


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's own office; of others those to which a unit of the person was invited, once convened,
        and those that gave it a task."""
        units = user.units_as(*UNIT_ROLES)
        invited = Invitation.objects.filter(unit__in=units).exclude(state=InvitationState.TAKEN_OUT).values("meeting")
        convened = Q(convened_at__isnull=False, pk__in=invited)
        tasked = Q(decisions__unit__in=units, decisions__state=DecisionState.HANDED_OUT)
        own = Q(campaign__host__in=user.units_as(*HOST_ROLES))
        return self.filter(pk__in=Meeting.objects.filter(own | convened | tasked).order_by().values("pk"))


class Meeting(Stateful, RulesModel):
    """One sitting: when, where, who takes the chair. Its minutes and decisions are in :mod:`.minutes`."""

    MOVES = MEETING_MOVES

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="meetings")
    series = models.CharField(_("joint meeting"), max_length=60)
    """What the joint meeting is called: it stands as the red head of the minutes."""
    title = models.CharField(_("this sitting"), max_length=100)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=120)
    chair = models.CharField(_("in the chair"), max_length=60)
    bring = models.TextField(_("what to bring and to prepare"), max_length=1000, blank=True)
    also_present = models.TextField(_("others who were present"), max_length=1000, blank=True)
    """People of no invited unit, as the minutes name them."""
    convened_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=MeetingState, default=MeetingState.DRAFT)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_begin")]
        rules_permissions = {"oversee": rules.hosts, "change": rules.staffs_office}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.campaign.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:meeting", args=[self.pk])

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return timezone.localtime(self.starts_at).date()

    @property
    def is_draft(self) -> bool:
        return bool(self.state == MeetingState.DRAFT)

    @property
    def is_off(self) -> bool:
        return bool(self.state == MeetingState.CANCELLED)

    @property
    def takes_answers(self) -> bool:
        """Whether units say who attends: from the convening until it is held."""
        return bool(self.state == MeetingState.CONVENED)


class AgendaItem(models.Model):
    """One thing on the agenda, and the unit that reports on it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveIntegerField()
    title = models.CharField(_("item"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="agenda_order_once")]

    def __str__(self) -> str:
        return self.title


class Presence(models.TextChoices):
    """Who was there on the day."""

    PRESENT = "present", _("present")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent without a word")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's own units once it was convened; all of them to the office."""
        own = Q(unit__in=user.units_as(*UNIT_ROLES), meeting__convened_at__isnull=False)
        here = self.filter(own | Q(meeting__campaign__host__in=user.units_as(*HOST_ROLES)))
        return here.exclude(state=InvitationState.TAKEN_OUT)

    def standing(self) -> Self:
        """Those that hold, in the order of lists."""
        return self.exclude(state=InvitationState.TAKEN_OUT).order_by("unit__order", "unit", "pk")


class Invitation(Stateful, RulesModel):
    """One unit asked to one meeting: what it answered, and who was there."""

    MOVES = INVITATION_MOVES

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_observer = models.BooleanField(default=False, db_default=False)
    """Asked to sit in (列席), not as a member."""
    person = models.CharField(_("who attends"), max_length=60, blank=True)
    post = models.CharField(_("post"), max_length=60, blank=True)
    more = models.CharField(_("remark"), max_length=200, blank=True)
    presence = models.CharField(_("on the day"), max_length=20, choices=Presence, blank=True)
    state = models.CharField(max_length=20, choices=InvitationState, default=InvitationState.ASKED)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], name="invited_once")]
        rules_permissions = {"answer": rules.answers_invitation}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return (self.meeting.campaign.host_id, OFFICE_ROLES), (self.unit_id, UNIT_ROLES)

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def who(self) -> str:
        """The person with the post, as minutes name them."""
        return f"{self.person}（{self.post}）" if self.person and self.post else self.person
