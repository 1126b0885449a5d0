"""An assignment as lists show it: a plain row, read with its names in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db.models import Case, CharField, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from accounts.models import Unit
from activities.models.activity import Activity
from activities.models.deliverable import Deliverable
from activities.models.demand import Demand
from activities.models.minutes import MeetingDecision
from activities.models.question import Question
from activities.models.round import Appearance
from activities.models.row_facts import RowFacts
from activities.models.slip import NUMBER, Slip
from activities.states import PAGES, AssignmentState, Kind, Standing
from workflow import clock
from workflow.addresses import address

OPEN_YET, BEGUN = "open", "begun"
"""``settled`` of what is owed and was never filed, where alone the clock has a say; and of what a unit has begun of its
own accord, which nobody else sees."""


def named(model: Any, key: str, column: Any) -> Subquery:
    """A column of the row that another column points to: one look at its primary key for each row shown."""
    return Subquery(model._default_manager.filter(pk=OuterRef(key)).order_by().values_list(column)[:1])


def name_of_filer(where: Q) -> Case:
    """Who filed, as pages name a person; read only where it is shown."""
    called = Coalesce(NullIf("name", Value("")), "username")
    return Case(When(where, then=named(get_user_model(), "submitted_by", called)), output_field=CharField())


@dataclass(frozen=True, slots=True)
class Listed(RowFacts):
    """One assignment in a list."""

    pk: int
    kind: str
    state: str
    settled: str
    volunteered: bool
    due_at: datetime
    last_at: datetime
    extended_until: datetime | None
    submitted_at: datetime | None
    made_at: datetime
    filed_for: str
    unit: str
    title: str | None
    round_number: int | None
    person: str | None

    PLAIN: ClassVar = (
        "pk", "kind", "state", "settled", "volunteered", "due_at", "last_at", "extended_until", "submitted_at",
        "made_at", "filed_for",
    )  # fmt: skip
    ABOUT: ClassVar = (
        ("deliverable", Deliverable, "title"),
        ("appearance", Appearance, "round__title"),
        ("activity", Activity, "title"),
        ("demand", Demand, "title"),
        ("slip", Slip, NUMBER),
        ("question", Question, "text"),
        ("decision", MeetingDecision, "text"),
    )

    @classmethod
    def columns(cls) -> dict[str, Any]:
        """What is read beside the row's own columns: names, by subqueries that run for the rows of a page only."""
        titles = [When(**{f"{key}__isnull": False}, then=named(model, key, name)) for key, model, name in cls.ABOUT]
        number = When(appearance__isnull=False, then=named(Appearance, "appearance", "round__order"))
        return {
            "unit_name": named(Unit, "unit", "name"),
            "about_title": Case(*titles, output_field=CharField()),
            "about_number": Case(number, output_field=IntegerField()),
            "person_name": name_of_filer(Q(filed_for__gt="")),
        }

    @classmethod
    def read_from(cls, rows: Any, *before: str) -> Any:
        """A queryset of assignments as one of tuples, each of which makes a row: ``Listed(*each)``.

        Arguments: the assignments, sorted; columns that are wanted before those of the row.
        """
        added = cls.columns()
        return rows.annotate(**added).values_list(*before, *cls.PLAIN, *added)

    def __str__(self) -> str:
        label, about = str(Kind(self.kind).label), self.about
        return f"{label} · {about}" if about else label

    @property
    def about(self) -> str:
        """What it is about, if it is not the notice as a whole."""
        if self.title:
            return self.title
        return _("Round %(number)d") % {"number": self.round_number} if self.round_number is not None else ""

    def get_absolute_url(self) -> str:
        return address(PAGES[Kind(self.kind)], self.pk)

    def get_state_display(self) -> str:
        return str(AssignmentState(self.state).label)

    @property
    def standing(self) -> Standing:
        """How it stands now."""
        return self.standing_at(clock.now())

    def standing_at(self, now: datetime) -> Standing:
        """How it stands at a moment: the same answer as :attr:`Assignment.standing`."""
        if self.settled == OPEN_YET:
            return Standing.OVERDUE if self.last_at < now else Standing.DUE
        return Standing.DUE if self.settled == BEGUN else Standing(self.settled)

    @property
    def filed_by(self) -> str:
        """Who filed it on whose behalf, or through whose link; asked only where somebody else filed."""
        return filed_by(self.filed_for, self.person)


def filed_by(filed_for: str, who: Any) -> str:
    """Who filed it, for a page: the person; on whose behalf, or through whose link, both names."""
    if not filed_for:
        return str(who or "")
    if not who:
        return _("%(person)s, through a personal link") % {"person": filed_for}
    return _("%(who)s, on behalf of %(person)s") % {"who": who, "person": filed_for}
