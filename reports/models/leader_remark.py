"""What a leader remarks on a unit, an activity, a figure or the whole (批示): the office answers it by a day."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from rules.contrib.models import RulesModel

from accounts.models import Unit, User
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, Role
from activities.models import Activity
from campaigns.models import Campaign
from reports import rules
from workflow import clock
from workflow.day_field import DayField
from workflow.models import Stateful
from workflow.telling import notify

TEXT, SAID = 1000, 200


class RemarkState(models.TextChoices):
    OPEN = "open", gettext_lazy("To be answered")
    ANSWERED = "answered", gettext_lazy("Answered")
    DONE = "done", gettext_lazy("Settled")


REMARK_MOVES: dict[str, set[str]] = {
    RemarkState.OPEN: {RemarkState.ANSWERED},
    RemarkState.ANSWERED: {RemarkState.OPEN, RemarkState.DONE},
    RemarkState.DONE: set(),
}


class LeaderRemarkQuerySet(models.QuerySet["LeaderRemark"]):
    def visible_to(self, user: Any) -> Self:
        """The remarks on campaigns the person's office hosts."""
        return self.filter(campaign__host__in=user.units_as(*HOST_ROLES))

    def unanswered(self) -> Self:
        """What the office still has to answer, the most urgent first."""
        return self.filter(state=RemarkState.OPEN).order_by("answer_by", "pk")


class LeaderRemark(Stateful, RulesModel):
    """One remark, what it is about, and what the office answered last."""

    MOVES = REMARK_MOVES

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="leader_remarks")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="+")
    figure = models.CharField(gettext_lazy("figure"), max_length=20, blank=True)
    """Which one, by its name among the definitions."""
    said = models.CharField(max_length=SAID, blank=True)
    """What the figure was, and as of when: it moves on."""
    text = models.CharField(gettext_lazy("remark"), max_length=TEXT)
    answer_by = DayField(gettext_lazy("to be answered by"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    answer = models.CharField(gettext_lazy("answer"), max_length=TEXT, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=RemarkState, default=RemarkState.OPEN)

    objects = LeaderRemarkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["campaign"], condition=Q(state=RemarkState.OPEN), name="remarks_unanswered")]
        rules_permissions = {
            "view": rules.hosts_campaign_of,
            "write": rules.leads_campaign_of,
            "answer": rules.staffs_campaign_of,
        }

    def __str__(self) -> str:
        return self.text

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.campaign.host_id, (Role.LEADER, *OFFICE_ROLES)),)

    def get_absolute_url(self) -> str:
        return reverse("reports:leader-remark", args=[self.pk])

    @property
    def about(self) -> str:
        """What it is about, in words."""
        return str(self.activity or self.unit or self.said or _("The campaign as a whole"))

    @property
    def is_late(self) -> bool:
        """Whether the day is past and nothing was answered."""
        return bool(self.state == RemarkState.OPEN and self.answer_by < clock.today())

    @transaction.atomic
    def write(self) -> Self:
        """The leader writes it: a to-do of the office from now on. Returns: the row."""
        self.save()
        self.log(RemarkState.OPEN, by=self.by, roles=(Role.LEADER,))
        self.tell_office(gettext_noop("%(who)s has remarked, please answer by %(day)s: %(about)s."))
        return self

    @transaction.atomic
    def reply(self, text: str, *, by: Any) -> None:
        """The office answers. Raises: MoveRefused."""
        changes = {"answer": text, "answered_by": by, "answered_at": clock.now()}
        self.move(RemarkState.ANSWERED, by=by, note=text, roles=OFFICE_ROLES, **changes)
        message = gettext_noop("The office has answered your remark: %(about)s.")
        url, key = self.get_absolute_url(), f"remark-{self.pk}-answered-{self.history().count()}"
        notify(User.objects.filter(pk=self.by_id), message, key=key, url=url, about=self.about)

    @transaction.atomic
    def ask_again(self, text: str, *, by: Any) -> None:
        """The leader wants more than was answered. Raises: MoveRefused."""
        self.move(RemarkState.OPEN, by=by, note=text, roles=(Role.LEADER,))
        self.tell_office(gettext_noop("%(who)s asks once more, please answer by %(day)s: %(about)s."))

    def settle(self, *, by: Any) -> None:
        """The leader is content with the answer. Raises: MoveRefused."""
        self.move(RemarkState.DONE, by=by, roles=(Role.LEADER,))

    def tell_office(self, message: str) -> None:
        """Everybody of the office hears of it."""
        notify(
            User.objects.speaking_for([self.campaign.host_id], *OFFICE_ROLES),
            message,
            key=f"remark-{self.pk}-{self.history().count()}",
            url=self.get_absolute_url(),
            who=str(self.by),
            day=self.answer_by.isoformat(),
            about=self.about,
        )
