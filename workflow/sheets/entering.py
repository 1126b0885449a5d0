"""A file is looked at by writing it and taking that back: so what is shown is what the deeds themselves say.

With the second press it is written, whole or not at all; if anything changed in between it is shown anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import documents
from documents.refusal import Refused
from workflow.jobs import AT_ONCE
from workflow.sheets.declared import Line, Sheet, sheet_of
from workflow.sheets.handed_in import Table, table_of
from workflow.sheets.models import SheetImport
from workflow.sheets.plan import Clash, Plan, Wrong, in_order, plan_of
from workflow.stateful import MoveRefused

SHOWN = 200
"""So many errors, changes and clashes stand on the page; how many there are is always said."""


def handed_in(sheet: Sheet, name: str, sheets: Any, *, by: Any) -> SheetImport:
    """Take a file in, and look at it.

    Arguments: the list it is for; what the file is called; its sheets (``documents.sheets``); who. Returns: the row,
    looked at already or queued to be. Raises: ValidationError when it is another list, or none.
    """
    table = table_of(sheet, sheets)
    if not table.rows:
        raise ValidationError(_("There is no row below the heads."))
    kept = {"sheet": sheet.name, "scope": sheet.scope, "name": name[:200], "by": by, "language": get_language()}
    row = SheetImport.objects.create(table=table.as_json(), **kept)
    plan = plan_of(sheet, table)
    if len(plan.lines) > AT_ONCE:  # also with an error: what the deeds say of the other rows takes as long
        row.hint()
    elif not plan.lines:
        row.work(lambda: {"report": report_of(sheet, table, plan) | {"mark": plan.mark, "is_overtaken": False}})
    else:
        row.work(lambda: looked_at(row, sheet, table))
    return row


def enter(row: SheetImport) -> bool:
    """Do what the row asks for: look at the file, or write it. Returns: False when somebody else does it."""

    def deed() -> dict[str, Any]:
        if row.is_written:  # by a worker that was killed before it could say so
            return {}
        with translation.override(row.language):  # the words of its owner, also in a worker
            return looked_at(row, sheet_of(row.sheet, row.by, row.scope), Table.from_json(row.table))

    return row.work(deed)


def looked_at(row: SheetImport, sheet: Sheet, table: Table) -> dict[str, Any]:
    """Write the file and take it back; or, when it was looked at and is the same still, write it.

    Returns: the fields of the row.
    """
    with transaction.atomic():
        sheet.lock()
        plan = plan_of(sheet, table, row.over)
        mark = plan.mark
        _write(sheet, plan)
        is_written = bool(row.seen) and row.seen == mark and not plan.wrong
        report = report_of(sheet, table, plan) | {"mark": mark, "is_overtaken": bool(row.seen) and not is_written}
        if is_written:
            report |= sheet.kept() | {"done": [[words, address] for words, address in sheet.done(row.pk)]}
            SheetImport.objects.filter(pk=row.pk).update(is_written=True, report=report, table={})
        else:
            transaction.set_rollback(True)
    return {"report": report, "is_written": is_written, "seen": ""}


def _write(sheet: Sheet, plan: Plan) -> None:
    """Every line by the deed of its list; what a deed refuses stands in the plan beside its row."""
    for line in plan.lines:
        try:
            with transaction.atomic():
                sheet.write(line)
        except (ValidationError, MoveRefused, IntegrityError) as error:
            plan.wrong += _said(sheet, line, error)
    if not plan.wrong:
        for line, wrong in sheet.finish():
            plan.wrong += _said(sheet, line, wrong)


def _said(sheet: Sheet, line: Line, error: Exception) -> list[Wrong]:
    """What a deed says of a line, beside the cells it is about."""
    if isinstance(error, IntegrityError):
        return [Wrong(line.number, "", sheet.called(line.texts), _("Somebody else has just entered the same."))]
    if not isinstance(error, ValidationError):
        return [Wrong(line.number, "", sheet.called(line.texts), str(error))]
    if not hasattr(error, "error_dict"):
        return [Wrong(line.number, "", sheet.called(line.texts), " ".join(error.messages))]
    found = []
    for name, messages in error.message_dict.items():
        known = name if name in sheet.by_name else ""
        found.append(Wrong(line.number, known, line.texts.get(name, ""), " ".join(messages)))
    return found


def read_upload(data: bytes) -> Any:
    """The sheets of an uploaded file. Raises: ValidationError that says what to do."""
    try:
        return documents.sheets.tables_of(data)
    except Refused as refused:
        raise ValidationError(str(refused)) from refused


def read_paste(text: str, page: str) -> Any:
    """The tables of what was pasted: a page of HTML where the browser gave one, else its text.

    Raises: ValidationError.
    """
    try:
        if "<table" in page.lower():
            return documents.sheets.tables_of(f"<html><body>{page}</body></html>".encode())
        return documents.sheets.table_of_text(text)
    except Refused as refused:
        raise ValidationError(str(refused)) from refused


# --- what the page shows ---------------------------------------------------------------------------------------------


def report_of(sheet: Sheet, table: Table, plan: Plan) -> dict[str, Any]:
    """What a person looks at before anything is written."""
    new = [line for line in plan.lines if line.key is None]
    fields = Counter(name for line in plan.lines if line.key is not None for name in line.changed)
    return {
        "rows": len(table.rows),
        "new": len(new),
        "changed": len(plan.lines) - len(new),
        "unchanged": plan.unchanged,
        "absent": plan.absent,
        "wrong": [_wrong(sheet, table, each) for each in list(in_order(plan.wrong))[:SHOWN]],
        "wrong_number": len(plan.wrong),
        "lines": [_line(sheet, line) for line in plan.lines[:SHOWN]],
        "fields": [[str(sheet.by_name[name].label), number] for name, number in fields.most_common()],
        "clashes": [_clash(sheet, each) for each in plan.clashes[:SHOWN]],
        "clash_number": len(plan.clashes),
        "kept": [_clash(sheet, each) for each in plan.kept[:SHOWN]],
        "kept_number": len(plan.kept),
        "notes": table.notes,
        "is_ours": table.is_ours,
    }


def _wrong(sheet: Sheet, table: Table, each: Wrong) -> list[Any]:
    label = str(sheet.by_name[each.column].label) if each.column else ""
    return [each.row, label, table.places.get(each.column, ""), each.text[:80], each.why]


def _line(sheet: Sheet, line: Line) -> dict[str, Any]:
    cells = [[str(sheet.by_name[name].label), line.before.get(name, ""), line.texts[name]] for name in line.changed]
    return {"row": line.number, "name": sheet.called(line.texts), "is_new": line.key is None, "cells": cells}


def _clash(sheet: Sheet, each: Clash) -> list[Any]:
    return [each.row, str(sheet.by_name[each.column].label), each.here, each.file, each.mark]


def forget(rows: Iterable[SheetImport]) -> None:
    """Delete files nobody needs any more."""
    for row in rows:
        row.delete()
