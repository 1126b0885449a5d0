"""Every list that comes in as Excel, with whatever is wrong with a file: said by row and column, nothing half-written.

A table of lists × kinds × formats. A list that is added to ``SHEETS`` is to be added to ``WHO`` below.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from activities.models import Activity, Question
from activities.questions.asking import ask
from activities.states import Kind
from reports.models import Target
from tests.cast import Cast, activity, filed_registration, issued, signed_in, text
from tests.excel import Grid, fetched, newest, wrong
from tests.odd_lists import MAKERS, Odd, xlsx
from tests.pages import press
from workflow.models import SheetImport
from workflow.sheets.columns import Column, Holds
from workflow.sheets.declared import Sheet, sheet_of

WHO: dict[str, Callable[[Cast], Any]] = {
    "units": lambda cast: cast.staff,
    "people": lambda cast: cast.admin,
    "activities": lambda cast: cast.staff,
    "officers": lambda cast: cast.staff,
    "figures": lambda cast: cast.staff,
    "answers": lambda cast: cast.staff,
    "summary-figures": lambda cast: cast.staff,
    "indicators": lambda cast: cast.staff,
}
OLD_AND_NEW = pytest.mark.parametrize("form", list(MAKERS))
EACH_LIST = pytest.mark.parametrize("name", list(settings.SHEETS))
DAY = date(2015, 9, 20)
MANY = 50_000
ORDINARY = Odd()


@dataclass
class Desk:
    """Somebody at the page of a list that has at least one row."""

    sheet: Sheet
    client: Client

    def fetched(self) -> dict[str, Grid]:
        return fetched(self.client, self.sheet.address)

    def hand_in(self, data: bytes, form: str = "xlsx") -> Any:
        """The answer to a file; nothing of it may be written by that."""
        with translation.override("en"):
            before = self.sheet.standing()
            answer = press(self.client, self.sheet.address, file=SimpleUploadedFile(f"list.{form}", data))
            assert self.sheet.standing() == before
        return answer

    def odd(self, form: str, odd: Odd, edit: Callable[[Grid], Any] = lambda grid: None) -> Any:
        """The answer to the list as it went out, with something odd about it. Arguments: format; what; a change."""
        sheets = self.fetched()
        edit(sheets[str(self.sheet.title)])
        return self.hand_in(MAKERS[form](sheets, odd), form)

    @property
    def typed(self) -> Column:
        """A column that is read."""
        return next(column for column in self.sheet.columns if not column.is_shown_only)

    def holding(self, *what: Holds) -> list[Column]:
        """The columns that are read and hold one of these."""
        return [column for column in self.sheet.columns if column.holds in what and not column.is_shown_only]

    def place(self, column: Column) -> int:
        """Where a column lies in the file: behind the one with the keys."""
        return 1 + list(self.sheet.columns).index(column)

    def taken(self, form: str, column: Column, value: Any, odd: Odd = ORDINARY) -> str | None:
        """What a cell of the first row is read as; None when it is said to be wrong."""

        def edit(grid: Grid) -> None:
            grid[1][self.place(column)] = value

        self.odd(form, odd, edit)
        if (2, str(column.label)) in wrong():
            return None
        cells = [cell for line in newest().report["lines"] if line["row"] == 2 for cell in line["cells"]]
        return next((after for label, _before, after in cells if label == str(column.label)), "as it was")


@pytest.fixture
def desk(request: pytest.FixtureRequest, db: None) -> Callable[[str], Desk]:
    """Whoever may change a list, at its page; in each there is a row."""
    cast = issued()
    filed_registration(cast.owed(cast.water, "liaison"), cast.liaison, "Officer")
    Activity.objects.update(due_on=date(2015, 9, 30))
    task = activity(cast.campaign, "Posters", [cast.water])
    cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.DELIVERABLE, activity=task, due_at=timezone.now(),
        deliverable=task.deliverables.create(order=1, title="Put up", target=100),
    )  # fmt: skip

    question = Question(campaign=cast.campaign, text="How many stalls?", answer_kind="number", due_at=timezone.now())
    ask(question, [cast.water.pk, cast.health.pk], by=cast.staff)
    target = Target.objects.create(
        host=cast.office, name="Tests passed", target_year=2030, target_value=95, base_year=2010, base_value=90
    )
    target.units.set([cast.water])

    def at(name: str) -> Desk:
        person = WHO[name](cast)
        return Desk(sheet_of(name, person, {"campaign": cast.campaign.pk, "question": question.pk}), signed_in(person))

    return at


@EACH_LIST
@OLD_AND_NEW
def test_the_same_file_changes_nothing(desk: Callable[[str], Desk], name: str, form: str) -> None:
    here = desk(name)
    here.odd(form, Odd())
    report = newest().report
    assert (report["is_ours"], report["new"], report["changed"], report["wrong"]) == (True, 0, 0, [])
    assert report["unchanged"] == len(here.sheet.standing()) > 0


@EACH_LIST
@OLD_AND_NEW
def test_cells_without_a_value_of_their_own_are_named(desk: Callable[[str], Desk], name: str, form: str) -> None:
    """Merged, reckoned by nobody, an error."""
    here = desk(name)
    at, label = here.place(here.typed), str(here.typed.label)
    here.odd(form, Odd(merged=(1, at, 2, at)))
    assert "merged" in wrong()[2, label][1]
    here.odd(form, Odd(formulas=frozenset({(1, at)})))
    assert "a formula without a stored value" in wrong()[2, label][1]
    here.odd(form, Odd(errors=frozenset({(1, at)})))
    assert wrong()[2, label][1] == "the cell shows an error"


@EACH_LIST
@OLD_AND_NEW
def test_days_in_every_way_people_write_them(desk: Callable[[str], Desk], name: str, form: str) -> None:
    here = desk(name)
    for column in here.holding(Holds.DAY):
        for said in ("2015.9.20", "2015年9月20日", "２０１５－９－２０", DAY):
            assert here.taken(form, column, said) == "2015-09-20", said
        assert here.taken(form, column, DAY, Odd(since_1904=True)) == "2015-09-20"
        assert here.taken(form, column, "9/20") is None
        assert "Of which year?" in wrong()[2, str(column.label)][1]


@EACH_LIST
@OLD_AND_NEW
def test_full_width_figures_are_figures(desk: Callable[[str], Desk], name: str, form: str) -> None:
    here = desk(name)
    for column in here.holding(Holds.NUMBER, Holds.AMOUNT):
        said, read = ("２０１６", "2016") if column.name.endswith("_year") else ("１２３", "123")
        assert here.taken(form, column, said) == read
    for column in here.holding(Holds.TELEPHONE):
        assert here.taken(form, column, "１３９００００００００") == "13900000000"


@EACH_LIST
@OLD_AND_NEW
def test_what_nobody_sees_in_the_file_is_said(desk: Callable[[str], Desk], name: str, form: str) -> None:
    """Hidden and filtered rows are read, another sheet is left out, two such lists are refused."""
    here = desk(name)
    here.odd(form, Odd(hidden=frozenset({1})))
    assert any("hidden or filtered away" in note and note.endswith("2.") for note in newest().report["notes"])
    sheets = here.fetched()
    here.hand_in(MAKERS[form](sheets | {"More": [["something", "else"]]}, Odd()), form)
    assert "Other sheets were left out: More." in newest().report["notes"]
    before = newest().pk
    answer = here.hand_in(MAKERS[form](sheets | {"Again": sheets[str(here.sheet.title)]}, Odd()), form)
    assert (answer.status_code, newest().pk) == (422, before)
    assert "Several sheets hold such a list" in text(answer)


@EACH_LIST
@OLD_AND_NEW
def test_programs_and_other_templates_are_refused(desk: Callable[[str], Desk], name: str, form: str) -> None:
    here, other = desk(name), desk("units" if name != "units" else "activities")
    answer = here.odd(form, Odd(has_macro=True))
    assert (answer.status_code, "macros" in text(answer)) == (422, True)
    answer = here.hand_in(MAKERS[form](other.fetched(), Odd()), form)
    assert (answer.status_code, "template of another list" in text(answer)) == (422, True)
    assert not SheetImport.objects.exists()


@EACH_LIST
def test_a_million_formatted_rows_are_none(desk: Callable[[str], Desk], name: str) -> None:
    here = desk(name)
    here.hand_in(with_formatted_rows(xlsx(here.fetched(), Odd())))
    report = newest().report
    assert (report["wrong"], report["unchanged"]) == ([], len(here.sheet.standing()))


@EACH_LIST
def test_fifty_thousand_real_rows_are_looked_at(desk: Callable[[str], Desk], name: str) -> None:
    """Errors are counted and the first ones named at once; what could be written is a worker's to look at."""
    here = desk(name)
    heads = [str(here.sheet.by_name[each].label) for each in here.sheet.identity]
    heads += [str(here.typed.label)] if str(here.typed.label) not in heads else []
    heads += [next(str(each.label) for each in here.sheet.columns if str(each.label) not in heads)]
    rows = [[f"{head}{number}" for head in heads] for number in range(MANY)]
    here.hand_in(xlsx({"list": [heads, *rows]}, Odd()))
    row = newest()
    if row.at_work:
        assert len(row.table["rows"]) == MANY
        return
    assert (row.report["rows"], len(row.report["wrong"])) == (MANY, 200)
    assert row.report["wrong_number"] >= MANY
    assert row.report["wrong"][0][0] == 2


def with_formatted_rows(data: bytes) -> bytes:
    """A workbook whose first sheet is formatted down to its last row."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for each in book.namelist():
            content = book.read(each)
            if each == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", formatted_rows() + b"</sheetData>")
            new.writestr(each, content)
    return whole.getvalue()


@cache
def formatted_rows() -> bytes:
    """A million rows without a cell."""
    return b"".join(b'<row r="%d" s="1" customFormat="1"/>' % number for number in range(100, 1_048_577))
