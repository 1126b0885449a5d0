"""The chapter of a unit: its summary as it stands, its photos in rows, its figures."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

import documents
from activities.evidence.made_anew import picture_of
from activities.models import Photo
from documents.errors import ImageError, Unavailable
from documents.numerals import in_chinese
from documents.outline import Block, Figure, Gallery, Heading, Paragraph, Table, from_text, to_text
from reports.chapter_text import section_blocks
from reports.models import Summary

PHOTO_WIDTH = 0.6
"""Of the type area: the widest a photo in a row becomes."""


def unit_chapter(summary: Summary, kept: Mapping[str, Any], gaps: bool) -> documents.book.Chapter:
    """The chapter of a unit as an edition keeps it: its sections or the office's text, photos, figures.

    Arguments: the version of the summary; the chapter of the edition (title, text of the office or None, the ids of
    its photos); whether a photo that cannot be read leaves a marked gap.
    """
    files = dict[str, bytes | Path]()
    sections = [(heading, text) for heading, text in summary.sections]
    parts = edited_parts(kept["text"]) if kept["text"] is not None else own_parts(sections)
    photos = photo_blocks(summary, kept["photos"], files, gaps)
    if parts:  # text stands before and behind the photos, so that no page holds nothing else
        parts[longest(parts)] += photos
    else:
        parts.append(photos)
    blocks = [block for part in parts for block in part] + figures_blocks(summary)
    return documents.book.Chapter(f"unit-{kept['unit']}", kept["title"], tuple(blocks), files)


class PhotoRow(NamedTuple):
    """What of a photo makes a chapter another one."""

    pk: int
    sha256: str
    """Of what was sent: the picture that is made of it follows."""
    caption: str


def photos_of(assignments: list[int]) -> dict[int, list[PhotoRow]]:
    """The photos of many filings, each with its own: one query."""
    found: dict[int, list[PhotoRow]] = {}
    rows = Photo.objects.filter(assignment__in=assignments).order_by("pk")
    for assignment, *row in rows.values_list("assignment", *PhotoRow._fields):
        found.setdefault(assignment, []).append(PhotoRow(*row))
    return found


def stamp(summary: Summary, kept: Mapping[str, Any], photos: list[PhotoRow]) -> str:
    """A hash of everything a chapter will say, much quicker than making it: by it a set chapter is found again."""
    figures = [(each.indicator.name, each.shown, each.indicator.measure) for each in summary.figures.all()]
    text = kept["text"]
    if text is None:
        text = (summary.written, *(getattr(summary, name) for name in Summary.SECTIONS))
    says = (kept["title"], text, [row[1:] for row in photos if row.pk in kept["photos"]], figures)
    return sha256(f"{house()}{says!r}".encode("utf-8", "surrogatepass")).hexdigest()


@cache
def house() -> str:
    """A hash of the code that makes a chapter of a summary; that of setting it is in the name of the kept chapter."""
    here = Path(__file__).resolve()
    return sha256(b"".join(path.read_bytes() for path in (here, here.parents[1] / "chapter_text.py"))).hexdigest()


def own_parts(sections: list[tuple[str, str]]) -> list[list[Block]]:
    """The sections of a summary, each with its heading."""
    return [
        [Heading(1, f"{in_chinese(place)}、", heading), *section_blocks(heading, text)]
        for place, (heading, text) in enumerate(sections, 1)
    ]


def edited_parts(text: str) -> list[list[Block]]:
    """The text of the office, cut before its headings of the first level."""
    parts: list[list[Block]] = []
    for block in from_text(text):
        if not parts or (isinstance(block, Heading) and block.level == 1):
            parts.append([])
        parts[-1].append(block)
    return parts


def longest(parts: list[list[Block]]) -> int:
    """Which of the parts has most text."""
    return max(range(len(parts)), key=lambda place: len(to_text(tuple(parts[place]))))


def chapter_text(summary: Summary) -> str:
    """A summary as one text, with its headings: what an office edits."""
    blocks = [block for part in own_parts(list(summary.sections)) for block in part]
    return to_text(tuple(blocks))


def photo_blocks(summary: Summary, wanted: list[int], files: dict[str, bytes | Path], gaps: bool) -> list[Block]:
    """The photos in rows; what cannot be read is a line where gaps are left.

    Arguments: the summary; the ids of its photos; the files of the chapter, to which they are added; whether gaps are
    left.
    Raises: ImageError naming the unit and the photo.
    """
    figures, lacking = list[Figure](), list[Block]()
    for photo in summary.assignment.photos.all():
        if photo.pk not in wanted:
            continue
        try:
            files[photo_name(photo)] = kept(photo)
            figures.append(Figure(photo_name(photo), photo.caption, PHOTO_WIDTH))
        except (OSError, Unavailable) as error:
            said = _("A photo of %(unit)s cannot be read: %(photo)s.")
            said %= {"unit": summary.assignment.unit.official_name, "photo": photo}
            if not gaps:
                raise ImageError(said) from error
            lacking.append(Paragraph(f"【此处空缺】{said}"))
    return [*([Gallery(tuple(figures))] if figures else []), *lacking]


def figures_blocks(summary: Summary) -> list[Block]:
    """The unit's own figures as a table; nothing when it gave none."""
    rows = tuple((figure.indicator.name, figure.shown, figure.indicator.measure) for figure in summary.figures.all())
    return [Table(head=(("项目", "数量", "单位"),), rows=rows)] if rows else []


def photo_name(photo: Photo) -> str:
    return f"{photo.sha256}.jpg"


def kept(photo: Photo) -> bytes | Path:
    """Where a photo lies, to be read only when it is set; its bytes when it is kept in a store without paths.

    Raises: OSError when it is not there.
    """
    picture = picture_of(photo)
    try:
        path = Path(picture.path)
    except NotImplementedError:
        with picture.open("rb") as stream:
            return bytes(stream.read())
    path.stat()
    return path


def photo_bytes(photo: bytes | Path) -> bytes:
    """A photo of a chapter, read."""
    return photo if isinstance(photo, bytes) else photo.read_bytes()
