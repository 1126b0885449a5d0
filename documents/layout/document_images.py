"""The images that a document names: all there, each made printable once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from documents.answers import Printable
from documents.errors import ImageError
from documents.messages import gettext as _
from documents.outline import Blocks, Document, Figure, Gallery

from .printable_images import prepare, prepare_seal


def prepare_images(document: Document, files: Mapping[str, bytes]) -> dict[str, Printable]:
    """Make every image of a document printable, once each.

    Raises ImageError naming the image that is missing, broken or too large.
    """
    wanted: dict[str, float] = {}
    for figure in figures(document):
        wanted[figure.name] = max(wanted.get(figure.name, 0.0), 156.0 * min(figure.width, 1.0))
    printable = prepare_named(wanted, files)
    _check_all_there(document.seals, files)
    return printable | {name: prepare_seal(name, files[name]) for name in document.seals}


def prepare_named(wanted: Mapping[str, float], files: Mapping[str, bytes]) -> dict[str, Printable]:
    """Make images printable. wanted: the largest width of each in mm."""
    _check_all_there(wanted, files)
    return {name: prepare(name, files[name], width) for name, width in wanted.items()}


def _check_all_there(names: Iterable[str], files: Mapping[str, bytes]) -> None:
    absent = [name for name in names if name not in files]
    if absent:
        raise ImageError(_("The image “%(name)s” is named in the text but was not handed over.") % {"name": absent[0]})


def figures(document: Document) -> Iterator[Figure]:
    """Yield the figures of the body and the annexes."""
    for blocks in (document.body, *(annex.body for annex in document.annexes)):
        yield from figures_in(blocks)


def figures_in(blocks: Blocks) -> Iterator[Figure]:
    """Yield the figures of some blocks."""
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Gallery):
            yield from block.figures
