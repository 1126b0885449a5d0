"""The archive of a campaign: one package for the file room, readable without this software.

Notices as issued (PDF, Word, OFD, annexes), every version of their text, receipts, what each unit owed and when it was
filed, decisions with their reasons, the log, the briefings; an index in HTML and CSV, and checksums of every file.
"""

import csv
import hashlib
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from activities.judging.petitions import with_answers
from activities.models import Assignment, Entry, Petition, Slip
from activities.states import Kind, PetitionState
from campaigns.models import Campaign, Notice
from reports.models import Archive, Briefing, BriefingState
from workflow import clock
from workflow.models import Transition
from workflow.zip_in_parts import Names

BOM = "\ufeff"
"""Excel reads a CSV file as UTF-8 only with it."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Item:
    """One file of the package: where it lies, what it is, and how it is opened."""

    path: str
    what: str
    open: Callable[[], IO[bytes]]
    sha256: str = ""


@dataclass
class Package:
    """The file being written, with the names given and what was put in."""

    zip: zipfile.ZipFile
    items: list[Item] = field(default_factory=list)

    def put(self, item: Item) -> None:
        """Write one file piece by piece, noting its checksum."""
        digest = hashlib.sha256()
        with item.open() as source, self.zip.open(item.path, "w", force_zip64=True) as target:
            while piece := source.read(1 << 18):
                digest.update(piece)
                target.write(piece)
        self.items.append(Item(item.path, item.what, item.open, digest.hexdigest()))

    def put_text(self, path: str, what: str, text: str) -> None:
        """Write one text."""
        self.put(Item(path, what, lambda: io.BytesIO(text.encode())))


def build(archive: Archive) -> dict[str, Any]:
    """Write the package. Returns: the fields to write when the job is ready."""
    with translation.override("zh-hans"), tempfile.TemporaryFile() as file:
        write(archive.campaign, file, archive.step)
        return archive.store(file)


def write(campaign: Campaign, file: IO[bytes], progress: Progress = lambda done, total: None) -> None:
    """Everything of the campaign into an empty file.

    Arguments: the campaign; the file; a callback for files written and files to write.
    """
    items = list(contents(campaign))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        package = Package(target)
        for number, item in enumerate(items, 1):
            package.put(item)
            progress(number, len(items))
        put_index(package, campaign)


def contents(campaign: Campaign) -> Iterator[Item]:
    """Every file of the package but for the index, in reading order."""
    names = Names()
    for notice in campaign.notices.select_related("document_number", "paper").order_by("pk"):
        yield from notice_items(notice, names)
    for slip in Slip.objects.filter(campaign=campaign, issued_at__isnull=False).for_page().order_by("pk"):
        yield from on_paper(getattr(slip, "paper", None), names, "督办单", f"{slip} {slip.unit}")
    yield table("各单位应报事项.csv", _("What each unit owed, and when it was filed"), OWED_HEAD, owed_rows(campaign))
    yield table("延期与不涉及.csv", _("Extensions, and what did not apply"), ASKED_HEAD, asked_rows(campaign))
    if entries_of(campaign).exists():
        yield table("成果填报.csv", _("What was reported of deliverables"), REPORT_HEAD, report_rows(campaign))
    yield table("日志.csv", _("The log: who did what, when, with what remark"), LOG_HEAD, log_rows(campaign))
    done = Briefing.objects.filter(campaign=campaign, state__in=(BriefingState.READY, BriefingState.CIRCULATED))
    for briefing in done.defer("content", "changes").order_by("edition"):
        yield from on_paper(briefing, names, "情况通报", f"第{briefing.edition}期")
        yield from on_paper(briefing, names, "情况通报", f"第{briefing.edition}期通报", kept=PAPER_OF_BRIEFING)


def notice_items(notice: Notice, names: Names) -> Iterator[Item]:
    """The files of one notice in a folder of its own."""
    folder = str(notice.document_number or _("Not numbered") + f" {notice.pk}")
    yield from on_paper(getattr(notice, "paper", None), names, "通知", folder, notice.title or folder)
    for annex in notice.annexes.exclude(file=""):
        path = names.unique("通知", folder, "附件", annex.file_name or annex.title)
        yield Item(path, str(annex), lambda file=annex.file: file.open("rb"))  # type: ignore[misc]
    for version in notice.versions.select_related("saved_by"):
        path = names.unique("通知", folder, "历次文本", f"{version.number:02}.txt")
        text = f"{version.title}\n\n{version.salutation}：\n{version.body}\n\n{version.signature}\n"
        who = f"{version.saved_by}，{stamp(version.saved_at)}"
        yield Item(path, f"{notice}，第{version.number}稿（{who}）", lambda text=text: io.BytesIO(text.encode()))  # type: ignore[misc]
    yield table(names.unique("通知", folder, "签收.csv"), _("Receipts"), RECEIPT_HEAD, receipt_rows(notice))


KEPT = (("file", "pdf"), ("word", "docx"), ("ofd", "ofd"))
"""The files of what is set, by the names of their fields: a notice, a slip, the book of a briefing."""
PAPER_OF_BRIEFING = (("paper", "pdf"), ("paper_word", "docx"), ("paper_ofd", "ofd"))


def on_paper(paper: Any, names: Names, *place: str, kept: tuple[tuple[str, str], ...] = KEPT) -> Iterator[Item]:
    """The PDF, the Word file and the OFD of something, as far as they are set. Arguments: its job; where they lie."""
    for name, ending in kept:
        stored = getattr(paper, name, None)
        if stored:
            path = names.unique(*place[:-1], f"{place[-1]}.{ending}")
            yield Item(path, f"{paper} ({ending})", lambda file=stored: file.open("rb"))  # type: ignore[misc]


# --- tables ----------------------------------------------------------------------------------------------------


def table(path: str, what: str, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Item:
    """A table as CSV, written when its turn comes."""

    def opened() -> IO[bytes]:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows([plain(cell) for cell in row] for row in rows)
        return io.BytesIO((BOM + text.getvalue()).encode())

    return Item(path, what, opened)


def plain(cell: Any) -> str:
    """A cell as text that no spreadsheet takes for a formula.

    See https://owasp.org/www-community/attacks/CSV_Injection.
    """
    text = stamp(cell) if isinstance(cell, datetime) else "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def stamp(moment: datetime) -> str:
    """A moment in the time of the office."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S")


