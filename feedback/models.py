"""Complaints and suggestions: what somebody wrote, and what the office made of it.

The answers are the remarks of the moves, so the history of the row is the whole conversation.
"""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rules.contrib.models import RulesModel

from accounts.models import Unit, User
from feedback import rules
from feedback.office import answering, office_for
from feedback.states import FEEDBACK_MOVES, FeedbackState
from workflow import clock
from workflow.models import MoveRefused, Stateful
from workflow.telling import notify

LONGEST = 4000
"""Characters of what somebody writes, and of an answer."""


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: Any) -> Self:
        """What somebody wrote, and what was written to the offices for which somebody answers."""
        return self.filter(Q(writer=user.pk) | Q(office__in=user.units_as(*rules.ANSWERING)))

    def to_offices_of(self, user: Any) -> Self:
        """What was written to the offices for which somebody answers."""
        return self.filter(office__in=user.units_as(*rules.ANSWERING))

    def waiting(self) -> Self:
        """What nobody has answered yet."""
        return self.filter(state=FeedbackState.RECEIVED)


class Feedback(Stateful, RulesModel):
    """A complaint or a suggestion: received, answered or not taken up, and asked again if need be."""

    MOVES, CONFIDENTIAL = FEEDBACK_MOVES, True

    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """For whom the writer speaks; None: somebody without a role."""
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField(max_length=LONGEST)
    page = models.CharField(max_length=300, blank=True)
    """The page of the site it is about."""
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=FeedbackState, default=FeedbackState.RECEIVED)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["office", "state"], name="feedback_of_office")]
        rules_permissions = {"view": rules.reads_it, "answer": rules.answers_for_office, "ask_again": rules.wrote_it}

    def __str__(self) -> str:
        return Truncator(" ".join(self.text.split())).chars(60)

    def get_absolute_url(self) -> str:
        return reverse("feedback:one", args=[self.pk])

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.office_id, rules.ANSWERING),)

    @classmethod
    @transaction.atomic
    def send(cls, text: str, *, by: Any, unit: Unit | None, page: str = "") -> Self:
        """Write to the office that hears the unit; its people are told. A second press sends nothing twice.

        Arguments: the words; who writes; for which unit; the page it is about. Returns: the row.
        Raises: MoveRefused on a site without an office.
        """
        office = office_for(unit)
        if office is None:
            raise MoveRefused(_("No office of this site has anybody yet who could answer."))
        list(User.objects.select_for_update().filter(pk=by.pk))  # two presses of one person come one after the other
        values = {"writer": by, "unit": unit, "office": office, "text": text, "state": FeedbackState.RECEIVED}
        row, is_new = cls._base_manager.get_or_create(**values, defaults={"page": page, "sent_at": clock.now()})
        if is_new:
            row.tell_office(gettext_noop("A new complaint or suggestion from %(who)s."))
        return row

    @transaction.atomic
    def answer(self, words: str, *, by: Any) -> None:
        """The office answers. Arguments: its words; who answers. Raises: MoveRefused."""
        if self.said(FeedbackState.ANSWERED, words, by):
            self.tell_writer(gettext_noop("%(office)s answered what you wrote: %(text)s"))

    @transaction.atomic
    def close(self, words: str, *, by: Any) -> None:
        """The office does not take it up, and says why. Arguments: the reason; who decides. Raises: MoveRefused."""
        if self.said(FeedbackState.CLOSED, words, by):
            self.tell_writer(gettext_noop("%(office)s says why it does not take up what you wrote: %(text)s"))

    @transaction.atomic
    def ask_again(self, words: str, *, by: Any) -> None:
        """The writer is not content with the answer. Arguments: what is missing; the writer. Raises: MoveRefused."""
        if self.said(FeedbackState.RECEIVED, words, by):
            self.tell_office(gettext_noop("%(who)s is not content with an answer and asks again."))

    def said(self, to: FeedbackState, words: str, by: Any) -> bool:
        """Move with these words. Returns: False when a second press brought them again. Raises: MoveRefused."""
        try:
            self.move(to, by=by, note=words)
        except MoveRefused:
            last = self.history().last()
            if self.state != to or last is None or (last.by_id, last.note) != (by.pk, words):
                raise
            return False
        return True

    def tell_office(self, message: str) -> None:
        """Those who answer for the office hear of it, except the writer."""
        others = answering(self.office).exclude(pk=self.writer_id)
        notify(others, message, key=self.telling(), url=self.get_absolute_url(), who=str(self.unit or self.writer))

    def tell_writer(self, message: str) -> None:
        """The writer hears of it, unless the account is shut."""
        people = User.objects.filter(pk=self.writer_id, is_active=True)
        said: dict[str, Any] = {"office": str(self.office), "text": str(self), "personal": True}
        notify(people, message, key=self.telling(), url=self.get_absolute_url(), **said)

    def telling(self) -> str:
        """The key of what is told: one for each step."""
        return f"feedback-{self.pk}-{self.history().count()}"
