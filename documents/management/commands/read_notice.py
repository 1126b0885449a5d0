"""``python manage.py read_notice FILE``: print what the reader proposes for a notice."""

from __future__ import annotations

import json
import unicodedata
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.answers import Source
from documents.reading import NoticeDraft, draft_json, read
from documents.sources.file_text import Refused, text_of
from documents.sources.scan.process import scan_source

_WIDTH = 46


class Command(BaseCommand):
    """Read a notice and print the draft as JSON or as a table."""

    help = "Read an official notice (.txt, .docx, .ofd, .pdf, .doc, .wps, scans) and print the proposed campaign."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE and --format."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=("json", "table"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the draft; CommandError when the file cannot be read."""
        path: Path = options["file"]
        try:
            source = self.source(path)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %(reason)s") % {"reason": error.strerror}) from error
        draft = read(source.text, fields=source.fields)
        if options["format"] == "json":
            self.stdout.write(json.dumps(draft_json(draft), ensure_ascii=False, indent=1))
        else:
            for line in table(draft, source.notes):
                self.stdout.write(line)

    def source(self, path: Path) -> Source:
        """The text of a file; a scan is read page by page, which takes its time. Raises: Refused, OSError."""
        data = path.read_bytes()
        try:
            return text_of(path.name, data)
        except Refused as refused:
            if refused.code not in ("scan", "image"):
                raise
        return scan_source(path.name, data, lambda page, of: self.stderr.write(f"{page}/{of}"))


def table(draft: NoticeDraft, notes: Iterable[str] = ()) -> list[str]:
    """Return the draft as lines for a terminal: head, activities, tasks, deadlines, contacts, doubts."""
    lines = [f"{label}: {value}" for label, value in _head(draft) if value]
    lines += _rows(_("Activities"), (_activity(activity) for activity in draft.activities))
    lines += _rows(
        _("Tasks"),
        ((t.number, t.title.value, t.deadline.text if t.deadline else "", _names(t.responsible)) for t in draft.tasks),
    )
    lines += _rows(
        _("Deadlines"), ((d.text, d.item, _names(d.to), _(d.doubt) if d.doubt else "") for d in draft.deadlines)
    )
    lines += _rows(_("Contacts"), ((c.name, c.unit, " ".join(c.phones), " ".join(c.emails)) for c in draft.contacts))
    lines += _rows(_("Slogans"), ((slogan.text.value,) for slogan in draft.slogans))
    lines += _rows(_("Targets"), ((t.text, f"{t.comparator} {t.value:g}", t.unit) for t in draft.targets))
    lines += _rows(_("Not placed"), ((text.value,) for text in draft.unplaced))
    return lines + _rows(_("Doubts"), ((_(text),) for text in [*(doubt.message for doubt in draft.doubts), *notes]))


def _head(draft: NoticeDraft) -> list[tuple[str, str]]:
    return [
        (_("Title"), draft.title.value if draft.title else ""),
        (_("Document number"), draft.number.value if draft.number else ""),
        (_("Issued by"), "、".join(text.value for text in draft.issuers)),
        (_("Date of issue"), str(draft.issued.start) if draft.issued else ""),
        (_("Addressees"), "、".join(text.value for text in draft.addressees)),
        (_("Theme"), draft.theme.value if draft.theme else ""),
        (_("Period"), "、".join(found.text for found in draft.period)),
    ]


def _activity(activity: Any) -> tuple[str, ...]:
    number = activity.number + activity.sub_number
    dates = "、".join(found.text for found in activity.dates)
    return number, activity.title.value, dates, _names(activity.led_by()), _names(activity.assisted_by())


def _names(units: Iterable[Any]) -> str:
    return "、".join(unit.name for unit in units)


def _rows(title: str, rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A titled list of rows with their columns aligned; nothing when there are none."""
    cut = [tuple(_cut(cell) for cell in row) for row in rows]
    if not cut:
        return []
    widths = [max(_width(row[i]) for row in cut) for i in range(len(cut[0]))]
    shown = (
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in cut
    )
    return ["", f"{title} ({len(cut)})", *(f"  {line}".rstrip() for line in shown)]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
