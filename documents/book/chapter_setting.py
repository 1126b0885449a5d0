"""Set one part of a book alone: without page numbers, as if every page were odd, kept under the hash of its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from documents.answers import Printable
from documents.errors import DocumentError, ImageError
from documents.layout import document_images, fonts, page
from documents.layout.document_view import Sizes, blocks_view
from documents.layout.first_page_head import WIDTH
from documents.layout.glyph_check import missing_in_blocks, replace_missing
from documents.layout.title_shape import balance
from documents.messages import gettext as _
from documents.outline import Paragraph
from documents.paper import html, weasyprint_engine
from documents.paper.font_uses import FontUse
from documents.paper.stylesheet import stylesheet
from documents.text import clean

from . import chapter_fragments
from .book import Chapter
from .chapter_fragments import Fragment, Mark

_SHAPING = ("layout", "paper", "book")  # the rooms whose code shapes a chapter


@dataclass(frozen=True, slots=True)
class Job:
    """One part to be set: picklable, so that a process pool or a queue can carry it."""

    part: Chapter
    cache_dir: Path
    language: str = "zh-CN"
    label: str = ""  # 附件1 above the title of an annex
    template: str = "documents/chapter.html"
    extra: tuple[tuple[str, Any], ...] = ()

    @property
    def path(self) -> Path:
        """Where its fragment is kept: named by everything that shapes it."""
        digest = sha256(f"{house()}\0{self.language}\0{self.label}\0{self.template}\0{self.extra}\0".encode())
        if self.part.stamp:
            digest.update(repr((self.part.title, self.part.stamp)).encode())
            return self.cache_dir / f"{digest.hexdigest()}.part"
        digest.update(repr((self.part.title, self.part.blocks)).encode("utf-8", "surrogatepass"))
        for name in sorted(self.part.files):
            digest.update(
                name.encode("utf-8", "surrogatepass") + b"\0" + sha256(_content(name, self.part.files[name])).digest()
            )
        return self.cache_dir / f"{digest.hexdigest()}.part"

    @property
    def is_kept(self) -> bool:
        """Whether somebody has set it already."""
        try:
            return self.path.exists()
        except ImageError:
            return False  # setting it will say so


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: the path of its fragment, or the reason why there is none."""

    key: str
    path: Path | None
    reason: str = ""


@cache
def house() -> str:
    """Return a hash of all that shapes a chapter besides its content: code, templates, stylesheet, fonts, versions."""
    digest = sha256(f"{weasyprint_engine.WEASYPRINT}\0{fonts.fingerprint()}\0{stylesheet()}".encode())
    here = Path(__file__).resolve().parents[1]
    code = [*here.glob("*.py"), *(path for room in _SHAPING for path in (here / room).glob("*.py"))]
    for path in sorted([*code, *(html.TEMPLATES / "documents").rglob("*.html")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def set_chapter(job: Job) -> Outcome:
    """Set one part and keep it; what goes wrong is returned, not raised, so that one part never stops a book."""
    try:
        path = job.path
        if not path.exists():
            fragment, streams, fonts = _set(job)
            fragment.digest = path.stem
            fragment.save(path, streams, fonts)
    except DocumentError as error:
        return Outcome(job.part.key, None, str(error))
    except Exception as error:  # whatever a chapter holds, the book must be able to say which one it was
        return Outcome(job.part.key, None, f"{type(error).__name__}: {error}")
    return Outcome(job.part.key, path)


def gap(job: Job, reason: str) -> Job:
    """Return a job that sets a marked gap in the place of a part that could not be set."""
    note = Paragraph(f"【此处空缺】本部分未能排版：{clean(reason)[:300]}")
    return replace(job, part=replace_missing(Chapter(job.part.key, job.part.title, (note,))))


def _set(job: Job) -> tuple[Fragment, bytes, dict[str, FontUse]]:
    part = job.part.whole()
    missing = [str(lack) for lack in missing_in_blocks((Paragraph(part.title), *part.blocks), f"“{part.title}”, ")]
    if missing:
        part = replace(part, title=replace_missing(part.title), blocks=replace_missing(part.blocks))
    printable = chapter_images(part)
    text = html.render(job.template, _view(job, part, printable) | dict(job.extra))
    laid = weasyprint_engine.lay_out(text, {name: image.data for name, image in printable.items()}, mirrored=False)
    pdf, uses = weasyprint_engine.write_bare(laid)
    leaves, items, streams = chapter_fragments.cut(pdf)
    fonts = dict(sorted(uses.items()))
    found = Fragment(leaves, items, list(_marks(laid)), chapter_fragments.bits_of(fonts), _anchors(laid), missing)
    return found, streams, fonts


def _view(job: Job, part: Chapter, printable: Mapping[str, Printable]) -> dict[str, Any]:
    sizes = {name: (image.width, image.height) for name, image in printable.items()}
    return {"language": job.language} | part_view(job.label, part, sizes)


def part_view(label: str, part: Chapter, sizes: Sizes) -> dict[str, Any]:
    """Return a part of a book as plain values for its template; sizes: pixels of its images by name."""
    title = clean(part.title)
    return {
        "label": label,
        "headline": " ".join(f"{label} {title}".split()),
        "title": balance(title, page.TITLE, WIDTH),
        "blocks": blocks_view(part.blocks, sizes),
    }


def chapter_images(part: Chapter) -> dict[str, Printable]:
    """Make the images of a chapter printable, once each. Raises ImageError naming the image."""
    wanted: dict[str, float] = {}
    for figure in document_images.figures_in(part.blocks):
        wanted[figure.name] = max(wanted.get(figure.name, 0.0), 156.0 * min(figure.width, 1.0))
    files = {name: _content(name, part.files[name]) for name in wanted if name in part.files}
    return document_images.prepare_named(wanted, files)


def _content(name: str, content: bytes | Path) -> bytes:
    try:
        return content.read_bytes() if isinstance(content, Path) else content
    except OSError as error:
        named = {"name": name, "reason": error.strerror}
        raise ImageError(_("The image “%(name)s” cannot be read: %(reason)s.") % named) from error


def _marks(laid: Any) -> list[Mark]:
    marks: list[Mark] = []

    def walk(entries: Any, level: int) -> None:
        for label, (number, _x, y), children, state in entries:
            marks.append(Mark(level, label, number, round(y, 2), state == "open"))
            walk(children, level + 1)

    walk(laid.make_bookmark_tree(scale=0.75, transform_pages=True), 1)
    return marks


def _anchors(laid: Any) -> dict[str, tuple[int, float, float]]:
    found = {}
    for number, sheet in enumerate(laid.pages):
        for name, point in sheet.anchors.items():
            found[name] = (number, round(point[0] * 0.75, 2), round((sheet.height - point[1]) * 0.75, 2))
    return found
