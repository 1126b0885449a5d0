"""Inside the office of ``roundtrip``: fill it, let each list go out and come in again, say what was found as JSON."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import django
import python_calamine

django.setup()

from django.utils import translation  # noqa: E402 (the settings are to be loaded first)

import documents  # noqa: E402
from accounts.models import Membership, Role, Unit, UnitKind, User  # noqa: E402
from activities.models import Activity, Part, Participation  # noqa: E402
from activities.models.activity import Scope  # noqa: E402
from bench import frame  # noqa: E402
from campaigns.models import Campaign  # noqa: E402
from tests.excel import Grid, workbook  # noqa: E402
from workflow.models import SheetImport  # noqa: E402
from workflow.sheets.declared import Sheet, sheet_of  # noqa: E402
from workflow.sheets.entering import handed_in  # noqa: E402
from workflow.sheets.template import write_template  # noqa: E402

UNITS, ACTIVITIES, PEOPLE = 5_000, 10_000, 8_000
DAY = date(2026, 9, 1)


@dataclass(frozen=True)
class Wrong:
    """A cell that is wrong, in the middle of a list, and one that is rightly changed below it."""

    column: str
    text: str
    other: str
    right: str


WRONG = {
    "units": Wrong("kind", "从来没有的类别", "aliases", "另一个名称"),
    "activities": Wrong("due_on", "9/20", "place", "市民广场"),
    "people": Wrong("email", "没有地址", "department", "办公室"),
}


def main() -> None:
    """Print what was found."""
    office = Unit.objects.create(name="市质强办", kind=UnitKind.DEPARTMENT, order=0)
    user = User.objects.create(username="clerk", name="clerk")
    Membership.objects.bulk_create(Membership(user=user, unit=office, role=role) for role in (Role.STAFF, Role.ADMIN))
    campaign = filled(office)
    user = User.objects.get(pk=user.pk)
    with translation.override("zh-hans"):
        found = [Journey(sheet_of(name, user, {"campaign": campaign.pk}), user).gone() for name in WRONG]
    print(json.dumps(found, ensure_ascii=False))


def filled(office: Unit) -> Campaign:
    """Units, people and activities."""
    units = Unit.objects.bulk_create(
        Unit(name=f"第{number}号单位", full_name=f"深圳市第{number}号单位", kept_by=office, parent=office,
             kind=UnitKind.DEPARTMENT, order=number)
        for number in range(1, UNITS + 1)
    )  # fmt: skip
    people = User.objects.bulk_create(
        User(username=f"p{number}", name=f"联络员{number}", mobile=f"138{number:08}", email=f"p{number}@example.com")
        for number in range(PEOPLE)
    )
    Membership.objects.bulk_create(
        Membership(user=person, unit=units[number % UNITS], role=Role.LIAISON) for number, person in enumerate(people)
    )
    campaign = Campaign.objects.create(
        host=office, year=2026, title="质量月", theme="质量强国", starts_on=DAY, ends_on=DAY + timedelta(days=29),
        summary_due_on=DAY + timedelta(days=44),
    )  # fmt: skip
    rows = Activity.objects.bulk_create(
        Activity(campaign=campaign, order=number, scope=Scope.COMMON, number=str(number + 1), title=f"第{number}项活动",
                 due_on=DAY + timedelta(days=number % 30))
        for number in range(ACTIVITIES)
    )  # fmt: skip
    Participation.objects.bulk_create(
        Participation(activity=row, unit=units[number % UNITS], part=Part.LEAD) for number, row in enumerate(rows)
    )
    return campaign


class Journey:
    """One list out and in."""

    def __init__(self, sheet: Sheet, user: User) -> None:
        self.sheet, self.user = sheet, user
        self.faults: list[str] = []

    def gone(self) -> dict[str, Any]:
        """What was found."""
        stood, wrong = self.sheet.standing(), WRONG[self.sheet.name]
        data, out = self.timed(self.out)
        report, back = self.timed(lambda: self.report(data))
        self.insist((report["unchanged"], report["new"], report["changed"]) == (len(stood), 0, 0), "nothing changes")
        self.insist(not report["wrong_number"], "nothing is wrong")
        spoilt, row = self.spoilt(data, wrong)
        report, checked = self.timed(lambda: self.report(spoilt))
        named = [each[:2] + each[3:4] for each in report["wrong"]]
        label = str(self.sheet.by_name[wrong.column].label)
        self.insist(named == [[row, label, wrong.text]], f"one cell is named, not {named}")
        self.insist(report["changed"] == 1, "the other change is shown")
        self.insist(not SheetImport.objects.filter(is_written=True).exists(), "nothing is written")
        self.insist(self.fresh().standing() == stood, "all stands as it stood")
        times = {"out": out, "in": back, "one wrong cell": checked}
        title = self.sheet.name
        return {"name": title, "rows": len(stood), "faults": self.faults, "peak_mb": frame.own_peak(), **times}

    def insist(self, holds: bool, what: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.faults.append(what)

    def timed(self, work: Callable[[], Any]) -> tuple[Any, float]:
        """What something gives, and its milliseconds."""
        start = time.perf_counter()
        found = work()
        return found, (time.perf_counter() - start) * 1000

    def fresh(self) -> Sheet:
        """The list as another request has it."""
        return sheet_of(self.sheet.name, User.objects.get(pk=self.user.pk), self.sheet.scope)

    def out(self) -> bytes:
        """The file as the page gives it."""
        file = io.BytesIO()
        write_template(file, self.fresh())
        return file.getvalue()

    def report(self, data: bytes) -> dict[str, Any]:
        """What the page says of a file."""
        row = handed_in(self.fresh(), "list.xlsx", documents.sheets.tables_of(data), by=self.user)
        found: dict[str, Any] = row.report
        return found

    def spoilt(self, data: bytes, wrong: Wrong) -> tuple[bytes, int]:
        """The file with a wrong cell, saved by another program. Returns: it, and the number of the row."""
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets: dict[str, Grid] = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
        grid = next(iter(sheets.values()))
        row = len(grid) // 2
        places = {column.name: at for at, column in enumerate(self.sheet.columns, 1)}
        grid[row - 1][places[wrong.column]] = wrong.text
        grid[row][places[wrong.other]] = wrong.right
        return workbook(sheets), row


if __name__ == "__main__":
    main()
