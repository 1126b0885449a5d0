"""Three steps: fetch the list, hand it in filled, look at what it changes and let it be written."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow.jobs import AT_ONCE
from workflow.page_signals import personal_data_shown
from workflow.pages import STOP_POLLING, refused, visible
from workflow.sheets.asked import Asked, SheetOut
from workflow.sheets.declared import Sheet, sheet_of
from workflow.sheets.entering import SHOWN, enter, handed_in
from workflow.sheets.export_views import handed_out
from workflow.sheets.forms import HandInForm
from workflow.sheets.handed_in import Table
from workflow.sheets.listing import xlsx_answer
from workflow.sheets.models import SheetImport
from workflow.sheets.plan import plan_of
from workflow.sheets.template import write_template
from workflow.stateful import JobState


def sheet_page(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The page of a list's first two steps; with ``?file=`` the list itself, on POST what was handed in."""
    if "file" in request.GET and request.method != "POST":
        if request.GET["file"] == "blank":
            return blank_file(sheet)
        return handed_out(request, Asked("sheet", sheet.name, sheet.scope), SheetOut(sheet))
    form = HandInForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if form.is_valid():
            try:
                row = handed_in(sheet, form.source, form.cleaned_data["sheets"], by=request.user)
                return redirect(row)
            except ValidationError as error:
                form.add_error("file" if form.cleaned_data.get("file") else "pasted", error)
        refused(request, _("Nothing was read yet: please look at what is said below."))
    context = {"sheet": sheet, "form": form, "number": sheet.number()}
    return render(request, "workflow/sheet.html", context, status=422 if form.errors else 200)


def blank_file(sheet: Sheet) -> HttpResponse:
    """The list as an Excel file without its rows."""
    file = io.BytesIO()
    write_template(file, sheet, blank=True)
    return xlsx_answer(file.getvalue(), " ".join(filter(None, [str(sheet.title), sheet.about])))


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One file that was handed in: being read, looked at, written."""
    row: SheetImport = visible(SheetImport, request, pk=pk)
    sheet = sheet_of(row.sheet, request.user, row.scope)  # the rights of now, whatever they were
    if request.method == "POST":
        return decided(request, row, sheet)
    if sheet.is_personal and row.state == JobState.READY and not row.is_written:
        personal_data_shown.send(SheetImport, request=request)
    asks = "HX-Request" in request.headers
    context = {"sheet": sheet, "row": row, "report": row.report, "shown": SHOWN}
    template = "workflow/sheet_import_part.html" if asks else "workflow/sheet_import.html"
    return render(request, template, context, status=STOP_POLLING if asks and not row.at_work else 200)


def decided(request: HttpRequest, row: SheetImport, sheet: Sheet) -> HttpResponse:
    """Write it, or throw it away."""
    if "discard" in request.POST and not row.at_work:
        row.delete()
        return redirect(sheet.address)
    report: dict[str, Any] = row.report
    if row.is_written or row.state != JobState.READY or report.get("wrong_number"):
        refused(request, _("This cannot be written: please look at what is said below."))
        return redirect(row)
    offered = {clash[-1] for clash in report["clashes"]}
    over = sorted(offered & set(request.POST.getlist("over")))
    seen = report["mark"] if request.POST.get("seen") == report["mark"] else "another page"
    if over != row.over:  # the choice is part of what is written, not of what was looked at
        seen = _with_choice(row, sheet, over, seen)
    row.move(JobState.QUEUED, by=request.user, seen=seen, over=over, beat_at=timezone.now())
    if report["new"] + report["changed"] + len(over) > AT_ONCE:  # a row of clashes alone was not counted
        row.hint()
    else:
        enter(row)
    return redirect(row)


def _with_choice(row: SheetImport, sheet: Sheet, over: list[str], seen: str) -> str:
    """The mark of the same plan with the clashes a person decided."""
    table = Table.from_json(row.table)
    if plan_of(sheet, table, row.over).mark != seen:
        return "another page"
    return plan_of(sheet, table, over).mark
