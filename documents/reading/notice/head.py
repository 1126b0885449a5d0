"""The head of a notice: red header, document number, title, addressees, issuing bodies, date of issue, imprint."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.reading.phrases.dates import DateFound, issue_date
from documents.reading.phrases.spans import Flow, Span, Text, fold, verbatim
from documents.reading.phrases.units import is_body_name, is_signer
from documents.reading.structure.lines import Line, flow, soft
from documents.reading.structure.parts import Parts

_NUMBER = re.compile(
    r"(?P<code>[A-Za-z\u4e00-\u9fff]{1,14}(?:\([\u4e00-\u9fff]{1,4}\))?)(?P<open>[〔(【])(?P<year>\d{4})(?:年)?[〕)】](?:第)?(?P<seq>[A-Za-z]{0,3}[-—]?\d{1,5}(?:-\d+)?)号"
)
_NUMBER_LINE = re.compile(
    rf"^[(〔【]?(?:(?:发文字号|文\s*号|文件编号|字号)\s*：\s*)?(?:{_NUMBER.pattern})[)〕】]?(?:签发人：.*)?$"
)
"""A document number alone on its line, or in brackets below the title."""
_DRAFT_LINE = re.compile(
    r"^(?:(?:发文字号|文号|文件编号|字号)：)?(?P<number>[A-Za-z\u4e00-\u9fff]{0,14}[〔(【]\d{4}年?[〕)】](?:第)?[Xx×*_—-]{0,8}号)(?:签发人：.*)?$"
)
"""The number of a draft, which is given at signing: 质强办〔2016〕 号."""
_KINDS = (
    "通知|意见|方案|函|决定|报告|通告|公告|规定|办法|计划|规划|纲要|请示|批复|命令|通报|纪要|要点|安排|"
    "(?:安排|任务|分工|计划|日程)表|总结|小结|简报|专报|快报|倡议书?|承诺书|公报|启事|公示|邀请书?|汇报|情况说明|"
    "(?:任务|工作|责任|问题|活动)清单|实施细则|(?:推进|进度|责任|清单|统计|汇总|明细|分解)表|议程|日程|指南|须知|公约|号召书|责任书|一览表"
)
_ALONE = re.compile("(?:通知|公告|通告|启事|倡议书|承诺书|邀请函|请示|报告|函|公示|通报|会议纪要|方案|实施方案)$")
"""Kinds that are the whole last line of a title, or a title by themselves."""
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
    *(
        "字号",
        "字体",
        "作者",
        "编辑",
        "阅读次数",
        "阅读量",
        "浏览量",
        "浏览",
        "点击次数",
        "分享",
        "打印",
        "信息来源",
        "发布人",
        "审核",
    ),
}
_FIELD = re.compile(rf"(?P<key>{'|'.join(sorted(_FIELD_KEYS))})：(?P<value>.*)")
_FIELD_KEY = re.compile(r"(?:^|(?<=[\s|]))(?P<key>[\u4e00-\u9fff](?:\s{0,4}[\u4e00-\u9fff]){1,5})\s*：")
_TITLE_KEYS = {"信息名称", "标题", "名称"}
_HEADER_END = re.compile(r"文件$")
_ADDRESSEE = re.compile(
    "(?:局|委|办|厅|部|院|会|府|署|处|站|队|海关|中心|集团|公司|社|台|所|厂|矿|馆|校|园|行|庭|店|办公室|小组|单位|部门|企业|机构|组织|"
    "媒体|们|组|[省市县区州旗盟镇乡村街]|街道|社区|大学|学校|中学|小学|幼儿园|医院|银行|院系|系部?|科室?|[部处股]室|车间|班组?|工段|"
    "支部|党委|团体|工委|站所|基地|协作组|妇联|科协|工商联|残联|文联|侨联|各地|高校|院校|商户|商家|业主|经营者|用户|客户|"
    "同志|同事|同仁|同学|朋友|师生|教职员?工|职工|员工|学生|家长|会员|市民|居民|群众|消费者|代表|专家|委员|负责人|成员|老师|先生|女士|干部)"
    r"(?:\([^()]{1,20}\))?$"
)
"""How the name of somebody a paper is addressed to ends: any body, or people."""
_NO_ADDRESSEE = re.compile(
    "如下|现将|现就|通知|决定|经[^济营贸委信开]|根据|按照|为(?!民)|[请以]|开展|做好|提出|印发|安排|主题|时间|地点|联系|"
    "附件|内容|要求|[“”。；]|方式|包括|对象|目的|意义|情况|分为|单位是|名单"
)
"""Words of a sentence that opens a paper: no line of addressees."""
_LEVEL = re.compile(r"各?(?:省|市|州|县|区|盟|旗|自治区|自治州|直辖市|计划单列市|地区|地)(?:\([^()]*\))?$")
_LEVELS = re.compile("[省市州县区盟旗]|自治|直辖|计划单列|新疆生产")
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
    run = _title_run(source, head)
    if not run:
        return None
    span = Span(run[0].span.start, run[-1].span.end)
    return Text(verbatim(source, span), span)


def apart(source: str, above: Line, line: Line) -> bool:
    """Return whether an empty line stands between two lines."""
    return source.count("\n", above.span.end, line.span.start) > 1


def _title_run(source: str, head: list[Line]) -> list[Line]:
    """The line that ends with a kind of document, and the lines above that belong to the same title.

    Of two the lower: portals print the title above the document once more.
    """
    ends = [index for index, line in enumerate(head) if line.text[-1] == "："]
    titled = [index for index, line in enumerate(head) if _TITLE_END.search(_bare(line))]
    head = head[: next((index for index in ends if titled and index > titled[0]), len(head))]
    for end, line in reversed(list(enumerate(head))):
        bare = _bare(line)
        if not _TITLE_END.search(bare) or "：" in bare or len(bare) > 90 or not _may_end_title(head, end):
            continue
        start = end
        joint = end > 1 and all(is_body_name(_bare(above)) for above in head[end - 2 : end])
        while start > 0 and end - start < 3 and _goes_up(head[start - 1], "".join(map(_bare, head[start : end + 1]))):
            if is_body_name(_bare(head[start - 1])) and (joint or apart(source, head[start - 1], head[start])):
                break
            start -= 1
        return head[start - _headed_by(source, head, start) : end + 1]
    return []


def _headed_by(source: str, head: list[Line], start: int) -> bool:
    """Whether the first line of the paper is the body whose plan the line below it names."""
    plan = re.match(r"(?:\d{4}年|“|开展)", _bare(head[start])) is not None
    return start == 1 and plan and is_body_name(_bare(head[0])) and not apart(source, head[0], head[1])


def _may_end_title(head: list[Line], end: int) -> bool:
    """A kind alone (通知) ends the title that the line above begins, or is the title when nothing else is."""
    bare = _bare(head[end])
    if not _ALONE.match(bare):
        return len(bare) >= 4
    above = _bare(head[end - 1]) if end else ""
    if not above or "关于" in above or above[-1] == "的" or len(bare) >= 4 or is_body_name(above):
        return True
    return bare in ("方案", "计划", "安排", "总结") and re.fullmatch("[^，。；：]{4,30}", above) is not None


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
        or is_issue_line(above)
        or _HEADER_END.search(text)
        or text[-1] in "。；！"
    ):
        return False
    if "关于" in title:
        names = above.text.split()
        begun = title.partition("关于")[0]
        if begun and is_body_name(begun):  # of joint bodies the last stands before 关于
            return len(names) > 1 and begun not in names and all(map(is_body_name, names))
        return title.startswith("关于") and (is_body_name(text) or all(map(is_body_name, names)))
    return len(text) <= 45 and (
        "关于" in text or len(title) < 8 or not re.search("方案|计划|要点|规划|纲要|安排", title)
    )


def find_header(source: str, parts: Parts, title: Text | None) -> Text | None:
    """Return the red header: a body's name, or …文件, above number and title, also where it takes two lines."""
    above: Line | None = None
    for line in _head_lines(parts)[:12]:
        if title is not None and line.span.start >= title.span.start:
            break
        bare = _bare(line)
        if _HEADER_END.search(bare) or is_body_name(bare):
            broken = above is not None and _begins_name(_bare(above), bare)
            span = Span(above.span.start, line.span.end) if above is not None and broken else line.span
            return Text(verbatim(source, span), span)
        above = line
    return None


