"""What was filed as a text file: the fields of its newest submitted version, and the rows that hang on it.

Telephone numbers and mail addresses are masked: the file goes on to whoever gets it, and whom to call stands on the
contact sheet. Plain text, and not a Word file set as the standard asks: that measures fonts, which takes 66 ms a filing
and 180 MB more than a package of 20,000 filings may use. Any editor opens it (UTF-8 with its mark, line ends of
Windows).
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.personal_data import WAYS, masked
from activities.filing.changes_since_return import read
from activities.models import Assignment, Filing
from documents.counts import thousands
from documents.numerals import in_chinese
from documents.outline import Block, Heading, Paragraph, Table, to_text


def written_out(assignment: Assignment) -> bytes:
    """The text of a filing as a file; empty when nothing was written (a receipt)."""
    blocks = tuple(blocks_of(assignment))
    if not blocks:
        return b""
    title = f"{assignment.unit} {assignment}"
    lines = to_text((Paragraph(title), Paragraph(signed(assignment)), *blocks))
    return lines.replace("\n", "\r\n").encode("utf-8-sig")


def signed(assignment: Assignment) -> str:
    """Who filed it and when."""
    at = localtime(assignment.submitted_at).strftime("%Y-%m-%d %H:%M") if assignment.submitted_at else ""
    return f"{assignment.filed_by} {at}".strip()


def versions(assignment: Assignment) -> Iterator[Filing]:
    """The newest submitted version of each kind of filing, also of kinds that higher rooms define."""
    for relation in Assignment._meta.related_objects:
        model: Any = relation.related_model
        if isinstance(model, type) and issubclass(model, Filing):
            found = model._default_manager.filter(assignment=assignment, submitted_at__isnull=False)
            if newest := found.order_by("version").last():
                yield newest


def blocks_of(assignment: Assignment) -> Iterator[Block]:
    """Heading and text of each field that has text; tables of the rows that hang on it; reported counts."""
    for filing in versions(assignment):
        filled = [(str(each.verbose_name), read(filing, each, False)) for each in filing.columns_read()]
        filled += [(heading, text) for _key, heading, text in filing.own_texts()]
        for number, (heading, text) in enumerate(((heading, text) for heading, text in filled if text.strip()), 1):
            yield Heading(1, f"{in_chinese(number)}、", heading)
            yield from (Paragraph(line) for line in text.splitlines() if line.strip())
        yield from tables(filing)
    if entries := list(assignment.entries.select_related("by")):
        rows = tuple(
            (str(row.on), thousands(row.count), row.note, row.link, str(row.get_state_display())) for row in entries
        )
        yield Table(head=((_("Day"), _("Number"), _("Remark"), _("Link"), _("State")),), rows=rows)


def tables(filing: Filing) -> Iterator[Table]:
    """The rows of other tables that belong to this version: officers, figures."""
    for relation in filing._meta.related_objects:
        if not relation.one_to_many or relation.related_model is None:
            continue
        model: Any = relation.related_model
        fields = [each for each in model._meta.concrete_fields if not each.primary_key and each != relation.field]
        rows = [
            tuple(cell(row, each) for each in fields) for row in model.objects.filter(**{relation.field.name: filing})
        ]
        if rows:
            yield Table(head=(tuple(str(each.verbose_name) for each in fields),), rows=tuple(rows))


def cell(row: models.Model, field: Any) -> str:
    """The value of one cell as a person reads it."""
    value = getattr(row, field.name)
    if field.name in WAYS:
        return masked(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return thousands(value)
    return "" if value is None else str(localize(value) if not isinstance(value, models.Model) else value)
