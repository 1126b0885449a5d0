"""The head of a notice: red header, document number, title, addressees, issuing bodies, date of issue, imprint."""

from __future__ import annotations

import re

from documents.reading.phrases.dates import DateFound, issue_date
from documents.reading.phrases.spans import Flow, Span, Text, fold, verbatim
from documents.reading.phrases.units import is_body_name
from documents.reading.structure.lines import Line, flow
from documents.reading.structure.parts import Parts

_NUMBER = re.compile(
    r"(?P<code>[A-Za-z\u4e00-\u9fff]{1,14}(?:\([\u4e00-\u9fff]{1,4}\))?)(?P<open>[〔(【])(?P<year>\d{4})(?:年)?[〕)】](?:第)?(?P<seq>[A-Za-z]{0,3}[-—]?\d{1,5}(?:-\d+)?)号"
)
_NUMBER_LINE = re.compile(rf"^(?:(?:发文字号|文\s*号|文件编号|字号)\s*：\s*)?(?:{_NUMBER.pattern})(?:签发人：.*)?$")
_DRAFT_LINE = re.compile(
    r"^(?:(?:发文字号|文号|文件编号|字号)：)?(?P<number>[A-Za-z\u4e00-\u9fff]{0,14}[〔(【]\d{4}年?[〕)】](?:第)?[Xx×*_—-]{0,8}号)(?:签发人：.*)?$"
)
"""The number of a draft, which is given at signing: 质强办〔2016〕 号."""
_KINDS = (
    "通知|意见|方案|函|决定|报告|通告|公告|规定|办法|计划|规划|纲要|请示|批复|命令|通报|纪要|要点|安排|"
    "(?:安排|任务|分工|计划)表"
)
_TITLE_END = re.compile(rf"(?:{_KINDS})(?:\(.{{1,12}}\))?$")
_FIELD_KEYS = {
    *(
        "索引号",
        "索取号",
        "信息分类",
        "组配分类",
        "发布机构",
        "发文机关",
        "发文单位",
        "制发机关",
        "公文种类",
        "效力状态",
    ),
    *("名称", "发布日期", "发文日期", "成文日期", "主题分类", "信息名称", "文号", "主题词", "关键词", "公开属性"),
    *("公开方式", "公开类别", "有效性", "来源", "标题", "发布时间", "浏览次数", "点击数", "责任编辑", "字体大小"),
}
_FIELD = re.compile(rf"(?P<key>{'|'.join(sorted(_FIELD_KEYS))})：(?P<value>.*)")
_FIELD_KEY = re.compile(r"(?:^|(?<=[\s|]))(?P<key>[\u4e00-\u9fff](?:\s{0,4}[\u4e00-\u9fff]){1,5})\s*：")
_TITLE_KEYS = {"信息名称", "标题", "名称"}
_HEADER_END = re.compile(r"文件$")
_ADDRESSED = re.compile(
    r"^(?:各|市|省|区|县|州|全|有关|相关|局|委|厅|机关|直属|驻|[\u4e00-\u9fff]{2,8}(?:市|县|区|省|局|办|委|府))"
)
_URL = re.compile(r"https?：?//|www\.")


def find_number(source: str, parts: Parts, lines: list[Line]) -> tuple[Text | None, tuple[Text, ...]]:
    """Return the notice's own document number and the numbers it cites."""
    fields = [text for line in lines[:60] for key, text in portal_fields(source, line) if key == "文号"]
    own: Text | None = next((text for text in fields if _NUMBER.search(fold(re.sub(r"\s", "", text.value)))), None)
    cited: list[Text] = []
    head = {id(line) for line in _head_lines(parts)}
    for line in lines:
        if "号" not in line.text:
            continue
        bare = flow(source, [line])
        alone = _NUMBER_LINE.match(bare.text) is not None
        for match in _NUMBER.finditer(bare.text):
            text = Text(bare.value(*match.span()), bare.span(*match.span()))
            if own is None and alone and (id(line) in head or "号：" in bare.text):
                own = text
            elif own is None or text.span != own.span:
                cited.append(text)
        draft = _DRAFT_LINE.match(bare.text)
        if own is None and draft and id(line) in head:
            own = Text(bare.value(*draft.span("number")), bare.span(*draft.span("number")))
    return own, tuple(cited)


def _head_lines(parts: Parts) -> list[Line]:
    """The lines before the first sentence."""
    lines = []
    for line in parts.notice.body[:40]:
        if line.text[-1] in "。；" or line.numbering is not None:
            break
        lines.append(line)
    return lines


def find_title(source: str, parts: Parts) -> Text | None:
    """Return the title: of the lines above the addressees those that read 关于…的通知, joined."""
    head = _head_lines(parts)
    for line in head:
        for key, text in portal_fields(source, line):
            if key in _TITLE_KEYS and _TITLE_END.search(re.sub(r"\s", "", text.value)):
                return text
    run = _title_run(head)
    if not run:
        return None
    span = Span(run[0].span.start, run[-1].span.end)
    return Text(verbatim(source, span), span)


def _title_run(head: list[Line]) -> list[Line]:
    """The line that ends with a kind of document, and the lines above that belong to the same title.

    Of two the lower: portals print the title above the document once more.
    """
    ends = [index for index, line in enumerate(head) if line.text[-1] == "："]
    titled = [index for index, line in enumerate(head) if _TITLE_END.search(_bare(line))]
    head = head[: next((index for index in ends if titled and index > titled[0]), len(head))]
    for end, line in reversed(list(enumerate(head))):
        bare = _bare(line)
        if not _TITLE_END.search(bare) or "：" in bare or len(bare) > 90 or len(bare) < 4:
            continue
        start = end
        while start > 0 and end - start < 3 and _goes_up(head[start - 1], "".join(map(_bare, head[start : end + 1]))):
            start -= 1
        return head[start : end + 1]
    return []


