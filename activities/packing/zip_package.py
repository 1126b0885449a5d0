"""Everything of a campaign, a unit or a filter as one ZIP file: photos, files, what was written as text files, a list.

Names are stable: they hold the number of the assignment and of the photo, so a second download, or one with another
filter, names the same file the same way.
"""

import csv
import io
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Unit
from activities.evidence.made_anew import picture_of
from activities.judging.list_filter import meant, sifted
from activities.models import Assignment, Attachment, Package, PackagePart, Photo
from activities.models.package import KEPT
from activities.models.photo import handed_in
from activities.packing.filing_as_text import written_out
from campaigns.models import Campaign
from documents.errors import Unavailable
from workflow import clock
from workflow.models import MoveRefused
from workflow.zip_in_parts import Entry, Names, PartWriter, directory, safe

PART_BYTES = 32 * 2**20
PART_FILES = 200
"""A part ends behind so many bytes or files: as much a killed worker has to do again."""
BEAT = 20
"""Files between two signs of life."""
UNIT_NAME, TASK_NAME, FILE_NAME = 30, 50, 50
"""Characters, so that the whole path stays far below the 260 of Windows."""
TEXT, FILE, PHOTO = range(3)


@dataclass(frozen=True)
class Item:
    """One file of the package: where it stands in the order, its path, its time, and what opens it."""

    place: tuple[int, int, int]
    parts: tuple[str, str, str]
    at: datetime
    size: int
    source: Any

    def open(self) -> IO[bytes]:
        """What is to be read. Raises: OSError when the stored file is gone."""
        opened: IO[bytes] = self.source() if callable(self.source) else self.source.open("rb")
        return opened


def ask(campaign: Campaign, chosen: dict[str, str], *, by: Any) -> Package:
    """Ask for a package; what is in it is fixed now.

    Arguments: the campaign; the filter of the list (unit, kind, standing, q); who asks.
    Returns: the row, queued by whoever calls. Raises: MoveRefused when nothing fits.
    """
    rows = sifted(Assignment.objects.visible_to(by).filter(campaign=campaign), chosen, by)
    found = list(rows.order_by("unit__order", "unit", "pk").values_list("pk", flat=True))
    if not found:
        raise MoveRefused(_("Nothing fits this filter, so there is nothing to download."))
    return Package.objects.create(campaign=campaign, chosen=meant(chosen), rows=found, made_by=by)


def build(package: Package) -> dict[str, Any]:
    """Write what is missing of the package, part by part; what an earlier worker wrote stays.

    Arguments: the package, claimed by its worker. Returns: the fields to write when it is ready.
    Raises: MoveRefused when another worker has it meanwhile.
    """
    with translation.override(settings.LANGUAGE_CODE):
        builder = Builder(package)
        while builder.next_part():
            pass
        return builder.finish()


def discard_old() -> int:
    """Delete what was asked for longer ago than packages are kept. Returns: how many there were."""
    old = list(Package.objects.filter(made_at__lt=clock.now() - KEPT))
    for package in old:
        package.discard()
    return len(old)