RECEIPT_HEAD = ("单位", "状态", "签收时间", "签收人", "说明", "首次打开", "打开人")


def receipt_rows(notice: Notice) -> Iterator[tuple[Any, ...]]:
    """Who signed for the notice, and who opened it first."""
    openings = {each.unit_id: each for each in notice.openings.select_related("by")}
    rows = Assignment.objects.filter(notice=notice, kind=Kind.RECEIPT).select_related("unit", "submitted_by")
    for row in rows.order_by("unit__order", "pk"):
        first = openings.get(row.unit_id)
        seen = (first.at, first.by) if first else ("", "")
        yield row.unit, row.get_state_display(), row.submitted_at, row.filed_by, row.filed_note, *seen


OWED_HEAD = ("单位", "事项", "时限", "宽限至", "延期至", "状态", "时效", "报送时间", "报送人", "说明")


def owed_rows(campaign: Campaign) -> Iterator[tuple[Any, ...]]:
    """Every assignment with its days and how it stands."""
    for row in Assignment.objects.filter(campaign=campaign).for_list().order_by("unit__order", "pk").iterator(1000):
        days = last(row.due_at), last(row.grace_until), last(row.extended_until)
        stands = row.get_state_display(), row.standing.label
        yield row.unit, str(row), *days, *stands, row.submitted_at, row.filed_by, row.filed_note


def last(moment: datetime | None) -> date | None:
    """The day whose 24:00 a deadline is, as the notice writes it."""
    return clock.last_day(moment) if moment else None


ASKED_HEAD = (
    "单位", "事项", "申请", "申请至", "理由", "申请人", "申请时间", "结果", "同意至", "答复人", "答复时间", "答复意见",
)  # fmt: skip


