"""Lines that a web portal put above or below a paper: 索引号, 来源, 发布时间."""

from __future__ import annotations

import re

from documents.reading.phrases.spans import Span, Text, verbatim
from documents.reading.structure.lines import Line

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
        "相关解读",
        "相关文件",
        "政策解读",
        "生成日期",
        "公开日期",
        "废止日期",
        "文件编号",
        "内容概述",
        "法定主动公开分类",
        "体裁分类",
        "服务对象",
    ),
}
FIELD = re.compile(rf"(?P<key>{'|'.join(sorted(_FIELD_KEYS))})：(?P<value>.*)")
_FIELD_KEY = re.compile(r"(?:^|(?<=[\s|]))(?P<key>[\u4e00-\u9fff](?:\s{0,4}[\u4e00-\u9fff]){1,5})\s*：")


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
        FIELD.match(line.bare) is not None
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