class Builder:
    """The state of one building: parts there are, names given, files done."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts = list(package.parts.all())
        self.folders = unit_folders(package.campaign)
        self.entries = [
            Entry(**{**entry, "time": tuple(entry["time"])}) for part in self.parts for entry in part.entries
        ]
        self.names = Names([*(entry.path for entry in self.entries), *self.skipped()])
        self.before = sum(part.size for part in self.parts)
        self.total = count(package)
        self.done = len(self.entries) + len(self.skipped())
        self.complete = bool(self.parts) and not self.parts[-1].reached
        package.step(min(self.done, self.total), self.total)

    def skipped(self) -> list[str]:
        """Paths of files that could not be read."""
        return [path for part in self.parts for path in part.skipped]

    def next_part(self) -> bool:
        """Write one part. Returns: whether there may be another."""
        if self.complete:
            return False
        after = tuple(self.parts[-1].reached) if self.parts else (0, -1, 0)
        with tempfile.TemporaryFile() as file:
            skipped, reached = [], after
            with PartWriter(file, self.before) as writer:
                for number, item in enumerate(islice(self.items(after), PART_FILES), 1):
                    skipped += self.add(writer, item)
                    reached = item.place
                    if number % BEAT == 0:
                        self.package.step(min(self.done + number, self.total), self.total)
                    if writer.size > PART_BYTES:
                        break
            more = reached != after
            if more:
                self.keep(file, writer.entries, skipped, list(reached))
        return more

    def add(self, writer: PartWriter, item: Item) -> list[str]:
        """Add one file. Returns: its path when it cannot be read; one lost file must not cost all the others."""
        path = self.names.unique(*item.parts)
        try:
            with item.open() as source:
                writer.add(path, source, item.at, size=item.size)
        except (OSError, Unavailable):
            return [path]
        return []

    def keep(self, file: IO[bytes], entries: list[Entry], skipped: list[str], reached: list[int]) -> None:
        """Store a part and its row. Raises: MoveRefused when another worker was faster."""
        number, size = len(self.parts) + 1, file.seek(0, io.SEEK_END)
        part = PackagePart(package=self.package, number=number, size=size, reached=reached, skipped=skipped)
        part.entries = [asdict(entry) for entry in entries]
        file.seek(0)  # a name of its own: a worker thought dead may be writing the same part
        part.file.save(f"{number:05}-{secrets.token_hex(4)}.part", File(file), save=False)
        try:
            with transaction.atomic():
                part.save()
        except IntegrityError as error:
            part.file.delete(save=False)
            raise MoveRefused(self.package.refusal()) from error
        self.parts.append(part)
        self.entries += entries
        self.before += size
        self.done += len(entries) + len(skipped)
        self.package.step(min(self.done, self.total), self.total)

    def finish(self) -> dict[str, Any]:
        """The list and the directory, in the last part. Returns: the fields of the package."""
        skipped = self.skipped()
        if not self.complete:
            with tempfile.TemporaryFile() as file:
                with PartWriter(file, self.before) as writer:
                    data = listing(self.package, self.entries, skipped, self.folders)
                    writer.add("list.csv", io.BytesIO(data), timezone.localtime())
                end = file.seek(0, io.SEEK_END)
                file.write(directory([*self.entries, *writer.entries], self.before + end))
                self.keep(file, writer.entries, [], [])
        return {"size": self.before, "missing": len(skipped)}

    def items(self, after: tuple[int, ...]) -> Iterator[Item]:
        """The files behind a place, in order."""
        rows = self.package.rows
        for place in range(after[0], len(rows)):
            assignment = Assignment.objects.for_list().filter(pk=rows[place]).first()
            if assignment is not None and has_something(assignment):
                yield from (item for item in files_of(assignment, place, self.folders) if item.place > after)


# --- what is in it -----------------------------------------------------------------------------------


def count(package: Package) -> int:
    """About how many files it will have, for the progress."""
    rows = Assignment.objects.filter(campaign=package.campaign_id, pk__in=package.rows)
    filed = rows.filter(submitted_at__isnull=False)
    photos = Photo.objects.filter(handed_in(), assignment__in=rows).count()
    return filed.count() + Attachment.objects.filter(assignment__in=filed).count() + photos + 1


def has_something(assignment: Assignment) -> bool:
    """Whether it was filed; not what was withdrawn or is a draft. What was reported of a deliverable counts before."""
    return assignment.submitted_at is not None or assignment.deliverable_id is not None


def files_of(assignment: Assignment, place: int, folders: dict[int, str]) -> Iterator[Item]:
    """What was filed: the text as a Word file, then files and photos in the order in which they came."""
    at = timezone.localtime(assignment.submitted_at or assignment.made_at)
    unit, task = folders[assignment.unit_id], task_folder(assignment)
    text = written_out(assignment)
    if text:
        name = f"{safe(str(assignment), longest=FILE_NAME)}.txt"
        yield Item((place, TEXT, 0), (unit, task, name), at, len(text), lambda: io.BytesIO(text))
    for each in assignment.attachments.order_by("pk"):
        name = safe(f"{each.pk}_{each.name}", longest=FILE_NAME)
        yield Item((place, FILE, each.pk), (unit, task, name), at, each.size, each.file)
    for photo in assignment.photos.filter(handed_in()).order_by("pk"):
        name = f"{safe(f'{photo.pk}_{photo}', longest=FILE_NAME)}.jpg"
        yield Item((place, PHOTO, photo.pk), (unit, task, name), at, 0, partial(opened, photo))


def opened(photo: Photo) -> IO[bytes]:
    """The picture of a photo. Raises: OSError when it could not be opened, or its file is gone; Unavailable."""
    file: IO[bytes] = picture_of(photo).open("rb")
    return file


def task_folder(assignment: Assignment) -> str:
    """The folder of one assignment: what it is, and its number, which makes it unique."""
    return f"{safe(str(assignment), longest=TASK_NAME)}_{assignment.pk}"


def unit_folders(campaign: Campaign) -> dict[int, str]:
    """The folder of each unit of the campaign, whatever the filter: so it is the same in every package."""
    names, found = Names(), {}
    rows = Unit.objects.filter(assignments__campaign=campaign).distinct().order_by("pk")
    for pk, name in rows.values_list("pk", "name"):
        found[pk] = names.unique(safe(name, longest=UNIT_NAME))
    return found


def listing(package: Package, entries: list[Entry], skipped: list[str], folders: dict[int, str]) -> bytes:
    """The list as CSV that Excel opens (UTF-8 with its mark): unit, what, standing, when, by whom, its files."""
    files: dict[str, list[str]] = {}
    for path in [
        *(entry.path for entry in entries),
        *(_("%(path)s (could not be read)") % {"path": path} for path in skipped),
    ]:
        folder, _slash, name = path.rpartition("/")
        files.setdefault(folder, []).append(name)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(
        [_("Unit"), _("Kind"), _("About"), _("Standing"), _("Filed on"), _("Filed by"), _("Folder"), _("Files")]
    )
    for start in range(0, len(package.rows), 500):
        found = Assignment.objects.for_list().in_bulk(package.rows[start : start + 500])
        for pk in package.rows[start : start + 500]:
            if pk in found:
                table.writerow(line_of(found[pk], folders, files))
    return out.getvalue().encode("utf-8-sig")


def line_of(assignment: Assignment, folders: dict[int, str], files: dict[str, list[str]]) -> list[str]:
    """One line of the list. What a spreadsheet would take for a formula is kept from being one."""
    folder = f"{folders.get(assignment.unit_id, '')}/{task_folder(assignment)}"
    at = timezone.localtime(assignment.submitted_at).strftime("%Y-%m-%d %H:%M") if assignment.submitted_at else ""
    cells = [
        str(assignment.unit),
        str(assignment.get_kind_display()),
        str(assignment.about or ""),
        str(assignment.standing.label),
        at,
        assignment.filed_by if assignment.is_filed else "",
        folder if folder in files else "",
        "\n".join(files.get(folder, [])),
    ]
    return [f"'{cell}" if cell[:1] in tuple("=+-@\t\r") and cell else cell for cell in cells]
