"""The assignment: what one unit owes by one date. Everything owed is a row of this one table."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES, Role
from activities import rules
from activities.models.activity import Activity
from activities.models.assignment_rows import AssignmentQuerySet
from activities.models.counting import held, write_down
from activities.models.deliverable import Deliverable
from activities.models.demand import Demand
from activities.models.listed import OPEN_YET, filed_by
from activities.models.minutes import MeetingDecision
from activities.models.question import Question
from activities.models.round import Appearance
from activities.models.row_facts import RowFacts
from activities.models.slip import Slip
from activities.models.standing_sql import TO_REVIEW, last_at, settled, share
from activities.states import (
    ASSIGNMENT_MOVES,
    CAME_IN,
    FILED,
    PAGES,
    REVIEWED,
    SIGNED_BY_HEAD,
    AssignmentState,
    Kind,
    SigningState,
    Standing,
)  # fmt: skip
from campaigns.models import Campaign, Notice
from workflow import clock
from workflow.models import MoveRefused, Stateful
from workflow.site_language import in_site_language


def note_of(by: Any, filed_for: str, filed_note: str) -> str:
    """What the log says of a filing in somebody else's name; in the language of the site, for readers of any."""
    if not filed_for:
        return ""
    on_behalf, by_link = (
        gettext_noop("Filed on behalf of %(person)s: %(how)s"),
        gettext_noop("Filed by %(person)s. %(how)s"),
    )
    return in_site_language(on_behalf if by else by_link, person=filed_for, how=filed_note).strip()


def roles_of(filed_for: str) -> tuple[Role, ...]:
    """By which roles somebody files: the unit's own, or the office's in the name of a person of the unit."""
    return OFFICE_ROLES if filed_for else UNIT_ROLES


