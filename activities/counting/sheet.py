"""Reports in numbers as Excel: one row for each thing a unit is asked for, with a place for how many more.

A row whose number is empty reports nothing, so the list as it goes out changes nothing. What is filled in is one
report, as from the page; the same report handed in again is refused, never counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext

from activities.behalf.campaign_sheet import CampaignSheet
from activities.behalf.writer import Capacity
from activities.counting.forms.entry import EntryForm
from activities.counting.views.deliverables import TOLD, tell_of
from activities.models import Assignment, Entry
from activities.models.entry import asked_of, count_of, why_not_reported
from activities.states import EntryState, Kind
from documents.counts import thousands
from workflow import clock
from workflow.models import MoveRefused
from workflow.sheets.columns import Column, Holds
from workflow.sheets.declared import Line, Texts
from workflow.site_language import in_site_language

TYPED = ("count", "on", "window", "link", "note", "sure")


class Figures(CampaignSheet):
    """What each unit is asked for in numbers, how far it has come, and what is to be reported now."""

    name = "figures"
    title = gettext_lazy("Reports in numbers")
    identity = ("unit", "task", "what")
    adds = False
    kind = Kind.DELIVERABLE

    @property
    def address(self) -> str:
        return reverse("activities:figures-excel", args=[self.campaign.pk])

    @property
    def home(self) -> str:
        if self.is_office:
            return reverse("activities:tally", args=[self.campaign.pk])
        return reverse("activities:assignments", args=[self.campaign.pk])

    @cached_property
    def columns(self) -> Sequence[Column]:
        return (
            Column("unit", gettext_lazy("Unit"), width=22, is_shown_only=True, reads=self.read_unit),
            Column("task", gettext_lazy("item"), width=30, is_shown_only=True),
            Column("what", gettext_lazy("what"), width=26, is_shown_only=True),
            Column("target", gettext_lazy("Asked for"), width=16, is_shown_only=True),
            Column("so_far", gettext_lazy("Reported so far"), Holds.NUMBER, 12, is_shown_only=True),
            Column("count", gettext_lazy("How many more"), Holds.NUMBER, 12, example="120",
                   help=gettext_lazy("What is to be reported now, beside what was reported. Empty: nothing.")),
            Column("on", gettext_lazy("day"), Holds.DAY, 14, example="2026-09-20",
                   help=gettext_lazy("When it was done; empty: today.")),
            Column("window", gettext_lazy("window"), width=18,
                   help=gettext_lazy("Where it is to happen in certain spans: in which, as the page names it.")),
            Column("link", gettext_lazy("link"), width=26, help=gettext_lazy("A page on which it can be seen.")),
            Column("note", gettext_lazy("remark"), Holds.LINES, 28),
            Column("sure", gettext_lazy("Yes, the number is right"), width=14, choices=(pgettext("in a cell", "yes"),),
                   help=gettext_lazy("“Yes” where a number was asked back that is right all the same.")),
        )  # fmt: skip

    def standing(self) -> dict[int, Texts]:
        rows = self.assignments()
        counted = Entry.objects.filter(assignment__in=rows.order_by().values("pk"), state=EntryState.COUNTED)
        sums = dict(counted.order_by().values("assignment").annotate(n=Sum("count")).values_list("assignment", "n"))
        blank = dict.fromkeys(TYPED, "")
        return {row.pk: {**blank, **self.shown(row), "so_far": str(sums.get(row.pk, 0))} for row in rows}

    def number(self) -> int:
        return self.assignments().count()

    def shown(self, row: Assignment) -> Texts:
        """What is asked of a unit."""
        asked = asked_of(row)
        target = f"{asked.get_comparator_display()} {thousands(asked.target)} {asked.measure}" if asked.target else ""
        task = row.activity.title if row.activity else ""
        return {"unit": row.unit.name, "task": task, "what": asked.title, "target": target.strip()}

    def write(self, line: Line) -> None:
        row = self.assignments().get(pk=line.key or 0)
        writer = self.writer(row)
        if why := why_not_reported(row):
            raise MoveRefused(why)
        form = EntryForm(self.sent(line, row), assignment=row, so_far=count_of(row))
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        what = form.report()
        if self.is_office:
            note = in_site_language(gettext_noop("an Excel list"))
            what = type(what)(**{**vars(what), "filed_for": row.unit.name[:60], "filed_note": note})
        entry = Entry.report(row, what, by=self.user)
        if entry is None:
            raise ValidationError({"count": _("This very report came in already. A further one needs another remark.")})
        if writer.capacity is Capacity.OFFICE:
            tell_of(entry, TOLD[Capacity.OFFICE])

    def sent(self, line: Line, row: Assignment) -> dict[str, Any]:
        """The report as the page would send it. Raises: ValidationError."""
        texts = line.texts
        if not texts["count"] and asked_of(row).target is not None:
            raise ValidationError({"count": _("This cell is needed.")})
        windows = {str(each): each.pk for each in asked_of(row).windows.all()}
        if texts["window"] and texts["window"] not in windows:
            choices = {"choices": "、".join(windows) or "—"}
            raise ValidationError({"window": _("Choose one of these: %(choices)s.") % choices})
        on = texts["on"] or clock.today().isoformat()
        said = "\n".join((str(row.pk), on, *(texts[name] for name in ("count", "window", "link", "note"))))
        return {
            **{name: texts[name] for name in ("count", "link", "note")},
            "on": on,
            "window": windows.get(texts["window"], ""),
            "sure": "on" if texts["sure"] else "",
            "key": f"sheet-{blake2b(said.encode(), digest_size=12).hexdigest()}",
        }
