"""Liaison officers as Excel: a unit names its own; the office enters those that came by mail, in the units' names.

Written means submitted: as a new version of the unit's registration, by the form of its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from activities.asking.contact_sheet import newest_officers
from activities.behalf.campaign_sheet import CampaignSheet
from activities.filing.forms.liaison import FIELDS, MOST, OfficerForm
from activities.filing.head_signing import lay_before_head
from activities.models import Assignment, LiaisonOfficer, LiaisonRegistration
from activities.states import Kind
from workflow.models import MoveRefused
from workflow.sheets.columns import Column, Holds
from workflow.sheets.declared import Line, Texts
from workflow.site_language import in_site_language


class Officers(CampaignSheet):
    """Every officer that was named, one a row."""

    name = "officers"
    title = gettext_lazy("Liaison officers")
    identity = ("unit", "name")
    kind = Kind.LIAISON

    @property
    def address(self) -> str:
        return reverse("activities:officers-excel", args=[self.campaign.pk])

    @property
    def home(self) -> str:
        if self.is_office:
            return reverse("activities:contacts", args=[self.campaign.pk])
        return reverse("activities:assignments", args=[self.campaign.pk])

    @cached_property
    def columns(self) -> Sequence[Column]:
        units = list(dict.fromkeys(row.unit.name for row in self.assignments()))
        return (
            Column("unit", gettext_lazy("Unit"), width=24, needed=True, offers=units, reads=self.read_unit),
            Column("name", gettext_lazy("name"), width=12, needed=True, example="张三"),
            Column("department", gettext_lazy("department"), width=20, needed=True, example="办公室"),
            Column("position", gettext_lazy("position"), width=14, example="科员"),
            Column("phone", gettext_lazy("telephone"), Holds.TELEPHONE, 18, example="0755-00000000"),
            Column("mobile", gettext_lazy("mobile"), Holds.TELEPHONE, 16, needed=True, example="13800000000"),
            Column("email", gettext_lazy("e-mail"), Holds.MAIL, 24, example="zhangsan@example.com"),
        )

    def officers(self) -> dict[int, list[LiaisonOfficer]]:
        """The officers of the newest version, by the assignment: before the office of the newest submitted one."""
        if self.is_office:
            return newest_officers(self.campaign)
        found = {row.pk: LiaisonRegistration.latest(row) for row in self.assignments()}
        return {pk: list(version.officers.all()) for pk, version in found.items() if version}

    def standing(self) -> dict[int, Texts]:
        officers = self.officers()
        return {
            officer.pk: {"unit": row.unit.name, **{name: getattr(officer, name) for name in FIELDS}}
            for row in self.assignments()
            for officer in officers.get(row.pk, ())
        }

    # --- writing -----------------------------------------------------------------------------------------------------

    @cached_property
    def owing(self) -> dict[str, Assignment]:
        """The assignments by their units; of several the one that is still open."""
        found: dict[str, Assignment] = {}
        for row in self.assignments():
            if row.unit.name not in found or not found[row.unit.name].is_owed:
                found[row.unit.name] = row
        return found

    @cached_property
    def lines(self) -> dict[int, list[tuple[Line, OfficerForm]]]:
        """What is to be written, by the assignment."""
        return {}

    def write(self, line: Line) -> None:
        if "unit" in line.changed and line.key is not None:
            raise ValidationError({"unit": _("An officer stays with the unit: write a new row for another one.")})
        row = self.owing.get(line.texts["unit"])
        if row is None:
            raise ValidationError({"unit": _("This unit is not asked for liaison officers here, or is not yours.")})
        if why := self.writer(row).why_not_written():
            raise MoveRefused(why)
        form = OfficerForm(self.sent(line), complete=True)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        self.lines.setdefault(row.pk, []).append((line, form))

    def sent(self, line: Line) -> dict[str, str]:
        """The row as the page would send it: on the officer as they stand now, the cells the file changes.

        Raises: MoveRefused when somebody took the officer out meanwhile.
        """
        if line.key is None:
            return {name: line.texts[name] for name in FIELDS}
        officer = LiaisonOfficer.objects.filter(pk=line.key).first()
        if officer is None:
            raise MoveRefused(_("This row is no longer there, or is not yours to change. Take it out of the file."))
        return self.values(officer) | {name: line.texts[name] for name in line.changed}

    def finish(self) -> Iterator[tuple[Line, ValidationError]]:
        stand = self.officers() if self.lines else {}  # as they stand now: a colleague may have saved meanwhile
        for row in self.owing.values():
            lines = self.lines.get(row.pk, [])
            changed = {line.key: form.cleaned_data for line, form in lines if line.key is not None}
            kept = [changed.get(each.pk) or self.values(each) for each in stand.get(row.pk, ())]
            rows = kept + [form.cleaned_data for line, form in lines if line.key is None]
            if lines and len(rows) > MOST:
                yield lines[-1][0], ValidationError({"unit": _("A unit names at most ten liaison officers.")})
            elif lines:
                self.submit(row, rows)

    def values(self, officer: LiaisonOfficer) -> dict[str, Any]:
        """An officer as the form has it."""
        return {name: getattr(officer, name) for name in FIELDS}

    def submit(self, row: Assignment, rows: Sequence[dict[str, Any]]) -> None:
        """A new version with these officers, submitted. Raises: StaleDraft, MoveRefused."""
        writer = self.writer(row)
        filing = writer.draft(LiaisonRegistration).filing
        filing.assignment = row
        filing.save_draft(by=writer.by, seen=filing.revision)
        LiaisonOfficer.objects.filter(registration=filing.pk).delete()
        for each in rows:
            LiaisonOfficer.objects.create(registration=filing, **each)  # type: ignore[misc]
        if writer.to_head:
            lay_before_head(filing, by=writer.by)
            return
        who = "、".join(each["name"] for each in rows)[:60]
        signed = (
            {"filed_for": who, "filed_note": in_site_language(gettext_noop("an Excel list"))} if self.is_office else {}
        )
        filing.submit(by=writer.by, **signed)
        writer.tell()