def _begins_name(first: str, second: str) -> bool:
    """Whether two lines are one name: the first is none by itself, and together they are."""
    if not re.fullmatch(r"[\u4e00-\u9fff“”]{4,24}", first) or re.search("关于|[特加]急|机密|秘密|绝密|号$", first):
        return False
    return is_body_name(first + _HEADER_END.sub("", second))


def find_addressees(source: str, parts: Parts, title: Text | None) -> tuple[Text, tuple[Text, ...]] | None:
    """Return the line of the addressees and each of them; None when the paper is addressed to nobody."""
    begin = title.span.end if title else 0
    lines = [line for line in parts.notice.body if line.span.start >= begin][:16]
    start = 0
    for count, line in enumerate(lines):
        if line.text[-1] in "。；" or line.numbering is not None:
            return None
        if _FIELD.match(_bare(line)) or _NUMBER_LINE.match(_bare(line)) or _DRAFT_LINE.match(_bare(line)):
            start = count + 1
        elif found := _run_on(source, line):
            return found
        elif line.text[-1] == "：":
            return _addressees(flow(source, lines[start : count + 1]))
        elif title is not None and line.text.startswith("各") and count < 3 and not _goes_on(lines[count:]):
            if found := _addressees(flow(source, lines[start : count + 1])):
                return found
        elif not (line.text[-1] in "、，" or len(line.text) >= 16):
            start = count + 1
    return None


def _goes_on(lines: list[Line]) -> bool:
    """Whether the first of these lines is continued by the next."""
    return len(lines) > 1 and (lines[0].text[-1] in "、，" or soft(lines[0], lines[1]))


