"""PDF: what it does by itself is taken out, which no reader of the page misses; what it carries is refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from documents.answers import Judged
from documents.messages import gettext as _
from documents.refusal import Refused

_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/GoTo3DView", "/Trans",
}  # fmt: skip
"""Actions that run something or leave the document; going to a page and a plain link stay."""
_CARRIERS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
"""Annotations that hold a file of their own."""
_DEEPEST = 40


def judge_pdf(file: bytes | Path) -> Judged:
    """A PDF as it came, or without its programs.

    Raises Refused: damaged, encrypted, other files in it, programs in a signed one.
    """
    try:
        pdf = pikepdf.open(io.BytesIO(file) if isinstance(file, bytes) else file)
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    except Exception as error:  # pikepdf raises many kinds for damaged files
        raise Refused("damaged") from error
    with pdf:
        try:
            return _judge(pdf)
        except Refused:
            raise
        except Exception as error:
            raise Refused("damaged") from error


def _judge(pdf: pikepdf.Pdf) -> Judged:
    found = list(_dictionaries(pdf))
    if not len(pdf.pages):
        raise Refused("damaged")
    if any("/EF" in each or str(each.get("/Subtype", "")) in _CARRIERS for each in found):
        raise Refused("attached")
    if any("/F" in each and ("/FFilter" in each or isinstance(each, pikepdf.Stream)) for each in found):
        raise Refused("external")
    acting = [each for each in found if str(each.get("/S", "")) in _ACTIONS or "/JS" in each]
    scripted = [each for each in found if "/XFA" in each or ("/JavaScript" in each and "/S" not in each)]
    if not acting and not scripted:
        return Judged()
    if any("/ByteRange" in each for each in found):
        raise Refused("active")
    for each in acting:
        for key in list(each.keys()):
            del each[key]
    for each in scripted:
        for key in ("/XFA", "/JavaScript"):
            if key in each:
                del each[key]
    out = io.BytesIO()
    pdf.save(out)
    return Judged(out.getvalue(), (_("programs and actions of the PDF"),))


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of a file, also those that stand in others; whether a page shows it or not."""
    for each in pdf.objects:
        yield from _within(each, 0)
    yield from _within(pdf.trailer, 0)


def _within(value: object, depth: int) -> Iterator[pikepdf.Object]:
    if depth > _DEEPEST:
        raise Refused("bomb")
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        yield value
        held = [value[key] for key in value.keys()]  # noqa: SIM118 -- a stream is no mapping
    elif isinstance(value, pikepdf.Array):
        held = list(value)
    else:
        return
    for each in held:
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            yield from _within(each, depth + 1)
