"""Which lines of a PDF are one paragraph: a full line goes on with the next one, unless that one begins anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from documents.numbering import recognise

from .sign_lines import Line

_LONG = 0.55  # of the width of a page: so long a line shows where the text begins and ends
_INDENT = (1.2, 2.7)  # in heights of a line
_HANGING = 0.35  # of the width of the text: what begins further right is a signature
_SENTENCE_END = "。！？；"
_CLOSED = _SENTENCE_END + "：，"
_COLUMNS = "   "
_AMONG = re.compile("[一二三四五六七八九十]{1,3}是")
"""What a list within a paragraph counts with: where paragraphs are indented, a line that is not begins none by it."""
_NUMBER = re.compile(r"[（(〔\[]?[\u4e00-\u9fffA-Za-z]{0,14}[〔\[（(【]\d{4}年?[〕\]）)】]第?\d{1,5}号[）)〕\]]?")
"""The number of a document stands on a line of its own."""
_KIND = re.compile("(?:通知|意见|方案|函|决定|公告|通告|通报|请示|报告|办法|规定|纪要|总结|计划|表)$")
"""How a title ends."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the lines of a document begin and end, and whether its paragraphs are indented."""

    left: float
    right: float
    is_indented: bool
    indent: float = 0.0
    """How far the first lines of paragraphs are indented, most of them."""

    @classmethod
    def of(cls, pages: list[tuple[float, list[Line]]]) -> Setting:
        """Return the setting that the long lines of the pages show; pages: how wide each is, and its lines."""
        long = [line for width, lines in pages for line in lines if line.right - line.left > _LONG * width]
        if not long:
            return cls(0.0, 0.0, False)
        left, right = min(line.left for line in long), max(line.right for line in long)
        low, high = _INDENT
        indents = [line.left - left for line in long if low * line.height < line.left - left < high * line.height]
        return cls(left, right, len(indents) > 1, median(indents) if indents else 0.0)

    def joins(self, line: Line, following: Line, *, over: bool) -> bool:
        """Return whether a line goes on with the following one; over: on the next page."""
        if not self.right or _COLUMNS in line.text or _COLUMNS in following.text:
            return False
        height = min(line.height, following.height) or 1.0
        is_near = over or following.top - line.bottom < 1.6 * max(line.height, following.height)
        is_alike = max(line.height, following.height) < 1.3 * height
        is_full = self.right - line.right < following.first + 0.8 * height
        if not (is_near and is_alike and is_full) or _NUMBER.fullmatch(following.text.replace(" ", "")):
            return False
        if self._is_centred(following) and (self._is_centred(line) or line.text[-1] not in _CLOSED):
            return _KIND.search(line.text) is None
        if self._hangs(line, following):
            return line.text[-1] not in _SENTENCE_END and not recognise(following.text)
        begins = abs(following.left - self.left) < 0.6 * height or self._is_second(line, following)
        return begins and self._is_body(line) and not self._is_end(line, following)

    def _hangs(self, line: Line, following: Line) -> bool:
        """Whether a line stands under the words of the one before, behind its number or label."""
        is_deeper = following.left > max(line.left + 0.5 * line.height, self.left + _INDENT[1] * line.height)
        return is_deeper and following.left < self.left + _HANGING * (self.right - self.left)

    def _is_second(self, line: Line, following: Line) -> bool:
        """Whether a line begins as far before the one above as that is indented."""
        return _INDENT[0] * line.height < line.left - following.left < _INDENT[1] * line.height

    def _is_body(self, line: Line) -> bool:
        """Whether a line begins where paragraphs do; a title stands in the middle."""
        return line.left - self.left < _INDENT[1] * line.height and not self._is_centred(line)

    def _is_centred(self, line: Line) -> bool:
        """Whether a line stands in the middle; the first of a paragraph does by chance alone."""
        before, behind = line.left - self.left, self.right - line.right
        is_first = self.is_indented and abs(before - self.indent) < 0.1 * line.height
        return before > line.height and abs(before - behind) < 0.2 * line.height and not is_first

    def _is_end(self, line: Line, following: Line) -> bool:
        """Whether a paragraph ends with a line though it is full."""
        ends = line.text[-1] in _SENTENCE_END or (line.text[-1] == "：" and not following.text[0].isascii())
        found = None if self.is_indented and _AMONG.match(following.text) else recognise(following.text)
        return bool(found and (found.level < 3 or ends)) or (ends and not self.is_indented)


def joined(line: Line, following: Line) -> Line:
    """Return two lines of a paragraph as one that ends as the second does."""
    ends, begins = line.text[-1], following.text[0]
    words = ends.isascii() and begins.isascii() and ends.isalnum() and begins.isalnum()
    text = line.text + (" " if words and (ends.isalpha() or begins.isalpha()) else "") + following.text
    return Line(following.top, following.bottom, text, line.left, following.right, line.height, line.first)
