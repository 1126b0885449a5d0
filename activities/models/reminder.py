"""A reminder: letters to people whose units owe something, each naming what it asks for."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rules.contrib.models import RulesModel

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES, Role
from activities import rules
from activities.models.assignment import Assignment
from activities.states import REMINDER_MOVES, LetterState, ReminderState
from campaigns.models import Campaign
from workflow.compiled import Compiled, any_of
from workflow.models import Stateful, Transition


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: Any) -> Self:
        """Those of campaigns the person's office hosts."""
        return self.filter(campaign__host__in=user.units_as(*HOST_ROLES))

    def by_rule(self) -> Self:
        """Those that nobody made by hand."""
        return self.filter(by=None)

    def held_by_rule(self) -> Self:
        """Those because of which the rules of their campaign ask nobody."""
        return self.by_rule().filter(state=ReminderState.HELD)

    def untouched(self) -> Self:
        """Those that stand as they were written: nobody acted on them, changed words or people; nothing went yet."""
        kind = ContentType.objects.get_for_model(Reminder)
        acted = Transition.objects.filter(content_type=kind, object_id=OuterRef("pk"), by__isnull=False)
        letters = Letter.objects.filter(reminder=OuterRef("pk")).exclude(state=LetterState.WAITING)
        return self.filter(line="", words="").exclude(Exists(acted)).exclude(Exists(letters))


class Reminder(Stateful, RulesModel):
    """One reminder to many: by rule for a day, or by somebody of the office for what a filter found."""

    MOVES = REMINDER_MOVES

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="reminders")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Who made it; None: the rules."""
    day = models.DateField()
    """For which day the rules made it; on which day somebody did."""
    made_at = models.DateTimeField()
    chosen = models.JSONField(default=dict)
    """The filter of one made by hand."""
    again_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="sent_again")
    line = models.CharField(gettext_lazy("a line before it"), max_length=200, blank=True)
    words = models.TextField(gettext_lazy("words"), max_length=1000, blank=True)
    to_heads = models.BooleanField(gettext_lazy("to the heads of the units as well"), default=False)
    prepared_at = models.DateTimeField(null=True)
    """When every letter of it was there."""
    send_from = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ReminderState, default=ReminderState.WAITING)
    sent_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "day"], condition=Q(by=None), name="reminded_once_a_day")
        ]
        indexes = [models.Index(fields=["state"], condition=Q(state=ReminderState.WAITING), name="reminders_waiting")]
        rules_permissions = {"view": rules.hosts_reminder, "change": rules.staffs_reminder}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.campaign.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return _("Reminder by rule") if self.by is None else _("Reminder by %(person)s") % {"person": self.by}

    def get_absolute_url(self) -> str:
        return reverse("activities:reminder", args=[self.pk])

    def outbox_url(self) -> str:
        """The page of all reminders of its campaign."""
        return reverse("activities:reminders", args=[self.campaign_id])

    @property
    def can_be_changed(self) -> bool:
        """Whether its words and addressees can still be changed."""
        return self.state in (ReminderState.HELD, ReminderState.WAITING)


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Any) -> Self:
        """Letters of the person's office, and those that named something the person's units owe."""
        own = Named.objects.filter(assignment__unit__in=user.units_as(*UNIT_ROLES))
        mine = Q(state=LetterState.SENT, pk__in=own.values("letter"))
        return self.filter(mine | Q(reminder__campaign__host__in=user.units_as(*HOST_ROLES)))

    def waiting(self) -> Self:
        return self.filter(state=LetterState.WAITING)

    def sent(self) -> Self:
        return self.filter(state=LetterState.SENT)


class Letter(models.Model):
    """What one person is to be told by a reminder; several of a day reach the person as one message."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="letters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    state = models.CharField(max_length=20, choices=LetterState, default=LetterState.WAITING)
    key = models.CharField(max_length=120, blank=True)
    """Of the message (``Notification``) in which it went."""
    sent_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["reminder", "person"], name="letter_once")]
        indexes = [
            models.Index(fields=["reminder", "person"], condition=Q(state=LetterState.WAITING), name="letters_waiting"),
            models.Index(fields=["person", "sent_at"], name="letters_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.reminder} · {self.person}"


class Named(models.Model):
    """One debt that a letter names, and in which role the person is asked for it."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="named")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="named")
    role = models.CharField(max_length=20, choices=Role)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "assignment"], name="named_once")]

    def __str__(self) -> str:
        return f"{self.letter} · {self.assignment}"


class Told(models.Model):
    """That a person gets a message of this key: written before it, so that two passes cannot both write it.

    Forgotten a month after its day or its reminder is over (``chasing/forgetting.py``).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    claim = models.UUIDField()
    """Which batch of which pass writes the message."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.key}"


REMINDED = Compiled(
    lambda assignments: (
        Named.objects.filter(any_of("assignment", assignments), letter__state=LetterState.SENT)
        .order_by()
        .values_list("assignment")
        .annotate(last=Max("letter__sent_at"), times=Count(TruncDate("letter__sent_at"), distinct=True))
    )
)


def reminded(assignments: Iterable[int]) -> dict[int, tuple[datetime, int]]:
    """When each of these assignments was last reminded of, and on how many days: the columns of every list.

    Arguments: the ids of the assignments of a page. Returns: nothing for those nobody was reminded of; one query.
    """
    wanted = list(assignments)
    return {pk: (last, times) for pk, last, times in REMINDED(assignments=wanted)} if wanted else {}