def asked_rows(campaign: Campaign) -> Iterator[tuple[Any, ...]]:
    """Extensions and waivers asked for, with what was decided."""
    rows = Petition.objects.filter(assignment__campaign=campaign).select_related(
        "assignment__unit", "assignment__activity", "assignment__demand", "assignment__deliverable",
        "assignment__appearance__round", "asked_by",
    )  # fmt: skip
    for row in with_answers(rows.order_by("pk")):
        who = row.assignment.unit, row.assignment, row.get_kind_display(), row.until, row.reason
        answer: Any = row.answer  # type: ignore[attr-defined]
        said = (answer.by, answer.at, answer.note) if answer else ("", "", "")
        yield *who, row.asked_by, row.asked_at, row.get_state_display(), granted(row), *said


def granted(row: Petition) -> date | None:
    """The last day the office gave, which may be another than asked for."""
    return (row.granted_until or row.until) if row.state == PetitionState.GRANTED else None


REPORT_HEAD = (
    "单位", "成果", "数量", "日期", "时段", "备注", "链接", "照片",
    "填报人", "说明", "填报时间", "状态", "不予计入的理由",
)  # fmt: skip


def entries_of(campaign: Campaign) -> "QuerySet[Entry]":
    """What units reported of the deliverables of a campaign, in the order in which it came."""
    rows = Entry.objects.filter(assignment__campaign=campaign)
    return rows.select_related("assignment__unit", "assignment__deliverable", "window", "by").order_by("pk")


def report_rows(campaign: Campaign) -> Iterator[tuple[Any, ...]]:
    """Each report with its evidence, and what the office made of it."""
    for row in entries_of(campaign).annotate(shown=Count("photos")).iterator(1000):
        what = row.assignment.unit, row.assignment.deliverable, row, row.on, row.window, row.note, row.link, row.shown
        yield *what, row.reported_by, row.filed_note, row.at, row.get_state_display(), row.reason


LOG_HEAD = ("时间", "类别", "对象", "由", "到", "经办人", "代", "说明")


def log_rows(campaign: Campaign) -> Iterator[tuple[Any, ...]]:
    """The log of the campaign, its notices and assignments, oldest first."""
    about: list[tuple[str, Any]] = [
        ("活动", Campaign.objects.filter(pk=campaign.pk)),
        ("通知", campaign.notices.all()),
        ("报送事项", Assignment.objects.filter(campaign=campaign).for_list()),
        ("成果填报", entries_of(campaign)),
        ("督办单", campaign.slips.select_related("document_number", "unit")),
        ("补充一问", campaign.questions.all()),
        ("情况通报", campaign.briefings.all()),
    ]
    for what, rows in about:
        kind = ContentType.objects.get_for_model(rows.model)
        states = dict(rows.model._meta.get_field("state").flatchoices)
        names = {row.pk: named(row) for row in rows}
        lines = Transition.objects.filter(content_type=kind, object_id__in=rows.order_by().values("pk"))
        for line in lines.select_related("by", "acting_for").order_by("pk").iterator(1000):
            steps = (states.get(line.from_state, line.from_state), states.get(line.to_state, line.to_state))
            yield line.at, what, names.get(line.object_id), *steps, line.by, line.acting_for, line.note


def named(row: Any) -> str:
    """What a line of the log is about, in words: for an assignment and a report also whose it is."""
    if isinstance(row, Entry):
        return f"{row.assignment.unit} · {row.assignment.deliverable} · {row}"
    return f"{row.unit} · {row}" if isinstance(row, Assignment | Slip) else str(row)


# --- index -------------------------------------------------------------------------------------------------------


def put_index(package: Package, campaign: Campaign) -> None:
    """The index as a page and as a table, then the checksums of everything: ``sha256sum -c`` reads them."""
    files = list(package.items)
    context = {"campaign": campaign, "items": files, "made_at": clock.now()}
    package.put_text("索引.html", _("Index"), render_to_string("reports/archive_index.html", context))
    index = table("索引.csv", _("Index"), ("文件", "内容", "SHA-256"), ((i.path, i.what, i.sha256) for i in files))
    package.put(index)
    lines = "".join(f"{item.sha256}  {item.path}\n" for item in package.items)
    package.put_text("SHA256SUMS", _("Checksums"), lines)