class Assignment(RowFacts, Stateful, RulesModel):
    """One unit, one kind (and one activity), one deadline, one state."""

    MOVES = ASSIGNMENT_MOVES

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="assignments")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=Kind)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="assignments")
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, related_name="assignments")
    deliverable = models.ForeignKey(Deliverable, models.PROTECT, null=True, related_name="assignments")
    appearance = models.ForeignKey(Appearance, models.PROTECT, null=True, related_name="assignments")
    slip = models.OneToOneField(Slip, models.PROTECT, null=True, related_name="reply")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="assignments")
    decision = models.OneToOneField(MeetingDecision, models.PROTECT, null=True, related_name="task")
    volunteered = models.BooleanField(default=False)
    """Filed of the unit's own accord: nobody owes it, so it is never late and in no rate."""
    due_at = models.DateTimeField(gettext_lazy("due"))
    grace_until = models.DateTimeField(gettext_lazy("counts as on time until"), null=True, blank=True)
    extended_until = models.DateTimeField(gettext_lazy("extended until"), null=True, blank=True)
    locked_at = models.DateTimeField(gettext_lazy("closed for filing from"), null=True, blank=True)
    state = models.CharField(max_length=20, choices=AssignmentState, default=AssignmentState.OPEN)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filed_for = models.CharField(gettext_lazy("on behalf of"), max_length=60, blank=True)
    """The person of the unit in whose name somebody else filed: after a telephone call, from a mail, by a link."""
    filed_note = models.CharField(gettext_lazy("how it came"), max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    settled = models.GeneratedField(expression=settled(), output_field=models.CharField(max_length=20), db_persist=True)
    """The database's own: written with every change, so that lists and figures find it in an index."""
    last_at = models.GeneratedField(expression=last_at(), output_field=models.DateTimeField(), db_persist=True)

    share = models.GeneratedField(expression=share(), output_field=models.CharField(max_length=80), db_persist=True)
    """To be grouped by: of tens of thousands of rows one text is compared three times as fast as four."""

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        base_manager_name = "objects"  # so that nothing is written past the ledger
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "unit", "kind", "activity"],
                condition=Q(activity__isnull=False, deliverable=None, appearance=None, volunteered=False),
                name="owed_once_an_activity",
            ),
            models.UniqueConstraint(
                fields=["notice", "unit", "kind"],
                condition=Q(
                    activity=None,
                    demand=None,
                    deliverable=None,
                    appearance=None,
                    slip=None,
                    question=None,
                    decision=None,
                    volunteered=False,
                ),
                name="owed_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "demand"], condition=Q(demand__isnull=False), name="owed_once_a_demand"
            ),
            models.UniqueConstraint(
                fields=["unit", "deliverable"],
                condition=Q(deliverable__isnull=False),
                name="owed_once_a_deliverable",
            ),
            models.UniqueConstraint(
                fields=["unit", "appearance"],
                condition=Q(appearance__isnull=False),
                name="owed_once_an_appearance",
            ),
            models.UniqueConstraint(
                fields=["unit", "question"], condition=Q(question__isnull=False), name="owed_once_a_question"
            ),
            models.CheckConstraint(
                condition=(Q(grace_until=None) | Q(grace_until__gte=F("due_at")))
                & (Q(extended_until=None) | Q(extended_until__gte=F("due_at")))
                & (Q(locked_at=None) | Q(locked_at__gte=F("due_at"))),
                name="due_comes_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FILED) | Q(submitted_at__isnull=False), name="filed_has_date"
            ),
        ]
        indexes = [
            # all that is counted of a campaign, so that counting reads the index alone
            models.Index(fields=["campaign", "share", "last_at"], name="shares"),
            models.Index(fields=["campaign", "unit"], condition=Q(volunteered=False), name="units_that_owe"),
            models.Index(
                fields=["campaign", "unit", "settled", "last_at"],
                condition=Q(volunteered=False, settled__in=(OPEN_YET, Standing.RETURNED)),
                name="units_behind",
            ),
            models.Index(fields=["notice", "state", "filed_for"], condition=Q(kind=Kind.RECEIPT), name="receipts"),
            # the lists: the most urgent first, what waits for review, the newest filing first
            models.Index(fields=["campaign", "settled", "due_at"], name="urgency"),
            models.Index(fields=["campaign", "submitted_at", "id"], condition=TO_REVIEW, name="to_review"),
            models.Index(
                fields=["campaign", "-submitted_at", "-id"], condition=Q(state__in=FILED), name="newest_filed"
            ),
        ]
        rules_permissions = {
            "view": rules.sees_assignment,
            "file": rules.files,
            "file_for": rules.staffs_office,
            "review": rules.reviews,
            "release": rules.heads_unit,
            "compare": rules.staffs_office,
            "change_terms": rules.staffs_office,
        }

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row, and what is counted of it (:mod:`activities.models.counting`)."""
        with transaction.atomic():
            before = held(type(self).objects.filter(pk=self.pk)) if self.pk else {}
            super().save(*args, **options)
            write_down(type(self), before, [self.pk])

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return (self.campaign.host_id, OFFICE_ROLES), (self.unit_id, UNIT_ROLES)

    def __str__(self) -> str:
        kind, about = self.get_kind_display(), self.about
        return f"{kind} · {about}" if about else kind

    def get_absolute_url(self) -> str:
        return reverse(PAGES[Kind(self.kind)], args=[self.pk])

    @property
    def about(self) -> Any:
        """What it is about, if it is not the notice as a whole."""
        about = self.deliverable or self.appearance or self.activity or self.demand or self.slip or self.question
        return about or self.decision

    # --- how it stands -----------------------------------------------------------------------------

    @property
    def standing(self) -> Standing:
        """How it stands against its deadline now; the same answer as ``with_standing`` in SQL."""
        if self.state == AssignmentState.WAIVED:
            return Standing.WAIVED
        if self.state == AssignmentState.CLOSED:
            return Standing.CLOSED
        if self.is_filed:
            return self.filed_standing
        if self.state == AssignmentState.RETURNED:
            return Standing.RETURNED
        return Standing.OVERDUE if self.last_moment < clock.now() and not self.volunteered else Standing.DUE

    @property
    def came_in(self) -> bool:
        """Whether it was filed; also when it was returned and is to be corrected."""
        return self.submitted_at is not None and self.standing in CAME_IN

    @property
    def filed_standing(self) -> Standing:
        """How the first filing stands against deadline, grace and extension."""
        at = self.submitted_at
        if at is None or self.volunteered or at <= max(self.due_at, self.grace_until or self.due_at):
            return Standing.ON_TIME
        return Standing.EXTENDED if self.extended_until and at <= self.extended_until else Standing.LATE

    @property
    def last_moment(self) -> datetime:
        """Until when it is not overdue: deadline, grace or extension, whichever is last."""
        return max(self.due_at, self.grace_until or self.due_at, self.extended_until or self.due_at)

    @property
    def is_locked(self) -> bool:
        """Closed for filing. Late is not closed: that is why there are two dates."""
        return self.locked_at is not None and self.locked_at < clock.now()

    @property
    def is_reviewed_kind(self) -> bool:
        return self.kind in REVIEWED

    def why_not_filed(self) -> str:
        """Why nothing can be filed now, for a person; empty when it can."""
        if self.is_locked:
            return _("It has been closed for filing. Please ask the office to open it again.")
        return "" if self.is_owed else self.refusal()

    def why_not_given_up(self) -> str:
        """Why the unit cannot take back what it filed, whatever its state; empty when it can.

        Taken back after its last moment it would be late for good, whenever it was filed first.
        """
        if self.is_locked:
            return _("It is closed for filing: taken back, it could not be filed again. Ask the office to return it.")
        if self.question and self.question.is_over:
            return self.question.why_not_changed()
        if self.kind == Kind.QUESTION and self.last_moment < clock.now():
            return _("The hour is past: changed now, the answer would be late for good. Please tell the office.")
        if self.is_reviewed_kind and not self.volunteered and self.last_moment < clock.now():
            return _("The deadline is past: taken back, it would be late for good. Ask the office to return it.")
        return ""

    @property
    def filed_by(self) -> str:
        """Who filed it, for a page: the person; on whose behalf, or through whose link, both names."""
        return filed_by(self.filed_for, self.submitted_by)

    @property
    def return_reason(self) -> str:
        """Why the office returned it last; empty when it is not returned."""
        if self.state != AssignmentState.RETURNED:
            return ""
        last = self.history().filter(to_state=AssignmentState.RETURNED).last()
        return last.note if last else ""

    def before_head(self) -> Any:
        """What of it lies before the head of the unit (a ``Signing``); None when nothing does."""
        if self.kind not in SIGNED_BY_HEAD or not self.is_owed:
            return None
        return self.signings.waiting().select_related("asked_by").first()

    def end_signing(self, by: Any) -> None:
        """Nothing lies before the head any more: it went another way."""
        if self.kind in SIGNED_BY_HEAD:
            for row in self.signings.waiting():
                row.move(SigningState.TAKEN_BACK, by=by)

    # --- deeds -------------------------------------------------------------------------------------

    @transaction.atomic
    def submit(self, *, by: Any, filed_for: str = "", filed_note: str = "") -> None:
        """The unit files. A first filing fixes the date; correcting a returned one keeps it.

        Arguments: who files (None: somebody without an account, by a personal link); the person of the unit in
        whose name somebody else files, and how it came (telephone, mail of a day, a link).
        Raises: MoveRefused, also when it is closed for filing.
        """
        if self.is_locked:
            raise MoveRefused(self.why_not_filed())
        with clock.as_of(clock.now()):  # the log says the same moment
            self.move(
                AssignmentState.SUBMITTED,
                by=by,
                note=note_of(by, filed_for, filed_note),
                roles=roles_of(filed_for),
                submitted_at=self.submitted_at or clock.now(),
                submitted_by=by,
                filed_for=filed_for,
                filed_note=filed_note,
            )
        self.end_signing(by)

    def withdraw(self, *, by: Any) -> None:
        """The unit takes back what the office has not judged yet: it is owed again. Raises: MoveRefused."""
        if self.state != AssignmentState.SUBMITTED:  # the table also leads from waived to open: the office's deed
            raise MoveRefused(self.refusal())
        if why := self.why_not_given_up():
            raise MoveRefused(why)
        nobody: dict[str, Any] = {"submitted_at": None, "submitted_by": None, "filed_for": "", "filed_note": ""}
        self.move(AssignmentState.OPEN, by=by, roles=UNIT_ROLES, **nobody)

    def accept(self, *, by: Any, note: str = "") -> None:
        """The office accepts. Raises: MoveRefused."""
        self.move(AssignmentState.ACCEPTED, by=by, note=note, roles=OFFICE_ROLES)

    def send_back(self, *, by: Any, reason: str) -> None:
        """The office returns it with the reason the unit will read. Raises: MoveRefused."""
        self.move(AssignmentState.RETURNED, by=by, note=reason, roles=OFFICE_ROLES)

    def extend(self, until: datetime, *, by: Any, note: str = "") -> None:
        """The office gives more time; it ends by itself. What was closed for filing opens until then.

        Arguments: the new last moment; who gives it; why. Raises: MoveRefused when it would end no later than now.
        """
        if until <= self.last_moment:
            raise MoveRefused(_("The new day must come after the present one."))
        closes = max(self.locked_at, until) if self.locked_at else None
        self._write_terms(by, note, extended_until=until, locked_at=closes)

    def open_until(self, until: datetime, *, by: Any, note: str = "") -> None:
        """The office opens again what was closed for filing; late stays late.

        Raises: MoveRefused when it is not closed, or the moment is past.
        """
        if not self.is_locked or until <= clock.now():
            raise MoveRefused(_("It is open for filing, or the day is past."))
        self._write_terms(by, note, locked_at=until)

    @transaction.atomic
    def _write_terms(self, by: Any, note: str, **changes: datetime | None) -> None:
        type(self)._base_manager.filter(pk=self.pk).update(**changes)
        for name, value in changes.items():
            setattr(self, name, value)
        self.log(self.state, by=by, note=note, roles=OFFICE_ROLES)

    @transaction.atomic
    def waive(self, *, by: Any, reason: str) -> None:
        """The office agrees that it does not apply to the unit. Raises: MoveRefused."""
        self.move(AssignmentState.WAIVED, by=by, note=reason, roles=OFFICE_ROLES)
        self.end_signing(by)

    def ask_again(self, *, by: Any, reason: str) -> None:
        """It applies after all: what was waived is owed again. Raises: MoveRefused."""
        if self.state != AssignmentState.WAIVED:
            raise MoveRefused(self.refusal())
        filed = {"submitted_at": None, "submitted_by": None, "filed_for": "", "filed_note": ""}
        self.move(AssignmentState.OPEN, by=by, note=reason, roles=OFFICE_ROLES, **filed)
