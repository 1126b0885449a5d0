"""The indicators of an office as Excel: definitions out and in by the form of the page, how each stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.models.memberships import OFFICE_ROLES
from accounts.unit_names import Names
from activities.models import Comparator
from campaigns.models import RollUp
from reports.indicators.forms.target import TargetForm
from reports.indicators.standing import Course, courses
from reports.models import Target
from reports.models.target import plain
from workflow import clock
from workflow.sheets.columns import Column, Holds
from workflow.sheets.declared import Line, Sheet, Texts

CHOICES: dict[str, Any] = {"comparator": Comparator, "rollup": RollUp}


class Targets(Sheet):
    """Every indicator the office defines; what it came to last is shown and not read."""

    name = "indicators"
    title = gettext_lazy("Indicators over years")
    identity = ("name",)

    def __init__(self, user: Any, scope: Mapping[str, Any]) -> None:
        super().__init__(user, {})
        office = Unit.objects.filter(pk__in=user.units_as(*OFFICE_ROLES)).order_by("order", "pk").first()
        if office is None:
            raise PermissionDenied
        self.office: Unit = office

    @property
    def address(self) -> str:
        return reverse("reports:indicators-excel")

    @property
    def home(self) -> str:
        return reverse("reports:indicators")

    @property
    def about(self) -> str:
        return self.office.name

    @cached_property
    def columns(self) -> Sequence[Column]:
        labels = {name: tuple(str(label) for label in found.labels) for name, found in CHOICES.items()}
        several = gettext_lazy("Units or groups, with 、 between them.")
        return (
            Column("name", gettext_lazy("indicator"), width=34, needed=True, example="产品质量监督抽查合格率"),
            Column("measure", gettext_lazy("unit of measure"), width=12, example="%"),
            Column("comparator", gettext_lazy("to be reached"), width=12, needed=True, choices=labels["comparator"],
                   example=labels["comparator"][0]),
            Column("target_value", gettext_lazy("target"), Holds.AMOUNT, 12, needed=True, example="95"),
            Column("target_year", gettext_lazy("target year"), Holds.NUMBER, 12, needed=True, example="2030"),
            Column("base_value", gettext_lazy("value of the base year"), Holds.AMOUNT, 14, example="90"),
            Column("base_year", gettext_lazy("base year"), Holds.NUMBER, 12, example="2025"),
            Column("rollup", gettext_lazy("over all units"), width=16, needed=True, choices=labels["rollup"],
                   example=labels["rollup"][0]),
            Column("who", gettext_lazy("responsible units"), width=30, needed=True, help=several, example="市水务局"),
            Column("source", gettext_lazy("where the values come from"), width=28),
            Column("counts", gettext_lazy("what counts"), width=36),
            Column("last", gettext_lazy("last approved value"), width=16, is_shown_only=True),
            Column("stands", gettext_lazy("how it stands"), width=16, is_shown_only=True),
        )  # fmt: skip

    @cached_property
    def names(self) -> Names:
        """Units and the office's groups by every name."""
        return Names(self.office)

    def rows(self) -> QuerySet[Target]:
        """The office's own, in the order of lists."""
        return Target.objects.filter(host=self.office).order_by("order", "pk")

    def standing(self) -> dict[int, Texts]:
        found = courses(self.rows().prefetch_related("units"), clock.today().year)
        return {each.target.pk: texts(each) for each in found}

    def number(self) -> int:
        return self.rows().count()

    def lock(self) -> None:
        Unit.objects.select_for_update().get(pk=self.office.pk)

    def write(self, line: Line) -> None:
        row = Target(host=self.office) if line.key is None else self.rows().select_for_update().get(pk=line.key)
        shown = TargetForm(instance=row, host=self.office, names=self.names)
        stands = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
        sent = stands | {name: value(name, line.texts[name]) for name in line.changed}
        form = TargetForm(sent, instance=row, host=self.office, names=self.names)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        form.keep()


def texts(found: Course) -> Texts:
    """An indicator as its cells."""
    row = found.target
    return {
        "name": row.name, "measure": row.measure, "counts": row.counts, "source": row.source,
        "comparator": row.get_comparator_display(), "rollup": row.get_rollup_display(),
        "target_value": f"{plain(row.target_value):f}", "target_year": str(row.target_year),
        "base_value": "" if row.base_value is None else f"{plain(row.base_value):f}",
        "base_year": str(row.base_year or ""),
        "who": "、".join(unit.name for unit in row.units.all()),
        "last": f"{found.last.shown} ({found.last.year})" if found.last else "",
        "stands": str(found.stands.label),
    }  # fmt: skip


def value(name: str, text: str) -> Any:
    """A cell as the page would send it."""
    if name in CHOICES:
        return next((code for code, label in CHOICES[name].choices if str(label) == text), text)
    return text