def _bare(line: Line) -> str:
    return re.sub(r"\s", "", line.text)


def _goes_up(above: Line, title: str) -> bool:
    """Whether the line above belongs to the title: it has not begun yet, or 关于 wants the body that issues it."""
    text = _bare(above)
    if (
        _NUMBER_LINE.match(text)
        or _DRAFT_LINE.match(text)
        or "：" in text
        or _URL.search(text)
        or _HEADER_END.search(text)
        or text[-1] in "。；！"
    ):
        return False
    if "关于" in title:
        return title.startswith("关于") and is_body_name(text)
    return len(text) <= 45 and (
        "关于" in text or len(title) < 8 or not re.search("方案|计划|要点|规划|纲要|安排", title)
    )


def find_header(source: str, parts: Parts, title: Text | None) -> Text | None:
    """Return the red header line: a body's name, or …文件, above number and title."""
    for line in _head_lines(parts)[:12]:
        if title is not None and line.span.start >= title.span.start:
            break
        bare = re.sub(r"\s", "", line.text)
        if _HEADER_END.search(bare) or is_body_name(bare):
            return Text(verbatim(source, line.span), line.span)
    return None


def find_addressees(source: str, parts: Parts, title: Text | None) -> tuple[Text, tuple[Text, ...]] | None:
    """Return the line of the addressees and each of them."""
    begin = title.span.end if title else 0
    lines = [line for line in parts.notice.body if line.span.start >= begin][:16]
    start = 0
    for count, line in enumerate(lines):
        if line.text[-1] in "。；" or line.numbering is not None:
            return None
        if _FIELD.match(_bare(line)) or _NUMBER_LINE.match(_bare(line)) or _DRAFT_LINE.match(_bare(line)):
            start = count + 1
        elif line.text[-1] == "：":
            whole = flow(source, lines[start : count + 1])
            return _addressees(whole) if _ADDRESSED.match(whole.text) else None
        elif not (line.text[-1] in "、，" or len(line.text) >= 16):
            start = count + 1
    return None


def _addressees(whole: Flow) -> tuple[Text, tuple[Text, ...]]:
    end = len(whole.text) - 1
    pieces: list[tuple[int, int]] = []
    for start, stop in whole.cut(0, end).pieces("、，；\n"):
        # 各委、办、厅、局 is one name, and so is 各县、市、区人民政府
        if pieces and (stop - start == 1 or whole.text[pieces[-1][1] - 2 : pieces[-1][1]] in ("、市", "、县", "、区")):
            pieces[-1] = (pieces[-1][0], stop)
        else:
            pieces.append((start, stop))
    listed = tuple(Text(whole.value(a, b), whole.span(a, b)) for a, b in pieces)
    return Text(whole.value(0, end), whole.span(0, end)), listed


def find_issuers(source: str, parts: Parts, title: Text | None, header: Text | None) -> tuple[Text, ...]:
    """Return the issuing bodies: of the signature, else of the red header, else of the title."""
    signed = [text for line in parts.notice.signature for text in _names(source, line)]
    if signed:
        return tuple(signed)
    if header is not None:
        return (Text(_HEADER_END.sub("", header.value), header.span, 0.8),)
    if title is not None and "关于" in title.value[2:]:
        name = title.value.split("关于", 1)[0]
        return (Text(name, Span(title.span.start, title.span.start + len(name)), 0.6),)
    return ()


def _names(source: str, line: Line) -> list[Text]:
    """The names of a line of the signature, two and more of them parted by wide gaps."""
    found = []
    for match in re.finditer(r"\S+(?:[ ]\S+)*", line.text):
        span = Span(line.span.start + match.start(), line.span.start + match.end())
        if is_body_name(match[0]):
            found.append(Text(re.sub(r"[（(](?:盖章|印章|章|代章|代)[）)]$", "", verbatim(source, span)), span))
    return found


def find_issue_date(source: str, parts: Parts) -> DateFound | None:
    """Return the date under the signature."""
    for line in reversed(parts.notice.signature):
        found = issue_date(flow(source, [line]))
        if found is not None:
            return found
    return None


def portal_fields(source: str, line: Line) -> list[tuple[str, Text]]:
    """Return the fields of a line that the portal added: 索引号：x, two of them, or 索引号： | x | in cells."""
    keys = [match for match in _FIELD_KEY.finditer(line.text) if re.sub(r"\s", "", match["key"]) in _FIELD_KEYS]
    if not keys or line.text[: keys[0].start()].strip("| \t"):
        return []
    ends = [match.start() for match in keys[1:]] + [len(line.text)]
    found = []
    for match, end in zip(keys, ends, strict=True):
        bare = line.text[match.end() : end].strip("| \t\u3000")
        start = line.span.start + line.text.index(bare, match.end()) if bare else line.span.end
        span = Span(start, start + len(bare))
        if bare:
            found.append((re.sub(r"\s", "", match["key"]), Text(verbatim(source, span), span)))
    return found


def is_portal_line(line: Line) -> bool:
    """Return whether a line is a field or address that the portal added."""
    return (
        _FIELD.match(_bare(line)) is not None
        or bool(portal_fields("", line))
        or re.match(r"https?[：:]//|www\.", line.text) is not None
    )


def find_metadata(source: str, lines: list[Line]) -> dict[str, str]:
    """Return the fields of a web portal above or below the text: 索引号, 发布机构, 公开属性."""
    fields: dict[str, str] = {}
    for line in lines:
        for key, text in portal_fields(source, line):
            fields.setdefault(key, text.value)
    return fields