def _run_on(source: str, line: Line) -> tuple[Text, tuple[Text, ...]] | None:
    """The addressees of a paper of one paragraph: 各村、各单位：根据…."""
    end = line.text.find("：") + 1
    if not 0 < end < min(len(line.text), 120) or not re.match("根据|按照|为|现|经|近", line.text[end:].lstrip()):
        return None
    return _addressees(
        flow(source, [replace(line, text=line.text[:end], span=line.span._replace(end=line.span.start + end))])
    )


_EVERY = re.compile("(?:各|全体|全[校厂市县区院司公镇村]|本|有关|相关|所有)[\u4e00-\u9fff()]{1,14}")


def _addressees(whole: Flow) -> tuple[Text, tuple[Text, ...]] | None:
    """Each of the addressees of a line; None when it is no such line: every piece must name somebody."""
    end = len(whole.text.rstrip("：\n"))
    pieces: list[tuple[int, int]] = []
    for start, stop in whole.cut(0, end).pieces("、，；\n"):
        if pieces and _shares_head(whole.text, pieces[-1], start, stop):
            pieces[-1] = (pieces[-1][0], stop)
        else:
            pieces.append((start, stop))
    names = [whole.text[a:b] for a, b in pieces]
    if not names or any(
        _NO_ADDRESSEE.search(name) or not (_ADDRESSEE.search(name) or _EVERY.fullmatch(name)) for name in names
    ):
        return None
    polite = 3 if names[0].startswith(("尊敬的", "亲爱的")) else 0
    pieces[0] = (pieces[0][0] + polite, pieces[0][1])
    listed = tuple(Text(whole.value(a, b), whole.span(a, b)) for a, b in pieces)
    return Text(whole.value(0, end), whole.span(0, end)), listed


def _shares_head(text: str, last: tuple[int, int], start: int, stop: int) -> bool:
    """各委、办、厅、局, 各市、县、区人民政府, 各省、自治区、直辖市…局 and 建设、施工、监理单位 each are one name."""
    if text[last[1]] != "、":
        return False
    before = text[last[0] : last[1]]
    if stop - start == 1 or before[-2:] in ("、市", "、县", "、区"):
        return True
    level = before.rpartition("、")[2]
    if _LEVEL.match(level) and (level != "各地" and _LEVELS.match(text, start)):
        return True
    return before.startswith("各") and not _ADDRESSEE.search(before)


def find_issuers(source: str, parts: Parts, title: Text | None, header: Text | None) -> tuple[Text, ...]:
    """Return the issuing bodies: of the signature, else of the red header, else of the title."""
    signed = [text for line in parts.notice.signature for text in _names(source, line)]
    if signed:
        return tuple(signed)
    for line, match in _edited(parts):
        span = Span(line.span.start, line.span.start + match.end("office"))
        return (Text(verbatim(source, span), span, 0.9),)
    if header is not None:
        name = _HEADER_END.sub("", header.value)
        short = len(header.value) - len(name)
        return (Text(name, header.span._replace(end=header.span.end - short), 0.8),)
    if title is not None and "关于" in title.value[2:]:
        name = title.value.split("关于", 1)[0]
        return (Text(name, Span(title.span.start, title.span.start + len(name)), 0.6),)
    return ()


_SEAL = re.compile(r"\((?:盖章|印章|公章|章|代章|代)\)$")


def _names(source: str, line: Line) -> list[Text]:
    """The names of a line of the signature, two and more of them parted by wide gaps, or by a blank."""
    found = []
    for match in re.finditer(r"\S+(?:[ ]\S+)*", line.text):
        words = list(re.finditer(r"\S+", match[0]))
        several = len(words) > 1 and all(is_body_name(word[0]) for word in words)
        for start, end in [word.span() for word in words] if several else [(0, len(match[0]))]:
            first = line.span.start + match.start()
            name = _SEAL.sub("", match[0][start:end])
            span = Span(first + start, first + start + len(name))
            if is_signer(name):
                found.append(Text(verbatim(source, span), span))
    return found


def find_issue_date(source: str, parts: Parts) -> DateFound | None:
    """Return the date under the signature."""
    for line in reversed(parts.notice.signature):
        found = issue_date(flow(source, [line]))
        if found is not None:
            return found
    return next((issue_date(flow(source, [line])) for line, _ in _edited(parts)), None)


_EDITED = re.compile(r"(?P<office>\S{3,30})\s+(?P<day>\S{4}年\S{1,3}月\S{1,3}日)$")
_ISSUE = re.compile(r"[(〔]?(?:\d{4}年)?第?\s*[\d一二三四五六七八九十]+\s*期(?:[(]?总第?\s*\d+\s*期[)]?)?[)〕]?$")


def _edited(parts: Parts) -> list[tuple[Line, re.Match[str]]]:
    """The line of a bulletin that says who edits it and of which day it is."""
    found = [(line, _EDITED.match(line.text)) for line in parts.notice.body[:8]]
    return [(line, match) for line, match in found if match is not None and is_signer(match["office"])]


def is_issue_line(line: Line) -> bool:
    """Return whether a line is the number of an issue (第3期) or says who edits it."""
    return _ISSUE.match(line.text) is not None or _EDITED.match(line.text) is not None


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
