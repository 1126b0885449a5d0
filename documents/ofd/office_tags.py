"""What stands where in an official document, for programs: Tag_OfficeDoc.xml.

Programs that write official documents (WPS among them) say so in a part of its own: 发文机关名称, 发文字号, 标题 and so
on, each with the objects that show it. A reader then guesses nothing. Only what is found on the pages word by word is
named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from documents.layout.document_view import document_view
from documents.outline import Document
from documents.text import chinese_date

from . import markup
from .pages import Written

SPACE = "http://www.nits.org.cn/eGovDoc/2013"
_PAGE_NUMBER = re.compile(r"—\d+—")
_BLANK = re.compile(r"[\s\u3000]+")


def tags(document: Document, written: Sequence[Written]) -> bytes:
    """Return the part that names the elements of a document.

    document: what was set; written: the text objects of its pages, in the order of painting.
    """
    shown = [(each, _bare(each.text)) for each in written]
    found = dict(_found(document, shown))
    inner = "".join(f"<{name}>{_references(objects)}</{name}>" for name, objects in found.items() if objects)
    space = f'xmlns="{SPACE}" {markup.SPACE}'
    return f"{markup.HEAD}<公文 {space}>{inner}</公文>".encode()


Shown = Sequence[tuple[Written, str]]


def _found(document: Document, shown: Shown) -> Iterator[tuple[str, list[Written]]]:
    """Look for the elements as they are printed, from the head to the imprint."""
    view = document_view(document, {})
    head = view["head"] or {}
    mast = _masthead(head.get("masthead"), shown)
    yield "发文机关名称", mast
    numbered = _exact(shown, head.get("number", ""))
    yield "发文字号", numbered
    title = _exact(shown, "".join(view["title"]))
    yield "标题", title
    addressees = _exact(shown, view["addressees"])
    yield "主送机关", addressees
    begin = _after(shown, addressees or title)
    dated = _exact(shown, chinese_date(document.date), begin) if document.date else []
    signed = _exact(shown, "".join(document.signature), begin)
    noted = next((at for at in range(begin, len(shown)) if view["annex_notes"] and _opens(shown, at)), len(shown))
    end = min(noted, *(_at(shown, each[0]) if each else len(shown) for each in (signed, dated)))
    apart = [*mast, *numbered, *_flags(head, shown)]  # what stands above the text is partly painted after it
    yield "正文", [each for each, words in shown[begin:end] if each not in apart and not _PAGE_NUMBER.fullmatch(words)]
    yield "成文日期", dated
    yield "附注", [each for note in view["notes"] for each in _exact(shown, f"（{note}）", end)]
    yield from _imprint(view["imprint"] or {}, shown, end)


def _masthead(mast: Any, shown: Shown) -> list[Written]:
    if mast is None:
        return []
    return _exact(shown, mast["text"]) or [each for name in mast["names"] for each in _exact(shown, name)]


def _flags(head: Any, shown: Shown) -> list[Written]:
    return [each for flag in head.get("flags", ()) for each in _exact(shown, flag["text"])]


def _opens(shown: Shown, at: int) -> bool:
    """Whether the note of the annexes begins here."""
    return shown[at][1].startswith("附件：")


def _imprint(imprint: Any, shown: Shown, end: int) -> Iterator[tuple[str, list[Written]]]:
    """What stands at the foot of the last page: to whom copies go, who issued it on which day."""
    copies = next((sent for sent in imprint.get("copies", ()) if sent["label"] == "抄送："), None)
    yield "抄送机关", _exact(shown, copies["label"] + copies["names"], end) if copies else []
    yield "印发机关", _exact(shown, imprint.get("issuer", ""), end)
    issued = imprint.get("issued", "")
    yield "印发日期", _exact(shown, f"{issued}印发", end) if issued else []


def _exact(shown: Shown, words: str, begin: int = 0) -> list[Written]:
    """Return the objects, one behind the other, whose text together is just these words; none when there are none."""
    sought = _bare(words)
    for start in range(begin, len(shown) if sought else 0):
        left = sought
        for end in range(start, len(shown)):
            text = shown[end][1]
            if not text or not left.startswith(text):
                break
            left = left[len(text) :]
            if not left:
                return [each for each, _text in shown[start : end + 1]]
    return []


def _after(shown: Shown, objects: list[Written]) -> int:
    return _at(shown, objects[-1]) + 1 if objects else 0


def _at(shown: Shown, sought: Written) -> int:
    return next(place for place, (each, _text) in enumerate(shown) if each is sought)


def _bare(words: str) -> str:
    return _BLANK.sub("", words)


def _references(objects: Sequence[Written]) -> str:
    return "".join(markup.element("ObjectRef", str(each.number), PageRef=each.page) for each in objects)
