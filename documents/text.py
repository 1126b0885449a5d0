"""Text as it may be printed: cleaned of what has no shape, and held together where a line must not break."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

# U+00AD is a hyphen nobody sees; U+200E/F, U+202A-E, U+2066-9 turn the direction of text; U+FEFF and U+FFF9-B are
# marks without a shape
SHAPELESS = (
    "\u00ad\u034f\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
)
"""For a class of a regular expression: marks that are in a text, and that nobody sees."""
_SHAPELESS = re.compile(f"[{SHAPELESS}]")
_NEWLINES = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_YEAR = re.compile(r"[\[［【〔(（﹝]\s*(\d{4})\s*[\]］】〕)）﹞]")
_SERIAL = re.compile(r"第?\s*0*(\d+)\s*号")


def clean(text: str) -> str:
    """Return text without control characters, lone surrogates, direction overrides and other shapeless marks.

    Line ends become "\\n"; tabs stay. Composed by Unicode NFC, and radicals that look like characters become those:
    neither changes a printed shape.
    """
    text = _SHAPELESS.sub("", _NEWLINES.sub("\n", text))
    kept = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    return plain_ideographs(unicodedata.normalize("NFC", kept))


HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
"""What stands in a name, as a range of a regular expression: 〇, and the rare characters beyond U+9FFF (𬱖, 䶮) too."""
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘"
    "⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_CHARACTERS = (
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒㓁冗羊羊羋耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青"
    "韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# Kangxi radicals and ideographs kept for compatibility are what Unicode says they are; the supplement it leaves as is
_PLAIN = dict(zip(map(ord, _RADICALS), _CHARACTERS, strict=True)) | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
}
_ALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def plain_ideographs(text: str) -> str:
    """Return text with characters in the place of radicals that only look like them: a PDF often says ⽉ for 月."""
    return text.translate(_PLAIN) if _ALIKE.search(text) else text


_UNSEEN = re.compile(rf"[\s\x00-\x1f\x7f-\x9f{SHAPELESS}\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""White space, what has no shape, and what only says how a neighbour is to be drawn."""
_ONE_COMMA = str.maketrans(",;", "、、")


def bare(name: str) -> str:
    """Return a name as names are compared: only what is seen, without white space, of one width, without capitals.

    What parts a list (，；) is one comma (、): a name with one in it is written with either.
    """
    return _UNSEEN.sub("", plain_ideographs(unicodedata.normalize("NFKC", name))).translate(_ONE_COMMA).casefold()


_BRACKETS = str.maketrans("〔〕[]【】﹝﹞{}", "()()()()()")


def one_bracket(text: str) -> str:
    """Return text as document numbers are looked for: 〔2015〕, [2015], (2015), （2015） and ［2015］ are one."""
    return bare(text).translate(_BRACKETS)


_QUOTED = re.compile(r'(?:(?<=\t)|^)"((?:[^"]|"")*)"(?=\t|$)', re.MULTILINE)


def cells_whole(text: str) -> str:
    """Return pasted text in which each cell of a copied table stands on one line.

    A spreadsheet puts a cell that has a line end, a tab or a quote of its own in quotes, and doubles its quotes; what
    has no tab beside it is no cell.
    """

    def unquoted(match: re.Match[str]) -> str:
        beside = text[max(0, match.start() - 1) : match.start()] == "\t" or text[match.end() : match.end() + 1] == "\t"
        is_quoted = re.search('[\n\t]|""', match[1])
        return " ".join(match[1].replace('""', '"').split()) if beside and is_quoted else match[0]

    return _QUOTED.sub(unquoted, text)


_OPENED = dict(zip("(（[［{“《〔【「『", "(([[{“《〔【「『", strict=True))
_CLOSED = dict(zip(")）]］}”》〕】」』", "(([[{“《〔【「『", strict=True))


_PAIRED = re.compile("[" + re.escape("".join({*_OPENED, *_CLOSED, '"', "\n"})) + "]")


def pieces(text: str, separators: str, *, half_typed: bool = False) -> Iterator[tuple[int, int]]:
    """Yield start and end of what stands between separators; inside brackets and quotes nothing parts but a line end.

    A bracket that nobody closes on its line is a character like others, unless the text is still being typed.
    What is empty is left out.
    """
    start, inside = 0, _enclosed(text, half_typed)
    for mark in _any_of(separators).finditer(text):
        index = mark.start()
        if mark[0] == "\n" or not inside[index]:
            if index > start:
                yield start, index
            start = index + 1
    if start < len(text):
        yield start, len(text)


@cache
def _any_of(separators: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(separators)}]")


def _enclosed(text: str, half_typed: bool) -> bytearray:
    """Which characters stand between two brackets, or two quotes, of one line: one byte each."""
    inside = bytearray(len(text))
    if _PAIRED.search(text) is None:
        return inside  # as most of the many short pieces are
    opened, count = list[tuple[str, int]](), Counter[str]()
    for mark in _PAIRED.finditer(text):
        index, char = mark.start(), mark[0]
        if char == "\n":
            opened.clear()
            count.clear()
        kind = _CLOSED.get(char, '"' if char == '"' else "")
        if kind and count[kind]:
            begun = len(inside)
            while count[kind] and begun == len(inside):
                other, at = opened.pop()
                count[other] -= 1
                begun = at if other == kind else begun
            inside[begun:index] = b"\1" * (index - begun)
        elif char in _OPENED or char == '"':
            opened.append((_OPENED.get(char, char), index))
            count[_OPENED.get(char, char)] += 1
    if half_typed and opened:
        inside[opened[0][1] :] = b"\1" * (len(text) - opened[0][1])
    return inside


def chinese_date(day: date) -> str:
    """Return the date as the standard prints it: Arabic digits, no leading zeros (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """The same without its year, where that is known."""
    return f"{day.month}月{day.day}日"


def document_number(number: str) -> str:
    """Return a document number with six-angled brackets, without 第 and leading zeros (7.2.5)."""
    number = _YEAR.sub(r"〔\1〕", clean(number).strip())
    return _SERIAL.sub(r"\1号", number)
