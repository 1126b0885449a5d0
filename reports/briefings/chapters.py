"""The chapter of a unit: its summary as it stands, its photos in rows, its figures."""

from pathlib import Path

from django.utils.translation import gettext as _

import documents
from activities.evidence.made_anew import picture_of
from activities.models import Photo
from documents.errors import ImageError, Unavailable
from documents.outline import Block, Figure, Gallery, Heading, Paragraph, Table
from reports.chapter_text import numeral, section_blocks
from reports.models import Summary

PHOTO_WIDTH = 0.6
"""Of the type area: the widest a photo in a row becomes."""


def unit_chapter(summary: Summary, gaps: bool) -> documents.book.Chapter:
    """One unit's summary: its sections, the photos behind the longest of them, its figures."""
    unit, files = summary.assignment.unit, dict[str, bytes | Path]()
    parts = [
        [Heading(1, numeral(place), heading), *section_blocks(heading, text)]
        for place, (heading, text) in enumerate(summary.sections, 1)
    ]
    photos = photo_blocks(summary, files, gaps)
    if parts:  # text stands before and behind the photos, so that no page holds nothing else
        parts[longest(summary.sections)] += photos
    else:
        parts.append(photos)
    blocks = [block for part in parts for block in part] + figures_blocks(summary)
    return documents.book.Chapter(f"unit-{unit.pk}", unit.official_name, tuple(blocks), files)


def longest(sections: list[tuple[str, str]]) -> int:
    """Which of the sections has most text."""
    return max(range(len(sections)), key=lambda place: len(sections[place][1]))


def photo_blocks(summary: Summary, files: dict[str, bytes | Path], gaps: bool) -> list[Block]:
    """The photos in rows; what cannot be read is a line where gaps are left.

    Arguments: the summary; the files of the chapter, to which the photos are added; whether gaps are left.
    Raises: ImageError naming the unit and the photo.
    """
    figures, lacking = list[Figure](), list[Block]()
    for photo in summary.assignment.photos.all():
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
