"""Theme, slogans in order, the spirit slogan and the note on the logo."""

from __future__ import annotations

import re

from documents.numbering import recognise
from documents.reading.phrases.dates import is_date_line
from documents.reading.phrases.spans import Flow, Span, Text, verbatim
from documents.reading.phrases.units import is_body_name
from documents.reading.structure.lines import Line

from .draft import Slogan

_THEME_LINE = re.compile(
    r"(?:(?:今年|本次|本届|\d{4}年)?[^，。；：\n]{0,14}?主题)(?:为|是|：)(?:：)?[“]?(?P<t>[^“”。；\n]{4,40}?)(?=[”。；\n]|\)[，。；\n]|\)$|，(?:活动|组织|在|于|现|时间)|$)"
)
_AS_THEME = re.compile(
    r"(?:以|围绕|紧扣|聚焦|突出)“(?P<t>[^“”]{4,40})”(?:为|这一|这个|的)?(?:活动|质量月|年度|宣传)?主题"
)
_SAID = r"(?:口号|标语|横幅|宣传语|条幅)"
_IN_TEXT = re.compile(
    rf"(?P<a>(?:“[^“”\n]{{4,40}}”(?:、|，|和|及)?){{2,30}})等?(?:宣传|主题|提示|警示|公益|固定|醒目|温馨|电子|为内容的|内容的|字样的|的)*{_SAID}|"
    rf"{_SAID}(?:内容|主要)?(?:如|为|是|有|包括|：|，)*(?P<b>(?:“[^“”\n]{{4,40}}”(?:、|，|；|和|及)?){{1,30}})"
)
_QUOTED_THEME = re.compile(r"^“(?P<t>[^“”]{4,40})”[。；]?(?=\n|$)|主题(?:确定|定)?(?:为|是)?：?“(?P<u>[^“”]{4,40})”")
_SPIRIT = re.compile(
    r"(?:精神口号|精神表述语|质量精神)(?:为|是|：)?“(?P<t>[^“”]{4,40})”|“(?P<u>[^“”]{4,40})”(?:的)?(?:城市)?质量精神(?!口号)"
)
_LOGO = re.compile(r"[^。\n]*(?:标识|会标|徽标)[^。\n]*(?:如下|见附件|统一使用|应|均)[^。\n]*[。：]?")
_LONGEST = 60
_FULL = 27  # characters: so long a line was broken by the page


def clean_slogan(source: str, start: int, end: int) -> Text | None:
    """Return a theme or slogan without quotes and full stop, None when nothing is left."""
    while start < end and source[start] in " \t\u3000“\"'‘":
        start += 1
    while end > start and source[end - 1] in " \t\u3000。；;”\"'’":
        end -= 1
    text = verbatim(source, Span(start, end))
    return Text(text, Span(start, end)) if text else None


def theme_of_chapter(flow: Flow) -> Text | None:
    """Return the theme that stands under the heading 活动主题: its first sentence, or what is quoted there."""
    if not len(flow):
        return None
    quoted = _QUOTED_THEME.search(flow.text)
    named = _AS_THEME.search(flow.text) if quoted is None else None
    if named is not None:
        start, end = named.span("t")
    elif quoted is not None:
        start, end = quoted.span("t" if quoted["t"] else "u")
    else:
        start, end = next(flow.pieces("。\n"), (0, len(flow)))
        lead = re.match(r".{0,20}主题(?:为|是)?：?", flow.text[start:end])
        start += lead.end() if lead else 0
    if end - start < 2 or end - start > _LONGEST:
        return None
    span = flow.span(start, end)
    return clean_slogan(flow.source, span.start, span.end)


def theme_in_text(flow: Flow) -> Text | None:
    """Return the theme named in running text: 主题为“…”, 以“…”为主题."""
    match = _AS_THEME.search(flow.text) or _THEME_LINE.search(flow.text)
    if match is None:
        return None
    span = flow.span(*match.span("t"))
    return clean_slogan(flow.source, span.start, span.end)


_NAMED_THEME = re.compile(
    r"(?:今年|本次|本届|此次|活动|\d{4}年|[月周]”?)[^，。；：\n]{0,14}?主题(?:确定|定)?(?:为|是|：)：?“(?P<t>[^“”]{4,40})”"
)


def theme_anywhere(flow: Flow) -> Text | None:
    """Return the theme that a sentence names as that of the campaign, wherever it stands: 今年宣传周的主题为“…”."""
    match = _NAMED_THEME.search(flow.text)
    return Text(flow.value(*match.span("t")), flow.span(*match.span("t"))) if match else None


def spirit_slogan(flow: Flow) -> Text | None:
    """Return the slogan of the place's quality spirit."""
    match = _SPIRIT.search(flow.text)
    if match is None:
        return None
    name = "t" if match["t"] else "u"
    return Text(flow.value(*match.span(name)), flow.span(*match.span(name)))


def logo_note(flow: Flow) -> Text | None:
    """Return the sentence that says how the logo is to be used."""
    match = _LOGO.search(flow.text)
    return Text(flow.value(*match.span()), flow.span(*match.span())) if match else None


def read_slogans(source: str, lines: list[Line], theme: Text | None) -> list[Slogan]:
    """Return the slogans of a list of lines; a line 主题：… above the list is none."""
    found = []
    for block in _whole(lines):
        line, said = block[0], sum(len(each.text) for each in block)
        if line.table or re.match(r".{0,8}主题\s*[：]", line.text) or said > _LONGEST:
            continue
        if block[-1].text[-1] in "：，" or (line.text.startswith("(") and line.numbering is None):
            continue
        number = line.numbering.number if line.numbering else ""
        text = _joined([clean_slogan(source, each.body, each.span.end) for each in block])
        if text is not None and recognise(text.value) is None:
            found.append(Slogan(text, number.strip("、.．()（）"), _same(text, theme)))
    return found


def _whole(lines: list[Line]) -> list[list[Line]]:
    """The lines of a list with what the page broke put together: in a numbered list what has no number."""
    numbered = sum(line.numbering is not None for line in lines)
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and _goes_on(blocks[-1][-1], line, in_numbers=numbered > 1 and 2 * numbered >= len(lines)):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _goes_on(above: Line, line: Line, *, in_numbers: bool) -> bool:
    if above.table or line.table or line.numbering is not None or line.bullet or line.text[-1] == "：":
        return False
    if above.text[-1] in "，、" or above.text.count("“") > above.text.count("”"):
        return True
    if above.text[-1] in "。！；？：" or is_body_name(line.text) or is_date_line(line.text):
        return False
    return in_numbers or (len(above.bare) >= _FULL and above.bare == above.text)


def _joined(pieces: list[Text | None]) -> Text | None:
    told = [piece for piece in pieces if piece is not None]
    if len(told) < 2:
        return told[0] if told else None
    return Text("".join(piece.value for piece in told), Span(told[0].span.start, told[-1].span.end))


def inline_slogans(flow: Flow, theme: Text | None) -> list[Slogan]:
    """Return slogans listed in one paragraph: “A”“B” or A；B；C。"""
    quoted = list(re.finditer(r"“([^“”]{4,40})”", flow.text))
    if len(quoted) > 1:
        spans = [match.span(1) for match in quoted]
    else:
        spans = [(a, b) for a, b in flow.pieces("；。\n") if 4 <= b - a <= 40]
    texts = [Text(flow.value(a, b), flow.span(a, b)) for a, b in spans]
    return [Slogan(text, "", _same(text, theme)) for text in texts]


def slogans_in_text(flow: Flow, theme: Text | None) -> list[Slogan]:
    """Return slogans quoted in a sentence: 悬挂“A”“B”等标语, 口号为“A”."""
    found = _IN_TEXT.search(flow.text)
    listed = flow.cut(*found.span("a" if found["a"] else "b")) if found else None
    spans = [match.span(1) for match in re.finditer(r"“([^“”]{4,40})”", listed.text)] if listed else []
    texts = [Text(listed.value(a, b), listed.span(a, b)) for a, b in spans] if listed else []
    return [Slogan(text, "", _same(text, theme)) for text in texts]


def _same(text: Text, theme: Text | None) -> bool:
    def bare(value: str) -> str:
        return re.sub(r"[^\w]", "", value)

    return theme is not None and bare(text.value) == bare(theme.value)
